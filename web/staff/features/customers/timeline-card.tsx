import { Button, Paper, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { useEffect, useRef } from 'react';
import type { z } from 'zod';
import type { timelineSchema } from '../../../../src/features/customers/timeline/contract.ts';
import { usePages } from '../../shared/paging.ts';
import { ErrorState, LoadingState } from '../../shared/states.tsx';
import { WhenText } from '../../shared/when-text.tsx';
import { pathOf } from './customer.ts';
import classes from './record.module.css';

type TimelinePage = z.infer<typeof timelineSchema>;
type TimelineEntry = TimelinePage['entries'][number];

interface TimelineCardProps {
  readonly customerId: string;
  /** The ledger entry that somebody wants to see, such as one that a decision rests on. */
  readonly wanted: number | null;
}

/** What happened with them, the newest first, a day at a time. */
export function TimelineCard({ customerId, wanted }: TimelineCardProps): ReactNode {
  const path = `${pathOf(customerId)}/timeline`;
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = usePages<TimelinePage>(
    path,
    { limit: 30 },
    // why: below the customer's own key, so that whatever changes them brings this up to date.
    ['/customers', customerId, 'timeline'],
  );
  const entries = data?.pages.flatMap((page) => page.entries) ?? [];
  const isFound = wanted !== null && entries.some(({ sequence }) => sequence === wanted);
  useEffect(() => {
    if (wanted !== null && !isFound && hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [wanted, isFound, hasNextPage, isFetchingNextPage, fetchNextPage]);
  return (
    <Paper component="section" mt="md" aria-label="What happened">
      <Title order={2} mb="xs">
        What happened
      </Title>
      {error !== null && <ErrorState error={error} tryAgain={() => void refetch()} />}
      {data === undefined && error === null && <LoadingState />}
      {daysOf(entries).map(([day, ofDay]) => (
        <div key={day} className={classes['day']}>
          <Text c="dimmed" className={classes['dayName'] ?? ''}>
            <WhenText when={day} />
          </Text>
          <ol>
            {ofDay.map((entry) => (
              <Entry key={entry.id} entry={entry} isWanted={wanted !== null && entry.sequence === wanted} />
            ))}
          </ol>
        </div>
      ))}
      {hasNextPage && (
        <Button mt="md" variant="default" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          Show earlier
        </Button>
      )}
    </Paper>
  );
}

function Entry({
  entry,
  isWanted,
}: {
  readonly entry: TimelineEntry;
  readonly isWanted: boolean;
}): ReactNode {
  const item = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (!isWanted) return;
    item.current?.scrollIntoView({ block: 'center' });
    item.current?.focus({ preventScroll: true });
  }, [isWanted]);
  const { sentence, detail, sequence } = entry;
  return (
    <li ref={item} className={classes['entry']} data-wanted={isWanted || undefined} tabIndex={-1}>
      {sentence}
      <Text span c="dimmed" size="sm">
        {[detail, sequence === null ? null : `entry ${sequence}`]
          .filter((words) => words !== null)
          .map((words) => ` · ${words}`)}
      </Text>
    </li>
  );
}

/** In the order they come, one group a day. */
function daysOf(entries: readonly TimelineEntry[]): [day: string, entries: TimelineEntry[]][] {
  return [...Map.groupBy(entries, ({ on }) => on)];
}
