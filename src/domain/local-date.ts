import { z } from 'zod';

/** A calendar date that somebody gives: there is no year 0, and the database keeps none. */
export const localDateSchema = z.iso
  .date()
  .refine((date) => !date.startsWith('0000'), 'There is no year 0: give another date.');
