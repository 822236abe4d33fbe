import { Button, Group, NativeSelect, Paper, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { useEffect, useRef, useState } from 'react';
import type { z } from 'zod';
import type { TimelineKind, timelineSchema } from '../../../../src/features/timeline/contract.ts';
import { ScreenLink } from '../../shared/links.tsx';
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
  const [kind, setKind] = useState<TimelineKind | ''>('');
  const path = `${pathOf(customerId)}/timeline`;
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = usePages<TimelinePage>(
    path,
    { limit: 30, kind: kind === '' ? null : kind },
    // why: below the customer's own key, so that whatever changes them brings this up to date.
    ['/customers', customerId, 'timeline', kind],
  );
  const entries = data?.pages.flatMap((page) => page.entries) ?? [];
  const isFound = wanted !== null && entries.some(({ sequence }) => sequence === wanted);
  useEffect(() => {
    if (wanted !== null && !isFound && hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [wanted, isFound, hasNextPage, isFetchingNextPage, fetchNextPage]);
  return (
    <Paper component="section" mt="md" aria-label="What happened">
      <Group justify="space-between" align="flex-end" mb="xs">
        <Title order={2}>What happened</Title>
        <NativeSelect
          label="Show"
          size="xs"
          value={kind}
          data={[...kindChoices]}
          onChange={(event) => setKind(event.currentTarget.value as TimelineKind | '')}
        />
      </Group>
      {error !== null && <ErrorState error={error} tryAgain={() => void refetch()} />}
      {data === undefined && error === null && <LoadingState />}
      {data !== undefined && entries.length === 0 && <Text c="dimmed">Nothing of this kind.</Text>}
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
  const { sentence, detail, sequence, opens } = entry;
  return (
    <li ref={item} className={classes['entry']} data-wanted={isWanted || undefined} tabIndex={-1}>
      {opens === null ? sentence : <ThingLink opens={opens}>{sentence}</ThingLink>}
      <Text span c="dimmed" size="sm">
        {[detail, sequence === null ? null : `entry ${sequence}`]
          .filter((words) => words !== null)
          .map((words) => ` · ${words}`)}
      </Text>
    </li>
  );
}

const kindChoices: readonly { readonly value: TimelineKind | ''; readonly label: string }[] = [
  { value: '', label: 'Everything' },
  { value: 'permission', label: 'Permissions and reviews' },
  { value: 'status', label: 'Statuses, registers, do not contact' },
  { value: 'message', label: 'Messages and lists' },
  { value: 'note', label: 'Notes' },
  { value: 'task', label: 'Tasks' },
  { value: 'appointment', label: 'Appointments' },
  { value: 'enquiry', label: 'Enquiries' },
  { value: 'vehicle', label: 'Vehicles' },
  { value: 'contact', label: 'Numbers and addresses' },
  { value: 'merge', label: 'Merges' },
  { value: 'import', label: 'Imports' },
  { value: 'customer', label: 'The record itself' },
];

/** Leads to what an entry is about. */
function ThingLink(props: {
  readonly opens: NonNullable<TimelineEntry['opens']>;
  readonly children: string;
}): ReactNode {
  const { kind, id } = props.opens;
  switch (kind) {
    case 'appointment':
      return (
        <ScreenLink to="/appointments/$id" params={{ id }}>
          {props.children}
        </ScreenLink>
      );
    case 'enquiry':
      return (
        <ScreenLink to="/enquiries/$id" params={{ id }}>
          {props.children}
        </ScreenLink>
      );
    case 'customer':
      return (
        <ScreenLink to="/customers/$id" params={{ id }}>
          {props.children}
        </ScreenLink>
      );
    case 'import':
      return (
        <ScreenLink to="/imports/$id" params={{ id }}>
          {props.children}
        </ScreenLink>
      );
    case 'task':
      return (
        <ScreenLink to="/tasks" search={{ task: id }}>
          {props.children}
        </ScreenLink>
      );
  }
}

/** In the order they come, one group a day. */
function daysOf(entries: readonly TimelineEntry[]): [day: string, entries: TimelineEntry[]][] {
  return [...Map.groupBy(entries, ({ on }) => on)];
}
