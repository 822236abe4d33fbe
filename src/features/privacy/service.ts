import { v7 as uuid } from 'uuid';
import { isLocalDate, londonDateOf } from '../../domain/london.ts';
import type { Category, Channel, ContactPointKind } from '../../domain/vocabulary.ts';
import { InvalidError } from '../../platform/application-error.ts';
import type { Context } from '../../platform/context.ts';
import { nowOf } from '../../platform/context.ts';
import { inTransaction } from '../../platform/database.ts';
import { suppressionHashOf } from '../facts/service.ts';
import { renewPolicy } from '../settings/service.ts';
import { judgeAgain } from '../standing/service.ts';
import type { NewScreening, StoredAssessment } from './store.ts';
import {
  findHolders,
  insertAssessment,
  insertScreenings,
  insertSuppression,
  listAssessmentRows,
} from './store.ts';
import type { NewSuppression } from './suppressions/contract.ts';

/**
 * What stops or carries a message besides the customer's own answer: the preference services, the
 * do-not-contact list and the legitimate-interests assessments.
 * Guarantees that everybody concerned is judged again before the call returns.
 */

/** People judged again in one transaction. */
const judgedAtOnce = 1_000;

/** A result of screening against TPS or CTPS (by number) or MPS (by customer), as the register's file said. */
export type Screening =
  | {
      readonly register: 'tps' | 'ctps';
      /** E.164, such as +447700900123. */
      readonly number: string;
      readonly listedOn: string | null;
      readonly screenedOn: string;
    }
  | {
      readonly register: 'mps';
      readonly customerId: string;
      readonly listedOn: string | null;
      readonly screenedOn: string;
    };

/**
 * Records screening results (PECR 21(1)(b); CAP 10) and answers how many people they concern. A listing may be later
 * than the last screening: the customer tells us of it. Where a call says two things of one number, it is listed.
 *
 * Throws InvalidError for a screening in the future.
 */
export async function recordScreenings(context: Context, screenings: readonly Screening[]): Promise<number> {
  const today = londonDateOf(nowOf(context));
  const rows = listedFirst(screenings).map((screening): NewScreening => {
    if (screening.screenedOn > today) {
      throw new InvalidError('A screening cannot lie in the future.', { field: 'screenedOn' });
    }
    const { register, listedOn, screenedOn } = screening;
    const subject = screening.register === 'mps' ? screening.customerId : screening.number;
    return { register, subject, listedOn, screenedOn };
  });
  const numbers = rows.filter((row) => row.register !== 'mps').map((row) => row.subject);
  const prospects = rows.filter((row) => row.register === 'mps').map((row) => row.subject);
  const holders = await findHolders(context.database.db, ['mobile', 'landline'], numbers);
  const concerned = [...new Set([...holders, ...prospects])].sort();
  await inTransaction(context.database.db, async (transaction) => {
    await insertScreenings(transaction, rows, nowOf(context));
    for (let start = 0; start < concerned.length; start += judgedAtOnce) {
      await judgeAgain(transaction, context, concerned.slice(start, start + judgedAtOnce));
    }
  });
  return concerned.length;
}

/** The first result of a subject is the one that is kept. */
function listedFirst(screenings: readonly Screening[]): readonly Screening[] {
  const isClear = ({ listedOn }: Screening): number => (listedOn === null ? 1 : 0);
  return [...screenings].sort((a, b) => isClear(a) - isClear(b));
}

export interface Suppression {
  readonly kind: ContactPointKind;
  /** As contact points keep it: E.164, lower-case email address, postcode. */
  readonly normalised: string;
  /** The first line of a postal address. */
  readonly line1?: string | null;
  /** Milliseconds; default now. */
  readonly suppressedAt?: number;
  /** A code, never free text. */
  readonly reason: NewSuppression['reason'];
  /** Who put it there. */
  readonly recordedBy?: string | null;
}

/** Puts a number or address on the do-not-contact list, as a keyed hash (UK GDPR 21(3); CAP 10.10). */
export async function suppressContact(context: Context, suppression: Suppression): Promise<void> {
  const { kind, normalised, reason } = suppression;
  const hash = suppressionHashOf(context, { kind, normalised, line1: suppression.line1 ?? null });
  const now = nowOf(context);
  const suppressedAt = suppression.suppressedAt ?? now;
  if (suppressedAt > now) {
    throw new InvalidError('A suppression cannot begin in the future.', { field: 'suppressedAt' });
  }
  const holders = await holdersOf(context, { kind, normalised });
  await inTransaction(context.database.db, async (transaction) => {
    await insertSuppression(transaction, {
      contactHash: Buffer.from(hash, 'hex'),
      suppressedAt,
      recordedAt: now,
      reason,
      recordedBy: suppression.recordedBy ?? null,
    });
    await judgeAgain(transaction, context, holders);
  });
}

/** Everybody who has this number or address now; what a mobile and a landline share is their number. */
export async function holdersOf(
  context: Context,
  { kind, normalised }: Pick<Suppression, 'kind' | 'normalised'>,
): Promise<string[]> {
  const kinds: ContactPointKind[] =
    kind === 'mobile' || kind === 'landline' ? ['mobile', 'landline'] : [kind];
  return findHolders(context.database.db, kinds, [normalised]);
}

/** A legitimate-interests assessment: purpose, necessity, balance, who approved it, when it is reviewed. */
export interface Assessment {
  readonly legalEntityId: number;
  readonly channels: readonly Channel[];
  readonly categories: readonly Category[];
  readonly purpose: string;
  readonly necessity: string;
  readonly balance: string;
  readonly approvedBy: string;
  /** Milliseconds; default now. */
  readonly effectiveAt?: number;
  /** The local date on which it has to be looked at again; afterwards it is not current. */
  readonly reviewOn: string;
}

/**
 * Records an assessment (UK GDPR 6(1)(f), 5(2)). It concerns everybody of its legal entity, so the policy is
 * renewed: standing decisions made without it no longer count. Throws InvalidError for a text that says nothing
 * and for a review that is no date of the future.
 */
export async function recordAssessment(context: Context, assessment: Assessment): Promise<string> {
  const now = nowOf(context);
  const effectiveAt = assessment.effectiveAt ?? now;
  for (const field of ['purpose', 'necessity', 'balance', 'approvedBy'] as const) {
    if (assessment[field].trim() !== '') continue;
    throw new InvalidError(`An assessment needs its ${wordsOf[field]}.`, { field });
  }
  if (!isLocalDate(assessment.reviewOn)) {
    throw new InvalidError('The review of an assessment is a date, such as 2027-12-01.', {
      field: 'reviewOn',
    });
  }
  if (assessment.reviewOn <= londonDateOf(now)) {
    throw new InvalidError('The review of an assessment must lie in the future.', { field: 'reviewOn' });
  }
  const id = uuid();
  await inTransaction(context.database.db, async (transaction) => {
    await insertAssessment(transaction, { ...assessment, id, effectiveAt });
    await renewPolicy(transaction, context, 'A legitimate-interests assessment was recorded.');
  });
  return id;
}

const wordsOf = {
  purpose: 'purpose',
  necessity: 'necessity',
  balance: 'balance',
  approvedBy: 'approver: the full name of a person',
} as const;

/** Every assessment, the newest first, with what it says and whether it carries anything now. */
export async function listAssessments(
  context: Context,
): Promise<(StoredAssessment & { current: boolean })[]> {
  const now = nowOf(context);
  const today = londonDateOf(now);
  const rows = await listAssessmentRows(context.database.db);
  return rows.map((row) => {
    const isWithdrawn = row.withdrawnAt !== null && row.withdrawnAt <= now;
    return { ...row, current: !isWithdrawn && row.effectiveAt <= now && row.reviewOn >= today };
  });
}
