import { basisRules } from './rules/basis.ts';
import { contactPointRules } from './rules/contact-points.ts';
import { existenceRules } from './rules/existence.ts';
import { contentRules } from './rules/message-content.ts';
import { refusalRules } from './rules/refusals.ts';
import { registerRules } from './rules/registers.ts';
import { reviewRules } from './rules/review-clock.ts';
import type { Rule } from './rules/rule.ts';
import { scopeRules } from './rules/scope.ts';
import { timeRules } from './rules/time-and-frequency.ts';

/**
 * The rules, in the order in which they are tried: stage by stage, and inside a stage in the order in which
 * its reasons are listed. Adding a rule is adding one entry to its stage, and its reason to `reason.ts`.
 */
export const rules: readonly Rule[] = [
  ...existenceRules,
  ...refusalRules,
  ...contactPointRules,
  ...registerRules,
  ...scopeRules,
  ...basisRules,
  ...reviewRules,
  ...timeRules,
  ...contentRules,
];
