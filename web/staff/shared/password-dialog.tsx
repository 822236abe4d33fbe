import { Alert, Button, Group, Modal, PasswordInput, Stack } from '@mantine/core';
import { useForm } from '@mantine/form';
import type { ReactNode } from 'react';
import { useState } from 'react';
import type { PasswordChange, Session } from '../../../src/features/users/contract.ts';
import { ask } from './api.ts';
import { fieldErrorsOf, sentenceOf } from './api-problem.ts';
import { sayDone } from './toast.tsx';

const showPassword = { 'aria-label': 'Show the password', tabIndex: 0 } as const;

/** Everybody changes their own password; it signs them out on every other computer. */
export function PasswordDialog({ close }: { readonly close: () => void }): ReactNode {
  const [problem, setProblem] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const form = useForm<PasswordChange>({
    initialValues: { currentPassword: '', newPassword: '' },
    validate: {
      currentPassword: (value) => (value === '' ? 'Give the password you sign in with now.' : null),
      newPassword: (value) => (value === '' ? 'Choose a new password.' : null),
    },
  });
  const submit = form.onSubmit(async (fields) => {
    setBusy(true);
    setProblem(null);
    try {
      await ask<Session>('/session:change-password', { body: fields });
      sayDone('Your password is changed. You are signed out on every other computer.');
      close();
    } catch (error) {
      const { password, ...errors } = fieldErrorsOf(error);
      form.setErrors({ ...errors, ...(password === undefined ? {} : { newPassword: password }) });
      if (password === undefined && Object.keys(errors).length === 0) setProblem(sentenceOf(error));
    } finally {
      setBusy(false);
    }
  });
  return (
    <Modal opened={true} onClose={close} title="Change your password">
      <form onSubmit={submit} noValidate={true}>
        <Stack>
          {problem !== null && (
            <Alert color="red" variant="light" role="alert">
              {problem}
            </Alert>
          )}
          <PasswordInput
            label="Password until now"
            autoComplete="current-password"
            visibilityToggleButtonProps={showPassword}
            data-autofocus={true}
            {...form.getInputProps('currentPassword')}
          />
          <PasswordInput
            label="New password"
            description="At least 12 characters; three words of your own are a good one"
            autoComplete="new-password"
            visibilityToggleButtonProps={showPassword}
            {...form.getInputProps('newPassword')}
          />
          <Group>
            <Button type="submit" loading={isBusy}>
              Change it
            </Button>
            <Button variant="default" onClick={close}>
              Cancel
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
