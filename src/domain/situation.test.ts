import { describe, expect, it } from 'vitest';
import { decide } from './decide.ts';
import { answered, askedAt, plainQuestion, withFacts } from './decision-examples.ts';
import type { AssessmentFacts } from './facts.ts';
import { categories, channels } from './vocabulary.ts';

const question = answered(plainQuestion('letter', 'general_marketing'), 'legitimate_interest');

function reasonsWith(assessment: Partial<AssessmentFacts>): readonly string[] {
  const current = { id: 'assessment', channels, categories, from: askedAt - 1, until: askedAt + 1 };
  const { facts, request, policy } = withFacts(question, { assessments: [{ ...current, ...assessment }] });
  return decide(facts, request, policy, askedAt).reasons;
}

describe('a legitimate-interests assessment', () => {
  it('carries a letter from the instant it holds until its review date is over', () => {
    expect(reasonsWith({ from: askedAt })).toEqual(['LEGITIMATE_INTEREST']);
    expect(reasonsWith({ until: askedAt + 1 })).toEqual(['LEGITIMATE_INTEREST']);
  });

  it('carries nothing past its review date', () => {
    expect(reasonsWith({ until: askedAt })).toEqual(['LIA_MISSING']);
  });

  it('carries nothing before it holds', () => {
    expect(reasonsWith({ from: askedAt + 1 })).toEqual(['LIA_MISSING']);
  });

  it('carries only the channels and categories it was made for', () => {
    expect(reasonsWith({ channels: ['live_call'] })).toEqual(['LIA_MISSING']);
    expect(reasonsWith({ categories: ['service_follow_up'] })).toEqual(['LIA_MISSING']);
  });
});
