import { Alert, Button, Divider, PasswordInput, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { getRouteApi, useRouter } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useRef, useState } from 'react';
import { sentenceOf } from '../../shared/api-problem.ts';
import { CodeField } from '../../shared/second-factor/code-field.tsx';
import { isCodeNeeded, signIn } from '../../shared/session.ts';
import { wayToProvider } from '../../shared/sign-in-options.ts';
import { DoorPage } from './door-page.tsx';
import { providerSentence } from './provider-problem.ts';

const route = getRouteApi('/sign-in');

/** With the provider, where there is one; by username and password, and then by the code of a second factor. */
export function SignInScreen(): ReactNode {
  const { next, problem } = route.useSearch();
  const { provider, passwords } = route.useLoaderData();
  // Whom passwords are not for are not asked for one.
  const [isByPassword, setByPassword] = useState(passwords === 'everybody');
  const router = useRouter();
  // What was right already, while the code is asked for.
  const [known, setKnown] = useState<Credentials | null>(null);
  const enter = async (): Promise<void> => {
    await router.invalidate();
    await router.navigate({ href: next ?? '/', replace: true });
  };
  return (
    <DoorPage key={known === null ? 'password' : 'code'} title={known === null ? 'Sign in' : 'Your code'}>
      {known !== null && <CodeForm credentials={known} enter={enter} back={() => setKnown(null)} />}
      {known === null && (
        <Stack>
          <Problem sentence={providerSentence(problem, provider?.name ?? 'The provider')} />
          {provider !== null && <ProviderButton name={provider.name} next={next} />}
          {provider !== null && isByPassword && <Divider label="or with a password" />}
          {isByPassword ? (
            <PasswordForm enter={enter} needCode={setKnown} />
          ) : (
            <Button variant="subtle" onClick={() => setByPassword(true)}>
              Emergency administrator
            </Button>
          )}
        </Stack>
      )}
    </DoorPage>
  );
}

function ProviderButton({
  name,
  next,
}: {
  readonly name: string;
  readonly next: string | undefined;
}): ReactNode {
  return (
    <Button component="a" href={wayToProvider(next)} data-autofocus={true}>
      Sign in with {name}
    </Button>
  );
}

interface Credentials {
  readonly username: string;
  readonly password: string;
}

interface FormProps {
  readonly enter: () => Promise<void>;
}

function PasswordForm({
  enter,
  needCode,
}: FormProps & { readonly needCode: (credentials: Credentials) => void }): ReactNode {
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
      await signIn(values);
      await enter();
    } catch (error) {
      if (isCodeNeeded(error)) {
        needCode(values);
        return;
      }
      setProblem(sentenceOf(error));
      form.setFieldValue('password', '');
      password.current?.focus();
    } finally {
      setBusy(false);
    }
  });
  return (
    <form onSubmit={submit} noValidate={true}>
      <Stack>
        <Problem sentence={problem} />
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
  );
}

function CodeForm(
  props: FormProps & { readonly credentials: Credentials; readonly back: () => void },
): ReactNode {
  const { credentials, enter, back } = props;
  const field = useRef<HTMLInputElement>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const form = useForm({
    initialValues: { code: '' },
    validate: { code: (value) => (value.trim() === '' ? 'Give the code that your telephone shows.' : null) },
  });
  const submit = form.onSubmit(async ({ code }) => {
    setBusy(true);
    try {
      await signIn({ ...credentials, code });
      await enter();
    } catch (error) {
      setProblem(sentenceOf(error));
      form.setFieldValue('code', '');
      field.current?.focus();
    } finally {
      setBusy(false);
    }
  });
  return (
    <form onSubmit={submit} noValidate={true}>
      <Stack>
        <Problem sentence={problem} />
        <CodeField
          ref={field}
          label="Code"
          description="Six digits from the app on your telephone, or a recovery code"
          data-autofocus={true}
          {...form.getInputProps('code')}
        />
        <Button type="submit" loading={isBusy}>
          Sign in
        </Button>
        <Button variant="default" onClick={back}>
          Back
        </Button>
        <Text size="sm" c="dimmed">
          Telephone and recovery codes lost? An administrator can take the second factor away.
        </Text>
      </Stack>
    </form>
  );
}

function Problem({ sentence }: { readonly sentence: string | null }): ReactNode {
  if (sentence === null) return null;
  return (
    <Alert color="red" variant="light" role="alert">
      {sentence}
    </Alert>
  );
}
