import { describe, expect, it } from 'vitest';
import { readPounds, sayPounds } from './money.ts';

describe('money', () => {
  it('is said in pounds, with pence only where there are some', () => {
    expect([1_850_000, 1_850_050, 0].map(sayPounds)).toEqual(['£18,500', '£18,500.50', '£0']);
  });

  it.each([
    ['18500', 1_850_000],
    ['£18,500', 1_850_000],
    ['18 500.5', 1_850_050],
    ['18.5k', 1_850_000],
    ['9k', 900_000],
  ])('is read from %s', (typed, pence) => {
    expect(readPounds(typed)).toBe(pence);
  });

  it.each(['', 'about ten', '-5', '1.234', '12345678901'])('is not guessed from %j', (typed) => {
    expect(readPounds(typed)).toBeNull();
  });
});
