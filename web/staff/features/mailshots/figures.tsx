import { Button, Group, Paper, Progress, Stack, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { useEffect, useState } from 'react';
import type { GivenSelection } from '../../../../src/features/mailshots/contract.ts';
import { EmptyState, ErrorState, LoadingState } from '../../shared/states.tsx';
import { WhenText } from '../../shared/when-text.tsx';
import type { Counted, SelectionWarning, useCount } from './answers.ts';
import { FiguresTable } from './figures-table.tsx';
import classes from './mailshots.module.css';
import { byChannelWords, grouped } from './words.ts';

interface FiguresProps {
  /** Null while category or channel is missing. */
  readonly selection: GivenSelection | null;
  readonly answer: ReturnType<typeof useCount>;
  readonly openPeople: (who: string) => void;
}

/** How many match, how many may be contacted, and why the others not: first the answer, large. */
export function Figures({ selection, answer, openPeople }: FiguresProps): ReactNode {
  const { data, error, isFetching, refetch } = answer;
  return (
    <Paper component="section" aria-label="How many" className={classes['figures'] ?? ''}>
      {selection === null ? (
        <EmptyState title="Say first what it is and how it goes">
          Nothing is counted before both are chosen: who may be contacted depends on them.
        </EmptyState>
      ) : error !== null ? (
        <ErrorState error={error} tryAgain={() => void refetch()} />
      ) : (
        <>
          {isFetching && <StillCounting key={JSON.stringify(selection)} />}
          {data === undefined ? (
            <LoadingState what="Counting" />
          ) : (
            <Answer
              selection={selection}
              counted={data}
              isFetching={isFetching}
              countAgain={() => void refetch()}
              openPeople={openPeople}
            />
          )}
        </>
      )}
    </Paper>
  );
}

interface AnswerProps {
  readonly selection: GivenSelection;
  readonly counted: Counted;
  readonly isFetching: boolean;
  readonly countAgain: () => void;
  readonly openPeople: (who: string) => void;
}

function Answer({ selection, counted, isFetching, countAgain, openPeople }: AnswerProps): ReactNode {
  const { count, milliseconds } = counted;
  return (
    <Stack data-stale={isFetching || undefined} className={classes['answer'] ?? ''} aria-busy={isFetching}>
      <Group justify="space-between" align="flex-end" gap="md">
        <div aria-live="polite" aria-atomic="true" className={classes['large']}>
          <Figure label="match" people={count.matching} />
          <Figure
            label={`may be contacted by ${byChannelWords[selection.channel]}`}
            people={count.permitted}
            isYes={true}
          />
        </div>
        <Text size="sm" c="dimmed" component="div">
          {(milliseconds / 1000).toFixed(2)} s, <WhenText when={count.asOf} withTime={true} />
          <Button variant="subtle" size="compact-xs" ml="xs" onClick={countAgain} disabled={isFetching}>
            Count again
          </Button>
        </Text>
      </Group>
      {count.matching === 0 ? (
        <EmptyState title="Nobody matches">Take out a condition, or make one wider.</EmptyState>
      ) : (
        <FiguresTable count={count} channel={selection.channel} openPeople={openPeople} />
      )}
      <Warnings warnings={count.warnings} />
    </Stack>
  );
}

function Figure(props: {
  readonly label: string;
  readonly people: number;
  readonly isYes?: boolean;
}): ReactNode {
  return (
    <p className={classes['figure']}>
      <span className={classes['figureLabel']}>{props.label}</span>{' '}
      <span className={classes['figureNumber']} data-yes={props.isYes || undefined}>
        {grouped(props.people)}
      </span>
    </p>
  );
}

/** What the law and good manners say of this very mailshot, in the words of the server. */
function Warnings({ warnings }: { readonly warnings: readonly SelectionWarning[] }): ReactNode {
  if (warnings.length === 0) return null;
  return (
    <section className={classes['warnings']} aria-labelledby="mind">
      <Title order={3} fz="md" id="mind">
        Before you send
      </Title>
      <ul>
        {warnings.map(({ code, sentence }) => (
          <li key={code}>{sentence}</li>
        ))}
      </ul>
    </section>
  );
}

/** Says that an answer is on its way once it takes more than a second, and for how long it has. */
function StillCounting(): ReactNode {
  const [seconds, setSeconds] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => setSeconds((before) => before + 1), 1_000);
    return () => clearInterval(timer);
  }, []);
  if (seconds === 0) return null;
  return (
    <div role="status" className={classes['counting']}>
      <Progress value={100} animated={true} size="xs" aria-label="Counting" />
      <Text size="sm" c="dimmed" mt={4}>
        Still counting, for {seconds} s. You can go on: the next change takes this one back.
      </Text>
    </div>
  );
}
