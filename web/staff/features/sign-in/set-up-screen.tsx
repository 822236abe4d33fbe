import { Alert, Button, PasswordInput, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useQuery } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useState } from 'react';
import type { Session, SetUpState } from '../../../../src/features/users/contract.ts';
import { ask, read } from '../../shared/api.ts';
import { fieldErrorsOf, sentenceOf } from '../../shared/api-problem.ts';
import { beginSession } from '../../shared/session.ts';
import { EmptyState, ErrorState, LoadingState } from '../../shared/states.tsx';
import { WhenText } from '../../shared/when-text.tsx';
import { DoorPage } from './door-page.tsx';

/** The first administrator of a new installation. The token stays behind the #, so that no log ever sees it. */
export function SetUpScreen(): ReactNode {
  const [token] = useState(() => location.hash.slice(1));
  const { data, error, refetch } = useQuery({
    queryKey: ['/set-up:check', token],
    queryFn: ({ signal }) => read<SetUpState>('/set-up:check', { body: { token }, signal }),
    enabled: token !== '',
    staleTime: Number.POSITIVE_INFINITY,
  });
  if (token === '') {
    return (
      <DoorPage title="Set up Navigator">
        <EmptyState title="This address is not complete">
          Open the whole link that Navigator printed when it started, with everything behind the #.
        </EmptyState>
      </DoorPage>
    );
  }
  if (data === undefined) {
    return (
      <DoorPage title="Set up Navigator">
        {error === null ? <LoadingState /> : <ErrorState error={error} tryAgain={() => void refetch()} />}
      </DoorPage>
    );
  }
  return (
    <DoorPage
      title="Set up Navigator"
      subtitle={
        <>
          You become the first administrator of {data.dealer.name}. This link works until{' '}
          <WhenText when={data.validUntil} withTime={true} />.
        </>
      }
    >
      <FirstAdministrator token={token} />
    </DoorPage>
  );
}

function FirstAdministrator({ token }: { readonly token: string }): ReactNode {
  const router = useRouter();
  const [problem, setProblem] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const form = useForm({
    initialValues: { fullName: '', username: '', password: '' },
    validate: {
      fullName: (value) => (value.trim() === '' ? 'Give your full name.' : null),
      username: (value) => (value.trim() === '' ? 'Choose a username.' : null),
      password: (value) => (value === '' ? 'Choose a password.' : null),
    },
  });
  const submit = form.onSubmit(async (values) => {
    setBusy(true);
    setProblem(null);
    try {
      const { body } = await ask<Session>('/set-up', { body: { token, ...values } });
      beginSession(body);
      await router.navigate({ to: '/', replace: true });
    } catch (error) {
      const fields = fieldErrorsOf(error);
      form.setErrors(fields);
      if (Object.keys(fields).length === 0) setProblem(sentenceOf(error));
    } finally {
      setBusy(false);
    }
  });
  return (
    <form onSubmit={submit} noValidate={true}>
      <Stack>
        {problem !== null && (
          <Alert color="red" variant="light" role="alert">
            {problem}
          </Alert>
        )}
        <TextInput
          label="Full name"
          autoComplete="name"
          data-autofocus={true}
          {...form.getInputProps('fullName')}
        />
        <TextInput
          label="Username"
          description="Letters, digits, dots, dashes and underscores"
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          {...form.getInputProps('username')}
        />
        <PasswordInput
          label="Password"
          description="At least 12 characters; three words of your own are a good one"
          autoComplete="new-password"
          visibilityToggleButtonProps={{ 'aria-label': 'Show the password', tabIndex: 0 }}
          {...form.getInputProps('password')}
        />
        <Button type="submit" loading={isBusy}>
          Begin
        </Button>
      </Stack>
    </form>
  );
}
