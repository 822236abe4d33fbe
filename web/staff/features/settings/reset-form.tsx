import {
  Alert,
  Button,
  Group,
  List,
  Paper,
  Radio,
  Stack,
  Text,
  Textarea,
  TextInput,
  Title,
} from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { read } from '../../shared/api.ts';
import { fieldErrorsOf, sentenceOf } from '../../shared/api-problem.ts';
import { sayCount, sayNumber } from '../../shared/numbers.ts';
import { ErrorState, LoadingState } from '../../shared/states.tsx';
import type { ResetPlan } from './resets.ts';
import { startReset } from './resets.ts';

/** Keep or clear has to be said; only then it is counted, and only what was counted can be confirmed. */
export function ResetForm({ close }: { readonly close: () => void }): ReactNode {
  const [keepConsent, setKeepConsent] = useState<boolean | null>(null);
  const { data, error, refetch, isFetching } = useQuery({
    queryKey: ['/resets:plan', keepConsent],
    queryFn: ({ signal }) => read<ResetPlan>('/resets:plan', { body: { keepConsent }, signal }),
    enabled: keepConsent !== null,
    // What is confirmed must be what stands now.
    staleTime: 0,
    gcTime: 0,
    refetchOnWindowFocus: false,
  });
  return (
    <Paper component="section" aria-label="Prepare a reset">
      <Stack>
        <Radio.Group
          label="What becomes of those who said yes themselves?"
          value={keepConsent === null ? null : keepConsent ? 'keep' : 'clear'}
          onChange={(value) => setKeepConsent(value === 'keep')}
        >
          <Stack gap="xs" mt="xs">
            <Radio
              value="keep"
              label="Keep explicit consents"
              description="Only assumptions and other grounds end."
            />
            <Radio
              value="clear"
              label="Clear explicit consents, too"
              description="Everybody has to be asked again, also those who agreed."
            />
          </Stack>
        </Radio.Group>
        {error !== null && <ErrorState error={error} tryAgain={() => void refetch()} />}
        {keepConsent !== null && data === undefined && isFetching && (
          <LoadingState what="Counting what would change" />
        )}
        {keepConsent !== null && data !== undefined && (
          <>
            <PlanCounts plan={data} />
            {data.records > 0 && <Confirmation key={data.confirmation} plan={data} close={close} />}
          </>
        )}
        <div>
          <Button variant="default" onClick={close}>
            Cancel
          </Button>
        </div>
      </Stack>
    </Paper>
  );
}

function PlanCounts({ plan }: { readonly plan: ResetPlan }): ReactNode {
  const { records, assumed, permissions, consentsKept, keepConsent } = plan;
  if (records === 0)
    return <Text role="status">No record has a permission that would end: there is nothing to reset.</Text>;
  return (
    <div role="status">
      <Title order={2}>{sayCount(records, 'customer')} would be reset</Title>
      <List>
        <List.Item>{sayCount(assumed, 'assumption')} of the upgrade would end.</List.Item>
        <List.Item>
          {keepConsent
            ? `${sayCount(consentsKept, 'explicit consent')} would stay.`
            : `${sayCount(permissions.consent, 'explicit consent')} would end.`}
        </List.Item>
        <List.Item>
          {sayNumber(permissions.soft_opt_in)} by the existing-customer rule and{' '}
          {sayNumber(permissions.legitimate_interest)} by a legitimate interest would end.
        </List.Item>
        <List.Item>Every no stays: objections, withdrawals, and old opt-outs.</List.Item>
      </List>
    </div>
  );
}

function Confirmation({ plan, close }: { readonly plan: ResetPlan; readonly close: () => void }): ReactNode {
  const queries = useQueryClient();
  const [reason, setReason] = useState('');
  const [typed, setTyped] = useState('');
  const [faults, setFaults] = useState<Readonly<Record<string, string>>>({});
  const [isBusy, setBusy] = useState(false);
  const reset = async (): Promise<void> => {
    const missing = whatIsMissing(reason, typed, plan.confirmation);
    setFaults(missing);
    if (Object.keys(missing).length > 0) return;
    setBusy(true);
    try {
      await startReset({ keepConsent: plan.keepConsent, reason: reason.trim(), confirmation: typed.trim() });
      await queries.invalidateQueries();
      close();
    } catch (error) {
      const errors = fieldErrorsOf(error);
      setFaults(Object.keys(errors).length === 0 ? { all: sentenceOf(error) } : errors);
      await queries.invalidateQueries({ queryKey: ['/resets:plan'] });
    } finally {
      setBusy(false);
    }
  };
  return (
    <>
      <Textarea
        label="Why"
        description="For the record. No names of customers."
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
        error={faults['reason']}
        autosize={true}
        minRows={2}
        maw="34rem"
      />
      <TextInput
        label={`Type ${plan.confirmation} to confirm`}
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
        error={faults['confirmation']}
        spellCheck={false}
        maw="34rem"
      />
      {faults['all'] !== undefined && (
        <Alert color="red" variant="light" role="alert">
          <Text c="var(--text)">{faults['all']}</Text>
        </Alert>
      )}
      <Group>
        <Button color="red.9" onClick={() => void reset()} loading={isBusy}>
          Reset {sayCount(plan.records, 'customer')}
        </Button>
        <Text size="sm" c="dimmed">
          It can be undone.
        </Text>
      </Group>
    </>
  );
}

function whatIsMissing(reason: string, typed: string, confirmation: string): Record<string, string> {
  return {
    ...(reason.trim() === '' ? { reason: 'Say why, for the record.' } : {}),
    ...(typed.trim() === confirmation ? {} : { confirmation: `Type it letter by letter: ${confirmation}` }),
  };
}
