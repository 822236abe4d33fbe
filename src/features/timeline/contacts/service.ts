import { londonDateOf } from '../../../domain/london.ts';
import { dateWords } from '../../../domain/plain-words.ts';
import type { ContactPointKind } from '../../../domain/vocabulary.ts';
import type { Context } from '../../../platform/context.ts';
import type { Customer } from '../../customers/service.ts';
import { suppressionHashOf } from '../../facts/service.ts';
import { actorNames } from '../../users/service.ts';
import type { TimelineEntry } from '../service.ts';
import type { EarlierStatusRow, PastPointRow } from './store.ts';
import { findEarlierStatuses, findPastPoints, findPastScreenings, findPastSuppressions } from './store.ts';

/**
 * What became of the numbers and addresses of one customer: added, removed, bounced, confirmed, screened, suppressed.
 * Guarantees that those no longer in use are told of, too.
 */
export async function contactEntries(context: Context, customer: Customer): Promise<TimelineEntry[]> {
  const { db } = context.database;
  const points = await findPastPoints(db, customer.id);
  const earlier = Map.groupBy(await findEarlierStatuses(db, customer.id), (row) => row.contactPointId);
  return [
    ...points.flatMap((point) => [
      // What came with the record is said by "Entered as a customer".
      ...(point.addedAt > customer.createdAt ? [entryOf(point, 'added', point.addedAt)] : []),
      ...statusEntries(point, earlier.get(point.id) ?? []),
      ...(point.removedAt === null ? [] : [entryOf(point, 'removed', point.removedAt)]),
    ]),
    ...(await screeningEntries(context, customer, points)),
    ...(await suppressionEntries(context, points)),
  ];
}

const kindWords: Readonly<Record<ContactPointKind, string>> = {
  mobile: 'Mobile',
  landline: 'Landline',
  email: 'Email address',
  postal: 'Postal address',
  social: 'Social media name',
};

const statusWords: Readonly<Record<string, string>> = {
  ok: 'confirmed',
  bounced: 'bounced: what was sent to it came back',
  unverified: 'not confirmed any more',
};

function entryOf(point: PastPointRow, became: string, at: number): TimelineEntry {
  return {
    id: `contact:${point.id}:${became.slice(0, 9)}:${at}`,
    kind: 'contact',
    on: londonDateOf(at),
    at,
    sentence: `${kindWords[point.kind]} ${point.value} ${became}`,
    detail: null,
    sequence: null,
    opens: null,
  };
}

/** Each state is known until when; what it became then is the next one, in the end the one of now. */
function statusEntries(point: PastPointRow, earlier: readonly EarlierStatusRow[]): TimelineEntry[] {
  return earlier.flatMap(({ status, until }, index) => {
    const became = earlier[index + 1]?.status ?? point.status;
    return became === status ? [] : [entryOf(point, statusWords[became] ?? became, until)];
  });
}

async function screeningEntries(
  context: Context,
  { id }: Customer,
  points: readonly PastPointRow[],
): Promise<TimelineEntry[]> {
  const values = new Map(points.map(({ normalised, value }) => [normalised, value]));
  const numbers = points.flatMap(({ kind, normalised }) =>
    normalised !== null && (kind === 'mobile' || kind === 'landline') ? [normalised] : [],
  );
  const rows = await findPastScreenings(context.database.db, [id, ...numbers]);
  return rows.map(({ register, subject, listedOn, recordedAt }) => {
    const whose = values.get(subject) ?? 'Name and address';
    const listed = listedOn === null ? 'not listed' : `listed since ${dateWords(listedOn)}`;
    return {
      id: `screening:${register}:${subject}:${recordedAt}`,
      kind: 'status',
      on: londonDateOf(recordedAt),
      at: recordedAt,
      sentence: `${whose} screened against ${register.toUpperCase()}: ${listed}`,
      detail: null,
      sequence: null,
      opens: null,
    };
  });
}

const offWords: Readonly<Record<string, string>> = {
  entered_in_error: 'entered by mistake',
  another_holder: 'it is somebody else’s now',
};

async function suppressionEntries(
  context: Context,
  points: readonly PastPointRow[],
): Promise<TimelineEntry[]> {
  const values = new Map(
    points.flatMap(({ kind, normalised, line1, value }) =>
      normalised === null ? [] : [[suppressionHashOf(context, { kind, normalised, line1 }), value] as const],
    ),
  );
  const rows = await findPastSuppressions(context.database.db, [...values.keys()]);
  const names = await actorNames(
    context,
    rows.flatMap(({ recordedBy }) => recordedBy ?? []),
  );
  return rows.map(({ contactHash, recordedAt, reason, recordedBy, taken }) => {
    const why = offWords[reason] ?? reason.replaceAll('_', ' ');
    const who = recordedBy === null ? null : (names.get(recordedBy) ?? null);
    return {
      id: `suppression:${taken}:${recordedAt}:${contactHash.slice(0, 16)}`,
      kind: 'status',
      on: londonDateOf(recordedAt),
      at: recordedAt,
      sentence: `${values.get(contactHash) ?? 'A number or address'} ${taken === 'on' ? 'put on' : 'taken off'} the do-not-contact list`,
      detail: [why, who].filter((words) => words !== null).join(' · '),
      sequence: null,
      opens: null,
    };
  });
}
