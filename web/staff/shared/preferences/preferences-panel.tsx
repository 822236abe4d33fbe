import { Badge, Group, Paper, Text, Title, Tooltip } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { useSession } from '../session.ts';
import { StateBadge } from '../state-badge.tsx';
import { ErrorState, LoadingState } from '../states.tsx';
import { YesNo } from '../yes-no.tsx';
import { ContactLine } from './contact-line.tsx';
import classes from './preferences.module.css';
import type { PreferenceCell, PreferenceChannel, Preferences } from './preferences.ts';
import { boxLabel, boxOf, categoryLabel, columnsOf, preferencesQuery, topicOf } from './preferences.ts';
import { reviewBadge } from './review-words.ts';
import { WhyDrawer } from './why-drawer.tsx';

/** May we contact this customer? The answer first, the ground beside it in words, the proof one press away. */
export function PreferencesPanel({ customerId }: { readonly customerId: string }): ReactNode {
  const { branch } = useSession();
  const { data, error, refetch } = useQuery(preferencesQuery(customerId, branch.code));
  return (
    <Paper component="section" aria-label="May we contact them?">
      {error !== null ? (
        <ErrorState error={error} tryAgain={() => void refetch()} />
      ) : data === undefined ? (
        <LoadingState />
      ) : (
        <Answers held={data} />
      )}
    </Paper>
  );
}

interface Asked {
  readonly channel: PreferenceChannel;
  readonly cell: PreferenceCell;
}

function Answers({ held }: { readonly held: Preferences }): ReactNode {
  const [asked, setAsked] = useState<Asked | null>(null);
  return (
    <>
      <Group justify="space-between" mb="xs">
        <Title order={2}>May we contact {held.customer.shortName}?</Title>
        <Badge
          variant="light"
          color={held.review.status === 'in_date' || !held.prompt.askable ? 'gray' : 'yellow'}
          c="var(--text)"
          tt="none"
          size="lg"
        >
          {held.prompt.askable ? reviewBadge(held.review) : 'Not to be asked'}
        </Badge>
      </Group>
      {held.answeringFor.several && (
        <Text size="sm" c="dimmed">
          Answers for {held.answeringFor.legalEntity}
        </Text>
      )}
      {[...(held.objectedAt === null ? [] : ['All marketing was stopped.']), ...held.holds].map(
        (sentence) => (
          <Text key={sentence} c="var(--no)" fw={700}>
            {sentence}
          </Text>
        ),
      )}
      <AnswerTable held={held} ask={setAsked} />
      {held.elsewhere.map(({ legalEntity, given }) => (
        <Text key={legalEntity} size="sm" mt="xs">
          Given to {legalEntity}, and not to {held.answeringFor.legalEntity}: {given.join('; ')}.
        </Text>
      ))}
      {asked !== null && (
        <WhyDrawer held={held} channel={asked.channel} cell={asked.cell} close={() => setAsked(null)} />
      )}
    </>
  );
}

interface AnswerTableProps {
  readonly held: Preferences;
  readonly ask: (asked: Asked) => void;
}

function AnswerTable({ held, ask }: AnswerTableProps): ReactNode {
  const { channels, vehicles } = held;
  const columns = columnsOf(held);
  return (
    <div className={classes['panel']}>
      <table className={classes['grid']} data-columns={columns.length}>
        <thead>
          <tr>
            <th scope="col" className={classes['channel']}>
              <span className={classes['hidden']}>Channel</span>
            </th>
            {columns.map((column) => (
              <th key={boxOf('sms', column)} scope="col">
                {categoryLabel(column)}
                <Text size="xs" c="dimmed">
                  {topicOf(column, vehicles)}
                </Text>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {channels.map((channel) => (
            <tr key={channel.channel}>
              <th scope="row" className={classes['channel']}>
                {channel.label}
                <ContactLine contact={channel.contact} />
              </th>
              {channel.cells.map((cell) => (
                <td key={boxOf(channel.channel, cell)} data-column={cell.company ?? categoryLabel(cell)}>
                  <AnswerCell
                    channel={channel}
                    cell={cell}
                    said={held.holds}
                    ask={() => ask({ channel, cell })}
                  />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface AnswerCellProps {
  readonly channel: PreferenceChannel;
  readonly cell: PreferenceCell;
  /** What the panel says of every answer already. */
  readonly said: readonly string[];
  readonly ask: () => void;
}

function AnswerCell({ channel, cell, said, ask }: AnswerCellProps): ReactNode {
  const why = cell.reasons.map(({ sentence }) => sentence).join(' ');
  return (
    // Within the panel, so that what it says is no stray text outside every landmark.
    <Tooltip
      label={why}
      multiline={true}
      maw={320}
      withinPortal={false}
      events={{ hover: true, focus: true, touch: false }}
    >
      <button type="button" className={classes['why']} onClick={ask}>
        <span className={classes['hidden']}>Why? {boxLabel(channel, cell)}: </span>
        <span className={classes['answer']}>
          <YesNo yes={cell.verdict === 'allow'} />
          <StateBadge state={cell.state}>{cell.stateWords}</StateBadge>
        </span>
        {[cell.detail, whyNotAllTheSame(cell, said)]
          .filter((words) => words !== null)
          .map((words) => (
            <Text key={words} span display="block" size="xs" c="dimmed">
              {words}
            </Text>
          ))}
      </button>
    </Tooltip>
  );
}

const refusals: ReadonlySet<string> = new Set(['said_no', 'withdrawn', 'not_asked']);

/** Where what is held would be a yes and the answer is no, the first reason is said at once; once, where it is of all. */
function whyNotAllTheSame(
  { verdict, state, reasons }: PreferenceCell,
  said: readonly string[],
): string | null {
  const why = reasons[0]?.sentence ?? null;
  return verdict === 'allow' || refusals.has(state) || (why !== null && said.includes(why)) ? null : why;
}
