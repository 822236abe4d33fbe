import { Group, Paper, SimpleGrid, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { nowOfBrowser } from '../../shared/clock.ts';
import { sayWholeDay } from '../../shared/days.ts';
import { KeyHint } from '../../shared/key-hint.tsx';
import { ScreenLink } from '../../shared/links.tsx';
import { sayCount, sayNumber } from '../../shared/numbers.ts';
import { reviewCountsQuery } from '../../shared/review-counts.ts';
import { Screen } from '../../shared/screen.tsx';
import { useMay, useSession } from '../../shared/session.ts';
import { ErrorState, LoadingState } from '../../shared/states.tsx';
import { webWordingsQuery } from '../../shared/web-wordings.ts';
import { MyTasks } from './my-tasks.tsx';
import { TodaysBookings } from './todays-bookings.tsx';

/** What waits at the branch worked at, and how to find whoever stands at the desk. */
export function TodayScreen(): ReactNode {
  const { branch } = useSession();
  const mayReview = useMay('reviews:read');
  const mayTask = useMay('tasks');
  const mayFind = useMay('customers:read');
  const mayJudge = useMay('policy:write');
  const maySeeDiary = useMay('appointments:read');
  return (
    <Screen
      title={`Today at ${branch.name}`}
      documentTitle="Today"
      subtitle={sayWholeDay(nowOfBrowser().toISOString())}
    >
      <SimpleGrid cols={{ base: 1, md: 2 }} style={{ alignItems: 'start' }}>
        {maySeeDiary && <TodaysBookings branch={branch.code} />}
        {mayTask && <MyTasks />}
        {mayReview && <ReviewsDue branch={branch.code} />}
        {mayJudge && <WordingsToRead />}
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

/** A yes from a website waits until somebody who answers for the data has read the words it rests on. */
function WordingsToRead(): ReactNode {
  const { data = [] } = useQuery(webWordingsQuery);
  const count = data.filter(({ state }) => state === 'unknown').length;
  if (count === 0) return null;
  return (
    <Paper component="section">
      <Title order={2}>Website wordings</Title>
      <Text mt="xs">
        <ScreenLink to="/settings/web-wordings">{sayCount(count, 'wording')} to be read</ScreenLink>: a yes
        given on such words waits until you accept them.
      </Text>
    </Paper>
  );
}

function ReviewsDue({ branch }: { readonly branch: string }): ReactNode {
  const { data, error, refetch } = useQuery(reviewCountsQuery(branch));
  return (
    <Paper component="section">
      <Title order={2}>Reviews due</Title>
      {error !== null && <ErrorState error={error} tryAgain={() => void refetch()} />}
      {data === undefined && error === null && <LoadingState />}
      {data !== undefined && <DueCount {...data} />}
    </Paper>
  );
}

type Counted = Readonly<Record<'thisWeek' | 'overdue' | 'never', number>>;

function DueCount({ thisWeek, overdue, never }: Counted): ReactNode {
  return (
    <>
      <Group gap="xl" mt="xs">
        <Figure count={thisWeek} label="due this week" status="this_week" />
        <Figure count={overdue} label="overdue" status="overdue" />
        <Figure count={never} label="never asked" status="never" />
      </Group>
      <Text c="dimmed" mt="xs">
        Ask them when they are next here: the question opens with their record.
      </Text>
    </>
  );
}

function Figure(props: {
  readonly count: number;
  readonly label: string;
  readonly status: 'this_week' | 'overdue' | 'never';
}): ReactNode {
  return (
    <ScreenLink to="/reviews" search={{ status: props.status }} c="var(--text)">
      <Text component="span" display="block" fz="2rem" fw={700} lh={1.2}>
        {sayNumber(props.count)}
      </Text>{' '}
      {props.label}
    </ScreenLink>
  );
}
