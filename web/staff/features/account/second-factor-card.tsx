import { Button, Group, Paper, PasswordInput, Text, Title } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useState } from 'react';
import type {
  RecoveryCodes,
  SecondFactor,
  SecondFactorProof,
} from '../../../../src/features/users/second-factor/contract.ts';
import { ask, read } from '../../shared/api.ts';
import { besideFields, FormDialog, useSubmission } from '../../shared/form-dialog.tsx';
import { sayCount } from '../../shared/numbers.ts';
import { CodeField } from '../../shared/second-factor/code-field.tsx';
import { EnrolmentDialog, RecoveryCodesDialog } from '../../shared/second-factor/enrolment-dialog.tsx';
import { useSessionAgain } from '../../shared/session.ts';
import { ErrorState, LoadingState } from '../../shared/states.tsx';
import { sayDone } from '../../shared/toast.tsx';
import { WhenText } from '../../shared/when-text.tsx';

type Doing = 'add' | 'new codes' | 'remove';

/** Whether a code is asked for beside the password, and what can be done about it. */
export function SecondFactorCard(): ReactNode {
  const [doing, setDoing] = useState<Doing | null>(null);
  const { data, error, refetch } = useQuery({
    queryKey: ['/session/second-factor'],
    queryFn: ({ signal }) => read<SecondFactor>('/session/second-factor', { signal }),
  });
  const close = (): void => setDoing(null);
  return (
    <Paper component="section" aria-label="Second factor">
      <Title order={2} mb="xs">
        Second factor
      </Title>
      {error !== null && <ErrorState error={error} tryAgain={() => void refetch()} />}
      {data === undefined && error === null && <LoadingState />}
      {data !== undefined && <State data={data} choose={setDoing} />}
      {doing === 'add' && <EnrolmentDialog isOn={data?.since != null} close={close} />}
      {(doing === 'remove' || doing === 'new codes') && <ProofDialog doing={doing} close={close} />}
    </Paper>
  );
}

function State({
  data,
  choose,
}: {
  readonly data: SecondFactor;
  readonly choose: (doing: Doing) => void;
}): ReactNode {
  if (data.since === null) {
    return (
      <>
        <Text mb="sm">
          Off: your password alone lets in. With it, nobody who saw or guessed your password comes in without
          your telephone.
        </Text>
        <Button onClick={() => choose('add')}>Add a second factor</Button>
      </>
    );
  }
  return (
    <>
      <Text mb="sm">
        On since <WhenText when={data.since} />: you sign in with your password and a code of your telephone.{' '}
        {sayCount(data.recoveryCodesLeft, 'recovery code')} left.
      </Text>
      <Group gap="xs">
        <Button variant="default" onClick={() => choose('add')}>
          Move to another telephone
        </Button>
        <Button variant="default" onClick={() => choose('new codes')}>
          Make new recovery codes
        </Button>
        <Button variant="default" c="var(--no)" onClick={() => choose('remove')}>
          Turn it off
        </Button>
      </Group>
    </>
  );
}

/** Asks for password and code, and then does it. */
function ProofDialog({
  doing,
  close,
}: {
  readonly doing: 'new codes' | 'remove';
  readonly close: () => void;
}): ReactNode {
  const queries = useQueryClient();
  const askAgain = useSessionAgain();
  const submission = useSubmission();
  const [codes, setCodes] = useState<readonly string[] | null>(null);
  const form = useForm<SecondFactorProof>({
    initialValues: { password: '', code: '' },
    validate: {
      password: (value) => (value === '' ? 'Give the password you sign in with.' : null),
      code: (value) => (value.trim() === '' ? 'Give the code that the telephone shows.' : null),
    },
  });
  const finish = (): void => {
    void queries.invalidateQueries({ queryKey: ['/session/second-factor'] });
    void askAgain();
    close();
  };
  const submit = form.onSubmit((body) =>
    submission.run(async () => {
      if (doing === 'remove') {
        await ask('/session/second-factor:remove', { body });
        sayDone('The second factor is off.');
        finish();
        return;
      }
      const made = await ask<RecoveryCodes>('/session/second-factor:new-recovery-codes', { body });
      setCodes(made.body.recoveryCodes);
    }, besideFields(form)),
  );
  if (codes !== null) return <RecoveryCodesDialog codes={codes} close={finish} />;
  return (
    <FormDialog
      title={doing === 'remove' ? 'Turn the second factor off' : 'Make new recovery codes'}
      verb={doing === 'remove' ? 'Turn it off' : 'Make them'}
      submit={submit}
      submission={submission}
      close={close}
    >
      <Text>
        {doing === 'remove'
          ? 'Afterwards your password alone lets in. If your role needs a second factor, you can do nothing else until you add one again.'
          : 'The recovery codes until now are of no use any more.'}
      </Text>
      <PasswordInput
        label="Your password"
        autoComplete="current-password"
        visibilityToggleButtonProps={{ 'aria-label': 'Show the password', tabIndex: 0 }}
        data-autofocus={true}
        {...form.getInputProps('password')}
      />
      <CodeField
        label="Code"
        description="Of your telephone, or a recovery code"
        {...form.getInputProps('code')}
      />
    </FormDialog>
  );
}
