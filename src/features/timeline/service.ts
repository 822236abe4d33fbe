import type { LedgerEvent } from '../../domain/ledger-event.ts';
import { londonDateOf, startOfLondonDay } from '../../domain/london.ts';
import { NotFoundError } from '../../platform/application-error.ts';
import type { Context } from '../../platform/context.ts';
import { nowOf } from '../../platform/context.ts';
import type { Customer } from '../customers/service.ts';
import { readCustomer } from '../customers/service.ts';
import { gatherFacts } from '../facts/service.ts';
import { handOversBefore } from '../messages/service.ts';
import { policyAt } from '../settings/service.ts';
import { contactEntries } from './contacts/service.ts';
import type { TimelineKind, TimelinePlaceKind } from './contract.ts';
import { dealingEntries, messageEntries, messagePrefix } from './dealings/service.ts';
import { ledgerEntries } from './recorded/service.ts';

/**
 * What happened with one customer, in words: entries of the ledger, what was handed over, their numbers and vehicles,
 * what was booked, enquiries, notes and tasks.
 * Guarantees that nothing recorded is left out, the records that became part of this one included, and that an
 * entry that was corrected is shown as one.
 */
export interface TimelineEntry {
  readonly id: string;
  readonly kind: TimelineKind;
  /** The local date. */
  readonly on: string;
  /** Milliseconds; null where only the day is known. */
  readonly at: number | null;
  readonly sentence: string;
  readonly detail: string | null;
  /** In this customer's own ledger. */
  readonly sequence: number | null;
  /** What it is about, where that has a place of its own. */
  readonly opens: { readonly kind: TimelinePlaceKind; readonly id: string } | null;
}

/** Where a page ends: the newest first, by time and then by id. */
export interface TimelinePlace {
  readonly at: number;
  readonly id: string;
}

export interface TimelinePage {
  readonly entries: readonly TimelineEntry[];
  /** Where the next page begins; null on the last one. */
  readonly next: TimelinePlace | null;
}

/** A page of what happened. Throws NotFoundError. */
export async function timelineOf(
  context: Context,
  customerId: string,
  {
    kind,
    after,
    limit,
  }: { readonly kind: TimelineKind | null; readonly after: TimelinePlace | null; readonly limit: number },
): Promise<TimelinePage> {
  const policy = await policyAt(context);
  const gathered = await gatherFacts(
    context.database.db,
    context,
    [customerId],
    policy.settings,
    nowOf(context),
  );
  const known = gathered.get(customerId);
  if (known === undefined) {
    throw new NotFoundError('There is no such customer.', { code: 'customer-not-found' });
  }
  const customer = await readCustomer(context, customerId);
  const chains = known.absorbed.size === 0 ? [known.events] : [...known.absorbed.values()];
  const ids = [...new Set([customerId, ...chains.flatMap(([first]) => first?.customerId ?? [])])];
  const wantsMessages = kind === null || kind === 'message';
  const messages = wantsMessages ? await handOversBefore(context, ids, messagesAfter(after), limit + 1) : [];
  const entries = [
    ...(await ledgerEntries(context, customer, chains)),
    ...(await messageEntries(context, messages)),
    ...(await contactEntries(context, customer)),
    ...(await dealingEntries(context, customerId, customer.vehicles)),
    ...sinceEntry(customer, known.events),
  ]
    .filter((entry) => kind === null || entry.kind === kind)
    .filter((entry) => after === null || isAfter(placeOf(entry), after))
    .sort((a, b) => (isAfter(placeOf(a), placeOf(b)) ? 1 : -1));
  const page = entries.slice(0, limit);
  const last = entries.length > limit ? page.at(-1) : undefined;
  return { entries: page, next: last === undefined ? null : placeOf(last) };
}

function placeOf({ at, on, id }: TimelineEntry): TimelinePlace {
  return { at: at ?? startOfLondonDay(on), id };
}

/** Whether a place comes later in the list, which is earlier in time. */
function isAfter(place: TimelinePlace, other: TimelinePlace): boolean {
  return place.at < other.at || (place.at === other.at && place.id < other.id);
}

/** Sorts after every id of a hand-over. */
const afterEveryId = 'g';

/** Where to go on among the hand-overs alone. */
function messagesAfter(place: TimelinePlace | null): TimelinePlace | null {
  if (place === null) return null;
  if (place.id.startsWith(messagePrefix)) return { at: place.at, id: place.id.slice(messagePrefix.length) };
  return { at: place.at, id: place.id < messagePrefix ? '' : afterEveryId };
}

/** What the records of before say, where it is earlier than anything that this program wrote down. */
function sinceEntry(customer: Customer, events: readonly LedgerEvent[]): TimelineEntry[] {
  const [first] = events;
  const { createdOn } = customer;
  if (createdOn === null || (first !== undefined && createdOn >= londonDateOf(first.recordedAt))) return [];
  return [
    {
      id: 'customer:since',
      kind: 'customer',
      on: createdOn,
      at: null,
      sentence: 'Became a customer',
      detail: 'as the earlier records say',
      sequence: null,
      opens: null,
    },
  ];
}
