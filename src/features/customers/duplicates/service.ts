import { denyCodesNaming } from '../../../domain/standing.ts';
import type { Context } from '../../../platform/context.ts';
import { findBranch } from '../../branches/service.ts';
import type { CandidatePlace, CandidateRow, SearchRow } from './store.ts';
import { countCandidates, findCandidates, findSearch } from './store.ts';

/**
 * Records that look like one person, each pair with its grounds, the likeliest first.
 * Guarantees that nobody is suggested who was erased, has died, became part of another record, or was said to be
 * somebody else.
 */
export interface DuplicatePage {
  readonly pairs: readonly CandidateRow[];
  /** How many there are in all, on the first page. */
  readonly count: { readonly pairs: number; readonly orMore: boolean } | null;
  /** How far the comparison is; null before it began. */
  readonly search: SearchRow | null;
  readonly next: CandidatePlace | null;
}

const countedMax = 10_000;

const neverSuggested = denyCodesNaming(['PERSON_ERASED', 'PERSON_DECEASED']);

/** @param branch code or name; null for all. Throws NotFoundError or InvalidError for a branch that is not there. */
export async function listDuplicates(
  context: Context,
  asked: {
    readonly branch: string | null;
    readonly ground: string | null;
    readonly after: CandidatePlace | null;
    readonly limit: number;
  },
): Promise<DuplicatePage> {
  const { db } = context.database;
  const branchId = asked.branch === null ? null : (await findBranch(context, asked.branch)).id;
  const { ground, after, limit } = asked;
  const question = { branchId, ground, leftOut: neverSuggested, after };
  const rows = await findCandidates(db, question, limit + 1);
  const pairs = rows.slice(0, limit);
  const last = rows.length > limit ? pairs.at(-1) : undefined;
  const counted = after === null ? await countCandidates(db, question, countedMax + 1) : null;
  return {
    pairs,
    count: counted === null ? null : { pairs: Math.min(counted, countedMax), orMore: counted > countedMax },
    search: (await findSearch(db)) ?? null,
    next: last === undefined ? null : { rank: last.rank, lowId: last.lowId, highId: last.highId },
  };
}
