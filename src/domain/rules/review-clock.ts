import { endOfLondonDay } from '../london.ts';
import { reviewDueOn } from '../review.ts';
import type { Situation } from '../situation.ts';
import type { Rule } from './rule.ts';
import { marketing } from './rule.ts';

const describeReview = ({ facts, policy }: Situation): string => {
  const dueOn = reviewDueOn(facts.lastReviewAt, policy.reviewIntervalMonths);
  return dueOn === null ? 'never reviewed' : `review due on ${dueOn}`;
};

export const reviewRules: readonly Rule[] = [
  {
    code: 'REVIEW_NEVER_DONE',
    stage: 'S7',
    appliesTo: marketing,
    blocks: ({ facts, policy }) => policy.reviewOverdueEffect === 'block' && facts.lastReviewAt === null,
    fact: describeReview,
  },
  {
    code: 'REVIEW_OVERDUE',
    stage: 'S7',
    appliesTo: marketing,
    blocks: (situation) => {
      const { facts, policy } = situation;
      if (policy.reviewOverdueEffect !== 'block') return false;
      const dueOn = reviewDueOn(facts.lastReviewAt, policy.reviewIntervalMonths);
      return dueOn !== null && situation.reached(endOfLondonDay(dueOn));
    },
    fact: describeReview,
  },
];
