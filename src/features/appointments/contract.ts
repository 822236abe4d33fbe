import { z } from 'zod';
import { appointmentStatuses } from '../../domain/appointment-status.ts';
import { jobTypes, meanwhiles, skills } from '../../domain/workshop.ts';
import { nextCursorSchema, pageQuery } from '../../platform/http-paging.ts';

/** Cars booked into the workshop, and the diary they stand in, as the API shows them. */
const arrivalTimeSchema = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'Write a time as HH:MM, such as 08:30.')
  .describe('On the clock in London, HH:MM.');

const jobSchema = z
  .strictObject({
    jobType: z.enum(jobTypes),
    minutes: z.int().min(5).max(2_400).optional().describe('Left out: what such a job usually takes.'),
    findingId: z.uuid().nullable().optional().describe('The deferred finding that this job puts right.'),
  })
  .meta({ id: 'GivenJob' });

const branchText = z.string().min(1).max(200).describe('Code or name of the branch.');
const jobs = z.array(jobSchema).min(1).max(12);
const notes = z.string().trim().max(2_000).nullable();
const adviserId = z.uuid().nullable();
const overbookedBecause = z
  .string()
  .trim()
  .min(3)
  .max(200)
  .optional()
  .describe(
    'Why the car is booked beyond what the day can do. Needs the scope workshop:write; a courtesy car that is not there ' +
      'and a closed day are not overbooked.',
  );

export const newAppointmentSchema = z
  .strictObject({
    branch: branchText,
    customerId: z.uuid(),
    vehicleId: z.uuid().describe('One of the vehicles that the customer has now.'),
    arrivesOn: z.iso.date(),
    arrivalTime: arrivalTimeSchema,
    jobs,
    meanwhile: z.enum(meanwhiles).default('leaves'),
    adviserId: adviserId.optional().describe('Left out: whoever books, where that is a member of staff.'),
    notes: notes.optional(),
    overbookedBecause,
  })
  .meta({ id: 'NewAppointment' });
export type NewAppointment = z.input<typeof newAppointmentSchema>;

export const appointmentChangesSchema = z
  .strictObject({
    arrivesOn: z.iso.date(),
    arrivalTime: arrivalTimeSchema,
    jobs,
    meanwhile: z.enum(meanwhiles),
    adviserId,
    notes,
    status: z.enum(appointmentStatuses).describe('One step on, or back; or cancelled, or no_show.'),
    overbookedBecause,
  })
  .partial()
  .meta({ id: 'AppointmentChanges' });
export type AppointmentChanges = z.infer<typeof appointmentChangesSchema>;

export const appointmentSchema = z
  .object({
    id: z.uuid(),
    branch: z.string().describe('The code of the branch.'),
    branchName: z.string(),
    customerId: z.uuid(),
    customerNumber: z.string(),
    displayName: z.string().describe('Such as `Mrs Jane Holroyd`.'),
    vehicle: z
      .object({
        vehicleId: z.uuid(),
        registration: z.string().nullable(),
        vin: z.string().nullable(),
        make: z.string().nullable(),
        model: z.string().nullable(),
      })
      .meta({ id: 'BookedVehicle' }),
    arrivesOn: z.iso.date(),
    arrivalTime: z.string().describe('On the clock in London, HH:MM.'),
    status: z.enum(appointmentStatuses),
    jobs: z.array(
      z
        .object({
          jobType: z.enum(jobTypes),
          minutes: z.int(),
          findingId: z.uuid().nullable(),
          item: z.string().nullable().describe('What the health check found, where the job puts it right.'),
        })
        .meta({ id: 'Job' }),
    ),
    meanwhile: z.enum(meanwhiles),
    adviserId: z.uuid().nullable(),
    adviserName: z.string().nullable(),
    notes: z.string().nullable(),
    bookedByName: z.string(),
    overbookedBecause: z.string().nullable().describe('Why it was booked beyond what the day can do.'),
    overbookedByName: z.string().nullable(),
    bookedAt: z.iso.datetime(),
    arrivedAt: z.iso.datetime().nullable(),
    workStartedAt: z.iso.datetime().nullable(),
    readyAt: z.iso.datetime().nullable(),
    collectedAt: z.iso.datetime().nullable(),
    endedAt: z.iso.datetime().nullable().describe('When it was cancelled or set to no-show.'),
    version: z.int().describe('Also the ETag.'),
  })
  .meta({ id: 'Appointment' });
/** @public for the browser */
export type AppointmentAnswer = z.infer<typeof appointmentSchema>;

export const appointmentParams = z.object({ id: z.uuid().describe('The id of the appointment.') });

export const appointmentQuery = z.strictObject({
  branch: branchText.optional(),
  customerId: z.uuid().optional().describe('The id of one customer.'),
  status: z.enum(appointmentStatuses).optional().describe('Where the car stands.'),
  fromOn: z.iso.date().optional().describe('Default: today.'),
  ...pageQuery,
});

export const appointmentPageSchema = z
  .object({ appointments: z.array(appointmentSchema), nextCursor: nextCursorSchema })
  .meta({ id: 'AppointmentPage' });

export const slotQuestionSchema = z
  .strictObject({
    branch: branchText,
    jobs,
    meanwhile: z.enum(meanwhiles).default('leaves'),
    fromOn: z.iso.date().optional().describe('Default: today.'),
    days: z.int().min(1).max(90).default(60).describe('How far ahead to look.'),
    everyTime: z.boolean().default(false).describe('Every free time of `fromOn`, rather than the first few.'),
    exceptId: z.uuid().optional().describe('An appointment that is about to be moved takes no room itself.'),
    limit: z.int().min(1).max(60).default(6),
  })
  .meta({ id: 'SlotQuestion' });
export type GivenSlotQuestion = z.infer<typeof slotQuestionSchema>;

export const slotsSchema = z
  .object({
    slots: z.array(z.object({ arrivesOn: z.iso.date(), arrivalTime: z.string() }).meta({ id: 'FreeSlot' })),
    full: z
      .string()
      .nullable()
      .describe(
        'What is full and what is free instead, in sentences, where one day was asked about and has no time.',
      ),
  })
  .meta({ id: 'FreeSlots' });

export const advisersSchema = z
  .object({
    advisers: z.array(z.object({ id: z.uuid(), fullName: z.string() }).meta({ id: 'ServiceAdviser' })),
  })
  .meta({ id: 'ServiceAdvisers' });

export const diaryQuery = z.strictObject({
  branch: branchText,
  fromOn: z.iso.date().optional().describe('Default: today.'),
  days: z.coerce.number().int().min(1).max(7).default(1).describe('How many days.'),
});

export const diarySchema = z
  .object({
    branch: z.string().describe('The code of the branch.'),
    branchName: z.string(),
    days: z.array(
      z
        .object({
          on: z.iso.date(),
          closedBecause: z
            .string()
            .nullable()
            .describe('Why the day is unlike its weekday, such as `Christmas Day`.'),
          isOpen: z.boolean(),
          arrivalTimes: z.array(z.string()).describe('When cars are taken in.'),
          capacity: z.array(
            z
              .object({ skill: z.enum(skills), capacityMinutes: z.int(), takenMinutes: z.int() })
              .meta({ id: 'DiaryCapacity' }),
          ),
          courtesyCars: z.int().describe('How many there are.'),
          courtesyCarsOut: z.int().describe('How many are promised that day.'),
          appointments: z.array(appointmentSchema),
        })
        .meta({ id: 'DiaryDay' }),
    ),
  })
  .meta({ id: 'WorkshopDiary' });
