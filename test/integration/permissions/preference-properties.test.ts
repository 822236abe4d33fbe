import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decide } from '../../../src/domain/decide.ts';
import { effectsOf } from '../../../src/domain/effects.ts';
import { cellIndex } from '../../../src/domain/facts.ts';
import { ledgerSentence } from '../../../src/domain/ledger-english.ts';
import type { Box } from '../../../src/domain/preference-grid.ts';
import { preferenceGrid } from '../../../src/domain/preference-grid.ts';
import { screenCategories, screenChannels } from '../../../src/domain/screen-channels.ts';
import { codeOfAnswer, judgeStanding } from '../../../src/domain/standing.ts';
import { factsOf, history, policySettings, questionAt, surroundings } from '../../support/random-history.ts';

/** A counterexample is printed with its seed: give `seed` and `path` here to see it again. */
const parameters = { numRuns: 300 };

const situation = fc
  .record({ events: history, around: surroundings, policy: policySettings, now: questionAt })
  .map(({ events, around, policy, now }) => {
    const facts = factsOf(events, around, policy, now);
    return { facts, policy, now, grid: preferenceGrid(facts, policy, now) };
  });

const nameOf = (vehicleId: string): string => vehicleId;
const ways = ['text', 'send letters', 'phone', 'use social media', 'email'];
const everyWay = [...ways, 'send direct messages', 'show adverts on social media'];

describe('the grid of preferences, for any history', () => {
  it('has every box once, in the order of the screen', () => {
    fc.assert(
      fc.property(situation, ({ grid }) => {
        expect(grid.map(({ channel, category }) => `${channel} ${category}`)).toEqual(
          screenChannels.flatMap((channel) => screenCategories.map((category) => `${channel} ${category}`)),
        );
      }),
      parameters,
    );
  });

  it('answers as the stored standing decisions do, which make the lists', () => {
    fc.assert(
      fc.property(situation, ({ facts, policy, now, grid }) => {
        const standing = judgeStanding(facts, policy, now);
        for (const { category, parts } of grid) {
          for (const { channel, vehicleId, reasons, warnings } of parts) {
            const codes =
              category === 'general_marketing' || vehicleId === null
                ? standing.codes[cellIndex(channel, category)]
                : standing.vehicles.find((vehicle) => vehicle.vehicleId === vehicleId)?.codes[
                    cellIndex(channel, category) / 3
                  ];
            expect(codeOfAnswer(reasons, warnings)).toBe(codes);
          }
        }
      }),
      parameters,
    );
  });

  it('shows Consented only where somebody agreed, and never over an objection', () => {
    fc.assert(
      fc.property(situation, ({ facts, grid }) => {
        for (const { shown } of grid) {
          if (shown.shown.state !== 'consented') continue;
          const { cell } = shown.shown;
          expect(cell).toMatchObject({ state: 'granted', basis: 'consent' });
          if (facts.objectedAt !== null) expect(cell?.at).toBeGreaterThan(facts.objectedAt);
        }
      }),
      parameters,
    );
  });

  it('shows Assumed exactly where the engine goes by what the upgrade assumed of that channel', () => {
    fc.assert(
      fc.property(situation, ({ facts, policy, now, grid }) => {
        for (const { category, parts } of grid) {
          for (const { channel, vehicleId, reasons, shown } of parts) {
            const { evidence } = decide(facts, { channel, category, vehicleId }, policy, now);
            const isAssumed = shown.state === 'assumed';
            if (isAssumed) expect(evidence?.basis).toBe('migrated');
            if (isAssumed) expect(policy.migrationPolicy).toBeNull();
            if (reasons[0] === 'MIGRATED_LI_ASSUMED') expect(shown.state).toBe('assumed');
          }
        }
      }),
      parameters,
    );
  });

  it('shows the strictest answer behind a box, and says when they differ', () => {
    fc.assert(
      fc.property(situation, ({ grid }) => {
        for (const { parts, shown, split } of grid) {
          expect(shown.allowed).toBe(parts.every(({ allowed }) => allowed));
          if (!split) expect(new Set(parts.map(({ allowed }) => allowed)).size).toBe(1);
        }
      }),
      parameters,
    );
  });
});

describe('the effects of saved preferences, for any history', () => {
  const ticks = fc.array(fc.boolean(), { minLength: 10, maxLength: 10 });

  it('promise exactly what is permitted', () => {
    fc.assert(
      fc.property(situation, ticks, ({ grid }, ticked) => {
        const { may } = effectsOf(answered(grid, ticked), nameOf);
        expect(may.length > 0).toBe(grid.some(({ parts }) => parts.some(({ allowed }) => allowed)));
        for (const sentence of may) {
          const [, words = '', topic = ''] = /^We may now (.*?) about (.*)\.$/.exec(sentence) ?? [];
          expect(topic).not.toBe('');
          for (const way of waysIn(words)) expect(isPermitted(grid, way, topic), sentence).toBe(true);
        }
      }),
      parameters,
    );
  });

  it('say of every box that is refused that we will not, or why an agreed one cannot be used', () => {
    fc.assert(
      fc.property(situation, ticks, ({ grid }, ticked) => {
        const { mayNot } = effectsOf(answered(grid, ticked), nameOf);
        for (const [index, { channel, parts }] of grid.entries()) {
          if (parts.some(({ allowed }) => allowed)) continue;
          const way = ways[screenChannels.indexOf(channel)] ?? '';
          const opening = ticked[index] === true ? 'Agreed, but we cannot' : 'We will not';
          expect(mayNot.some((sentence) => sentence.startsWith(opening) && sentence.includes(way))).toBe(
            true,
          );
        }
      }),
      parameters,
    );
  });
});

describe('the ledger in words, for any history', () => {
  it('has a sentence for every entry, without a code or an id in it', () => {
    const nobody = {
      by: null,
      wordingVersion: null,
      voidedBy: null,
      branch: () => null,
      vehicle: () => null,
      company: () => null,
      customer: () => null,
    };
    fc.assert(
      fc.property(history, (events) => {
        for (const event of events) {
          const { sentence } = ledgerSentence(event, nobody);
          expect(sentence).toMatch(/^[A-Z][^_]{5,}$/);
          expect(sentence).not.toMatch(/undefined|null|vehicle-| {2}/);
        }
      }),
      parameters,
    );
  });
});

function answered(grid: readonly Box[], ticked: readonly boolean[]) {
  return grid.map((box, index) => ({ box, ticked: ticked[index] === true }));
}

function waysIn(words: string): string[] {
  const found = words.split(/, | and /);
  for (const way of found) expect(everyWay).toContain(way);
  return found;
}

/** Whether the very thing that a sentence promises is permitted by the boxes behind it. */
function isPermitted(grid: readonly Box[], way: string, topic: string): boolean {
  const category = topic === 'offers and events' ? 'general_marketing' : 'service_follow_up';
  const parts = grid
    .filter((box) => box.category === category)
    .flatMap((box) => box.parts.map((part) => ({ ...part, row: box.channel })))
    .filter(({ row, channel }) =>
      way === 'send direct messages'
        ? channel === 'social_dm'
        : way === 'show adverts on social media'
          ? channel === 'social_audience'
          : row === screenChannels[ways.indexOf(way)],
    );
  const named = parts.filter(({ vehicleId }) => vehicleId === null || topic.includes(`${vehicleId}'s`));
  return named.length > 0 && named.every(({ allowed }) => allowed);
}
