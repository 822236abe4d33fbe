import { describe, expect, it } from 'vitest';
import { defaultPolicySettings, policySettingsSchema } from './policy.ts';
import { contactHours, nextContactHour } from './quiet-hours.ts';

const at = (text: string): number => Date.parse(text);
const iso = (instant: number | null): string | null =>
  instant === null ? null : new Date(instant).toISOString();
const policy = defaultPolicySettings;
const retry = (text: string): string | null => iso(nextContactHour(at(text), policy));

describe('contact hours', () => {
  it.each([
    ['2026-11-23T07:59:59Z', false, '2026-11-23T08:00:00.000Z'],
    ['2026-11-23T08:00:00Z', true, '2026-11-23T21:00:00.000Z'],
    ['2026-11-23T21:00:00Z', false, '2026-11-24T08:00:00.000Z'],
    ['2026-11-21T08:59:59Z', false, '2026-11-21T09:00:00.000Z'],
    ['2026-11-21T20:59:59Z', true, '2026-11-21T21:00:00.000Z'],
  ])('at %s: open %s, until %s', (now, open, until) => {
    const hours = contactHours(at(now), policy);
    expect({ open: hours.open, until: iso(hours.until) }).toEqual({ open, until });
  });

  it('follow the clock on the wall when summer time begins and ends', () => {
    expect(retry('2026-03-28T22:00:00Z')).toBe('2026-03-30T07:00:00.000Z');
    expect(retry('2026-10-24T21:00:00Z')).toBe('2026-10-26T08:00:00.000Z');
  });

  it('leave out Sundays and bank holidays, one after the other', () => {
    expect(retry('2026-11-22T11:00:00Z')).toBe('2026-11-23T08:00:00.000Z');
    expect(retry('2026-12-24T21:30:00Z')).toBe('2026-12-26T09:00:00.000Z');
    expect(retry('2026-12-26T21:00:00Z')).toBe('2026-12-29T08:00:00.000Z');
  });

  it('need no waiting while they last', () => {
    expect(retry('2026-11-23T11:00:00Z')).toBe('2026-11-23T11:00:00.000Z');
  });

  it('that never open within a month promise no other try', () => {
    const closed = { weekday: null, saturday: null, sunday: null, bankHoliday: null };
    const never = { ...policy, quietHours: closed };
    expect(contactHours(at('2026-11-23T11:00:00Z'), never).open).toBe(false);
    expect(nextContactHour(at('2026-11-23T11:00:00Z'), never)).toBeNull();
  });

  it('may last until the end of the day', () => {
    const late = {
      ...policy,
      quietHours: { ...policy.quietHours, weekday: { from: '00:00', until: '24:00' } },
    };
    expect(contactHours(at('2026-11-23T23:59:59Z'), late)).toEqual({
      open: true,
      until: at('2026-11-24T00:00:00Z'),
    });
  });

  it.each(['24:30', '25:00', '8:00', '08:60', ''])('cannot be written as "%s"', (from) => {
    const settings = { ...policy, quietHours: { ...policy.quietHours, weekday: { from, until: '21:00' } } };
    expect(policySettingsSchema.safeParse(settings).success).toBe(false);
  });
});
