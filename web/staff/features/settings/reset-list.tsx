import { Alert, Button, Paper, Progress, Stack, Text, Title } from '@mantine/core';
import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useEffect, useState } from 'react';
import { read } from '../../shared/api.ts';
import { sentenceOf } from '../../shared/api-problem.ts';
import { useConfirm } from '../../shared/confirm.tsx';
import { sayCount, sayNumber } from '../../shared/numbers.ts';
import { ShowMore } from '../../shared/show-more.tsx';
import { EmptyState, ErrorState, LoadingState } from '../../shared/states.tsx';
import { WhenText } from '../../shared/when-text.tsx';
import type { Reset, ResetPage } from './resets.ts';
import { resetStateWords, startReset, undoReset } from './resets.ts';

const askedAgainAfter = 1_000;

/** Every reset, how far it is, and the way to undo it. */
export function ResetList(): ReactNode {
  const pages = useInfiniteQuery({
    queryKey: ['/resets'],
    queryFn: ({ pageParam, signal }) => read<ResetPage>('/resets', { query: { cursor: pageParam }, signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.nextCursor,
    refetchInterval: ({ state }) =>
      state.data?.pages.some(({ resets }) => resets.some(({ atWork }) => atWork)) === true
        ? askedAgainAfter
        : false,
  });
  const { data, error, refetch } = pages;
  const resets = data?.pages.flatMap((page) => page.resets) ?? [];
  return (
    <Paper component="section">
      <Title order={2} mb="xs">
        Resets
      </Title>
      {error !== null && data === undefined && <ErrorState error={error} tryAgain={() => void refetch()} />}
      {data === undefined && error === null && <LoadingState />}
      {data !== undefined && resets.length === 0 && (
        <EmptyState title="Nothing was reset yet">
          A reset is for starting over: nobody is contacted on an assumption any more, and everybody is asked.
        </EmptyState>
      )}
      <Stack>
        {resets.map((reset) => (
          <ResetEntry key={reset.resetId} reset={reset} />
        ))}
      </Stack>
      <ShowMore pages={pages} />
    </Paper>
  );
}

function ResetEntry({ reset }: { readonly reset: Reset }): ReactNode {
  const { run, fault, isBusy } = useResetActing();
  const confirm = useConfirm();
  const queries = useQueryClient();
  const { status, atWork, records, reason } = reset;
  // biome-ignore lint/correctness/useExhaustiveDependencies: another state of a reset is another answer to what may be done.
  useEffect(() => {
    void queries.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== '/resets' });
  }, [status]);
  const undo = async (): Promise<void> => {
    const isSure = await confirm({
      title: 'Undo this reset?',
      body: `Permissions of ${sayCount(reset.recordsReset, 'customer')} become what they were, by further entries. What they said since stays.`,
      confirm: 'Undo the reset',
    });
    if (isSure) await run(() => undoReset(reset.resetId));
  };
  const goOn = (): Promise<void> =>
    run(() =>
      status === 'undoing'
        ? undoReset(reset.resetId)
        : startReset({ keepConsent: reset.keepConsent, reason, confirmation: `RESET ${records} RECORDS` }),
    );
  const isUnderWay = status === 'running' || status === 'undoing';
  return (
    <div>
      <Text fw={700}>
        {resetStateWords(reset)}: {sayCount(records, 'customer')},{' '}
        {reset.keepConsent ? 'explicit consents kept' : 'explicit consents cleared, too'}
      </Text>
      <Text>{reason}</Text>
      <Text size="sm" c="dimmed">
        Begun <WhenText when={reset.requestedAt} withTime={true} /> by {reset.requestedByName}
        {reset.undoneAt !== null && (
          <>
            , undone <WhenText when={reset.undoneAt} withTime={true} />
          </>
        )}
      </Text>
      {isUnderWay && <ResetProgress reset={reset} />}
      {fault !== null && (
        <Alert color="red" variant="light" role="alert" mt="xs">
          <Text c="var(--text)">{fault}</Text>
        </Alert>
      )}
      {isUnderWay && !atWork && (
        <Button mt="xs" mr="xs" size="xs" onClick={() => void goOn()} loading={isBusy}>
          Go on
        </Button>
      )}
      {(status === 'finished' || (status === 'running' && !atWork)) && (
        <Button mt="xs" size="xs" variant="default" onClick={() => void undo()} loading={isBusy}>
          Undo
        </Button>
      )}
    </div>
  );
}

function ResetProgress({ reset }: { readonly reset: Reset }): ReactNode {
  const { status, atWork, records, recordsReset, recordsRestored } = reset;
  const whole = status === 'undoing' ? recordsReset : records;
  const done = status === 'undoing' ? recordsRestored : recordsReset;
  const words = `${sayNumber(done)} of ${sayNumber(whole)} ${status === 'undoing' ? 'restored' : 'reset'}`;
  return (
    <>
      <Text role="status" mt="xs">
        {words}
      </Text>
      <Progress
        value={whole === 0 ? 100 : (100 * done) / whole}
        animated={atWork}
        aria-label={status === 'undoing' ? 'Undoing the reset' : 'Reset'}
      />
    </>
  );
}

function useResetActing() {
  const queries = useQueryClient();
  const [fault, setFault] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const run = async (work: () => Promise<Reset>): Promise<void> => {
    setBusy(true);
    setFault(null);
    try {
      await work();
    } catch (error) {
      setFault(sentenceOf(error));
    } finally {
      setBusy(false);
      await queries.invalidateQueries({ queryKey: ['/resets'] });
    }
  };
  return { run, fault, isBusy };
}
