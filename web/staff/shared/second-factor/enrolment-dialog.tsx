import { Button, Group, Modal, PasswordInput, Stack, Text } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useQueryClient } from '@tanstack/react-query';
import { generate } from 'lean-qr';
import { toSvgPath } from 'lean-qr/extras/svg';
import type { ReactNode } from 'react';
import { useState } from 'react';
import type {
  PendingFactor,
  RecoveryCodes,
  SecondFactorBeginning,
} from '../../../../src/features/users/second-factor/contract.ts';
import { ask } from '../api.ts';
import { besideFields, FormDialog, useSubmission } from '../form-dialog.tsx';
import { useSessionAgain } from '../session.ts';
import { CodeField } from './code-field.tsx';
import classes from './second-factor.module.css';

interface EnrolmentDialogProps {
  /** Whether there is one already, whose code is asked for. */
  readonly isOn: boolean;
  readonly close: () => void;
}

/** Adds a second factor in three steps: the password, the telephone, the recovery codes. */
export function EnrolmentDialog({ isOn, close }: EnrolmentDialogProps): ReactNode {
  const queries = useQueryClient();
  const askAgain = useSessionAgain();
  const [pending, setPending] = useState<PendingFactor | null>(null);
  const [codes, setCodes] = useState<readonly string[] | null>(null);
  const finish = (): void => {
    close();
    void queries.invalidateQueries({ queryKey: ['/session/second-factor'] });
    void queries.invalidateQueries({ queryKey: ['/sessions'] });
    void askAgain();
  };
  if (codes !== null) return <RecoveryCodesDialog codes={codes} close={finish} />;
  if (pending !== null) return <TelephoneStep pending={pending} confirmed={setCodes} close={close} />;
  return <PasswordStep isOn={isOn} begun={setPending} close={close} />;
}

function PasswordStep({
  isOn,
  begun,
  close,
}: EnrolmentDialogProps & { readonly begun: (pending: PendingFactor) => void }): ReactNode {
  const submission = useSubmission();
  const form = useForm({
    initialValues: { password: '', code: '' },
    validate: {
      password: (value) => (value === '' ? 'Give the password you sign in with.' : null),
      code: (value) => (isOn && value.trim() === '' ? 'Give the code of the present telephone.' : null),
    },
  });
  const submit = form.onSubmit(({ password, code }) =>
    submission.run(async () => {
      const body: SecondFactorBeginning = { password, ...(isOn ? { code } : {}) };
      begun((await ask<PendingFactor>('/session/second-factor:begin', { body })).body);
    }, besideFields(form)),
  );
  return (
    <FormDialog
      title={isOn ? 'Move the second factor to another telephone' : 'Add a second factor'}
      verb="Go on"
      submit={submit}
      submission={submission}
      close={close}
    >
      <Text>
        You need an authenticator app on your telephone, such as Microsoft Authenticator, Google Authenticator
        or the passwords of an iPhone.
      </Text>
      <PasswordInput
        label="Your password"
        autoComplete="current-password"
        visibilityToggleButtonProps={{ 'aria-label': 'Show the password', tabIndex: 0 }}
        data-autofocus={true}
        {...form.getInputProps('password')}
      />
      {isOn && <CodeField label="Code of the present telephone" {...form.getInputProps('code')} />}
    </FormDialog>
  );
}

function TelephoneStep(props: {
  readonly pending: PendingFactor;
  readonly confirmed: (codes: readonly string[]) => void;
  readonly close: () => void;
}): ReactNode {
  const { pending, confirmed, close } = props;
  const submission = useSubmission();
  const form = useForm({
    initialValues: { code: '' },
    validate: { code: (value) => (value.trim() === '' ? 'Give the code that the telephone shows.' : null) },
  });
  const submit = form.onSubmit((body) =>
    submission.run(async () => {
      confirmed((await ask<RecoveryCodes>('/session/second-factor:confirm', { body })).body.recoveryCodes);
    }, besideFields(form)),
  );
  return (
    <FormDialog
      title="Read this with your telephone"
      verb="Confirm"
      submit={submit}
      submission={submission}
      close={close}
    >
      <QrCode text={pending.uri} />
      <Text>
        Or type this key into the app: <span className={classes['key']}>{inGroups(pending.secret)}</span>
      </Text>
      <CodeField
        label="Code that the telephone shows now"
        data-autofocus={true}
        {...form.getInputProps('code')}
      />
    </FormDialog>
  );
}

/** Dark on light in either colour scheme: cameras read nothing else. */
function QrCode({ text }: { readonly text: string }): ReactNode {
  const code = generate(text);
  const edge = 4;
  return (
    <svg
      className={classes['qr']}
      viewBox={`${-edge} ${-edge} ${code.size + 2 * edge} ${code.size + 2 * edge}`}
      shapeRendering="crispEdges"
      role="img"
      aria-label="QR code for an authenticator app; the key below is the same"
    >
      <path d={toSvgPath(code)} fill="#000" />
    </svg>
  );
}

function inGroups(secret: string): string {
  return secret.replaceAll(/(.{4})(?=.)/g, '$1 ');
}

/** Shown once: whoever closes it has kept them, or makes new ones. */
export function RecoveryCodesDialog({
  codes,
  close,
}: {
  readonly codes: readonly string[];
  readonly close: () => void;
}): ReactNode {
  const [isCopied, setCopied] = useState(false);
  const copy = async (): Promise<void> => {
    await navigator.clipboard.writeText(codes.join('\n'));
    setCopied(true);
  };
  return (
    <Modal
      opened={true}
      onClose={close}
      title="Keep these recovery codes"
      closeOnClickOutside={false}
      withCloseButton={false}
      closeOnEscape={false}
    >
      <Stack>
        <Text>
          If the telephone is lost, each of them lets you in once instead of its code. They are not shown
          again: print them or keep them where you keep passwords, not on the telephone.
        </Text>
        <ol className={classes['codes']}>
          {codes.map((code) => (
            <li key={code}>{code}</li>
          ))}
        </ol>
        <Group>
          <Button onClick={close} data-autofocus={true}>
            I have kept them
          </Button>
          <Button variant="default" onClick={() => void copy()}>
            {isCopied ? 'Copied' : 'Copy'}
          </Button>
          <Button variant="default" onClick={() => print()}>
            Print
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
