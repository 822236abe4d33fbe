import type { PolicySettings } from '../policy.ts';
import { contactHours, hasContactHours, nextContactHour } from '../quiet-hours.ts';
import type { Situation } from '../situation.ts';
import type { Rule } from './rule.ts';
import { marketing } from './rule.ts';

const thirtyDays = 30 * 86_400_000;

/** When each message that still counts against the cap stops counting, oldest first. */
function capReleases(situation: Situation): number[] {
  return situation.facts.marketingSentAt
    .map((sentAt) => sentAt + thirtyDays)
    .filter((release) => !situation.reached(release))
    .sort((a, b) => a - b);
}

/** Whether somebody who had so many marketing messages in the last 30 days has had enough. */
export function isCapReached(sentLately: number, { frequencyCapPer30Days }: PolicySettings): boolean {
  return frequencyCapPer30Days !== null && sentLately >= frequencyCapPer30Days;
}

export const timeRules: readonly Rule[] = [
  {
    code: 'QUIET_HOURS',
    stage: 'S8',
    appliesTo: (judgedAs, channel) => marketing(judgedAs) && hasContactHours(channel),
    blocks: (situation) => {
      const { open, until } = contactHours(situation.now, situation.policy);
      situation.reached(until);
      return !open;
    },
    fact: ({ now, policy }) =>
      contactHours(now, policy).open ? 'within contact hours' : 'outside contact hours',
  },
  {
    code: 'FREQUENCY_CAP',
    stage: 'S8',
    appliesTo: marketing,
    blocks: (situation) => isCapReached(capReleases(situation).length, situation.policy),
    fact: ({ facts, policy }) =>
      `${facts.marketingSentAt.length} sent lately, cap ${policy.frequencyCapPer30Days ?? 'none'}`,
  },
];

/** The first instant at which a temporary refusal (stage S8) could end; null when none is in sight. */
export function retryInstant(situation: Situation, quietHoursApply: boolean): number | null {
  const { frequencyCapPer30Days } = situation.policy;
  let instant = situation.now;
  if (frequencyCapPer30Days !== null) {
    const releases = capReleases(situation);
    const mustPass = releases.length - frequencyCapPer30Days;
    if (mustPass >= 0) instant = releases[mustPass] ?? instant;
  }
  return quietHoursApply ? nextContactHour(instant, situation.policy) : instant;
}
