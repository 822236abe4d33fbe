import { describe, expect, it } from 'vitest';
import { applyAnswer, combineCells } from './cell-history.ts';
import type { CellFacts } from './facts.ts';

const consent: CellFacts = {
  state: 'granted',
  basis: 'consent',
  at: 20,
  by: 'customer',
  evidence: 'full',
  line: null,
  sequence: 2,
};
const no = (at: number, state: 'withdrawn' | 'not_given' = 'withdrawn'): CellFacts => ({
  state,
  basis: null,
  at,
  by: 'customer',
  evidence: 'none',
  line: null,
  sequence: 1,
});

describe('one more answer', () => {
  it('after nothing counts for what it is', () => {
    const tick = { ...consent, evidence: 'none' as const, by: 'staff' as const };
    expect(applyAnswer(undefined, tick)).toBe(tick);
  });

  it('that is fresh consent lifts an earlier no, and not one of the same instant', () => {
    expect(applyAnswer(no(10), consent)).toBe(consent);
    expect(applyAnswer(no(20), consent).state).toBe('withdrawn');
  });

  it.each<[string, Partial<CellFacts>]>([
    ['an unevidenced tick', { evidence: 'none', by: 'staff' }],
    ['a tick with some evidence', { evidence: 'partial' }],
    ['a soft opt-in', { basis: 'soft_opt_in' }],
    ['a legitimate interest', { basis: 'legitimate_interest' }],
    ['an import', { by: 'import' }],
    ['the system', { by: 'system' }],
  ])('that is %s lifts no withdrawal and no refusal', (_, weaker) => {
    expect(applyAnswer(no(10), { ...consent, ...weaker }).state).toBe('withdrawn');
    expect(applyAnswer(no(10, 'not_given'), { ...consent, ...weaker }).state).toBe('not_given');
  });

  it('that is a no always counts', () => {
    expect(applyAnswer(consent, no(20)).state).toBe('withdrawn');
    expect(applyAnswer(no(10), no(20, 'not_given')).state).toBe('not_given');
  });

  it('of the same instant leaves a withdrawal a withdrawal', () => {
    expect(applyAnswer(no(10), no(10, 'not_given')).state).toBe('withdrawn');
    expect(applyAnswer(no(10, 'not_given'), no(10)).state).toBe('withdrawn');
  });

  it('on weaker ground does not take the place of fresh consent', () => {
    const tick = { ...consent, at: 30, evidence: 'none' as const };
    expect(applyAnswer(consent, tick)).toBe(consent);
    const newer = { ...consent, at: 30 };
    expect(applyAnswer(consent, newer)).toBe(newer);
  });
});

describe('two records of one person', () => {
  it('keep the no of either, by default', () => {
    expect(combineCells(consent, no(10), 'most_restrictive')?.state).toBe('withdrawn');
    expect(combineCells(no(10, 'not_given'), consent, 'most_restrictive')?.state).toBe('not_given');
    expect(combineCells(no(10), no(20, 'not_given'), 'most_restrictive')?.state).toBe('withdrawn');
  });

  it('keep the later answer, where the dealer chose so; at the same instant the no', () => {
    expect(combineCells(consent, no(10), 'latest_wins')).toBe(consent);
    expect(combineCells(no(30), consent, 'latest_wins')?.state).toBe('withdrawn');
    expect(combineCells(consent, no(20), 'latest_wins')?.state).toBe('withdrawn');
    expect(combineCells(no(10), no(20, 'not_given'), 'latest_wins')?.state).toBe('not_given');
    expect(combineCells(no(20, 'not_given'), no(20), 'latest_wins')?.state).toBe('withdrawn');
  });

  it('let only fresh consent come after a no, whatever the dealer chose', () => {
    const tick = { ...consent, evidence: 'none' as const, by: 'staff' as const };
    expect(combineCells(tick, no(10), 'latest_wins')?.state).toBe('withdrawn');
    expect(combineCells(no(10), { ...consent, basis: 'legitimate_interest' }, 'latest_wins')?.state).toBe(
      'withdrawn',
    );
  });

  it('keep what one of them says when the other was never asked', () => {
    expect(combineCells(undefined, consent, 'most_restrictive')).toBe(consent);
    expect(combineCells(no(10), undefined, 'latest_wins')?.state).toBe('withdrawn');
    expect(combineCells(undefined, undefined, 'most_restrictive')).toBeUndefined();
  });

  it('keep the consent that can be proved', () => {
    const tick = { ...consent, at: 30, evidence: 'none' as const };
    expect(combineCells(tick, consent, 'most_restrictive')).toBe(consent);
    expect(combineCells(consent, tick, 'latest_wins')).toBe(consent);
  });
});
