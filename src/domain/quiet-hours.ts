import { addDays, dayOfWeek, londonDateOf, londonInstant, startOfLondonDay } from './london.ts';
import type { PolicySettings } from './policy.ts';
import type { Channel } from './vocabulary.ts';

/** Days looked ahead for the next open hour; a policy that opens at no time within them gives no retry. */
const lookAheadDays = 31;

function openHoursOn(date: string, policy: PolicySettings): { from: string; until: string } | null {
  if (policy.bankHolidays.includes(date)) return policy.quietHours.bankHoliday;
  const day = dayOfWeek(date);
  if (day === 7) return policy.quietHours.sunday;
  return day === 6 ? policy.quietHours.saturday : policy.quietHours.weekday;
}

/** Whether a channel disturbs when it arrives, so that marketing by it keeps to hours (DMA 1.4). */
export function hasContactHours(channel: Channel): boolean {
  return (
    channel === 'sms' || channel === 'social_dm' || channel === 'live_call' || channel === 'automated_call'
  );
}

/**
 * Whether marketing texts, direct messages and calls may go out at this instant (half-open local hours,
 * DMA 1.4), and the instant at which that changes.
 */
export function contactHours(now: number, policy: PolicySettings): { open: boolean; until: number } {
  let date = londonDateOf(now);
  for (let day = 0; day <= lookAheadDays; day += 1) {
    const hours = openHoursOn(date, policy);
    if (hours !== null) {
      const from = londonInstant(date, hours.from);
      if (now < from) return { open: false, until: from };
      const until = londonInstant(date, hours.until);
      if (now < until) return { open: true, until };
    }
    date = addDays(date, 1);
  }
  return { open: false, until: startOfLondonDay(date) };
}

/** The first instant from now on at which contact is allowed; null when there is none in the next month. */
export function nextContactHour(now: number, policy: PolicySettings): number | null {
  const { open, until } = contactHours(now, policy);
  if (open) return now;
  return contactHours(until, policy).open ? until : null;
}

const allDay = { from: '00:00', until: '24:00' };

/**
 * The same policy with contact open at every hour: for a list that leaves the house now and is sent later.
 * Contact hours are then for whoever sends, at the moment of sending.
 */
export function withoutQuietHours(policy: PolicySettings): PolicySettings {
  return {
    ...policy,
    quietHours: { weekday: allDay, saturday: allDay, sunday: allDay, bankHoliday: allDay },
  };
}
