import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CellFacts } from './facts.ts';
import { cellIndex, scopedCellKey } from './facts.ts';
import type { FoldOptions } from './fold.ts';
import { fold } from './fold.ts';
import type { LedgerCell, LedgerEvent } from './ledger-event.ts';

/**
 * Answers as short words: about `all` of a category, or about a `car` or a company by name. A `tick` is a yes
 * that nobody can prove, an `interest` is none of the customer's doing.
 */
const saidWords = ['yes', 'no', 'refused', 'tick', 'interest'] as const;
type Said = (typeof saidWords)[number];
type Step = `${'all' | 'car' | 'acme'} ${Said}` | 'reset' | 'reset but consent' | 'merge' | 'wait';

const options: FoldOptions = { at: 1000, legalEntityId: 1, mergePolicy: 'most_restrictive' };

function entryOf(step: Step, index: number, category: LedgerCell['category']): LedgerEvent {
  const isAnswer = step.startsWith('all ') || step.startsWith('car ') || step.startsWith('acme ');
  const isProved = !step.endsWith(' tick');
  return {
    customerId: 'customer',
    sequence: index + 1,
    act: actOf(step),
    cells: isAnswer ? [cellOf(step, category)] : [],
    occurredAt: (index + 1) * 10,
    recordedAt: (index + 1) * 10,
    actor: { kind: 'staff', id: null },
    method: isProved ? 'in_person' : null,
    wordingHash: isProved ? 'a'.repeat(64) : null,
    evidenceCommitment: null,
    legalEntityId: 1,
    batchId: null,
    corrects: null,
  };
}

function actOf(step: Step): LedgerEvent['act'] {
  if (step === 'reset') return { kind: 'reset', keepConsent: false };
  if (step === 'reset but consent') return { kind: 'reset', keepConsent: true };
  if (step === 'merge') return { kind: 'merged', absorbedCustomerId: 'other' };
  return step === 'wait' ? { kind: 'opened' } : { kind: 'recorded', review: false };
}

function cellOf(step: Step, category: LedgerCell['category']): LedgerCell {
  const [scope = '', said] = step.split(' ');
  const after = said === 'no' ? 'withdrawn' : said === 'refused' ? 'not_given' : 'granted';
  return {
    channel: 'sms',
    category,
    before: 'unset',
    after,
    ...(scope === 'all' ? {} : { scopeId: scope }),
    ...(after === 'granted' ? { basis: said === 'interest' ? 'legitimate_interest' : 'consent' } : {}),
  };
}

const wordOf = (cell: CellFacts | undefined): Said | 'unset' => {
  if (cell === undefined) return 'unset';
  if (cell.state !== 'granted') return cell.state === 'withdrawn' ? 'no' : 'refused';
  if (cell.basis === 'legitimate_interest') return 'interest';
  return cell.evidence === 'full' ? 'yes' : 'tick';
};

const entriesOf = (steps: readonly Step[], category: LedgerCell['category']): LedgerEvent[] =>
  steps.map((step, index) => entryOf(step, index, category));

/** What is held of follow-up about the car, or about all of it. */
function followUp(scope: 'car' | 'van' | 'all', ...steps: Step[]): string {
  return heldIn(entriesOf(steps, 'service_follow_up'), scope);
}

function heldIn(events: readonly LedgerEvent[], scope: string, changed: Partial<FoldOptions> = {}): string {
  const state = fold(events, { ...options, ...changed });
  const index = cellIndex('sms', 'service_follow_up');
  return wordOf(state.scopedCells?.get(scopedCellKey(index, scope)) ?? state.cells[index]);
}

describe('a yes about one vehicle and answers about all follow-up', () => {
  it('follow a withdrawal of the whole, and come back with a yes to the whole', () => {
    expect(followUp('car', 'car yes', 'all no')).toBe('no');
    expect(followUp('car', 'car yes', 'all no', 'all yes')).toBe('yes');
    expect(followUp('car', 'all no', 'all yes', 'car yes')).toBe('yes');
  });

  it('come back with a yes that can be proved alone', () => {
    expect(followUp('car', 'car yes', 'all no', 'all tick')).toBe('no');
    expect(followUp('car', 'car yes', 'all no', 'all interest')).toBe('no');
    expect(followUp('car', 'car yes', 'all no', 'car tick')).toBe('no');
  });

  it('lift for the vehicle alone what was refused of all', () => {
    expect(followUp('car', 'all no', 'car yes')).toBe('yes');
    expect(followUp('van', 'all no', 'car yes')).toBe('no');
    expect(followUp('all', 'all no', 'car yes')).toBe('no');
  });

  it('never lift a no that named the vehicle, whatever was said of all in between', () => {
    expect(followUp('car', 'car no', 'all yes')).toBe('no');
    expect(followUp('car', 'car no', 'all no', 'all yes')).toBe('no');
    expect(followUp('car', 'car refused', 'all no', 'all yes')).toBe('refused');
    expect(followUp('car', 'car no', 'all no', 'car yes')).toBe('yes');
  });

  it('amount, in every order, to the latest of each no and to the proof that came after it', () => {
    const answer = fc.record({
      scope: fc.constantFrom('all', 'car'),
      said: fc.constantFrom(...saidWords),
      at: fc.integer({ min: 1, max: 6 }),
    });
    fc.assert(
      fc.property(fc.array(answer, { maxLength: 8 }), (answers) => {
        const events = answers.map(({ scope, said, at }, index) => ({
          ...entryOf(`${scope as 'all' | 'car'} ${said}`, index, 'service_follow_up'),
          occurredAt: at,
        }));
        const times = (scopes: string[], words: Said[]): number[] =>
          answers
            .filter(({ scope, said }) => scopes.includes(scope) && words.includes(said))
            .map(({ at }) => at);
        const last = (instants: number[]): number => Math.max(Number.NEGATIVE_INFINITY, ...instants);
        const carRefused = last(times(['car'], ['no', 'refused']));
        const allRefused = last(times(['all'], ['no', 'refused']));
        const isRefused =
          carRefused >= Math.max(last(times(['car'], ['yes'])), 0) ||
          allRefused >= Math.max(last(times(['all', 'car'], ['yes'])), 0);
        const isAsked = answers.length > 0;
        const word = heldIn(events, 'car');
        if (isRefused) expect(['no', 'refused']).toContain(word);
        else expect(['yes', 'tick', 'interest', 'unset']).toContain(word);
        expect(word === 'unset').toBe(!isAsked);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('a yes to third parties that names nobody', () => {
  const acme = (...steps: Step[]): string => {
    const state = fold(entriesOf(steps, 'third_party_marketing'), options);
    return wordOf(state.scopedCells?.get(scopedCellKey(cellIndex('sms', 'third_party_marketing'), 'acme')));
  };

  it('is no consent to hear about a company that was named before', () => {
    expect(acme('acme interest', 'all yes')).toBe('interest');
    expect(acme('all yes')).toBe('unset');
  });

  it('lifts no refusal of a company, named or not', () => {
    expect(acme('acme yes', 'all no', 'all yes')).toBe('no');
    expect(acme('all no', 'all yes', 'acme tick')).toBe('no');
    expect(acme('all no', 'acme yes')).toBe('yes');
  });
});

describe('a reset', () => {
  it('lets a no stand again that the consent it takes away had lifted', () => {
    expect(followUp('all', 'all no', 'all yes', 'reset')).toBe('no');
    expect(followUp('all', 'all refused', 'all yes', 'reset')).toBe('refused');
    expect(followUp('all', 'all no', 'all yes', 'reset but consent')).toBe('yes');
    expect(followUp('car', 'car no', 'car yes', 'reset')).toBe('no');
    expect(followUp('car', 'all no', 'car yes', 'reset')).toBe('no');
  });

  it('opens no way for what nobody can prove', () => {
    expect(followUp('all', 'all no', 'all yes', 'reset', 'all tick')).toBe('no');
    expect(followUp('all', 'all no', 'all yes', 'reset', 'all interest')).toBe('no');
    expect(followUp('car', 'all no', 'all yes', 'reset', 'car tick')).toBe('no');
    expect(followUp('all', 'all no', 'all yes', 'reset', 'all yes')).toBe('yes');
    expect(followUp('all', 'all yes', 'reset', 'all tick')).toBe('tick');
  });
});

describe('a merge of answers about a vehicle and about all', () => {
  const merged = (own: Step[], theirs: Step[], changed: Partial<FoldOptions> = {}): string => {
    const absorbed = new Map([['other', entriesOf(theirs, 'service_follow_up')]]);
    const steps: Step[] = [...own, 'wait', 'wait', 'merge'];
    return heldIn(entriesOf(steps, 'service_follow_up'), 'car', { ...changed, absorbed });
  };

  it('combines each question once: what one record lifted for the vehicle stays lifted', () => {
    expect(merged([], ['all no', 'car yes'])).toBe('yes');
    expect(merged(['all no', 'car yes'], [])).toBe('yes');
  });

  it('keeps a no of either record', () => {
    expect(merged(['car yes'], ['all no'])).toBe('no');
    expect(merged(['all no'], ['car yes'])).toBe('no');
    expect(merged(['car no'], ['car yes'])).toBe('no');
  });

  it('with the later answer winning lifts what the later yes could have lifted in one record', () => {
    const latest = { mergePolicy: 'latest_wins' } as const;
    expect(merged(['all no'], ['wait', 'car yes'], latest)).toBe('yes');
    expect(merged(['car no'], ['wait', 'all yes'], latest)).toBe('no');
    expect(merged(['car no'], ['wait', 'car tick'], latest)).toBe('no');
  });

  it('followed by a reset lets the no of either record stand again', () => {
    const absorbed = new Map([['other', entriesOf(['all no', 'all yes'], 'service_follow_up')]]);
    const own = entriesOf(['wait', 'merge', 'reset', 'all tick'], 'service_follow_up');
    expect(heldIn(own, 'car', { absorbed })).toBe('no');
  });
});
