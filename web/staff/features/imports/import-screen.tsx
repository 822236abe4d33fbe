import { Alert, Button, Paper, Progress, Stack, Text, Title } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useEffect, useState } from 'react';
import { sentenceOf } from '../../shared/api-problem.ts';
import { useConfirm } from '../../shared/confirm.tsx';
import { sayCount, sayNumber } from '../../shared/numbers.ts';
import { Screen } from '../../shared/screen.tsx';
import { ErrorState, LoadingState } from '../../shared/states.tsx';
import { WhenText } from '../../shared/when-text.tsx';
import { ImportState } from './import-state.tsx';
import { ImportTotals } from './import-totals.tsx';
import type { Import } from './imports.ts';
import { goOnWith, importQuery, stateWords, takeBack } from './imports.ts';

const route = getRouteApi('/signed-in/imports/$id');

/** One import: how far it is, what it did, what it left out, and the way to take it back. */
export function ImportScreen(): ReactNode {
  const { id } = route.useParams();
  const { data, error, refetch } = useQuery(importQuery(id));
  const queries = useQueryClient();
  const status = data?.status;
  // biome-ignore lint/correctness/useExhaustiveDependencies: another state of this import is another list, and other customers.
  useEffect(() => {
    void queries.invalidateQueries({
      predicate: ({ queryKey }) => queryKey[0] !== '/imports' || queryKey[1] !== id,
    });
  }, [status]);
  if (error !== null && data === undefined)
    return <ErrorState error={error} tryAgain={() => void refetch()} />;
  if (data === undefined) return <LoadingState />;
  return <ImportRecord record={data} />;
}

function ImportRecord({ record }: { readonly record: Import }): ReactNode {
  const act = useActing(record);
  const { status, atWork, totals } = record;
  const isFinished = status === 'finished';
  const rejected = totals.customers.rejected + totals.vehicles.rejected;
  return (
    <Screen
      title={titleOf(record)}
      documentTitle="Import"
      subtitle={
        <>
          <ImportState state={record}>{stateWords(record)}</ImportState> · begun{' '}
          <WhenText when={record.startedAt} withTime={true} /> by {record.startedByName}
        </>
      }
      actions={
        isFinished && (
          <>
            {rejected > 0 && (
              <Button
                component="a"
                href={`/api/v1/imports/${record.importId}/rejects`}
                download={true}
                variant="default"
              >
                Download {sayCount(rejected, 'rejected row')}
              </Button>
            )}
            <Button variant="default" c="var(--no)" onClick={() => void act.takeBack()} loading={act.isBusy}>
              Take it back
            </Button>
          </>
        )
      }
    >
      <Stack>
        {act.fault !== null && (
          <Alert color="red" variant="light" role="alert">
            <Text c="var(--text)">{act.fault}</Text>
          </Alert>
        )}
        {(status === 'running' || status === 'reversing') && (
          <UnderWay record={record} goOn={atWork ? null : () => void act.goOn()} isBusy={act.isBusy} />
        )}
        {status === 'reversed' && <WhatWasTakenBack record={record} />}
        <ImportTotals totals={totals} />
      </Stack>
    </Screen>
  );
}

function titleOf({ status, totals }: Import): string {
  const customers = sayCount(totals.customers.created, 'customer');
  if (status === 'reversed') return `${customers} imported and taken back`;
  return `${customers} imported`;
}

function UnderWay(props: {
  readonly record: Import;
  /** Null while it is at work. */
  readonly goOn: (() => void) | null;
  readonly isBusy: boolean;
}): ReactNode {
  const { record, goOn, isBusy } = props;
  const { customers, vehicles } = record.totals;
  const isReversing = record.status === 'reversing';
  const rows = `${sayCount(customers.rows, 'customer row')} and ${sayCount(vehicles.rows, 'vehicle row')}`;
  return (
    <Paper component="section" aria-label="Progress">
      {goOn === null ? (
        <>
          <Text role="status" mb="xs">
            {isReversing ? 'It is being taken back.' : `${rows} so far. You may leave this page: it goes on.`}
          </Text>
          <Progress value={100} animated={true} aria-label={isReversing ? 'Taking back' : 'Import'} />
        </>
      ) : (
        <>
          <Title order={2}>It was interrupted</Title>
          <Text mb="sm">
            {isReversing ? 'A part of it is taken back.' : `${rows} are in.`} It goes on where it ended.
          </Text>
          <Button onClick={goOn} loading={isBusy}>
            Go on
          </Button>
        </>
      )}
    </Paper>
  );
}

function WhatWasTakenBack({ record: { totals, reversedAt } }: { readonly record: Import }): ReactNode {
  const { reversal } = totals;
  return (
    <Paper component="section">
      <Title order={2} mb="xs">
        Taken back {reversedAt !== null && <WhenText when={reversedAt} withTime={true} />}
      </Title>
      {reversal !== undefined && (
        <Text>
          {sayCount(reversal.removed, 'customer')} removed and{' '}
          {sayCount(reversal.corrected, 'entry', 'entries')} of the ledger made void, by further entries.{' '}
          {reversal.kept > 0 &&
            `${sayNumber(reversal.kept)} stay because somebody has worked with them since: ${reversal.keptCustomerNumbers.join(', ')}.`}
        </Text>
      )}
      <Text mt="xs" c="dimmed">
        What it had brought in stands below.
      </Text>
    </Paper>
  );
}

function useActing(record: Import) {
  const queries = useQueryClient();
  const confirm = useConfirm();
  const [fault, setFault] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const run = async (work: () => Promise<Import>): Promise<void> => {
    setBusy(true);
    setFault(null);
    try {
      queries.setQueryData(importQuery(record.importId).queryKey, await work());
    } catch (error) {
      setFault(sentenceOf(error));
    } finally {
      setBusy(false);
    }
  };
  return {
    fault,
    isBusy,
    goOn: () => run(() => goOnWith(record)),
    takeBack: async () => {
      const isSure = await confirm({
        title: 'Take this import back?',
        body: (
          <>
            {sayCount(record.totals.customers.created, 'customer')} it brought in are removed, unless somebody
            has worked with them since. Permissions become what they were before, by further entries: nothing
            is erased from the ledger. The same files can be imported again.
          </>
        ),
        confirm: 'Take it back',
        dangerous: true,
      });
      if (isSure) await run(() => takeBack(record.importId));
    },
  };
}
