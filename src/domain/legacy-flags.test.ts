import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { legacyFromFlags, parseFlag, strongerLegacy } from './legacy-flags.ts';
import { legacyFlags } from './vocabulary.ts';

describe('an old data-protection flag', () => {
  it.each(['Y', 'y', 'Yes', 'YES', 'true', 'TRUE', 'T', '1', ' y '])('written %j is set', (text) => {
    expect(parseFlag(text)).toEqual({ ok: true, set: true });
  });

  it.each(['N', 'n', 'No', 'NO', 'false', 'FALSE', 'F', '0', ' n '])('written %j is not set', (text) => {
    expect(parseFlag(text)).toEqual({ ok: true, set: false });
  });

  it.each(['', ' ', '\t'])('written %j is blank: nobody said anything', (text) => {
    expect(parseFlag(text)).toEqual({ ok: true, set: null });
  });

  it.each(['maybe', 'X', 'ja', '2', '-', 'yes please', 'Y/N', 'null'])(
    'written %j is an error, never a guess',
    (text) => {
      expect(parseFlag(text)).toMatchObject({ ok: false });
    },
  );

  it('is never read from text that is not one of the words listed', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const result = parseFlag(text);
        const word = text.trim().toLowerCase();
        const isListed = ['', 'y', 'yes', 'true', 't', '1', 'n', 'no', 'false', 'f', '0'].includes(word);
        expect(result.ok).toBe(isListed);
      }),
    );
  });
});

describe('the two old flags together', () => {
  it('make one of four values', () => {
    expect(legacyFromFlags(false, false)).toBe('none');
    expect(legacyFromFlags(true, false)).toBe('no_follow_up');
    expect(legacyFromFlags(false, true)).toBe('no_marketing');
    expect(legacyFromFlags(true, true)).toBe('both');
  });

  it('of two records keep every no of either', () => {
    expect(strongerLegacy('no_follow_up', 'no_marketing')).toBe('both');
    expect(strongerLegacy('no_follow_up', 'none')).toBe('no_follow_up');
    const flag = fc.constantFrom(...legacyFlags);
    fc.assert(
      fc.property(flag, flag, flag, (a, b, c) => {
        expect(strongerLegacy(a, b)).toBe(strongerLegacy(b, a));
        expect(strongerLegacy(a, strongerLegacy(b, c))).toBe(strongerLegacy(strongerLegacy(a, b), c));
        expect(strongerLegacy(a, a)).toBe(a);
        expect(strongerLegacy(a, 'none')).toBe(a);
        expect(strongerLegacy(a, 'both')).toBe('both');
      }),
    );
  });
});
