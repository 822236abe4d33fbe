import { describe, expect, it } from 'vitest';
import { decide } from './decide.ts';
import { agreedQuestion, askedAt } from './decision-examples.ts';
import type { DecisionRequest } from './decision-request.ts';
import { asHandedOver } from './decision-request.ts';
import type { Channel } from './vocabulary.ts';

type Message = DecisionRequest['message'];

function decided(channel: Channel, message?: Message, isHandedOver = false) {
  const { facts, request, policy } = agreedQuestion(channel, 'general_marketing');
  const asked = message === undefined ? request : { ...request, message };
  return decide(facts, isHandedOver ? asHandedOver(asked) : asked, policy, askedAt);
}

describe('a question about a message that is not written yet', () => {
  it.each<[Channel, string[]]>([
    ['sms', ['SENDER_IDENTITY_MISSING', 'OPT_OUT_MEANS_MISSING']],
    ['email', ['SENDER_IDENTITY_MISSING', 'OPT_OUT_MEANS_MISSING']],
    ['letter', ['SENDER_IDENTITY_MISSING']],
    ['live_call', ['SENDER_IDENTITY_MISSING', 'CLI_WITHHELD']],
  ])('is answered with what a message by %s will have to carry', (channel, outstanding) => {
    expect(decided(channel)).toMatchObject({ verdict: 'allow', outstanding });
  });

  it('is answered with what is left to say, and with nothing when all is said', () => {
    expect(decided('sms', { identity: true }).outstanding).toEqual(['OPT_OUT_MEANS_MISSING']);
    expect(decided('sms', { identity: true, optOutMeans: true }).outstanding).toEqual([]);
  });

  it('is refused as soon as something is known to be missing', () => {
    expect(decided('sms', { identity: false })).toMatchObject({
      verdict: 'deny',
      reasons: ['SENDER_IDENTITY_MISSING'],
      outstanding: [],
    });
  });
});

describe('a message that goes out', () => {
  it('is refused for everything it is not known to carry', () => {
    expect(decided('live_call', {}, true).reasons).toEqual(['SENDER_IDENTITY_MISSING', 'CLI_WITHHELD']);
    expect(decided('sms', undefined, true).verdict).toBe('deny');
    expect(decided('sms', { identity: true, optOutMeans: true }, true).verdict).toBe('allow');
  });
});
