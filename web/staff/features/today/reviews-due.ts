import type { z } from 'zod';
import type { reviewPageSchema } from '../../../../src/features/reviews/contract.ts';
import { read } from '../../shared/api.ts';

type ReviewPage = z.infer<typeof reviewPageSchema>;

const countedMax = 200;

/** How many wait for a review at a branch; `more` when there are more than can be counted here. */
export interface Waiting {
  readonly count: number;
  readonly more: boolean;
}

export async function countWaiting(
  branch: string,
  status: ReviewPage['reviews'][number]['status'],
  signal: AbortSignal,
): Promise<Waiting> {
  const page = await read<ReviewPage>('/reviews', { query: { status, branch, limit: countedMax }, signal });
  return { count: page.reviews.length, more: page.nextCursor !== null };
}
