import { v7 as uuid } from 'uuid';
import type { DecisionRequest } from '../../domain/decision-request.ts';
import type { Channel, Purpose } from '../../domain/vocabulary.ts';
import { NotFoundError } from '../../platform/application-error.ts';
import type { Context } from '../../platform/context.ts';
import { nowOf } from '../../platform/context.ts';
import type { PolicyVersion } from '../settings/service.ts';
import { policyAt } from '../settings/service.ts';
import type { GateAnswer, GateQuestion, PermittedContact as MintedContact } from './gate.ts';
import { askGate, isPermitted } from './gate.ts';
import type { HandOverRow } from './store.ts';
import { findHandOversBefore, insertHandOvers } from './store.ts';

/**
 * Messages: what reaches customers, through the one gate.
 * Guarantees that whatever is handed over was decided at that instant on fresh facts, and that it is on
 * record, so that the frequency cap counts it and a regulator can be shown it.
 */
export type PermittedContact = MintedContact;
export type ContactAnswer = GateAnswer;

export interface ContactOptions {
  /** Milliseconds; default now. */
  readonly at?: number;
  readonly policy?: PolicyVersion;
  /** `list`: contact hours are left to whoever sends it later; default `message`. */
  readonly leaves?: 'message' | 'list';
  /** Ask inside this transaction. */
  readonly transaction?: Context['database']['db'];
}

/** Asks the gate for one customer. Throws NotFoundError. */
export async function permitContact(
  context: Context,
  customerId: string,
  request: DecisionRequest,
  options: ContactOptions = {},
): Promise<ContactAnswer> {
  const [answer] = await permitContacts(context, [{ customerId, request }], options);
  if (answer === undefined)
    throw new NotFoundError('There is no such customer.', { code: 'customer-not-found' });
  return answer;
}

/** Asks for many, in the order of the questions; undefined for a customer who is not on file. */
export async function permitContacts(
  context: Context,
  questions: readonly GateQuestion[],
  options: ContactOptions = {},
): Promise<(ContactAnswer | undefined)[]> {
  const at = options.at ?? nowOf(context);
  const policy = options.policy ?? (await policyAt(context, at));
  const db = options.transaction ?? context.database.db;
  const seen = options.at === undefined ? 'everything' : 'as_of';
  return askGate(db, context, questions, { at, policy, leaves: options.leaves ?? 'message', seen });
}

/**
 * Records that permitted contacts leave the house, one entry a contact, at the instant they were decided.
 * Throws for a contact that the gate did not make.
 */
export async function handOver(
  transaction: Context['database']['db'],
  contacts: readonly PermittedContact[],
  exportId: string | null,
): Promise<void> {
  if (!contacts.every(isPermitted)) throw new TypeError('Only what the gate permitted can be handed over.');
  await insertHandOvers(
    transaction,
    contacts.map((contact) => ({
      id: uuid(),
      customerId: contact.customerId,
      handedOverAt: contact.decidedAt,
      channel: contact.channel,
      purpose: contact.request.category,
      marketing: contact.marketing,
      exportId,
    })),
  );
}

/** A message that went out by other means than this program, such as another system that reports it. */
export interface ReportedMessage {
  readonly customerId: string;
  readonly channel: Channel;
  readonly purpose: Purpose;
  readonly marketing: boolean;
}

/** Records messages sent elsewhere, now, so that the frequency cap counts them too. */
export async function recordHandOvers(context: Context, messages: readonly ReportedMessage[]): Promise<void> {
  const handedOverAt = nowOf(context);
  await insertHandOvers(
    context.database.db,
    messages.map((message) => ({ ...message, id: uuid(), handedOverAt, exportId: null })),
  );
}

export type HandOver = HandOverRow;

/**
 * What was handed over for these customers, the newest first.
 *
 * @param before a place to go on after: an instant in milliseconds, and the id of a hand-over at that instant or a
 *   text that sorts as one.
 */
export async function handOversBefore(
  context: Context,
  customerIds: readonly string[],
  before: { readonly at: number; readonly id: string } | null,
  limit: number,
): Promise<HandOver[]> {
  return findHandOversBefore(context.database.db, customerIds, before, limit);
}
