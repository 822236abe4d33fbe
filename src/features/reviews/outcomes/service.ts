import { addDays, endOfLondonDay, londonDateOf, startOfLondonDay } from '../../../domain/london.ts';
import { displayNameOf } from '../../../domain/person-name.ts';
import { InvalidError } from '../../../platform/application-error.ts';
import type { Context } from '../../../platform/context.ts';
import { nowOf } from '../../../platform/context.ts';
import { findBranch } from '../../branches/service.ts';
import { actorNames } from '../../users/service.ts';
import { reviewOutcomes } from './contract.ts';
import type { OutcomeCountRow, OutcomePlace } from './store.ts';
import { countOutcomes, findOutcomes } from './store.ts';

/**
 * What came of reviews: who went through them, when, and with which outcome; and how often nobody was asked.
 * Guarantees that an entry which was corrected is counted no more, and that a customer's own visit is nobody else's.
 */
export type Outcome = (typeof reviewOutcomes)[number];

export interface OutcomeTally {
  readonly branch: string | null;
  readonly branchName: string | null;
  /** Null: the customer themselves. */
  readonly adviserId: string | null;
  readonly adviser: string;
  readonly saved: number;
  readonly confirmed: number;
  readonly customersOwn: number;
  readonly declined: number;
  readonly didNotAsk: number;
  readonly sentToPhone: number;
  readonly didNotAskPercent: number | null;
}

export interface OutcomeItem {
  readonly customerId: string;
  readonly customerNumber: string;
  readonly displayName: string;
  readonly branchName: string | null;
  readonly adviser: string;
  readonly at: number;
  readonly outcome: Outcome;
  readonly reason: string | null;
}

export interface OutcomeQuestion {
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly branch?: string | undefined;
  readonly adviser?: string | undefined;
  readonly after: OutcomePlace | null;
  readonly limit: number;
}

export interface OutcomePage {
  readonly from: string;
  readonly to: string;
  readonly tallies: readonly OutcomeTally[] | null;
  readonly reasons: readonly { readonly reason: string; readonly times: number }[] | null;
  readonly outcomes: readonly OutcomeItem[];
  readonly next: OutcomePlace | null;
}

const usualDays = 28;
const daysMax = 1_100;

/** Throws InvalidError for days in the wrong order or more than three years of them, and an unknown branch. */
export async function reviewOutcomesOf(context: Context, question: OutcomeQuestion): Promise<OutcomePage> {
  const to = question.to ?? londonDateOf(nowOf(context));
  const from = question.from ?? addDays(to, 1 - usualDays);
  if (from > to || addDays(from, daysMax) < to) {
    throw new InvalidError(
      'Give a first day and a last one that is not before it, three years apart at most.',
      {
        field: 'from',
      },
    );
  }
  const { branch, adviser, after, limit } = question;
  const window = {
    from: startOfLondonDay(from),
    before: endOfLondonDay(to),
    branchId: branch === undefined ? null : (await findBranch(context, branch)).id,
    actorId: adviser ?? null,
  };
  const { db } = context.database;
  const rows = await findOutcomes(db, window, after, limit + 1);
  const counted = after === null ? await countOutcomes(db, window) : null;
  const names = await actorNames(
    context,
    [...rows, ...(counted ?? [])].flatMap(({ actorId }) => actorId ?? []),
  );
  const nameOf = (id: string | null): string => (id === null ? 'The customer' : (names.get(id) ?? id));
  const last = rows.length > limit ? rows[limit - 1] : undefined;
  return {
    from,
    to,
    tallies: counted === null ? null : talliesOf(counted, nameOf),
    reasons: counted === null ? null : reasonsOf(counted),
    outcomes: rows.slice(0, limit).map(({ actorId, outcome, at, reason, ...row }) => ({
      customerId: row.customerId,
      customerNumber: row.customerNumber,
      displayName: displayNameOf(row),
      branchName: row.branchName,
      adviser: nameOf(actorId),
      at,
      outcome: outcomeOf(outcome),
      reason,
    })),
    next: last === undefined ? null : { at: last.at, customerId: last.customerId, sequence: last.sequence },
  };
}

function talliesOf(
  counted: readonly OutcomeCountRow[],
  nameOf: (id: string | null) => string,
): OutcomeTally[] {
  const groups = Map.groupBy(counted, ({ branch, actorId }) => `${branch ?? ''} ${actorId ?? ''}`);
  return [...groups.values()].map((rows) => {
    const times = (outcome: Outcome): number =>
      rows.reduce((sum, row) => (row.outcome === outcome ? sum + row.times : sum), 0);
    const didNotAsk = times('did_not_ask');
    const atTheDesk =
      didNotAsk + times('saved') + times('confirmed') + times('declined_to_answer') + times('sent_to_phone');
    const [first] = rows;
    return {
      branch: first?.branch ?? null,
      branchName: first?.branchName ?? null,
      adviserId: first?.actorId ?? null,
      adviser: nameOf(first?.actorId ?? null),
      saved: times('saved'),
      confirmed: times('confirmed'),
      customersOwn: times('customers_own'),
      declined: times('declined_to_answer'),
      didNotAsk,
      sentToPhone: times('sent_to_phone'),
      didNotAskPercent: atTheDesk === 0 ? null : Math.round((1000 * didNotAsk) / atTheDesk) / 10,
    };
  });
}

function reasonsOf(counted: readonly OutcomeCountRow[]): { reason: string; times: number }[] {
  const times = new Map<string, number>();
  for (const row of counted) {
    if (row.outcome !== 'did_not_ask') continue;
    const reason = row.reason ?? 'other';
    times.set(reason, (times.get(reason) ?? 0) + row.times);
  }
  return [...times]
    .map(([reason, count]) => ({ reason, times: count }))
    .toSorted((a, b) => b.times - a.times);
}

function outcomeOf(text: string): Outcome {
  const known = reviewOutcomes.find((outcome) => outcome === text);
  if (known === undefined) throw new Error('The ledger holds an outcome of a review that is not known here.');
  return known;
}
