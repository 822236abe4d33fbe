import { expect, test } from 'vitest';
import { manualClock, systemClock } from '../../../src/platform/clock.ts';

test('the clock of the system tells whole milliseconds, so an instant read back is equal to itself', () => {
  const now = systemClock.now();
  expect(now.epochNanoseconds % 1_000_000n).toBe(0n);
  expect(Math.abs(Date.now() - now.epochMilliseconds)).toBeLessThan(5_000);
});

test('a manual clock stands still until it is moved', () => {
  const clock = manualClock('2026-03-28T23:30:00Z');
  expect(clock.now().toString()).toBe('2026-03-28T23:30:00Z');
  clock.advance({ hours: 2 });
  expect(clock.now().toString()).toBe('2026-03-29T01:30:00Z');
  clock.set('2026-01-01T00:00:00Z');
  expect(clock.now().toString()).toBe('2026-01-01T00:00:00Z');
});
