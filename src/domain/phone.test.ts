import fc from 'fast-check';
import { parsePhoneNumberFromString } from 'libphonenumber-js/max';
import { describe, expect, it } from 'vitest';
import { formatPhone, parsePhone } from './phone.ts';

describe('a telephone number', () => {
  it.each([
    ['07700 900123', 'mobile', '+447700900123'],
    ['07700900999', 'mobile', '+447700900999'],
    ['+44 7700 900123', 'mobile', '+447700900123'],
    ['+44 (0)7700 900123', 'mobile', '+447700900123'],
    ['0044 7700 900123', 'mobile', '+447700900123'],
    ['7700900123', 'mobile', '+447700900123'],
    ['07700-900-123', 'mobile', '+447700900123'],
    ['07418 960123', 'mobile', '+447418960123'],
    ['07624 423456', 'mobile', '+447624423456'],
    ['(0114) 496 0123', 'landline', '+441144960123'],
    ['01632 960123', 'landline', '+441632960123'],
    ['+441632960123', 'landline', '+441632960123'],
    ['020 7946 0123', 'landline', '+442079460123'],
    ['01534 440000', 'landline', '+441534440000'],
    ['0306 999 0123', 'other', '+443069990123'],
    ['0800 1111', 'other', '+448001111'],
    ['070 1234 5678', 'other', '+447012345678'],
    ['+353 86 123 4567', 'mobile', '+353861234567'],
    ['+1 212 555 1234', 'other', '+12125551234'],
  ])('written %s is a %s', (text, kind, e164) => {
    expect(parsePhone(text)).toEqual({ ok: true, kind, e164 });
  });

  it.each([
    ['', 'empty'],
    ['   ', 'empty'],
    ['ex-directory', 'not_a_number'],
    ['07700 900123 (wife)', 'not_a_number'],
    ['07700 900123 / 01632 960123', 'too_long'],
    ['0', 'too_short'],
    ['999', 'not_in_use'],
    ['0777', 'not_in_use'],
    ['07700 900123 4567 8901 2345', 'too_long'],
    ['0114 496 0123 ext 5', 'has_extension'],
    ['00000 000000', 'not_in_use'],
    ['07621 123456', 'not_in_use'],
  ])('written %j is refused as %s, in a sentence', (text, code) => {
    const result = parsePhone(text);
    expect(result).toMatchObject({ ok: false, code });
    expect(result.ok ? '' : result.sentence).toMatch(/^[A-Z].*\.$/);
  });

  it.each([
    ['+447700900123', '07700 900123'],
    ['+441144960123', '0114 496 0123'],
    ['+442079460123', '020 7946 0123'],
    ['+441632960123', '01632 960123'],
    ['+448001111', '0800 1111'],
    ['+353861234567', '+353 86 123 4567'],
    ['not a number', 'not a number'],
  ])('%s is shown as %s', (e164, shown) => {
    expect(formatPhone(e164)).toBe(shown);
  });
});

/** Ten digits; the Crown dependencies and the narrow ranges come up often enough to matter. */
const ukDigits = fc
  .tuple(
    fc.constantFrom(
      '7',
      '1',
      '2',
      '3',
      '8',
      '9',
      '5',
      '1624',
      '1534',
      '1481',
      '7624',
      '7781',
      '7911',
      '7457',
    ),
    fc.integer({ min: 0, max: 999_999_999 }),
  )
  .map(([first, rest]) => (first + String(rest).padStart(9, '0')).slice(0, 10));

describe('the quick way through UK numbers', () => {
  it('judges every number as the library does, drama numbers apart', () => {
    fc.assert(
      fc.property(ukDigits, fc.constantFrom('0', '+44'), (digits, prefix) => {
        fc.pre(!digits.startsWith('7700900') && !digits.startsWith('1632960'));
        const library = parsePhoneNumberFromString(`+44${digits}`);
        const type = library?.getType();
        const kind = type === 'MOBILE' ? 'mobile' : type === 'FIXED_LINE' ? 'landline' : 'other';
        const ours = parsePhone(prefix + digits);
        if (type === undefined) expect(ours.ok).toBe(false);
        else expect(ours).toEqual({ ok: true, kind, e164: `+44${digits}` });
      }),
      { numRuns: 3_000 },
    );
  });

  it('puts the spaces where the library puts them', () => {
    fc.assert(
      fc.property(ukDigits, (digits) => {
        const library = parsePhoneNumberFromString(`+44${digits}`);
        fc.pre(library?.isValid() === true);
        expect(formatPhone(`+44${digits}`)).toBe(library?.formatNational());
      }),
      { numRuns: 3_000 },
    );
  });
});

describe('properties of telephone numbers', () => {
  it('what is shown reads back as the same number', () => {
    fc.assert(
      fc.property(ukDigits, (digits) => {
        const parsed = parsePhone(`0${digits}`);
        if (parsed.ok) expect(parsePhone(formatPhone(parsed.e164))).toEqual(parsed);
      }),
      { numRuns: 2_000 },
    );
  });

  it('no text makes reading or showing throw', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string(), fc.string({ unit: 'grapheme' }), fc.stringMatching(/^[\d +().-]*$/)),
        (text) => {
          parsePhone(text);
          formatPhone(text);
        },
      ),
    );
  });
});
