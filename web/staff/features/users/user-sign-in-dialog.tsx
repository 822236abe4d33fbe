import { Button, Group, Modal, Stack, Text, TextInput, Title } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useState } from 'react';
import type { User } from '../../../../src/features/users/contract.ts';
import type { OpenSessions } from '../../../../src/features/users/open-sessions/contract.ts';
import type { PasswordReset } from '../../../../src/features/users/password-reset/contract.ts';
import { ask, read } from '../../shared/api.ts';
import { useConfirm } from '../../shared/confirm.tsx';
import { dialogAbove, useIsThere } from '../../shared/presence.ts';
import { useReturnFocus } from '../../shared/return-focus.tsx';
import { SessionList } from '../../shared/session-list.tsx';
import { ErrorState, LoadingState } from '../../shared/states.tsx';
import { sayDone, sayFailed } from '../../shared/toast.tsx';
import { WhenText } from '../../shared/when-text.tsx';

interface UserSignInDialogProps {
  readonly user: User;
  readonly close: () => void;
}

/** How somebody else signs in: their password, their second factor, and where they are signed in. */
export function UserSignInDialog({ user, close }: UserSignInDialogProps): ReactNode {
  useReturnFocus();
  const isBelow = useIsThere(dialogAbove);
  return (
    <Modal
      opened={true}
      onClose={close}
      title={`How ${user.fullName} signs in`}
      size="lg"
      closeOnEscape={!isBelow}
    >
      <Stack gap="lg">
        <Password user={user} />
        <SecondFactor user={user} />
        <Sessions user={user} />
        <Group>
          <Button variant="default" onClick={close}>
            Close
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}

function Password({ user }: { readonly user: User }): ReactNode {
  const queries = useQueryClient();
  const confirm = useConfirm();
  const [reset, setReset] = useState<PasswordReset | null>(null);
  const begin = async (): Promise<void> => {
    const isSure = await confirm({
      title: `Reset the password of ${user.fullName}?`,
      body: 'The password until now is of no use any more, and they are signed out everywhere. You get a link to hand over, by which they choose a new one.',
      confirm: 'Reset the password',
      dangerous: true,
    });
    if (!isSure) return;
    try {
      setReset((await ask<PasswordReset>(`/users/${user.id}:reset-password`, { method: 'POST' })).body);
      await queries.invalidateQueries({ queryKey: ['/users'] });
    } catch (error) {
      sayFailed(error);
    }
  };
  return (
    <section aria-label="Password">
      <Title order={3}>Password</Title>
      {reset === null ? (
        <>
          <Text mb="xs">{passwordWords(user)}</Text>
          {user.disabledAt === null && (
            <Button variant="default" onClick={() => void begin()}>
              {user.resetUntil === null ? 'Reset the password' : 'Make another link'}
            </Button>
          )}
        </>
      ) : (
        <Link reset={reset} />
      )}
    </section>
  );
}

function passwordWords({ disabledAt, resetUntil }: User): ReactNode {
  if (disabledAt !== null) return 'This account may not sign in.';
  if (resetUntil === null) return 'Forgotten or seen by somebody? They choose a new one by a link.';
  return (
    <>
      A link was made, by which they choose a password until <WhenText when={resetUntil} withTime={true} />.
    </>
  );
}

/** Shown once: it is in the memory of this page alone. */
function Link({ reset }: { readonly reset: PasswordReset }): ReactNode {
  const [isCopied, setCopied] = useState(false);
  const link = `${location.origin}/choose-password#${reset.token}`;
  const copy = async (): Promise<void> => {
    await navigator.clipboard.writeText(link);
    setCopied(true);
  };
  return (
    <Stack gap="xs" align="flex-start">
      <Text>
        Hand this link over, in person or by telephone message. It works once, until{' '}
        <WhenText when={reset.validUntil} withTime={true} />, and is not shown again.
      </Text>
      <TextInput
        label="Link"
        w="100%"
        readOnly={true}
        value={link}
        onFocus={(event) => event.currentTarget.select()}
      />
      <Button onClick={() => void copy()}>{isCopied ? 'Copied' : 'Copy the link'}</Button>
    </Stack>
  );
}

function SecondFactor({ user }: { readonly user: User }): ReactNode {
  const queries = useQueryClient();
  const confirm = useConfirm();
  const take = async (): Promise<void> => {
    const isSure = await confirm({
      title: `Take the second factor of ${user.fullName} away?`,
      body: 'Do this when their telephone is lost and you are certain that it is they who ask. They are signed out everywhere, and their password alone lets in until they add another.',
      confirm: 'Take it away',
      dangerous: true,
    });
    if (!isSure) return;
    try {
      await ask(`/users/${user.id}/second-factor`, { method: 'DELETE' });
      sayDone(`The second factor of ${user.fullName} is taken away.`);
      await queries.invalidateQueries({ queryKey: ['/users'] });
    } catch (error) {
      sayFailed(error);
    }
  };
  return (
    <section aria-label="Second factor">
      <Title order={3}>Second factor</Title>
      {user.secondFactorSince === null ? (
        <Text>None: their password alone lets in.</Text>
      ) : (
        <>
          <Text mb="xs">
            On since <WhenText when={user.secondFactorSince} />.
          </Text>
          <Button variant="default" c="var(--no)" onClick={() => void take()}>
            Take it away
          </Button>
        </>
      )}
    </section>
  );
}

function Sessions({ user }: { readonly user: User }): ReactNode {
  const queries = useQueryClient();
  const path = `/users/${user.id}/sessions`;
  const { data, error, refetch } = useQuery({
    queryKey: ['/users', user.id, 'sessions'],
    queryFn: ({ signal }) => read<OpenSessions>(path, { signal }),
  });
  const end = async (address: string): Promise<void> => {
    try {
      await ask(address, { method: 'DELETE' });
      sayDone('Signed out, at once.');
    } catch (problem) {
      sayFailed(problem);
    }
    await queries.invalidateQueries({ queryKey: ['/users'] });
  };
  const sessions = data?.sessions ?? [];
  return (
    <section aria-label="Where they are signed in">
      <Title order={3}>Where they are signed in</Title>
      {error !== null && <ErrorState error={error} tryAgain={() => void refetch()} />}
      {data === undefined && error === null && <LoadingState />}
      {data !== undefined && sessions.length === 0 && <Text>Nowhere at the moment.</Text>}
      <SessionList sessions={sessions} end={({ id }) => void end(`${path}/${id}`)} />
      {sessions.length > 1 && (
        <Button mt="xs" variant="default" onClick={() => void end(path)}>
          Sign them out everywhere
        </Button>
      )}
    </section>
  );
}
