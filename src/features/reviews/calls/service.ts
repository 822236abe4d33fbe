import { v7 as uuid } from 'uuid';
import { spokenCar } from '../../../domain/counter-wording.ts';
import { formatPhone } from '../../../domain/phone.ts';
import { contactHours } from '../../../domain/quiet-hours.ts';
import type { AllowReason } from '../../../domain/reason.ts';
import { sentenceOf, warnings as warningSentences } from '../../../domain/reason.ts';
import { firstAllowCode } from '../../../domain/standing.ts';
import { formatRegistration } from '../../../domain/vehicle-registration.ts';
import type { Actor, Context } from '../../../platform/context.ts';
import { nowOf, within } from '../../../platform/context.ts';
import { csvText } from '../../../platform/csv-file.ts';
import { inTransaction } from '../../../platform/database.ts';
import { StoredFileWriter } from '../../../platform/stored-file.ts';
import { recordAccess } from '../../access/service.ts';
import { recordList } from '../../mailshots/service.ts';
import type { PermittedContact } from '../../messages/service.ts';
import { handOver, permitContacts } from '../../messages/service.ts';
import { policyAt } from '../../settings/service.ts';
import type { KeptVehicle } from '../../vehicles/service.ts';
import { currentVehiclesOf } from '../../vehicles/service.ts';
import type { CounterWording } from '../../wordings/service.ts';
import { counterWordingsOf, inForceOf, spokenText } from '../../wordings/service.ts';
import type { OpenQueue, QueueQuestion, ReviewItem, ReviewPlace } from '../service.ts';
import { openQueue } from '../service.ts';
import type { ReviewRow } from '../store.ts';
import { findReviews } from '../store.ts';
import { listedCallsMax } from './contract.ts';

/**
 * Whom of a queue we may phone to ask.
 * A call that asks for permission is itself marketing, so it is decided as a request for permission by telephone and
 * never as a service message. Guarantees that each is decided anew when the list is shown, and again when it is handed
 * out, which counts as a contact and stays on record as any other list does.
 */
export interface ReviewCall {
  readonly review: ReviewItem;
  readonly number: string;
  readonly dial: string;
  readonly basis: string;
  readonly warnings: readonly string[];
  /** Their cars, such as `Ford Focus AB12 CDE`. */
  readonly vehicles: readonly string[];
  readonly toAsk: string;
}

export interface CallPage {
  readonly calls: readonly ReviewCall[];
  readonly hours: { readonly open: boolean; readonly until: number };
  /** Nobody whose review is overdue may be phoned, for the policy lets that block marketing. */
  readonly overdueBlocks: boolean;
  readonly next: ReviewPlace | null;
}

const asked = { channel: 'live_call', category: 'permission_request' } as const;
/** How long a list can be fetched, milliseconds: somebody on it may say no at any time. */
const fetchableFor = 3_600_000;

/** A page of those who may be phoned. Throws InvalidError for an unknown branch. */
export async function listCalls(
  context: Context,
  question: QueueQuestion,
  after: ReviewPlace | null,
  limit: number,
): Promise<CallPage> {
  const queue = await openQueue(context, question);
  const rows = await findCallable(context, queue, after, limit + 1);
  const page = rows.slice(0, limit);
  const last = rows.length > limit ? page.at(-1) : undefined;
  const { settings } = await policyAt(context);
  return {
    calls: (await decideCalls(context, queue, page)).map(({ call }) => call),
    hours: contactHours(nowOf(context), settings),
    overdueBlocks: settings.reviewOverdueEffect === 'block',
    next: last === undefined ? null : { lastReviewAt: last.lastReviewAt, customerId: last.customerId },
  };
}

export interface CallListReport {
  readonly exportId: string;
  readonly rows: number;
  readonly sha256: string;
}

/**
 * Makes the list of the first 500 who may be phoned now, to be fetched as CSV for an hour. Throws InvalidError for an
 * unknown branch.
 */
export async function handOutCalls(
  context: Context,
  question: QueueQuestion,
  actor: Actor,
): Promise<CallListReport> {
  const exportId = uuid();
  await recordAccess(context, actor, 'call list handed out', null, { exportId });
  return inTransaction(context.database.db, async (transaction) => {
    const inside = within(context, transaction);
    const queue = await openQueue(inside, question);
    const rows = await findCallable(inside, queue, null, listedCallsMax);
    const decided = await decideCalls(inside, queue, rows);
    const storedAt = nowOf(context);
    const fileId = uuid();
    const by = actor.id ?? actor.kind;
    const file = new StoredFileWriter(transaction, {
      id: fileId,
      purpose: 'export',
      storedBy: by,
      storedAt,
      forgetAt: storedAt + fetchableFor,
    });
    await file.write(Buffer.from(csvText([columns, ...decided.map(({ call }) => rowOf(call))])));
    const { sha256 } = await file.finish();
    const { id: policyVersionId } = await policyAt(inside);
    await recordList(transaction, {
      id: exportId,
      exportedAt: storedAt,
      exportedBy: by,
      ...asked,
      criteria: { reviews: question },
      columns,
      policyVersionId,
      rowCount: decided.length,
      leftOut: [],
      sha256,
      listFileId: fileId,
      leftOutFileId: null,
    });
    await handOver(
      transaction,
      decided.map(({ permitted }) => permitted),
      exportId,
    );
    return { exportId, rows: decided.length, sha256 };
  });
}

const columns = [
  'customer_number',
  'name',
  'branch',
  'adviser',
  'telephone',
  'vehicle',
  'review_due_on',
  'permitted_because',
  'mind',
  'to_ask',
  'outcome',
];

/** The last column is for the pen of whoever phones. */
function rowOf({ review, number, vehicles, basis, warnings, toAsk }: ReviewCall): (string | null)[] {
  return [
    review.customerNumber,
    review.displayName,
    review.branchName,
    review.adviser,
    number,
    vehicles.join(', '),
    review.dueOn,
    basis,
    warnings.join(' '),
    toAsk,
    null,
  ];
}

function findCallable(
  context: Context,
  { window }: OpenQueue,
  after: ReviewPlace | null,
  limit: number,
): Promise<ReviewRow[]> {
  return findReviews(context.database.db, { ...window, callableFrom: firstAllowCode, after }, limit);
}

function nameOfCar({ make, model, registration, vin }: KeptVehicle): string | null {
  const mark = registration === null ? vin : formatRegistration(registration);
  return [make, model, mark].filter(Boolean).join(' ') || null;
}

/** Whoever a stored answer permits is asked about at the gate, now; contact hours are left to whoever dials. */
async function decideCalls(
  context: Context,
  queue: OpenQueue,
  rows: readonly ReviewRow[],
): Promise<{ call: ReviewCall; permitted: PermittedContact }[]> {
  const answers = await permitContacts(
    context,
    rows.map(({ customerId }) => ({ customerId, request: asked })),
    { leaves: 'list', transaction: context.database.db },
  );
  const ids = rows.map(({ customerId }) => customerId);
  const vehicles = await currentVehiclesOf(context, ids);
  const wordings = new Map<number, CounterWording>();
  for (const { legalEntityId } of rows) {
    if (wordings.has(legalEntityId)) continue;
    wordings.set(legalEntityId, inForceOf(await counterWordingsOf(context, legalEntityId)));
  }
  return rows.flatMap((row, index) => {
    const answer = answers[index];
    if (answer === undefined || !('permitted' in answer)) return [];
    const { permitted } = answer;
    const { reasons, warnings } = permitted.decision;
    const wording = wordings.get(row.legalEntityId);
    if (wording === undefined) throw new Error('A legal entity has no wording.');
    const theirs = vehicles.get(row.customerId) ?? [];
    const call = {
      review: queue.present(row),
      number: formatPhone(permitted.contactPoint.normalised),
      dial: permitted.contactPoint.normalised,
      basis: reasons.map((code) => sentenceOf(code as AllowReason)).join(' '),
      warnings: warnings.map((code) => warningSentences[code]),
      vehicles: theirs.flatMap((vehicle) => nameOfCar(vehicle) ?? []),
      toAsk: spokenText(wording, 'phone', spokenCar(theirs)),
    };
    return [{ call, permitted }];
  });
}
