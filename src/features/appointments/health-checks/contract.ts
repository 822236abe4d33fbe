import { z } from 'zod';

/** What a vehicle health check (VHC) found. Money is in pence. */
export const severities = ['red', 'amber', 'green'] as const;
export const outcomes = ['none', 'advised', 'authorised', 'deferred', 'declined', 'done'] as const;

const given = {
  item: z.string().trim().min(1).max(200).describe('Such as `Rear brake pads`.'),
  severity: z
    .enum(severities)
    .describe('red: needs doing now. amber: will need it. green: checked, all well.'),
  pricePence: z.int().min(0).max(10_000_000).nullable().default(null),
  labourMinutes: z.int().min(5).max(2_400).nullable().default(null),
  outcome: z
    .enum(outcomes)
    .describe('none for green alone; advised: not answered yet; deferred needs followUpOn.'),
  followUpOn: z.iso.date().nullable().default(null).describe('When deferred work comes round again.'),
};

const givenFindingSchema = z
  .strictObject({
    id: z.uuid().optional().describe('Of a finding that is known; left out for a new one.'),
    ...given,
  })
  .refine(({ severity, outcome }) => (severity === 'green') === (outcome === 'none'), {
    message: 'Say for red and amber what the customer decided; green needs nothing.',
    path: ['outcome'],
  })
  .refine(({ outcome, followUpOn }) => (outcome === 'deferred') === (followUpOn !== null), {
    message: 'Work that is deferred needs the day on which to come back to it, and nothing else has one.',
    path: ['followUpOn'],
  })
  .meta({ id: 'GivenFinding' });

export const newHealthCheckSchema = z
  .strictObject({
    mileage: z.int().min(0).max(2_000_000).nullable().default(null),
    findings: z.array(givenFindingSchema).min(1).max(100),
  })
  .meta({ id: 'NewHealthCheck' });
export type GivenHealthCheck = z.infer<typeof newHealthCheckSchema>;

export const healthCheckSchema = z
  .object({
    id: z.uuid(),
    appointmentId: z.uuid(),
    vehicleId: z.uuid(),
    checkedOn: z.iso.date(),
    mileage: z.int().nullable(),
    recordedByName: z.string(),
    version: z.int().describe('Also the ETag.'),
    findings: z.array(
      z
        .object({
          id: z.uuid(),
          item: z.string(),
          severity: z.enum(severities),
          pricePence: z.int().nullable(),
          labourMinutes: z.int().nullable(),
          outcome: z.enum(outcomes),
          followUpOn: z.iso.date().nullable(),
        })
        .meta({ id: 'Finding' }),
    ),
  })
  .meta({ id: 'HealthCheck' });
/** @public for the browser */
export type HealthCheckAnswer = z.infer<typeof healthCheckSchema>;

export const healthCheckOfSchema = z
  .object({ healthCheck: healthCheckSchema.nullable() })
  .meta({ id: 'HealthCheckOfAppointment' });
