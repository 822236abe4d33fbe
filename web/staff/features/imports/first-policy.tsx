import { Button, Paper, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { fieldErrorsOf, sentenceOf } from '../../shared/api-problem.ts';
import { changePolicy } from '../../shared/policy/policy.ts';
import type { ChosenPolicy } from '../../shared/policy/policy-choice.tsx';
import { PolicyChoice } from '../../shared/policy/policy-choice.tsx';
import { useMay } from '../../shared/session.ts';
import { sayDone } from '../../shared/toast.tsx';

/** The choice that has to be made by somebody before old flags are brought in. */
export function FirstPolicy(): ReactNode {
  const mayChoose = useMay('policy:write');
  const [chosen, setChosen] = useState<ChosenPolicy>({ policy: null, acceptedBy: '' });
  const [faults, setFaults] = useState<{ policy?: string; acceptedBy?: string }>({});
  const [isBusy, setBusy] = useState(false);
  const save = async (): Promise<void> => {
    const missing = whatIsMissing(chosen);
    setFaults(missing);
    const { policy } = chosen;
    if (policy === null || Object.keys(missing).length > 0) return;
    setBusy(true);
    try {
      await changePolicy({
        settings: { policy },
        reason: 'Chosen at the upgrade, after seeing what each would permit.',
        ...(policy === 'pecr_strict' ? {} : { warningAcceptedBy: chosen.acceptedBy.trim() }),
      });
      sayDone('The policy is chosen. It can be changed later without importing anything again.');
    } catch (error) {
      const acceptedBy = fieldErrorsOf(error)['warningAcceptedBy'];
      setFaults(acceptedBy === undefined ? { policy: sentenceOf(error) } : { acceptedBy });
    } finally {
      setBusy(false);
    }
  };
  return (
    <Paper component="section">
      <Title order={2} mb="xs">
        Choose a policy
      </Title>
      <Text mb="sm">
        Nobody has chosen one yet. The facts are stored once and judged when something is sent, so that it can
        be changed later.
      </Text>
      {mayChoose ? (
        <>
          <PolicyChoice
            chosen={chosen}
            choose={setChosen}
            error={faults.policy ?? null}
            acceptedByError={faults.acceptedBy ?? null}
          />
          <Button mt="md" variant="default" onClick={() => void save()} loading={isBusy}>
            Choose this policy
          </Button>
        </>
      ) : (
        <Text>Your role does not include that: ask whoever answers for data protection.</Text>
      )}
    </Paper>
  );
}

function whatIsMissing({ policy, acceptedBy }: ChosenPolicy): { policy?: string; acceptedBy?: string } {
  if (policy === null) return { policy: 'Choose one of the two.' };
  if (policy === 'assume_legitimate_interest' && acceptedBy.trim() === '') {
    return { acceptedBy: 'Give the full name of the person who accepts the warning.' };
  }
  return {};
}
