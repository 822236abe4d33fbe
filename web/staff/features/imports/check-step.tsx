import { Alert, Button, Paper, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useState } from 'react';
import type { ImportPlan } from '../../../../src/features/imports/contract.ts';
import { read } from '../../shared/api.ts';
import { ApiProblem, sentenceOf } from '../../shared/api-problem.ts';
import { sayCount } from '../../shared/numbers.ts';
import { policyQuery } from '../../shared/policy/policy.ts';
import { queryClient } from '../../shared/query-client.ts';
import { LoadingState } from '../../shared/states.tsx';
import { filesOfDraft } from './drafts.ts';
import { FirstPolicy } from './first-policy.tsx';
import { ImportTotals } from './import-totals.tsx';
import classes from './imports.module.css';
import type { ImportFiles } from './imports.ts';
import { importQuery, startImport } from './imports.ts';
import { PermittedTable } from './permitted-table.tsx';
import { RowRemarks } from './row-remarks.tsx';
import type { DraftAtHand } from './use-draft.ts';
import type { WizardStep } from './wizard-steps.ts';

interface StepProps {
  readonly atHand: DraftAtHand;
  readonly go: (step: WizardStep) => void;
}

/** A dry run: what would happen, under each policy. Nothing is changed before the button is pressed. */
export function CheckStep({ atHand, go }: StepProps): ReactNode {
  const files = filesOfDraft(atHand.draft);
  const { data, error, refetch, isFetching } = useQuery({
    queryKey: ['/imports:plan', files],
    queryFn: ({ signal }) => read<ImportPlan>('/imports:plan', { body: files, signal }),
    enabled: files !== null,
    staleTime: Number.POSITIVE_INFINITY,
    refetchOnWindowFocus: false,
  });
  if (files === null) return null;
  if (error !== null && !isFetching) {
    return <Refused error={error} go={go} tryAgain={() => void refetch()} />;
  }
  if (data === undefined || error !== null) {
    return (
      <Paper component="section" ta="center">
        <LoadingState what="Looking through the files" />
        <Text>Looking through the files, and changing nothing. A million rows take minutes.</Text>
      </Paper>
    );
  }
  return <Plan plan={data} files={files} forget={atHand.forget} go={go} />;
}

function Refused({
  error,
  go,
  tryAgain,
}: {
  readonly error: unknown;
  readonly go: (step: WizardStep) => void;
  readonly tryAgain: () => void;
}): ReactNode {
  const code = error instanceof ApiProblem ? error.code : '';
  const isOfColumns = code === 'mapping-does-not-fit';
  return (
    <Stack>
      <Alert color="red" variant="light" role="alert">
        <Text c="var(--text)" fw={700}>
          These files cannot be imported as they are
        </Text>
        <Text c="var(--text)">{sentenceOf(error)}</Text>
      </Alert>
      <div className={classes['actions']}>
        <Button onClick={() => go(isOfColumns ? 'columns' : 'files')}>
          {isOfColumns ? 'Back to the columns' : 'Back to the files'}
        </Button>
        <Button variant="default" onClick={tryAgain}>
          Try again
        </Button>
      </div>
    </Stack>
  );
}

interface PlanProps {
  readonly plan: ImportPlan;
  readonly files: ImportFiles;
  readonly forget: () => void;
  readonly go: (step: WizardStep) => void;
}

function Plan({ plan, files, forget, go }: PlanProps): ReactNode {
  const { totals, permitted, firstRejects, carriesOldFlags, alreadyImported } = plan;
  const { data: policy } = useQuery(policyQuery);
  const isPolicyMissing = carriesOldFlags && policy?.chosenExplicitly !== true;
  return (
    <Stack>
      {alreadyImported && (
        <Alert color="petrol" variant="light">
          <Text c="var(--text)" fw={700}>
            These files were imported before
          </Text>
          <Text c="var(--text)">Importing them again would change nothing.</Text>
        </Alert>
      )}
      <ImportTotals totals={totals} />
      <RowRemarks title="Rejected rows, the first of them" remarks={firstRejects}>
        They are left out; after the import all of them can be downloaded, mended and imported by themselves.
      </RowRemarks>
      {carriesOldFlags && permitted.customers > 0 && (
        <PermittedTable permitted={permitted} hasVehicleFile={totals.vehicles.rows > 0} />
      )}
      {isPolicyMissing && policy !== undefined && <FirstPolicy />}
      <Begin
        label={`Import ${sayCount(totals.customers.created, 'customer')}`}
        files={files}
        forget={forget}
        go={go}
        isPolicyMissing={isPolicyMissing}
      />
    </Stack>
  );
}

interface BeginProps extends Pick<PlanProps, 'files' | 'forget' | 'go'> {
  readonly label: string;
  readonly isPolicyMissing: boolean;
}

function Begin({ label, files, forget, go, isPolicyMissing }: BeginProps): ReactNode {
  const navigate = useNavigate();
  const [fault, setFault] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const begin = async (): Promise<void> => {
    if (isPolicyMissing) {
      setFault(
        'Choose a policy first: the files carry old flags, and somebody has to say how they are read.',
      );
      return;
    }
    setFault(null);
    setBusy(true);
    try {
      const begun = await startImport(files);
      forget();
      queryClient.setQueryData(importQuery(begun.importId).queryKey, begun);
      await queryClient.invalidateQueries({ queryKey: ['/imports', {}] });
      await navigate({ to: '/imports/$id', params: { id: begun.importId } });
    } catch (error) {
      setFault(sentenceOf(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <Paper component="section" aria-label="Import">
      <Title order={2} mb="xs">
        Import them?
      </Title>
      <Text mb="sm">
        An import can add a no; it never turns a no into a yes. It can be taken back as a whole.
      </Text>
      {fault !== null && (
        <Alert color="red" variant="light" role="alert" mb="sm">
          <Text c="var(--text)">{fault}</Text>
        </Alert>
      )}
      <div className={classes['actions']}>
        <Button onClick={() => void begin()} loading={isBusy}>
          {label}
        </Button>
        <Button variant="default" onClick={() => go('files')}>
          Back to the files
        </Button>
      </div>
    </Paper>
  );
}
