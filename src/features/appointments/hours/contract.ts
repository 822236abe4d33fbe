import { z } from 'zod';

/** The hours and the room of the workshop of a branch. */
const time = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'Write a time as HH:MM, such as 08:30.')
  .describe('On the clock in London, HH:MM.');
const minutes = z.int().min(0).max(60_000);

const dayHoursSchema = z
  .strictObject({
    opens: time,
    lastArrival: time.describe('The latest time at which a car is taken in.'),
    closes: time,
    serviceMinutes: minutes.describe('Minutes of technicians to sell that day.'),
    motMinutes: minutes.describe('Minutes of the MOT bay.'),
    arrivalsAtOnce: z.int().min(1).max(50).describe('Cars that the desk takes in at one time.'),
    courtesyCars: z.int().min(0).max(200),
  })
  .refine(({ opens, lastArrival, closes }) => opens <= lastArrival && lastArrival <= closes, {
    message: 'A day opens, takes in its last car and closes, in this order.',
    path: ['closes'],
  })
  .meta({ id: 'WorkshopDayHours' });

export const hoursSettingsSchema = z
  .strictObject({
    week: z.array(dayHoursSchema.nullable()).length(7).describe('Monday first; null is closed.'),
    exceptions: z
      .array(
        z.strictObject({
          on: z.iso.date(),
          reason: z.string().trim().min(1).max(200),
          hours: dayHoursSchema.nullable(),
        }),
      )
      .max(400)
      .describe('Days unlike their weekday, such as a bank holiday.'),
    leadDays: z.int().min(0).max(365).describe('From so many days before work is due, the desk is told.'),
  })
  .meta({ id: 'WorkshopHoursSettings' });

export const workshopHoursSchema = z
  .object({
    branch: z.string().describe('The code of the branch.'),
    settings: hoursSettingsSchema,
    version: z.int().describe('Also the ETag; 0 while the usual hours hold.'),
  })
  .meta({ id: 'WorkshopHours' });
/** @public for the browser */
export type WorkshopHoursAnswer = z.infer<typeof workshopHoursSchema>;

export const hoursChangesSchema = hoursSettingsSchema.partial().meta({ id: 'WorkshopHoursChanges' });
export type HoursChanges = z.infer<typeof hoursChangesSchema>;

export const branchParams = z.object({
  branch: z.string().min(1).max(200).describe('Code or name of the branch.'),
});
