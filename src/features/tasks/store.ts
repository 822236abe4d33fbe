import type { Kysely, RawBuilder, Transaction } from 'kysely';
import { sql } from 'kysely';
import { toTimestamp } from '../../platform/database.ts';
import type { Tables } from '../../platform/tables.ts';

export interface TaskRow {
  readonly id: string;
  readonly customerId: string | null;
  readonly customerNumber: string | null;
  readonly title: string | null;
  readonly forename: string | null;
  readonly surname: string | null;
  readonly companyName: string | null;
  readonly vehicleId: string | null;
  readonly registration: string | null;
  readonly make: string | null;
  readonly model: string | null;
  readonly enquiryId: string | null;
  readonly what: string;
  readonly details: string | null;
  readonly assignedTo: string;
  readonly assignedToName: string;
  readonly dueOn: string;
  readonly createdAt: number;
  readonly createdBy: string;
  readonly doneAt: number | null;
  readonly doneBy: string | null;
  readonly version: number;
}

const shown = sql`
  select task.id, task.customer_id, customer.customer_number, customer.title, customer.forename, customer.surname,
    customer.company_name, task.vehicle_id, vehicle.registration, vehicle.make, vehicle.model, task.enquiry_id,
    task.what, task.details, task.assigned_to, staff_user.full_name as assigned_to_name, task.due_on,
    task.created_at, task.created_by, task.done_at, task.done_by, task.version
  from task
  join staff_user on staff_user.id = task.assigned_to
  left join customer on customer.id = task.customer_id
  left join vehicle on vehicle.id = task.vehicle_id`;

export async function findTask(db: Kysely<Tables>, id: string): Promise<TaskRow | undefined> {
  const { rows } = await sql<TaskRow>`${shown} where task.id = ${id}`.execute(db);
  return rows[0];
}

export interface Narrowed {
  readonly assignedTo: string | null;
  readonly customerId: string | null;
}

function narrowedTo({ assignedTo, customerId }: Narrowed): RawBuilder<unknown> {
  return sql`(${assignedTo}::uuid is null or task.assigned_to = ${assignedTo})
    and (${customerId}::uuid is null or task.customer_id = ${customerId})`;
}

export interface OpenPlace {
  readonly on: string;
  readonly id: string;
}

/** What is due first comes first. */
export async function findOpenTasks(
  db: Kysely<Tables>,
  { after, ...narrowed }: Narrowed & { readonly after: OpenPlace | null },
  limit: number,
): Promise<TaskRow[]> {
  const { rows } = await sql<TaskRow>`
    ${shown}
    where task.done_at is null and ${narrowedTo(narrowed)}
      and (${after === null} or (task.due_on, task.id) > (${after?.on ?? null}::date, ${after?.id ?? null}::uuid))
    order by task.due_on, task.id limit ${limit}`.execute(db);
  return rows;
}

export interface DonePlace {
  readonly doneAt: number;
  readonly id: string;
}

/** What was done last comes first. */
export async function findDoneTasks(
  db: Kysely<Tables>,
  { after, ...narrowed }: Narrowed & { readonly after: DonePlace | null },
  limit: number,
): Promise<TaskRow[]> {
  const at = after === null ? null : toTimestamp(after.doneAt);
  const { rows } = await sql<TaskRow>`
    ${shown}
    where task.done_at is not null and ${narrowedTo(narrowed)}
      and (${at}::timestamptz is null or (task.done_at, task.id) < (${at}::timestamptz, ${after?.id ?? null}::uuid))
    order by task.done_at desc, task.id desc limit ${limit}`.execute(db);
  return rows;
}

export interface TaskCountRow {
  readonly open: number;
  readonly overdue: number;
  readonly done: number;
}

export async function countTasks(
  db: Kysely<Tables>,
  { today, ...narrowed }: Narrowed & { readonly today: string },
): Promise<TaskCountRow> {
  const { rows } = await sql<TaskCountRow>`
    select count(*) filter (where done_at is null) as open,
      count(*) filter (where done_at is null and due_on < ${today}) as overdue,
      count(*) filter (where done_at is not null) as done
    from task where ${narrowedTo(narrowed)}`.execute(db);
  return rows[0] ?? { open: 0, overdue: 0, done: 0 };
}

/** The customer of an enquiry; undefined where there is no such enquiry. */
export async function findEnquiryCustomer(
  db: Kysely<Tables>,
  enquiryId: string,
): Promise<string | undefined> {
  const row = await db
    .selectFrom('enquiry')
    .select('customerId')
    .where('id', '=', enquiryId)
    .executeTakeFirst();
  return row?.customerId;
}

export interface NewTaskRow {
  readonly id: string;
  readonly customerId: string | null;
  readonly vehicleId: string | null;
  readonly enquiryId: string | null;
  readonly what: string;
  readonly details: string | null;
  readonly assignedTo: string;
  readonly dueOn: string;
  readonly createdAt: number;
  readonly createdBy: string;
}

/** False where the record of the customer is not in use any more. */
export async function insertTask(transaction: Transaction<Tables>, task: NewTaskRow): Promise<boolean> {
  if (task.customerId !== null) {
    const { rows } = await sql`
      select from customer where id = ${task.customerId} and merged_into_id is null for key share`.execute(
      transaction,
    );
    if (rows.length === 0) return false;
  }
  await transaction
    .insertInto('task')
    .values({ ...task, createdAt: toTimestamp(task.createdAt) })
    .execute();
  return true;
}

export interface TaskChange {
  readonly what?: string;
  readonly details?: string | null;
  readonly assignedTo?: string;
  readonly dueOn?: string;
  readonly done?: { readonly at: number; readonly by: string } | null;
}

/** Writes a new version over the one that was read; false where somebody else was first. */
export async function updateTask(
  transaction: Transaction<Tables>,
  id: string,
  { done, ...fields }: TaskChange,
  expectedVersion: number,
): Promise<boolean> {
  const ending =
    done === undefined
      ? {}
      : { doneAt: done === null ? null : toTimestamp(done.at), doneBy: done?.by ?? null };
  const result = await transaction
    .updateTable('task')
    .set({ ...fields, ...ending })
    .set((row) => ({ version: row('version', '+', 1) }))
    .where('id', '=', id)
    .where('version', '=', expectedVersion)
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
}

export type TaskStepKind = 'added' | 'assigned' | 'put_off' | 'done' | 'reopened';

/** Adds a step with whose task it is and when it is due as of then; whoever changed the task holds its row. */
export async function insertTaskStep(
  transaction: Transaction<Tables>,
  taskId: string,
  step: { readonly kind: TaskStepKind; readonly at: number; readonly by: string },
): Promise<void> {
  await sql`
    insert into task_step (task_id, sequence, kind, at, by, assigned_to, due_on)
    select id, (select coalesce(max(sequence), 0) + 1 from task_step where task_id = ${taskId}), ${step.kind},
      ${toTimestamp(step.at)}, ${step.by}, assigned_to, due_on
    from task where id = ${taskId}`.execute(transaction);
}

export interface TaskStepRow {
  readonly taskId: string;
  readonly sequence: number;
  readonly kind: TaskStepKind;
  readonly at: number;
  readonly by: string;
  readonly assignedToName: string;
  readonly dueOn: string;
  readonly what: string;
}

/** Every step of every task about a customer. */
export async function findTaskSteps(db: Kysely<Tables>, customerId: string): Promise<TaskStepRow[]> {
  const { rows } = await sql<TaskStepRow>`
    select task_step.task_id, sequence, kind, at, by, staff_user.full_name as assigned_to_name,
      task_step.due_on, task.what
    from task
    join task_step on task_step.task_id = task.id
    join staff_user on staff_user.id = task_step.assigned_to
    where task.customer_id = ${customerId}
    order by task_step.task_id, sequence`.execute(db);
  return rows;
}
