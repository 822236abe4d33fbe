import { Alert, Button, PasswordInput, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { getRouteApi, useRouter } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useRef, useState } from 'react';
import { sentenceOf } from '../../shared/api-problem.ts';
import { signIn } from '../../shared/session.ts';
import { DoorPage } from './door-page.tsx';

const route = getRouteApi('/sign-in');

export function SignInScreen(): ReactNode {
  const { next } = route.useSearch();
  const router = useRouter();
  const password = useRef<HTMLInputElement>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const form = useForm({
    initialValues: { username: '', password: '' },
    validate: {
      username: (value) => (value.trim() === '' ? 'Give your username.' : null),
      password: (value) => (value === '' ? 'Give your password.' : null),
    },
  });
  const submit = form.onSubmit(async (values) => {
    setBusy(true);
    try {
      await signIn(values.username, values.password);
      await router.invalidate();
      await router.navigate({ href: next ?? '/', replace: true });
    } catch (error) {
      setProblem(sentenceOf(error));
      form.setFieldValue('password', '');
      password.current?.focus();
    } finally {
      setBusy(false);
    }
  });
  return (
    <DoorPage title="Sign in">
      <form onSubmit={submit} noValidate={true}>
        <Stack>
          {problem !== null && (
            <Alert color="red" variant="light" role="alert">
              {problem}
            </Alert>
          )}
          <TextInput
            label="Username"
            autoComplete="username"
            autoCapitalize="none"
            spellCheck={false}
            data-autofocus={true}
            {...form.getInputProps('username')}
          />
          <PasswordInput
            ref={password}
            label="Password"
            autoComplete="current-password"
            visibilityToggleButtonProps={{ 'aria-label': 'Show the password', tabIndex: 0 }}
            {...form.getInputProps('password')}
          />
          <Button type="submit" loading={isBusy}>
            Sign in
          </Button>
        </Stack>
      </form>
    </DoorPage>
  );
}
