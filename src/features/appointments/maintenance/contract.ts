import { z } from 'zod';

/** What the vehicles of a customer need, as the desk is told while booking. */
export const maintenanceSchema = z
  .object({
    vehicles: z.array(
      z
        .object({
          vehicleId: z.uuid(),
          registration: z.string().nullable(),
          vin: z.string().nullable(),
          make: z.string().nullable(),
          model: z.string().nullable(),
          mileage: z.int().nullable(),
          due: z.array(
            z
              .object({
                jobType: z.enum(['mot', 'service', 'vhc']),
                dueOn: z.iso.date(),
                urgency: z
                  .enum(['overdue', 'due', 'later'])
                  .describe('due: today or within the lead time. later: beyond it.'),
                sentence: z.string().describe('Such as `MOT due 14 December 2026`.'),
                minutes: z.int().describe('What it usually takes.'),
                findingId: z.uuid().nullable().describe('The deferred finding of a health check.'),
                bookedOn: z.iso.date().nullable().describe('The day for which it is booked already.'),
              })
              .meta({ id: 'DueWork' }),
          ),
        })
        .meta({ id: 'MaintainedVehicle' }),
    ),
  })
  .meta({ id: 'Maintenance' });
/** @public for the browser */
export type Maintenance = z.infer<typeof maintenanceSchema>;

export const maintenanceQuery = z.strictObject({
  branch: z.string().min(1).max(200).describe('Code or name of the branch, whose lead time counts.'),
});
