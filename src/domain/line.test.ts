import { describe, expect, it } from 'vitest';
import { decide } from './decide.ts';
import type { Question } from './decision-examples.ts';
import { agreedQuestion, askedAt, withFacts } from './decision-examples.ts';
import type { ContactFacts, LineFacts } from './facts.ts';
import type { Channel } from './vocabulary.ts';

const agreedAt = askedAt - 100 * 86_400_000;
const before = agreedAt - 1;
const after = agreedAt + 1;

interface Known {
  /** For which line the entry says the yes was given; null where it does not say. */
  readonly givenFor: string | null;
  readonly line: Partial<LineFacts> | null;
  readonly inUseSince?: number;
}

/** Somebody who agreed to calls, on a number that is listed with TPS. */
function asked(channel: Channel, { givenFor, line, inUseSince = 0 }: Known): Question {
  const question = agreedQuestion(channel, 'general_marketing');
  const listed: ContactFacts = {
    status: 'ok',
    inUseSince,
    line: line === null ? null : { id: 'landline', sameNumber: [], others: [], ...line },
    suppressedAt: null,
    screening: { listedOn: '2026-01-05', screenedOn: '2026-11-20' },
  };
  const { cells, contacts } = question.facts;
  return withFacts(question, {
    cells: cells.map((cell) => cell && { ...cell, line: givenFor }),
    contacts: { ...contacts, [channel]: listed },
  });
}

function reasonsOf(channel: Channel, known: Known): readonly string[] {
  const { facts, request, policy } = asked(channel, known);
  return decide(facts, request, policy, askedAt).reasons;
}

const welcome = ['CONSENT', 'TPS_OVERRIDDEN_BY_CONSENT'];

describe('a yes to calls on a number that is listed with TPS', () => {
  it('counts for the line it was given for', () => {
    expect(reasonsOf('live_call', { givenFor: 'landline', line: {} })).toEqual(welcome);
    expect(reasonsOf('live_call', { givenFor: 'landline', line: {}, inUseSince: after })).toEqual(welcome);
  });

  it('counts for no other line, however long that one has been in use', () => {
    expect(reasonsOf('live_call', { givenFor: 'mobile', line: {} })).toEqual(['TPS_REGISTERED']);
    expect(reasonsOf('automated_call', { givenFor: 'mobile', line: {} })).toEqual([
      'AUTOMATED_CALL_CONSENT_REQUIRED',
    ]);
  });

  it('counts for the same number on a record that became part of this one, if both had it then', () => {
    const line = { sameNumber: ['theirs'] };
    expect(reasonsOf('live_call', { givenFor: 'theirs', line })).toEqual(welcome);
    expect(reasonsOf('live_call', { givenFor: 'theirs', line, inUseSince: after })).toEqual([
      'TPS_REGISTERED',
    ]);
  });

  it('ends with a number that is given up, even when the same one is entered again', () => {
    const again = { givenFor: 'once', line: { sameNumber: ['once'] }, inUseSince: after };
    expect(reasonsOf('automated_call', again)).toEqual(['AUTOMATED_CALL_CONSENT_REQUIRED']);
  });

  it('counts for nothing where nobody knows which line it is', () => {
    expect(reasonsOf('live_call', { givenFor: 'landline', line: null })).toEqual(['TPS_REGISTERED']);
  });
});

describe('a yes to calls whose entry does not say which line', () => {
  it('counts for the only line there was, which is still in use', () => {
    expect(reasonsOf('live_call', { givenFor: null, line: {} })).toEqual(welcome);
    const since = { others: [{ from: after, until: null }] };
    expect(reasonsOf('live_call', { givenFor: null, line: since })).toEqual(welcome);
    const earlier = { others: [{ from: 0, until: before }] };
    expect(reasonsOf('live_call', { givenFor: null, line: earlier })).toEqual(welcome);
  });

  it.each([
    ['had another line beside it', { others: [{ from: 0, until: null }] }, 0],
    ['had another line then, which is gone', { others: [{ from: 0, until: after }] }, 0],
    ['has had this one only since', {}, after],
  ])('counts for nothing where the customer %s', (_, line, inUseSince) => {
    expect(reasonsOf('live_call', { givenFor: null, line, inUseSince })).toEqual(['TPS_REGISTERED']);
  });
});
