import { describe, expect, it } from 'vitest';
import type { Decision } from './decide.ts';
import { decide } from './decide.ts';
import { askedAt, plainQuestion, troubles, withFacts } from './decision-examples.ts';
import type { DecisionRequest } from './decision-request.ts';
import { standingQuestion } from './standing-question.ts';

/** An answer to an enquiry by somebody who was never asked about marketing, and stopped all of it. */
function answer(more: Partial<DecisionRequest>, openEnquiries: readonly string[] = ['enquiry']): Decision {
  const objecting = troubles.OBJECTION_ALL_MARKETING(plainQuestion('email', 'service_message'));
  const { facts, request, policy } = withFacts(objecting, { openEnquiries });
  return decide(facts, { ...request, enquiryId: 'enquiry', ...more }, policy, askedAt);
}

describe('an answer to a sales enquiry', () => {
  it('is a service message while the enquiry is open, whatever was said about marketing', () => {
    const decision = answer({});
    expect(decision).toMatchObject({ verdict: 'allow', reasons: ['SERVICE_MESSAGE', 'OPEN_ENQUIRY'] });
    expect(decision.trace[0]).toMatchObject({ stage: 'S0', rule: 'OPEN_ENQUIRY' });
  });

  it.each([
    ['the enquiry has ended, or nobody knows of it', {}, []],
    ['it answers the enquiry of somebody else', { enquiryId: 'another' }, ['enquiry']],
    ['it goes to two people', { message: { recipients: 2 } }, ['enquiry']],
    ['a mailshot sends it', { tool: 'mailshot' }, ['enquiry']],
    ['a programme sends it', { tool: 'acm' }, ['enquiry']],
    ['it holds an offer', { message: { promotion: true } }, ['enquiry']],
  ] satisfies [string, Partial<DecisionRequest>, string[]][])(
    'is marketing, which the objection stops, when %s',
    (_, request, openEnquiries) => {
      expect(answer(request, openEnquiries)).toMatchObject({
        verdict: 'deny',
        reasons: ['OBJECTION_ALL_MARKETING'],
      });
    },
  );

  it('opens no marketing: an open enquiry is no permission', () => {
    expect(answer({ category: 'general_marketing' })).toMatchObject({ verdict: 'deny' });
  });

  it('is never answered out of what was judged beforehand', () => {
    const { request, policy } = plainQuestion('email', 'service_message');
    const sentToMany = { ...request, message: { promotion: true } };
    expect(standingQuestion(sentToMany, policy)).not.toBeNull();
    expect(standingQuestion({ ...sentToMany, enquiryId: 'enquiry' }, policy)).toBeNull();
  });
});
