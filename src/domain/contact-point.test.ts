import { describe, expect, it } from 'vitest';
import type { GivenContactPoint } from './contact-point.ts';
import { readContactPoint } from './contact-point.ts';

describe('a contact point as a person gives it', () => {
  it.each([
    [{ kind: 'phone', value: '07700 900 123' }, 'mobile', '07700 900123', '+447700900123'],
    [{ kind: 'phone', value: '+44 114 496 0123' }, 'landline', '0114 496 0123', '+441144960123'],
    [{ kind: 'email', value: ' Ann@Example.COM ' }, 'email', 'Ann@example.com', 'ann@example.com'],
    [{ kind: 'social', value: ' @AnnH ' }, 'social', '@AnnH', 'annh'],
    [
      { kind: 'postal', address: { line1: ' 1  Mill Lane ', town: 'Leeds', postcode: 'ls62ab' } },
      'postal',
      '1 Mill Lane, Leeds, LS6 2AB',
      '1 mill lane|LS6 2AB',
    ],
  ] satisfies [GivenContactPoint, string, string, string][])(
    '%j is read as %s %s',
    (given, kind, value, normalised) => {
      expect(readContactPoint(given)).toMatchObject({ ok: true, kind, value, normalised });
    },
  );

  it('without a first line or a postcode is kept, but no letter can be sent to it', () => {
    for (const address of [
      { town: 'Leeds', postcode: 'LS6 2AB' },
      { line1: '1 Mill Lane', town: 'Leeds' },
    ]) {
      expect(readContactPoint({ kind: 'postal', address })).toMatchObject({ ok: true, normalised: null });
    }
  });

  it('moves the lines of an address up over blank ones', () => {
    const read = readContactPoint({
      kind: 'postal',
      address: { line1: '', line2: 'Flat 2', line3: '1 Mill Lane' },
    });
    expect(read).toMatchObject({ address: { line1: 'Flat 2', line2: '1 Mill Lane', line3: null } });
  });

  it.each([
    [{ kind: 'phone', value: 'none' }, 'value'],
    [{ kind: 'email', value: 'ann at example' }, 'value'],
    [{ kind: 'social', value: ' @ ' }, 'value'],
    [{ kind: 'postal', address: { line1: '1 Mill Lane', postcode: 'LS6 2A' } }, 'address.postcode'],
    [{ kind: 'postal', address: {} }, 'address'],
  ] satisfies [GivenContactPoint, string][])('%j is refused, naming the field', (given, field) => {
    expect(readContactPoint(given)).toMatchObject({
      ok: false,
      field,
      sentence: expect.stringMatching(/\.$/),
    });
  });
});
