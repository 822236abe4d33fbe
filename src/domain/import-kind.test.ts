import { describe, expect, it } from 'vitest';
import { readKind } from './import-kind.ts';
import { customerKinds } from './vocabulary.ts';

describe('the kind of a customer in a file', () => {
  it.each([
    ['Individual', 'individual'],
    ['PRIVATE', 'individual'],
    ['Sole Trader', 'sole_trader'],
    ['sole-trader', 'sole_trader'],
    ['Partnership', 'partnership'],
    ['Scottish Partnership', 'scottish_partnership'],
    ['LLP', 'llp'],
    ['Ltd.', 'company'],
    ['plc', 'company'],
    ['Local Authority', 'government'],
    ['unknown', 'unknown'],
  ])('written %s is %s, without a warning', (text, kind) => {
    expect(readKind(text, true, '')).toEqual({ kind, warning: null });
  });

  it('is read back from every word of our own vocabulary', () => {
    for (const kind of customerKinds) expect(readKind(kind, false, '')).toEqual({ kind, warning: null });
  });

  it.each(['Business', 'Fleet', 'Trade', 'C', 'Account', 'Motability'])(
    'written %s stays unknown, because a sole trader may be meant, and says so',
    (text) => {
      const reading = readKind(text, false, 'Acme Limited');
      expect(reading.kind).toBe('unknown');
      expect(reading.warning).toMatch(/protected as an individual\.$/);
    },
  );

  it('when blank is individual for anyone with a name of their own', () => {
    expect(readKind('', true, '')).toEqual({ kind: 'individual', warning: null });
    expect(readKind('', true, 'Hallam Motors Ltd')).toEqual({ kind: 'individual', warning: null });
  });

  it.each([
    ['Hallam Joinery Ltd', 'company'],
    ['Hallam Joinery LIMITED.', 'company'],
    ['Hallam plc', 'company'],
    ['Gwynedd Cyf', 'company'],
    ['Hallam Care C.I.C.', 'company'],
    ['Booth & Marsh LLP', 'llp'],
  ])('when blank is told by the form in the name: %s is %s', (company, kind) => {
    expect(readKind('', false, company)).toEqual({ kind, warning: null });
  });

  it('when blank stays unknown for a trading name, which may be a sole trader’s', () => {
    expect(readKind('', false, 'Hallam Plumbing').kind).toBe('unknown');
    expect(readKind('', false, 'Unlimited Blinds').kind).toBe('unknown');
  });
});
