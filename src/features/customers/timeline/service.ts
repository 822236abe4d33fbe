import { appointmentStatusOf, appointmentStatusWords } from '../../../domain/appointment-status.ts';
import { voidedEntries } from '../../../domain/fold.ts';
import { ledgerSentence } from '../../../domain/ledger-english.ts';
import type { LedgerEvent } from '../../../domain/ledger-event.ts';
import { effectiveAt } from '../../../domain/ledger-event.ts';
import { londonDateOf, startOfLondonDay } from '../../../domain/london.ts';
import {
  categoryWords,
  channelWords,
  dateWords,
  listWords,
  midSentence,
} from '../../../domain/plain-words.ts';
import { formatRegistration } from '../../../domain/vehicle-registration.ts';
import type { Category, Channel } from '../../../domain/vocabulary.ts';
import type { JobType } from '../../../domain/workshop.ts';
import { jobTypeWords } from '../../../domain/workshop.ts';
import type { Context } from '../../../platform/context.ts';
import { nowOf } from '../../../platform/context.ts';
import type { Appointment } from '../../appointments/service.ts';
import { appointmentsOf } from '../../appointments/service.ts';
import { listBranches } from '../../branches/service.ts';
import { enquiryStepsOf } from '../../enquiries/service.ts';
import { gatherFacts } from '../../facts/service.ts';
import type { HandOver } from '../../messages/service.ts';
import { handOversBefore } from '../../messages/service.ts';
import { policyAt } from '../../settings/service.ts';
import { thirdPartyNames } from '../../third-parties/service.ts';
import { actorNames } from '../../users/service.ts';
import type { KeptVehicle } from '../../vehicles/service.ts';
import { counterVersionsOf } from '../../wordings/service.ts';
import { unknownCustomer } from '../profile.ts';
import type { Customer } from '../service.ts';
import { readCustomer } from '../service.ts';
import { findNumbers } from '../store.ts';

/**
 * What happened with one customer, in words: entries of the ledger, what was handed over, their vehicles, what was
 * booked, and enquiries.
 * Guarantees that nothing recorded is left out, the records that became part of this one included, and that an
 * entry that was corrected is shown as one.
 */
export interface TimelineEntry {
  readonly id: string;
  readonly kind: 'permission' | 'message' | 'customer' | 'vehicle' | 'appointment' | 'enquiry';
  /** The local date. */
  readonly on: string;
  /** Milliseconds; null where only the day is known. */
  readonly at: number | null;
  readonly sentence: string;
  readonly detail: string | null;
  /** In this customer's own ledger. */
  readonly sequence: number | null;
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
  { after, limit }: { readonly after: TimelinePlace | null; readonly limit: number },
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
  if (known === undefined) throw unknownCustomer();
  const customer = await readCustomer(context, customerId);
  const chains = known.absorbed.size === 0 ? [known.events] : [...known.absorbed.values()];
  const ids = [...new Set([customerId, ...chains.flatMap(([first]) => first?.customerId ?? [])])];
  const messages = await handOversBefore(context, ids, messagesAfter(after), limit + 1);
  const entries = [
    ...(await ledgerEntries(context, customer, chains)),
    ...(await messageEntries(context, messages)),
    ...customer.vehicles.flatMap(vehicleEntries),
    ...(await appointmentsOf(context, customerId)).map(appointmentEntry),
    ...(await enquiryEntries(context, customerId)),
    ...sinceEntry(customer, known.events),
  ]
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

const messagePrefix = 'message:';
/** Sorts after every id of a hand-over. */
const afterEveryId = 'g';

/** Where to go on among the hand-overs alone. */
function messagesAfter(place: TimelinePlace | null): TimelinePlace | null {
  if (place === null) return null;
  if (place.id.startsWith(messagePrefix)) return { at: place.at, id: place.id.slice(messagePrefix.length) };
  return { at: place.at, id: place.id < messagePrefix ? '' : afterEveryId };
}

type Chains = readonly (readonly LedgerEvent[])[];

async function ledgerEntries(context: Context, customer: Customer, chains: Chains): Promise<TimelineEntry[]> {
  const events = chains.flat();
  const branches = await listBranches(context);
  const by = await actorNames(
    context,
    events.flatMap(({ actor }) => actor.id ?? []),
  );
  const versions = await counterVersionsOf(
    context,
    events.flatMap(({ wordingHash }) => wordingHash ?? []),
  );
  const companies = await thirdPartyNames(context, companiesIn(events));
  const numbers = await findNumbers(
    context.database.db,
    events.flatMap(({ act }) => (act.kind === 'merged' ? act.absorbedCustomerId : [])),
  );
  return chains.flatMap((chain) => {
    const voided = voidedEntries(chain);
    return chain.map((event): TimelineEntry => {
      const own = event.customerId === customer.id;
      const { sentence, detail } = ledgerSentence(event, {
        by: event.actor.id === null ? null : (by.get(event.actor.id) ?? null),
        wordingVersion: event.wordingHash === null ? null : (versions.get(event.wordingHash) ?? null),
        voidedBy: voided.get(event.sequence) ?? null,
        branch: (id) => branches.find((branch) => branch.id === id)?.name ?? null,
        vehicle: (id) => vehicleName(customer.vehicles.find(({ vehicleId }) => vehicleId === id)),
        company: (id) => companies.get(id) ?? null,
        customer: (id) => numbers.get(id) ?? null,
      });
      const elsewhere = own ? null : 'on the record that became part of this one';
      return {
        id: `ledger:${String(event.sequence).padStart(9, '0')}${own ? '' : `:${event.customerId}`}`,
        kind: 'permission',
        on: londonDateOf(effectiveAt(event)),
        at: effectiveAt(event),
        sentence,
        detail: [detail, elsewhere].filter((words) => words !== null).join(' · ') || null,
        sequence: own ? event.sequence : null,
      };
    });
  });
}

function companiesIn(events: readonly LedgerEvent[]): string[] {
  const ids = events.flatMap(({ cells }) =>
    cells.flatMap(({ category, scopeId }) => (category === 'third_party_marketing' ? (scopeId ?? []) : [])),
  );
  return [...new Set(ids)];
}

async function messageEntries(context: Context, messages: readonly HandOver[]): Promise<TimelineEntry[]> {
  const by = await actorNames(
    context,
    messages.flatMap(({ exportedBy }) => exportedBy ?? []),
  );
  return messages.map(({ id, handedOverAt, channel, purpose, exportId, exportedBy }) => {
    const name = exportedBy === null ? null : (by.get(exportedBy) ?? null);
    const about = purposeWords[purpose] ?? categoryWords[purpose as Category] ?? purpose;
    const way = midSentence(channelWords[channel as Channel] ?? channel);
    return {
      id: `${messagePrefix}${id}`,
      kind: 'message',
      on: londonDateOf(handedOverAt),
      at: handedOverAt,
      sentence:
        exportId === null
          ? `${about} sent by ${way}`
          : `Put on a mailing list for ${midSentence(about)} by ${way}`,
      detail: name === null ? null : `list made by ${name}`,
      sequence: null,
    };
  });
}

const purposeWords: Readonly<Record<string, string>> = {
  service_message: 'Service message',
  permission_request: 'A request for permission',
};

function vehicleEntries(vehicle: KeptVehicle): TimelineEntry[] {
  const name = vehicleName(vehicle) ?? 'A vehicle';
  const { vehicleId, fromOn, untilOn, linkedAt } = vehicle;
  const linked = {
    id: `vehicle:${vehicleId}:1`,
    kind: 'vehicle',
    on: londonDateOf(linkedAt),
    at: linkedAt,
    sentence: `${name} linked`,
    detail: fromOn === null ? null : `theirs since ${dateWords(fromOn)}`,
    sequence: null,
  } as const;
  if (untilOn === null) return [linked];
  return [
    linked,
    {
      id: `vehicle:${vehicleId}:2`,
      kind: 'vehicle',
      on: untilOn,
      at: null,
      sentence: `${name} no longer owned`,
      detail: null,
      sequence: null,
    },
  ];
}

function appointmentEntry(appointment: Appointment): TimelineEntry {
  const { id, bookedAt, arrivesOn, arrivalTime, jobs, status, branchName } = appointment;
  const work = listWords(jobs.map(({ jobType }) => jobTypeWords[jobType as JobType]));
  return {
    id: `appointment:${id}`,
    kind: 'appointment',
    on: londonDateOf(bookedAt),
    at: bookedAt,
    sentence: `${vehicleName(appointment) ?? 'A vehicle'} booked in for ${dateWords(arrivesOn)} at ${arrivalTime}`,
    detail: [work, branchName, appointmentStatusWords[appointmentStatusOf(status)]].join(' · '),
    sequence: null,
  };
}

async function enquiryEntries(context: Context, customerId: string): Promise<TimelineEntry[]> {
  const steps = await enquiryStepsOf(context, customerId);
  const by = await actorNames(
    context,
    steps.map((step) => step.by),
  );
  return steps.map((step) => ({
    id: `enquiry:${step.id}`,
    kind: 'enquiry',
    on: londonDateOf(step.at),
    at: step.at,
    sentence: step.sentence,
    detail: by.get(step.by) ?? null,
    sequence: null,
  }));
}

/** `Ford Focus AB12 CDE`. */
function vehicleName(
  vehicle: Pick<KeptVehicle, 'make' | 'model' | 'registration' | 'vin'> | undefined,
): string | null {
  if (vehicle === undefined) return null;
  const { make, model, registration, vin } = vehicle;
  const mark = registration === null ? vin : formatRegistration(registration);
  return [make, model, mark].flatMap((word) => word ?? []).join(' ') || null;
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
    },
  ];
}
