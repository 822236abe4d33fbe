import { useQueryClient } from '@tanstack/react-query';
import { sayDone, sayFailed } from '../toast.tsx';
import type { Task } from './tasks.ts';
import { changeTask } from './tasks.ts';

/** Says that a task is done, at once; the message that says so takes it back at a press. Reopens one that is done. */
export function useDone(): (task: Task) => Promise<void> {
  const queries = useQueryClient();
  const set = async (task: Task, done: boolean): Promise<void> => {
    try {
      const changed = await changeTask(queries, task, { done });
      const words = done ? 'Done' : 'To be done again';
      sayDone(`${words}: ${task.what}`, { act: () => void set(changed, !done) });
    } catch (error) {
      sayFailed(error);
    }
  };
  return (task) => set(task, task.doneAt === null);
}
