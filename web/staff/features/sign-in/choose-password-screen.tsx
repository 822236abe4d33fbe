import { Alert, Button, PasswordInput, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useQuery } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useState } from 'react';
import type {
  PasswordChoice,
  PasswordResetState,
} from '../../../../src/features/users/password-reset/contract.ts';
import { ask, read } from '../../shared/api.ts';
import { besideFields, useSubmission } from '../../shared/form-dialog.tsx';
import { EmptyState, ErrorState, LoadingState } from '../../shared/states.tsx';
import { sayDone } from '../../shared/toast.tsx';
import { WhenText } from '../../shared/when-text.tsx';
import { DoorPage } from './door-page.tsx';

const title = 'Choose a password';

/** Where the link of a password reset leads. The token stays behind the #, so that no log ever sees it. */
export function ChoosePasswordScreen(): ReactNode {
  const [token] = useState(() => location.hash.slice(1));
  const { data, error, refetch } = useQuery({
    queryKey: ['/password-reset:check', token],
    queryFn: ({ signal }) => read<PasswordResetState>('/password-reset:check', { body: { token }, signal }),
    enabled: token !== '',
    staleTime: Number.POSITIVE_INFINITY,
  });
  if (token === '') {
    return (
      <DoorPage title={title}>
        <EmptyState title="This address is not complete">
          Open the whole link that you were given, with everything behind the #.
        </EmptyState>
      </DoorPage>
    );
  }
  if (data === undefined) {
    return (
      <DoorPage title={title}>
        {error === null ? <LoadingState /> : <ErrorState error={error} tryAgain={() => void refetch()} />}
      </DoorPage>
    );
  }
  return (
    <DoorPage
      title={title}
      subtitle={
        <>
          This link works once, until <WhenText when={data.validUntil} withTime={true} />.
        </>
      }
    >
      <Choice token={token} username={data.username} />
    </DoorPage>
  );
}

function Choice({ token, username }: { readonly token: string; readonly username: string }): ReactNode {
  const router = useRouter();
  const submission = useSubmission();
  const form = useForm({
    initialValues: { password: '' },
    validate: { password: (value) => (value === '' ? 'Choose a password.' : null) },
  });
  const submit = form.onSubmit(({ password }) =>
    submission.run(async () => {
      const body: PasswordChoice = { token, password };
      await ask('/password-reset', { body });
      sayDone('Your password is set: sign in with it.');
      await router.navigate({ to: '/sign-in', replace: true });
    }, besideFields(form)),
  );
  return (
    <form onSubmit={submit} noValidate={true}>
      <Stack>
        {submission.problem !== null && (
          <Alert color="red" variant="light" role="alert">
            {submission.problem}
          </Alert>
        )}
        <TextInput label="Username" value={username} readOnly={true} autoComplete="username" />
        <PasswordInput
          label="New password"
          description="At least 12 characters; three words of your own are a good one"
          autoComplete="new-password"
          visibilityToggleButtonProps={{ 'aria-label': 'Show the password', tabIndex: 0 }}
          data-autofocus={true}
          {...form.getInputProps('password')}
        />
        <Button type="submit" loading={submission.isBusy}>
          Set the password
        </Button>
      </Stack>
    </form>
  );
}
