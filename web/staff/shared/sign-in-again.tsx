import { PasswordInput, Text } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useCallback, useState, useSyncExternalStore } from 'react';
import { FormDialog, useSubmission } from './form-dialog.tsx';
import { dialogAbove, usePresent, workInHand } from './presence.ts';
import { CodeField } from './second-factor/code-field.tsx';
import { goOnAs, isCodeNeeded, leaveSession, useSession } from './session.ts';
import { SignInElsewhere } from './sign-in-elsewhere.tsx';
import { signInOptionsQuery } from './sign-in-options.ts';

let isAsked = false;
const listeners = new Set<() => void>();

function ask(asked: boolean): void {
  isAsked = asked;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/**
 * Where something is ticked or typed that is not saved yet, whoever was signed out signs in again over it. Answers
 * false where nothing is, so that the way leads to the door.
 */
export function askToSignInAgain(): boolean {
  if (!workInHand.isThere) return false;
  ask(true);
  return true;
}

/** Asks for the password of whoever was signed out, and for nobody else's: what is ticked below is theirs. */
export function SignInAgain({ leave }: { readonly leave: () => void }): ReactNode {
  const isOpen = useSyncExternalStore(subscribe, () => isAsked);
  return isOpen ? <SignInAgainDialog leave={leave} /> : null;
}

function SignInAgainDialog({ leave }: { readonly leave: () => void }): ReactNode {
  usePresent(dialogAbove);
  const { user } = useSession();
  const submission = useSubmission();
  const [known] = useState(user);
  const [needsCode, setNeedsCode] = useState(false);
  const { data: options } = useQuery(signInOptionsQuery);
  const goOn = useCallback(() => ask(false), []);
  const form = useForm({
    initialValues: { password: '', code: '' },
    validate: { password: (value) => (value === '' ? 'Give your password.' : null) },
  });
  const submit = form.onSubmit(({ password, code }) =>
    submission.run(
      async () => {
        await goOnAs({ username: known.username, password, ...(needsCode ? { code } : {}) });
        ask(false);
      },
      (_, error) => {
        if (isCodeNeeded(error)) {
          setNeedsCode(true);
          return true;
        }
        form.setFieldValue(needsCode ? 'code' : 'password', '');
        return false;
      },
    ),
  );
  return (
    <FormDialog
      title="You were signed out"
      verb="Sign in again"
      submit={submit}
      submission={submission}
      isAbove={true}
      close={() => {
        ask(false);
        leaveSession();
        leave();
      }}
    >
      <Text>What you ticked and typed is still there. Sign in again as {known.fullName}, then save it.</Text>
      <SignInElsewhere userId={known.id} whenSignedIn={goOn} />
      <PasswordInput
        label="Password"
        description={options?.passwords === 'emergency' ? 'For the emergency administrator only' : undefined}
        autoComplete="current-password"
        data-autofocus={true}
        visibilityToggleButtonProps={{ 'aria-label': 'Show the password', tabIndex: 0 }}
        {...form.getInputProps('password')}
      />
      {needsCode && (
        <CodeField
          label="Code"
          description="Of your telephone, or a recovery code"
          autoFocus={true}
          {...form.getInputProps('code')}
        />
      )}
    </FormDialog>
  );
}
