import { Alert, Radio, Stack, Text, TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import { assumeLegitimateInterestWarning } from '../../../../src/domain/policy-warning.ts';
import type { PolicyName } from './policy.ts';
import { policyMeanings, policyNames } from './policy.ts';

export interface ChosenPolicy {
  /** Null until somebody chose. */
  readonly policy: PolicyName | null;
  readonly acceptedBy: string;
}

interface PolicyChoiceProps {
  readonly chosen: ChosenPolicy;
  readonly choose: (chosen: ChosenPolicy) => void;
  readonly acceptedByError?: string | null;
  readonly error?: string | null;
}

const order = ['pecr_strict', 'assume_legitimate_interest'] as const;

/** The two readings, neither of them chosen beforehand; the second asks for the name of whoever answers for it. */
export function PolicyChoice({ chosen, choose, acceptedByError, error }: PolicyChoiceProps): ReactNode {
  return (
    <Stack>
      <Radio.Group
        label="How is it read that somebody did not opt out?"
        value={chosen.policy}
        onChange={(value) =>
          choose({ ...chosen, policy: order.find((each) => each === value) ?? chosen.policy })
        }
        error={error}
      >
        <Stack gap="sm" mt="xs">
          {order.map((name) => (
            <Radio
              key={name}
              value={name}
              data-autofocus={name === chosen.policy || undefined}
              label={name === 'pecr_strict' ? `${policyNames[name]} (recommended)` : policyNames[name]}
              description={policyMeanings[name]}
            />
          ))}
        </Stack>
      </Radio.Group>
      {chosen.policy === 'assume_legitimate_interest' && (
        <>
          <Alert color="yellow" variant="light" role="note">
            <Text c="var(--text)" fw={700}>
              Read this first
            </Text>
            <Text c="var(--text)">{assumeLegitimateInterestWarning}</Text>
          </Alert>
          <TextInput
            label="Full name of the person who accepts this"
            description="It is kept with the policy, and with the warning as it stands here."
            value={chosen.acceptedBy}
            onChange={(event) => choose({ ...chosen, acceptedBy: event.currentTarget.value })}
            error={acceptedByError}
            maw="26rem"
            autoComplete="off"
          />
        </>
      )}
    </Stack>
  );
}
