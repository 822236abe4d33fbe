import { Group, Paper, SimpleGrid, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { nowOfBrowser } from '../../shared/clock.ts';
import { sayWholeDay } from '../../shared/days.ts';
import { KeyHint } from '../../shared/key-hint.tsx';
import { Screen } from '../../shared/screen.tsx';
import { useMay, useSession } from '../../shared/session.ts';
import { ErrorState, LoadingState } from '../../shared/states.tsx';
import type { ReviewPage } from './reviews-due.ts';
import { readReviewsDue } from './reviews-due.ts';

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
        {mayReview && <ReviewsDue branch={branch.code} />}
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

function ReviewsDue({ branch }: { readonly branch: string }): ReactNode {
  const { data, error, refetch } = useQuery({
    queryKey: ['/reviews', 'due', branch],
    queryFn: ({ signal }) => readReviewsDue(branch, signal),
  });
  return (
    <Paper component="section">
      <Title order={2}>Reviews due today</Title>
      {error !== null && <ErrorState error={error} tryAgain={() => void refetch()} />}
      {data === undefined && error === null && <LoadingState />}
      {data !== undefined && <DueCount page={data} />}
    </Paper>
  );
}

function DueCount({ page }: { readonly page: ReviewPage }): ReactNode {
  const count = page.reviews.length;
  const isMore = page.nextCursor !== null;
  if (count === 0) return <Text mt="xs">Nobody’s preferences are due for review today.</Text>;
  return (
    <>
      <Text fz="2rem" fw={700}>
        {isMore ? `More than ${count}` : count}
      </Text>
      <Text c="dimmed">
        {count === 1 ? 'customer is' : 'customers are'} to be asked again: do so when they are next here.
      </Text>
    </>
  );
}
