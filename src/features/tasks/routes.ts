import { z } from 'zod';
import { toTimestamp } from '../../platform/database.ts';
import { expectedVersion, writeEntityTag } from '../../platform/entity-tag.ts';
import type { Routes, RoutesApp } from '../../platform/http.ts';
import { requireScope } from '../../platform/http-access.ts';
import { readCursor, writeCursor } from '../../platform/http-paging.ts';
import { problems } from '../../platform/http-problem.ts';
import { recordAccess } from '../access/service.ts';
import {
  assigneesSchema,
  newTaskSchema,
  taskChangesSchema,
  taskListQuery,
  taskPageSchema,
  taskParams,
  taskSchema,
} from './contract.ts';
import type { Task } from './service.ts';
import { addTask, changeTask, listAssignees, listTasks, readTask } from './service.ts';

const tags = ['Tasks'];
const customersToo = 'Needs the scope `customers:read`, too.';

const place = z.union([
  z.strictObject({ on: z.iso.date(), id: z.uuid() }),
  z.strictObject({ doneAt: z.int(), id: z.uuid() }),
]);

export const taskRoutes: Routes = (app) => {
  routeList(app);
  routeRead(app);
  routeAdd(app);
  routeChange(app);
  routeAssignees(app);
};

function routeList(app: RoutesApp): void {
  app.get(
    '/tasks',
    {
      config: { access: ['tasks'] },
      schema: {
        operationId: 'listTasks',
        summary: 'What is to be done, what is overdue first',
        description: `Page by page; the first page counts them. Those done come the latest first. ${customersToo}`,
        tags,
        querystring: taskListQuery,
        response: { 200: taskPageSchema, ...problems() },
      },
    },
    async (request) => {
      const { context, actor, query } = request;
      requireScope(request, ['customers:read']);
      const { cursor, ...question } = query;
      const page = await listTasks(context, { ...question, after: readCursor(cursor, place) });
      await recordAccess(context, actor, 'tasks listed', query.customer ?? null);
      return {
        tasks: page.tasks.map(presentTask),
        counts: page.counts,
        nextCursor: page.next === null ? null : writeCursor(page.next),
      };
    },
  );
}

function routeRead(app: RoutesApp): void {
  app.get(
    '/tasks/:id',
    {
      config: { access: ['tasks'] },
      schema: {
        operationId: 'readTask',
        summary: 'Read a task',
        description: customersToo,
        tags,
        params: taskParams,
        response: { 200: taskSchema, ...problems(404) },
      },
    },
    async (request, reply) => {
      const { context, actor, params } = request;
      requireScope(request, ['customers:read']);
      const task = await readTask(context, params.id);
      await recordAccess(context, actor, 'task read', task.customer?.id ?? null, { taskId: task.id });
      writeEntityTag(reply, task.version);
      return presentTask(task);
    },
  );
}

function routeAdd(app: RoutesApp): void {
  app.post(
    '/tasks',
    {
      config: { access: ['tasks'] },
      schema: {
        operationId: 'addTask',
        summary: 'Add a task, for oneself or a colleague',
        description: customersToo,
        tags,
        body: newTaskSchema,
        response: { 201: taskSchema, ...problems(400, 404, 409) },
      },
    },
    async (request, reply) => {
      const { context, actor, body } = request;
      requireScope(request, ['customers:read']);
      const task = await readTask(context, await addTask(context, body, actor));
      await recordAccess(context, actor, 'task read', task.customer?.id ?? null, { taskId: task.id });
      writeEntityTag(reply, task.version);
      reply.code(201).header('location', `/api/v1/tasks/${task.id}`);
      return presentTask(task);
    },
  );
}

function routeChange(app: RoutesApp): void {
  app.patch(
    '/tasks/:id',
    {
      config: { access: ['tasks'] },
      schema: {
        operationId: 'changeTask',
        summary: 'Edit a task, hand it on, say that it is done, or reopen it',
        description: `What is left out stays. ${customersToo}`,
        tags,
        params: taskParams,
        body: taskChangesSchema,
        response: { 200: taskSchema, ...problems(400, 404, 409, 412, 428) },
      },
    },
    async (request, reply) => {
      const { context, actor, params, body } = request;
      requireScope(request, ['customers:read']);
      const version = expectedVersion(request);
      const task = await changeTask(context, params.id, body, { expectedVersion: version, actor });
      await recordAccess(context, actor, 'task read', task.customer?.id ?? null, { taskId: task.id });
      writeEntityTag(reply, task.version);
      return presentTask(task);
    },
  );
}

function routeAssignees(app: RoutesApp): void {
  app.get(
    '/task-assignees',
    {
      config: { access: ['tasks'] },
      schema: {
        operationId: 'listTaskAssignees',
        summary: 'Whose task something can be',
        description: 'Staff who may sign in, by name.',
        tags,
        response: { 200: assigneesSchema, ...problems() },
      },
    },
    async ({ context }) => ({ assignees: await listAssignees(context) }),
  );
}

function presentTask(task: Task): z.input<typeof taskSchema> {
  return {
    ...task,
    createdAt: toTimestamp(task.createdAt),
    doneAt: task.doneAt === null ? null : toTimestamp(task.doneAt),
  };
}
