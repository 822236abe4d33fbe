import { z } from 'zod';
import { nextCursorSchema, pageQuery } from '../../platform/http-paging.ts';
import { customerReference } from '../customers/contract.ts';

/** What screens and the API exchange about tasks. */
const text = (most: number) => z.string().trim().min(1).max(most);
const staffId = z.uuid().toLowerCase();

const taskFields = {
  what: text(200).describe('What is to be done, such as `Ring back about the deposit`.'),
  details: text(1_000).nullable().optional(),
  assignedTo: staffId.describe('The member of staff whose task it is, see listTaskAssignees.'),
  dueOn: z.iso.date().describe('The day, in London, by which it is done.'),
};

export const newTaskSchema = z
  .strictObject({
    ...taskFields,
    customer: customerReference.optional().describe('Whom it is about; left out where it is about nobody.'),
    vehicleId: z.uuid().toLowerCase().optional().describe('A vehicle of that customer.'),
    enquiryId: z.uuid().toLowerCase().optional().describe('An enquiry; the customer is then its customer.'),
  })
  .meta({
    id: 'NewTask',
    examples: [
      {
        what: 'Ring back about the deposit',
        assignedTo: '01900000-0000-7000-8000-000000000000',
        dueOn: '2026-11-25',
        customer: 'no:12345',
      },
    ],
  });
export type NewTask = z.input<typeof newTaskSchema>;

export const taskChangesSchema = z
  .strictObject(taskFields)
  .partial()
  .extend({ done: z.boolean().optional().describe('True: it is done; false: it is to be done again.') })
  .meta({ id: 'TaskChanges', examples: [{ done: true }] });
export type TaskChanges = z.input<typeof taskChangesSchema>;

export const taskSchema = z
  .object({
    id: z.uuid(),
    what: z.string(),
    details: z.string().nullable(),
    assignedTo: staffId,
    assignedToName: z.string(),
    dueOn: z.iso.date(),
    overdueDays: z.int().describe('Days since it was due; 0 where it is done or not overdue.'),
    createdAt: z.iso.datetime(),
    createdBy: z.string(),
    doneAt: z.iso.datetime().nullable(),
    doneBy: z.string().nullable(),
    customer: z
      .object({ id: z.uuid(), number: z.string(), displayName: z.string() })
      .meta({ id: 'TaskCustomer' })
      .nullable(),
    vehicle: z
      .object({ id: z.uuid(), name: z.string().describe('Such as `Ford Focus AB12 CDE`.') })
      .meta({ id: 'TaskVehicle' })
      .nullable(),
    enquiryId: z.uuid().nullable(),
    version: z.int().describe('Also the ETag.'),
  })
  .meta({ id: 'Task' });

export const taskParams = z.object({ id: z.uuid().toLowerCase().describe('The id of the task.') });

export const taskListQuery = z.strictObject({
  status: z.enum(['open', 'done']).default('open').describe('What is still to be done, or what was done.'),
  assignee: staffId.optional().describe('Of one member of staff.'),
  customer: z.uuid().toLowerCase().optional().describe('About one customer, by id.'),
  ...pageQuery,
});

export const taskPageSchema = z
  .object({
    tasks: z.array(taskSchema),
    counts: z
      .object({ open: z.int(), overdue: z.int(), done: z.int() })
      .meta({ id: 'TaskCounts' })
      .nullable()
      .describe('Of the person and the customer asked about; on the first page only.'),
    nextCursor: nextCursorSchema,
  })
  .meta({ id: 'TaskPage' });

export const assigneesSchema = z
  .object({
    assignees: z.array(z.object({ id: z.uuid(), fullName: z.string() }).meta({ id: 'TaskAssignee' })),
  })
  .meta({ id: 'TaskAssignees' });
