import { z } from 'zod';
import { contactMethods, programmeKinds, stepDaysMax } from '../../domain/programme.ts';

/** What the API exchanges about the programmes of the contact manager. */
const stepSchema = z
  .strictObject({
    id: z
      .string()
      .min(1)
      .max(80)
      .describe('Stays the same when the step is moved; a new step has a new one.'),
    days: z
      .int()
      .min(-stepDaysMax)
      .max(stepDaysMax)
      .describe('Days from the date that counts: negative before it, positive after it.'),
    methods: z
      .array(z.enum(contactMethods))
      .min(1)
      .max(contactMethods.length)
      .describe('The way that is wanted, then those that serve where it is not permitted.'),
  })
  .meta({
    id: 'ProgrammeStep',
    examples: [{ id: 'mot_due_before_30', days: -30, methods: ['letter', 'email'] }],
  });

export const programmeKindSchema = z.enum(programmeKinds).meta({ id: 'ProgrammeKind' });

export const programmeSchema = z
  .object({
    kind: programmeKindSchema,
    isOn: z.boolean(),
    steps: z.array(stepSchema),
    category: z.enum(['service_follow_up', 'general_marketing', 'third_party_marketing']),
    version: z.int().describe('Also the ETag; 0 while the usual steps hold.'),
  })
  .meta({ id: 'Programme' });
/** @public for the browser */
export type ProgrammeAnswer = z.infer<typeof programmeSchema>;

export const programmesSchema = z.object({ programmes: z.array(programmeSchema) }).meta({ id: 'Programmes' });

export const programmeChangesSchema = z
  .strictObject({ isOn: z.boolean().optional(), steps: z.array(stepSchema).max(50).optional() })
  .meta({ id: 'ProgrammeChanges', examples: [{ isOn: false }] });
export type ProgrammeChanges = z.infer<typeof programmeChangesSchema>;

export const storedStepsSchema = z.array(stepSchema);
export const programmeParams = z.object({
  kind: z.enum(programmeKinds).describe('What the programme is about.'),
});
