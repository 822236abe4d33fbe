import { v7 as uuid } from 'uuid';
import { daysBetween, londonDateOf } from '../../domain/london.ts';
import { displayNameOf } from '../../domain/person-name.ts';
import { formatRegistration } from '../../domain/vehicle-registration.ts';
import { ConflictError, InvalidError, NotFoundError } from '../../platform/application-error.ts';
import type { Actor, Context } from '../../platform/context.ts';
import { nowOf } from '../../platform/context.ts';
import { inTransaction } from '../../platform/database.ts';
import { customerIdOf } from '../customers/service.ts';
import { actorNames, staffWho } from '../users/service.ts';
import { vehiclesOf } from '../vehicles/service.ts';
import type { NewTask, TaskChanges } from './contract.ts';
import { newTaskSchema, taskChangesSchema } from './contract.ts';
import type { DonePlace, OpenPlace, TaskCountRow, TaskRow, TaskStepKind, TaskStepRow } from './store.ts';
import {
  countTasks,
  findDoneTasks,
  findEnquiryCustomer,
  findOpenTasks,
  findTask,
  findTaskSteps,
  insertTask,
  insertTaskStep,
  updateTask,
} from './store.ts';

/**
 * Tasks: what a member of staff has to do, by when, about whom or what.
 * Guarantees that a task is always somebody's, that what is overdue comes first, and that whoever handed it on, put
 * it off, did it or reopened it is on record.
 */
export interface Task {
  readonly id: string;
  readonly what: string;
  readonly details: string | null;
  readonly assignedTo: string;
  readonly assignedToName: string;
  readonly dueOn: string;
  readonly overdueDays: number;
  readonly createdAt: number;
  readonly createdBy: string;
  readonly doneAt: number | null;
  readonly doneBy: string | null;
  readonly customer: { readonly id: string; readonly number: string; readonly displayName: string } | null;
  readonly vehicle: { readonly id: string; readonly name: string } | null;
  readonly enquiryId: string | null;
  readonly version: number;
}

export type TaskPlace = OpenPlace | DonePlace;
export type TaskStep = TaskStepRow;

export interface TaskQuestion {
  readonly status: 'open' | 'done';
  readonly assignee?: string | undefined;
  readonly customer?: string | undefined;
  readonly after: TaskPlace | null;
  readonly limit: number;
}

export interface TaskPage {
  readonly tasks: readonly Task[];
  /** On the first page; null on those after it. */
  readonly counts: TaskCountRow | null;
  readonly next: TaskPlace | null;
}

/** Open tasks, what is due first coming first; or those that were done, the latest first. */
export async function listTasks(
  context: Context,
  { status, assignee, customer, after, limit }: TaskQuestion,
): Promise<TaskPage> {
  const { db } = context.database;
  const narrowed = { assignedTo: assignee ?? null, customerId: customer ?? null };
  const today = londonDateOf(nowOf(context));
  const rows =
    status === 'open'
      ? await findOpenTasks(db, { ...narrowed, after: openPlace(after) }, limit + 1)
      : await findDoneTasks(db, { ...narrowed, after: donePlace(after) }, limit + 1);
  const page = rows.slice(0, limit);
  const last = rows.length > limit ? page.at(-1) : undefined;
  return {
    tasks: await present(context, page),
    counts: after === null ? await countTasks(db, { ...narrowed, today }) : null,
    next: last === undefined ? null : placeOf(last),
  };
}

function openPlace(place: TaskPlace | null): OpenPlace | null {
  return place !== null && 'on' in place ? place : null;
}

function donePlace(place: TaskPlace | null): DonePlace | null {
  return place !== null && 'doneAt' in place ? place : null;
}

function placeOf({ id, doneAt, dueOn }: TaskRow): TaskPlace {
  return doneAt === null ? { on: dueOn, id } : { doneAt, id };
}

/** Staff whose task something can be, by name. */
export async function listAssignees(context: Context): Promise<{ id: string; fullName: string }[]> {
  return staffWho(context, 'tasks');
}

/** Throws NotFoundError. */
export async function readTask(context: Context, id: string): Promise<Task> {
  const row = await findTask(context.database.db, id);
  const [task] = row === undefined ? [] : await present(context, [row]);
  if (task === undefined) {
    throw new NotFoundError('There is no such task.', { code: 'task-not-found' });
  }
  return task;
}

/** Every step of every task about a customer. */
export async function taskStepsOf(context: Context, customerId: string): Promise<TaskStep[]> {
  return findTaskSteps(context.database.db, customerId);
}

/**
 * Adds a task; answers its id. Throws NotFoundError for an unknown customer, InvalidError for somebody who cannot
 * have tasks, an unknown enquiry, or a vehicle that is not the customer's; ConflictError for a merged record.
 */
export async function addTask(context: Context, given: NewTask, actor: Actor): Promise<string> {
  const { customer, vehicleId = null, enquiryId = null, ...fields } = newTaskSchema.parse(given);
  await requireAssignee(context, fields.assignedTo);
  const customerId = await customerOf(context, customer, enquiryId);
  if (vehicleId !== null) await requireTheirs(context, customerId, vehicleId);
  const by = actor.id ?? actor.kind;
  const at = nowOf(context);
  const task = { ...fields, id: uuid(), customerId, vehicleId, enquiryId, createdAt: at, createdBy: by };
  await inTransaction(context.database.db, async (transaction) => {
    if (!(await insertTask(transaction, { ...task, details: fields.details ?? null }))) {
      throw new ConflictError('This record became part of another one: add the task there.', {
        code: 'customer-merged',
      });
    }
    await insertTaskStep(transaction, task.id, { kind: 'added', at, by });
  });
  return task.id;
}

async function customerOf(
  context: Context,
  reference: string | undefined,
  enquiryId: string | null,
): Promise<string | null> {
  const named = reference === undefined ? null : await customerIdOf(context, reference);
  if (enquiryId === null) return named;
  const found = await findEnquiryCustomer(context.database.db, enquiryId);
  if (found !== undefined && (named === null || named === found)) return found;
  throw new InvalidError(
    found === undefined ? 'There is no such enquiry.' : 'This enquiry is of another customer: leave one out.',
    { field: 'enquiryId' },
  );
}

async function requireTheirs(context: Context, customerId: string | null, vehicleId: string): Promise<void> {
  const theirs = customerId === null ? [] : await vehiclesOf(context, customerId);
  if (theirs.some((vehicle) => vehicle.vehicleId === vehicleId)) return;
  throw new InvalidError('This vehicle is not one of the customer: choose one of theirs.', {
    field: 'vehicleId',
  });
}

async function requireAssignee(context: Context, id: string): Promise<void> {
  if ((await listAssignees(context)).some((each) => each.id === id)) return;
  throw new InvalidError('Nobody with this id can have a task: choose one of the list.', {
    field: 'assignedTo',
  });
}

/**
 * Edits a task, hands it on, says that it is done, or reopens it. What is left out stays.
 *
 * Throws NotFoundError, InvalidError, and ConflictError `version-changed` when somebody else was first.
 */
export async function changeTask(
  context: Context,
  id: string,
  given: TaskChanges,
  { expectedVersion, actor }: { readonly expectedVersion: number; readonly actor: Actor },
): Promise<Task> {
  const { done, ...rest } = taskChangesSchema.parse(given);
  const before = await readTask(context, id);
  if (rest.assignedTo !== undefined && rest.assignedTo !== before.assignedTo) {
    await requireAssignee(context, rest.assignedTo);
  }
  const fields = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined));
  const by = actor.id ?? actor.kind;
  const at = nowOf(context);
  const ended = done === undefined || done === (before.doneAt !== null) ? undefined : done;
  await inTransaction(context.database.db, async (transaction) => {
    const change = { ...fields, ...(ended === undefined ? {} : { done: ended ? { at, by } : null }) };
    if (!(await updateTask(transaction, id, change, expectedVersion))) {
      throw new ConflictError('Somebody else changed this task meanwhile: read it again.', {
        code: 'version-changed',
      });
    }
    for (const kind of stepsOf(before, rest, ended)) {
      await insertTaskStep(transaction, id, { kind, at, by });
    }
  });
  return readTask(context, id);
}

function stepsOf(
  before: Task,
  { assignedTo, dueOn }: Pick<TaskChanges, 'assignedTo' | 'dueOn'>,
  done: boolean | undefined,
): TaskStepKind[] {
  return [
    ...(assignedTo === undefined || assignedTo === before.assignedTo ? [] : (['assigned'] as const)),
    ...(dueOn === undefined || dueOn === before.dueOn ? [] : (['put_off'] as const)),
    ...(done === undefined ? [] : [done ? ('done' as const) : ('reopened' as const)]),
  ];
}

async function present(context: Context, rows: readonly TaskRow[]): Promise<Task[]> {
  const today = londonDateOf(nowOf(context));
  const names = await actorNames(
    context,
    rows.flatMap(({ createdBy, doneBy }) => [createdBy, ...(doneBy === null ? [] : [doneBy])]),
  );
  return rows.map((row) => ({
    id: row.id,
    what: row.what,
    details: row.details,
    assignedTo: row.assignedTo,
    assignedToName: row.assignedToName,
    dueOn: row.dueOn,
    overdueDays: row.doneAt === null ? Math.max(0, daysBetween(row.dueOn, today)) : 0,
    createdAt: row.createdAt,
    createdBy: names.get(row.createdBy) ?? row.createdBy,
    doneAt: row.doneAt,
    doneBy: row.doneBy === null ? null : (names.get(row.doneBy) ?? row.doneBy),
    customer:
      row.customerId === null
        ? null
        : { id: row.customerId, number: row.customerNumber ?? '', displayName: displayNameOf(row) },
    vehicle: row.vehicleId === null ? null : { id: row.vehicleId, name: vehicleWords(row) },
    enquiryId: row.enquiryId,
    version: row.version,
  }));
}

function vehicleWords({ make, model, registration }: TaskRow): string {
  const mark = registration === null ? null : formatRegistration(registration);
  return [make, model, mark].filter((word) => word !== null).join(' ') || 'a vehicle';
}
