import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatRegistration, parseRegistration, parseVin } from './vehicle-registration.ts';

describe('a registration', () => {
  it.each([
    ['ab12 cde', 'AB12CDE', 'AB12 CDE'],
    ['AB12CDE', 'AB12CDE', 'AB12 CDE'],
    [' a 123-bcd ', 'A123BCD', 'A123 BCD'],
    ['ABC 123D', 'ABC123D', 'ABC 123D'],
    ['abz 1234', 'ABZ1234', 'ABZ 1234'],
    ['1234 ab', '1234AB', '1234 AB'],
    ['A 1', 'A1', 'A 1'],
    ['Q123 ABC', 'Q123ABC', 'Q123 ABC'],
    ['B-MW 4321', 'BMW4321', 'BMW 4321'],
    ['12D34567', '12D34567', '12D34567'],
  ])('written %j is %s, shown %s', (text, registration, shown) => {
    expect(parseRegistration(text)).toEqual({ ok: true, registration });
    expect(formatRegistration(registration)).toBe(shown);
  });

  it.each([
    ['', 'empty'],
    ['NEW', 'not_a_registration'],
    ['0000', 'not_a_registration'],
    ['A000', 'not_a_registration'],
    ['AB12 CDE/2', 'bad_characters'],
    ['AB12CDEFGH', 'too_long'],
  ])('written %j is refused as %s', (text, code) => {
    expect(parseRegistration(text)).toMatchObject({ ok: false, code });
  });

  it('reads back what is shown, and never throws', () => {
    fc.assert(
      fc.property(fc.oneof(fc.stringMatching(/^[A-Za-z0-9 ]{1,9}$/), fc.string()), (text) => {
        const once = parseRegistration(text);
        if (once.ok) expect(parseRegistration(formatRegistration(once.registration))).toEqual(once);
      }),
    );
  });
});

describe('a VIN', () => {
  it('is 17 letters and digits without I, O and Q', () => {
    expect(parseVin('wf0axxgcda1234567')).toEqual({ ok: true, vin: 'WF0AXXGCDA1234567' });
    expect(parseVin(' WF0AXX GCDA 1234567 ')).toEqual({ ok: true, vin: 'WF0AXXGCDA1234567' });
  });

  it.each([
    ['', 'empty'],
    ['WF0AXXGCDA123456', 'wrong_length'],
    ['WF0AXXGCDA12345678', 'wrong_length'],
    ['WFOAXXGCDA1234567', 'bad_characters'],
    ['WFIAXXGCDA1234567', 'bad_characters'],
    ['WFQAXXGCDA1234567', 'bad_characters'],
  ])('written %j is refused as %s', (text, code) => {
    expect(parseVin(text)).toMatchObject({ ok: false, code });
  });

  it('reads its own form back unchanged, and never throws', () => {
    fc.assert(
      fc.property(fc.oneof(fc.stringMatching(/^[A-HJ-NPR-Za-hj-npr-z0-9]{17}$/), fc.string()), (text) => {
        const once = parseVin(text);
        if (once.ok) expect(parseVin(once.vin)).toEqual(once);
      }),
    );
  });
});
