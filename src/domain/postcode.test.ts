import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parsePostcode } from './postcode.ts';

describe('a postcode', () => {
  it.each([
    ['s63aa', 'S6 3AA', 'S6', 'S'],
    ['  S6   3AA ', 'S6 3AA', 'S6', 'S'],
    ['sw1a1aa', 'SW1A 1AA', 'SW1A', 'SW'],
    ['EC1A 1BB', 'EC1A 1BB', 'EC1A', 'EC'],
    ['bt7 1nn', 'BT7 1NN', 'BT7', 'BT'],
    ['IM1 1AA', 'IM1 1AA', 'IM1', 'IM'],
    ['W1A 0AX', 'W1A 0AX', 'W1A', 'W'],
  ])('written %j is %s, in %s, area %s', (text, postcode, outcode, area) => {
    expect(parsePostcode(text)).toEqual({ ok: true, postcode, outcode, area });
  });

  it.each([
    ['', 'empty'],
    [' ', 'empty'],
    ['S6 3A', 'not_a_postcode'],
    ['Sheffield', 'not_a_postcode'],
    ['S6 3AA Sheffield', 'not_a_postcode'],
    ['D02 AF30', 'not_a_postcode'],
  ])('written %j is refused as %s', (text, code) => {
    expect(parsePostcode(text)).toMatchObject({ ok: false, code });
  });

  it('reads its own form back unchanged, and never throws', () => {
    const form = fc.stringMatching(/^[a-zA-Z]{1,2}[0-9]{1,2} ?[0-9][abdefghjlnpqrstuwxyz]{2}$/);
    fc.assert(
      fc.property(fc.oneof(form, fc.string()), (text) => {
        const once = parsePostcode(text);
        if (once.ok) expect(parsePostcode(once.postcode)).toEqual(once);
      }),
    );
  });
});
