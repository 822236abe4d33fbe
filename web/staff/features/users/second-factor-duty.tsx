import { Button, Checkbox, Group, Paper, Text, Title } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useState } from 'react';
import type { Role } from '../../../../src/features/users/roles.ts';
import type { SignInPolicy } from '../../../../src/features/users/sign-in-policy/contract.ts';
import { ask, read } from '../../shared/api.ts';
import { roleWords } from '../../shared/role-words.ts';
import { useSessionAgain } from '../../shared/session.ts';
import { ErrorState, LoadingState } from '../../shared/states.tsx';
import { sayDone, sayFailed } from '../../shared/toast.tsx';
import { WhenText } from '../../shared/when-text.tsx';

/** Which roles sign in with a code of their telephone, too. */
export function SecondFactorDuty(): ReactNode {
  const { data, error, refetch } = useQuery({
    queryKey: ['/sign-in-policy'],
    queryFn: ({ signal }) => read<SignInPolicy>('/sign-in-policy', { signal }),
  });
  return (
    <Paper component="section" mt="md" aria-label="Who needs a second factor">
      <Title order={2} mb="xs">
        Who needs a second factor
      </Title>
      {error !== null && <ErrorState error={error} tryAgain={() => void refetch()} />}
      {data === undefined && error === null && <LoadingState />}
      {data !== undefined && <Choice key={data.version} policy={data} />}
    </Paper>
  );
}

function Choice({ policy }: { readonly policy: SignInPolicy }): ReactNode {
  const queries = useQueryClient();
  const askAgain = useSessionAgain();
  const [chosen, setChosen] = useState<string[]>(policy.secondFactorRoles);
  const [isBusy, setBusy] = useState(false);
  const isSame =
    chosen.length === policy.secondFactorRoles.length &&
    policy.secondFactorRoles.every((role) => chosen.includes(role));
  const save = async (): Promise<void> => {
    setBusy(true);
    try {
      const body = { secondFactorRoles: chosen };
      await ask('/sign-in-policy', { method: 'PATCH', body, ifMatch: `"${policy.version}"` });
      sayDone('Saved. It counts at once.');
    } catch (problem) {
      sayFailed(problem);
    }
    await queries.invalidateQueries({ queryKey: ['/sign-in-policy'] });
    await askAgain();
    setBusy(false);
  };
  return (
    <>
      <Text mb="sm">
        Who has such a role and no second factor can do nothing but add one, from their next press on.
      </Text>
      <Checkbox.Group value={chosen} onChange={setChosen} label="Roles">
        <Group gap="md" mt="xs" mb="sm">
          {(Object.keys(roleWords) as Role[]).map((role) => (
            <Checkbox key={role} value={role} label={roleWords[role]} />
          ))}
        </Group>
      </Checkbox.Group>
      <Group>
        <Button variant="default" disabled={isSame} loading={isBusy} onClick={() => void save()}>
          Save
        </Button>
        {policy.version > 1 && (
          <Text size="sm" c="dimmed">
            Chosen by {policy.setBy}, <WhenText when={policy.setAt} />
          </Text>
        )}
      </Group>
    </>
  );
}
