import type { QueryClient } from '@tanstack/react-query';
import { queryOptions } from '@tanstack/react-query';
import type { z } from 'zod';
import type {
  assigneesSchema,
  NewTask,
  TaskChanges,
  taskPageSchema,
  taskSchema,
} from '../../../../src/features/tasks/contract.ts';
import { ask, newIdempotencyKey, read } from '../api.ts';

/** What is to be done, and how it is read and changed. */
export type Task = z.infer<typeof taskSchema>;
export type TaskPage = z.infer<typeof taskPageSchema>;

interface TaskQuestion {
  readonly assignee?: string;
  readonly customer?: string;
  readonly limit: number;
}

export function openTasksQuery(question: TaskQuestion) {
  return queryOptions({
    queryKey: ['/tasks', 'open', question],
    queryFn: ({ signal }) => read<TaskPage>('/tasks', { query: { ...question }, signal }),
  });
}

export function taskQuery(id: string) {
  return queryOptions({
    queryKey: ['/tasks', id],
    queryFn: ({ signal }) => read<Task>(`/tasks/${id}`, { signal }),
  });
}

export const assigneesQuery = queryOptions({
  queryKey: ['/task-assignees'],
  queryFn: async ({ signal }) =>
    (await read<z.infer<typeof assigneesSchema>>('/task-assignees', { signal })).assignees,
  staleTime: 300_000,
});

export async function addTask(queries: QueryClient, body: NewTask): Promise<Task> {
  const { body: task } = await ask<Task>('/tasks', { body, idempotencyKey: newIdempotencyKey() });
  await tasksChanged(queries, task);
  return task;
}

/** Changes a task as it was read; whatever shows tasks or its customer reads again. */
export async function changeTask(
  queries: QueryClient,
  task: Pick<Task, 'id' | 'version' | 'customer'>,
  body: TaskChanges,
): Promise<Task> {
  try {
    const ifMatch = `"${task.version}"`;
    return (await ask<Task>(`/tasks/${task.id}`, { method: 'PATCH', body, ifMatch })).body;
  } finally {
    await tasksChanged(queries, task);
  }
}

async function tasksChanged(queries: QueryClient, { customer }: Pick<Task, 'customer'>): Promise<void> {
  await queries.invalidateQueries({ queryKey: ['/tasks'] });
  if (customer !== null) {
    await queries.invalidateQueries({ queryKey: ['/customers', customer.id, 'timeline'] });
  }
}
