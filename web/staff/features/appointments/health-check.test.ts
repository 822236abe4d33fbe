import { describe, expect, it } from 'vitest';
import type { TypedFinding } from './health-check.ts';
import { givenFindings } from './health-check.ts';

const pads: TypedFinding = {
  key: '1',
  id: null,
  item: 'Rear pads',
  severity: 'amber',
  pounds: '142',
  outcome: 'deferred',
  followUpOn: '2026-12-10',
  labourMinutes: null,
};

describe('a finding as it is typed', () => {
  it.each([
    ['142', 14_200],
    ['£1,089.5', 108_950],
    ['89.50', 8_950],
    ['', null],
  ])('%s pounds are so many pence', (pounds, pence) => {
    expect(givenFindings([{ ...pads, pounds }])).toMatchObject({ findings: [{ pricePence: pence }] });
  });

  it.each([
    [{ item: ' ' }, 'Say what was looked at.'],
    [{ pounds: 'about 90' }, 'Write the price in pounds, such as 142 or 89.50.'],
    [{ followUpOn: '' }, 'Say when to come back to it.'],
  ])('what is missing is said in a sentence: %o', (change, fault) => {
    expect(givenFindings([{ ...pads, ...change }])).toEqual({ key: '1', fault });
  });
});
