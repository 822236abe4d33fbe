import { z } from 'zod';

/**
 * Instants and days that somebody gives. Records of dealers are of the years 1900 to 2199; what lies beyond is a slip,
 * and the database knows no year 0.
 */
const sentence = 'This is no year in which anything of a dealer happens: give one from 1900 to 2199.';
const firstInstant = Date.parse('1900-01-01T00:00:00Z');
const afterLastInstant = Date.parse('2200-01-01T00:00:00Z');

/** With an offset from UTC, such as 2026-11-23T11:00:00Z. */
export const givenInstant = z.iso.datetime({ offset: true }).refine((text) => {
  const instant = Date.parse(text);
  return instant >= firstInstant && instant < afterLastInstant;
}, sentence);

/** A London day, such as 2026-11-23. */
export const givenDate = z.iso.date().refine((text) => text >= '1900-01-01' && text < '2200-01-01', sentence);
