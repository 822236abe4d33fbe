import { Button, Group, Paper, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { KeyHint } from '../key-hint.tsx';
import { useShortcut } from '../shortcut.ts';
import { ErrorState, LoadingState } from '../states.tsx';
import type { TaskAbout } from './task-dialog.tsx';
import { TaskDialog } from './task-dialog.tsx';
import { TaskLine } from './task-line.tsx';
import classes from './tasks.module.css';
import type { Task } from './tasks.ts';
import { openTasksQuery } from './tasks.ts';

interface TasksCardProps {
  readonly customerId: string;
  readonly about: TaskAbout;
  readonly mayAdd: boolean;
  /** Further lines, such as what is done next about their enquiries. */
  readonly children?: ReactNode;
}

/** What is to be done about somebody, what is overdue first. */
export function TasksCard({ customerId, about, mayAdd, children }: TasksCardProps): ReactNode {
  const [opened, setOpened] = useState<Task | 'new' | null>(null);
  const { data, error, refetch } = useQuery(openTasksQuery({ customer: customerId, limit: 50 }));
  useShortcut({ key: 't' }, () => setOpened('new'), mayAdd);
  return (
    <Paper component="section" aria-label="Tasks">
      <Group justify="space-between" mb="xs">
        <Title order={2}>Tasks</Title>
        {mayAdd && (
          <Button size="compact-sm" variant="default" aria-keyshortcuts="T" onClick={() => setOpened('new')}>
            Add a task&nbsp;<KeyHint>T</KeyHint>
          </Button>
        )}
      </Group>
      {error !== null && <ErrorState error={error} tryAgain={() => void refetch()} />}
      {data === undefined && error === null && <LoadingState />}
      {data?.tasks.length === 0 && <Text c="dimmed">No task is open.</Text>}
      <ul className={classes['list']}>
        {data?.tasks.map((task) => (
          <TaskLine key={task.id} task={task} open={setOpened} showsWhose={true} showsCustomer={false} />
        ))}
        {children}
      </ul>
      {opened !== null && (
        <TaskDialog task={opened === 'new' ? null : opened} about={about} close={() => setOpened(null)} />
      )}
    </Paper>
  );
}
