import { z } from 'zod';
import { contactMethods } from '../../../domain/programme.ts';
import { programmeKindSchema } from '../contract.ts';

/** What one customer is going to hear of us. */
const skippedSchema = z
  .object({
    method: z.enum(contactMethods),
    reasons: z.array(z.string()).describe('Reason codes of the decision.'),
    sentences: z.array(z.string()),
  })
  .meta({ id: 'SkippedMethod' });

const foretoldSchema = z
  .object({
    on: z.iso.date(),
    about: z.array(programmeKindSchema).describe('Usually one; two where service and MOT fall together.'),
    vehicleId: z.uuid().nullable(),
    countsFrom: z.iso.date().describe('The day an MOT runs out, a birthday …'),
    method: z.enum(contactMethods).nullable().describe('null: no way is permitted.'),
    skipped: z.array(skippedSchema).describe('The ways that were wanted before it and are not permitted.'),
    isSupposed: z
      .boolean()
      .describe('It counts from a date that is only supposed: the MOT after the next one.'),
  })
  .meta({ id: 'ForetoldContact' });

export const forecastSchema = z
  .object({
    from: z.iso.date(),
    months: z.int(),
    contacts: z.array(foretoldSchema),
    vehicles: z.array(z.object({ id: z.uuid(), registration: z.string().nullable() })),
  })
  .meta({ id: 'ContactForecast' });
/** @public for the browser */
export type ContactForecast = z.infer<typeof forecastSchema>;
