import { PasswordInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import type { ReactNode } from 'react';
import type { PasswordChange, Session } from '../../../src/features/users/contract.ts';
import { ask } from './api.ts';
import { besideFields, FormDialog, useSubmission } from './form-dialog.tsx';
import { sayDone } from './toast.tsx';

const showPassword = { 'aria-label': 'Show the password', tabIndex: 0 } as const;

/** Everybody changes their own password; it signs them out on every other computer. */
export function PasswordDialog({ close }: { readonly close: () => void }): ReactNode {
  const submission = useSubmission();
  const form = useForm<PasswordChange>({
    initialValues: { currentPassword: '', newPassword: '' },
    validate: {
      currentPassword: (value) => (value === '' ? 'Give the password you sign in with now.' : null),
      newPassword: (value) => (value === '' ? 'Choose a new password.' : null),
    },
  });
  const submit = form.onSubmit((fields) =>
    submission.run(
      async () => {
        await ask<Session>('/session:change-password', { body: fields });
        sayDone('Your password is changed. You are signed out on every other computer.');
        close();
      },
      besideFields(form, (field) => (field === 'password' ? 'newPassword' : field)),
    ),
  );
  return (
    <FormDialog
      title="Change your password"
      verb="Change it"
      submit={submit}
      submission={submission}
      close={close}
    >
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
    </FormDialog>
  );
}
