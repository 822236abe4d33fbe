import { Badge, Button, Group, NativeSelect, Paper } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useRef, useState } from 'react';
import { KeyHint } from '../../shared/key-hint.tsx';
import { sayNumber } from '../../shared/numbers.ts';
import { usePages } from '../../shared/paging.ts';
import { moveByRow } from '../../shared/row-keys.ts';
import { Screen } from '../../shared/screen.tsx';
import { useSession } from '../../shared/session.ts';
import { useShortcut } from '../../shared/shortcut.ts';
import { ShowMore } from '../../shared/show-more.tsx';
import { EmptyState, ErrorState, LoadingState } from '../../shared/states.tsx';
import tabs from '../../shared/tabs.module.css';
import { TaskDialog } from '../../shared/tasks/task-dialog.tsx';
import { TaskLine } from '../../shared/tasks/task-line.tsx';
import classes from '../../shared/tasks/tasks.module.css';
import type { Task, TaskPage } from '../../shared/tasks/tasks.ts';
import { assigneesQuery, taskQuery } from '../../shared/tasks/tasks.ts';
import { useDone } from '../../shared/tasks/use-done.ts';

const route = getRouteApi('/signed-in/tasks');
const everybody = 'all';

/** What is to be done, by whom, by when: mine, a colleague's or everybody's. */
export function TasksScreen(): ReactNode {
  const { user } = useSession();
  const { status, of = user.id, task: wanted } = route.useSearch();
  const navigate = route.useNavigate();
  const [isAdding, setAdding] = useState(false);
  const pages = usePages<TaskPage>('/tasks', {
    status: status ?? 'open',
    assignee: of === everybody ? null : of,
    limit: 50,
  });
  const { data, error, refetch } = pages;
  const tasks = data?.pages.flatMap((page) => page.tasks) ?? [];
  const list = useTaskKeys(tasks, () => setAdding(true));
  const open = (task: Task | null): void =>
    void navigate({
      search: ({ task: _, ...search }) => ({ ...search, ...(task === null ? {} : { task: task.id }) }),
      replace: true,
      resetScroll: false,
    });
  return (
    <Screen
      title="Tasks"
      subtitle="What is to be done, what is overdue first."
      actions={
        <Button onClick={() => setAdding(true)} aria-keyshortcuts="T">
          Add a task&nbsp;<KeyHint>T</KeyHint>
        </Button>
      }
    >
      <Paper component="section" aria-label="The tasks">
        <Group justify="space-between" align="flex-end" gap="sm" mb="sm">
          <StatusTabs done={status === 'done'} of={of} counts={data?.pages[0]?.counts ?? null} />
          <WhoseFilter of={of} done={status === 'done'} />
        </Group>
        {error !== null && <ErrorState error={error} tryAgain={() => void refetch()} />}
        {data === undefined && error === null && <LoadingState />}
        {data !== undefined && tasks.length === 0 && (
          <EmptyState title={status === 'done' ? 'Nothing was done yet' : 'Nothing is to be done'}>
            A task says what is to be done, by whom and by when. Press T to add one; on the record of a
            customer it is about them.
          </EmptyState>
        )}
        <ul ref={list} className={classes['list']} onKeyDown={moveByRow}>
          {tasks.map((task) => (
            <TaskLine
              key={task.id}
              task={task}
              open={open}
              showsWhose={of === everybody}
              showsCustomer={true}
            />
          ))}
        </ul>
        <ShowMore pages={pages} />
      </Paper>
      {isAdding && <TaskDialog task={null} close={() => setAdding(false)} />}
      {wanted !== undefined && <OpenedTask id={wanted} close={() => open(null)} />}
    </Screen>
  );
}

/** `T` adds a task, `D` says that the one in focus is done. */
function useTaskKeys(tasks: readonly Task[], add: () => void) {
  const list = useRef<HTMLUListElement>(null);
  const done = useDone();
  useShortcut({ key: 't' }, add);
  useShortcut({ key: 'd' }, () => {
    const id = list.current?.querySelector<HTMLElement>(':focus-within[data-task]')?.dataset['task'];
    const task = tasks.find((each) => each.id === id);
    if (task !== undefined) void done(task);
  });
  return list;
}

function OpenedTask({ id, close }: { readonly id: string; readonly close: () => void }): ReactNode {
  const { data } = useQuery(taskQuery(id));
  return data === undefined ? null : <TaskDialog key={data.version} task={data} close={close} />;
}

function StatusTabs(props: {
  readonly done: boolean;
  readonly of: string;
  readonly counts: { readonly open: number; readonly done: number } | null;
}): ReactNode {
  const { done, of, counts } = props;
  return (
    <nav aria-label="Open or done" className={tabs['tabs']}>
      <Link to="/tasks" search={{ of }} className={tabs['tab']} aria-current={done ? undefined : 'page'}>
        To do {counts !== null && <Badge variant="default">{sayNumber(counts.open)}</Badge>}
      </Link>
      <Link
        to="/tasks"
        search={{ of, status: 'done' }}
        className={tabs['tab']}
        aria-current={done ? 'page' : undefined}
      >
        Done {counts !== null && <Badge variant="default">{sayNumber(counts.done)}</Badge>}
      </Link>
    </nav>
  );
}

function WhoseFilter({ of, done }: { readonly of: string; readonly done: boolean }): ReactNode {
  const { user } = useSession();
  const navigate = route.useNavigate();
  const { data = [] } = useQuery(assigneesQuery);
  const others = data.filter(({ id }) => id !== user.id);
  return (
    <NativeSelect
      label="Whose"
      value={of}
      data={[
        { value: user.id, label: 'Mine' },
        { value: everybody, label: 'Everybody’s' },
        ...others.map(({ id, fullName }) => ({ value: id, label: fullName })),
      ]}
      onChange={(event) =>
        void navigate({
          search: { of: event.currentTarget.value, ...(done ? { status: 'done' as const } : {}) },
          replace: true,
        })
      }
    />
  );
}
