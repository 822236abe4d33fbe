import { Group, Paper, SimpleGrid, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { nowOfBrowser } from '../../shared/clock.ts';
import { sayWholeDay } from '../../shared/days.ts';
import { KeyHint } from '../../shared/key-hint.tsx';
import { Screen } from '../../shared/screen.tsx';
import { useMay, useSession } from '../../shared/session.ts';
import { ErrorState, LoadingState } from '../../shared/states.tsx';
import { countWaiting } from './reviews-due.ts';

/** What waits at the branch worked at, and how to find whoever stands at the desk. */
export function TodayScreen(): ReactNode {
  const { branch } = useSession();
  const mayReview = useMay('reviews:read');
  const mayFind = useMay('customers:read');
  return (
    <Screen
      title={`Today at ${branch.name}`}
      documentTitle="Today"
      subtitle={sayWholeDay(nowOfBrowser().toISOString())}
    >
      <SimpleGrid cols={{ base: 1, md: 2 }}>
        {mayReview && <Reviews branch={branch.code} />}
        {mayFind && (
          <Paper component="section">
            <Title order={2}>Somebody at the desk?</Title>
            <Text mt="xs">
              Find them by name, phone, registration, postcode or customer number in the box at the top, from
              any screen.
            </Text>
            <Group mt="sm" gap="xs" visibleFrom="sm">
              <KeyHint>Ctrl K</KeyHint>
              <Text size="sm" c="dimmed">
                or
              </Text>
              <KeyHint>/</KeyHint>
              <Text size="sm" c="dimmed">
                puts you into it
              </Text>
            </Group>
          </Paper>
        )}
      </SimpleGrid>
    </Screen>
  );
}

const waits = [
  ['due', 'Due today'],
  ['overdue', 'Overdue'],
] as const;

function Reviews({ branch }: { readonly branch: string }): ReactNode {
  return (
    <Paper component="section">
      <Title order={2}>Preferences to review</Title>
      <Text c="dimmed">Ask these customers again, the next time they are here.</Text>
      <Group mt="sm" gap="xl">
        {waits.map(([status, label]) => (
          <Count key={status} branch={branch} status={status} label={label} />
        ))}
      </Group>
    </Paper>
  );
}

function Count({
  branch,
  status,
  label,
}: {
  readonly branch: string;
  readonly status: (typeof waits)[number][0];
  readonly label: string;
}): ReactNode {
  const { data, error, refetch } = useQuery({
    queryKey: ['/reviews', status, branch],
    queryFn: ({ signal }) => countWaiting(branch, status, signal),
  });
  if (error !== null) return <ErrorState error={error} tryAgain={() => void refetch()} />;
  if (data === undefined) return <LoadingState what={label} />;
  return (
    <div>
      <Text c="dimmed">{label}</Text>
      <Text fz="1.75rem" fw={700} lh={1.2}>
        {data.count.toLocaleString('en-GB')}
        {data.more && ' or more'}
      </Text>
    </div>
  );
}
