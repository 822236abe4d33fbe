import type { z } from 'zod';
import type { reviewPageSchema } from '../../../../src/features/reviews/contract.ts';
import { read } from '../../shared/api.ts';

export type ReviewPage = z.infer<typeof reviewPageSchema>;

/** The first of those whose preferences are due for review at a branch today. */
export async function readReviewsDue(branch: string, signal: AbortSignal): Promise<ReviewPage> {
  return read<ReviewPage>('/reviews', { query: { status: 'due', branch, limit: 50 }, signal });
}
