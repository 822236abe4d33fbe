import { describe, expect, it } from 'vitest';
import { decide } from './decide.ts';
import { askedAt, migrated, plainQuestion } from './decision-examples.ts';
import { heldAnswer } from './held-answer.ts';
import type { PolicySettings } from './policy.ts';
import { defaultPolicySettings } from './policy.ts';
import type { Channel, LegacyFlag } from './vocabulary.ts';
import { categories } from './vocabulary.ts';

function shownOf(
  channel: Channel,
  settings: Partial<PolicySettings> = {},
  flag: LegacyFlag = 'none',
): string {
  const { facts } = migrated(plainQuestion(channel, 'service_follow_up'), flag, 'pecr_strict');
  return heldAnswer(facts, channel, 'service_follow_up', null, { ...defaultPolicySettings, ...settings })
    .state;
}

describe('what is held of a record that nobody has gone through', () => {
  it('is what the upgrade assumed of the channels of the source document', () => {
    expect(shownOf('sms')).toBe('assumed');
    expect(shownOf('letter')).toBe('assumed');
    expect(shownOf('automated_call')).toBe('unset');
  });

  it('is nothing for email, unless the dealer takes email as texts', () => {
    expect(shownOf('email')).toBe('unset');
    expect(shownOf('email', { policy: 'assume_legitimate_interest' })).toBe('unset');
    expect(shownOf('email', { policy: 'assume_legitimate_interest', migratedEmail: 'as_sms' })).toBe(
      'assumed',
    );
  });

  it('is nothing where every assumption was set aside, and still the old no', () => {
    expect(shownOf('sms', { migrationPolicy: 'reset_all' })).toBe('unset');
    expect(shownOf('email', { migrationPolicy: 'reset_all', migratedEmail: 'as_sms' })).toBe('unset');
    expect(shownOf('sms', { migrationPolicy: 'reset_all' }, 'no_follow_up')).toBe('legacy_no');
  });
});

describe('what an old flag refuses', () => {
  it('is shown as refused in every category that the engine refuses for it', () => {
    for (const flag of ['none', 'no_follow_up', 'no_marketing', 'both'] as const) {
      for (const category of categories) {
        const { facts, request, policy } = migrated(plainQuestion('letter', category), flag, 'pecr_strict');
        const { reasons } = decide(facts, request, policy, askedAt);
        const shown = heldAnswer(facts, 'letter', category, null, policy).state;
        const refused = reasons.includes('LEGACY_NO_FOLLOW_UP') || reasons.includes('LEGACY_NO_MARKETING');
        expect([flag, category, shown === 'legacy_no']).toEqual([flag, category, refused]);
      }
    }
  });
});
