import { Button, Group, Paper, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { KeyHint } from '../../shared/key-hint.tsx';
import { ScreenLink } from '../../shared/links.tsx';
import { sayCount } from '../../shared/numbers.ts';
import { moveByRow } from '../../shared/row-keys.ts';
import { useMay, useSession } from '../../shared/session.ts';
import { useShortcut } from '../../shared/shortcut.ts';
import { ErrorState, LoadingState } from '../../shared/states.tsx';
import { NextActionLine } from '../../shared/tasks/next-action-line.tsx';
import { nextActionsQuery } from '../../shared/tasks/next-actions.ts';
import { TaskDialog } from '../../shared/tasks/task-dialog.tsx';
import { TaskLine } from '../../shared/tasks/task-line.tsx';
import classes from '../../shared/tasks/tasks.module.css';
import type { Task } from '../../shared/tasks/tasks.ts';
import { openTasksQuery } from '../../shared/tasks/tasks.ts';

const shownMax = 12;

/** What whoever is signed in has to do, tasks and enquiries together, what is overdue first. */
export function MyTasks(): ReactNode {
  const { user } = useSession();
  const mayReadEnquiries = useMay('enquiries:read');
  const [opened, setOpened] = useState<Task | 'new' | null>(null);
  const { data, error, refetch } = useQuery(openTasksQuery({ assignee: user.id, limit: shownMax }));
  const { data: enquiries = [] } = useQuery({
    ...nextActionsQuery({ owner: user.id }, shownMax),
    enabled: mayReadEnquiries,
  });
  useShortcut({ key: 't' }, () => setOpened('new'));
  const lines = [
    ...(data?.tasks ?? []).map((task) => ({
      on: task.dueOn,
      line: <TaskLine key={task.id} task={task} open={setOpened} showsWhose={false} showsCustomer={true} />,
    })),
    ...enquiries.map((enquiry) => ({
      on: enquiry.nextAction?.on ?? '',
      line: <NextActionLine key={enquiry.id} enquiry={enquiry} showsCustomer={true} />,
    })),
  ].sort((a, b) => (a.on < b.on ? -1 : 1));
  const more = Math.max(0, (data?.counts?.open ?? 0) - (data?.tasks.length ?? 0));
  return (
    <Paper component="section" aria-label="My tasks">
      <Group justify="space-between" mb="xs">
        <Title order={2}>My tasks</Title>
        <Button size="compact-sm" variant="default" aria-keyshortcuts="T" onClick={() => setOpened('new')}>
          Add a task&nbsp;<KeyHint>T</KeyHint>
        </Button>
      </Group>
      {error !== null && <ErrorState error={error} tryAgain={() => void refetch()} />}
      {data === undefined && error === null && <LoadingState />}
      {data !== undefined && lines.length === 0 && (
        <Text c="dimmed">
          Nothing is waiting for you. A task says what is to be done, by whom and by when; add one here, or on
          the record of a customer.
        </Text>
      )}
      <ul className={classes['list']} onKeyDown={moveByRow}>
        {lines.map(({ line }) => line)}
      </ul>
      <Text mt="sm">
        <ScreenLink to="/tasks">{more === 0 ? 'All tasks' : `${sayCount(more, 'more task')}`}</ScreenLink>
      </Text>
      {opened !== null && (
        <TaskDialog task={opened === 'new' ? null : opened} close={() => setOpened(null)} />
      )}
    </Paper>
  );
}
