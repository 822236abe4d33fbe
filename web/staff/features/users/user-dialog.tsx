import { PasswordInput, Select, Switch, TextInput } from '@mantine/core';
import type { UseFormReturnType } from '@mantine/form';
import { useForm } from '@mantine/form';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useState } from 'react';
import type { NewUser, User, UserChanges } from '../../../../src/features/users/contract.ts';
import type { Role } from '../../../../src/features/users/roles.ts';
import { ask, newIdempotencyKey } from '../../shared/api.ts';
import { ApiProblem } from '../../shared/api-problem.ts';
import { branchesQuery } from '../../shared/branches.ts';
import type { Question } from '../../shared/confirm.tsx';
import { useConfirm } from '../../shared/confirm.tsx';
import { besideFields, FormDialog, useSubmission } from '../../shared/form-dialog.tsx';
import { roleWords } from '../../shared/role-words.ts';
import { useSession } from '../../shared/session.ts';
import { signInOptionsQuery } from '../../shared/sign-in-options.ts';
import { sayDone } from '../../shared/toast.tsx';

interface UserFields {
  readonly fullName: string;
  readonly username: string;
  readonly role: Role | null;
  readonly branch: string | null;
  readonly email: string;
  readonly password: string;
  readonly maySignIn: boolean;
}

interface UserDialogProps {
  /** Null for somebody who is added. */
  readonly user: User | null;
  /** Somebody was added without a password, and is to be handed a link. */
  readonly addedWithoutPassword: (user: User) => void;
  readonly close: () => void;
}

/** Adds a member of staff, or changes one: role, branch, and whether they may sign in. */
export function UserDialog({ user, addedWithoutPassword, close }: UserDialogProps): ReactNode {
  const queries = useQueryClient();
  const submission = useSubmission();
  const form = useUserForm(user);
  const confirm = useConfirm();
  const { data: options } = useQuery(signInOptionsQuery);
  const [idempotencyKey] = useState(newIdempotencyKey);
  const submit = form.onSubmit(async (fields) => {
    if (isShutOut(user, fields) && !(await confirm(shutOutQuestion(fields.fullName)))) return;
    await submission.run(
      async () => {
        const saved = await save(user, fields, idempotencyKey);
        await queries.invalidateQueries({ queryKey: ['/users'] });
        close();
        const needsLink = user === null && fields.password === '' && options?.passwords !== 'emergency';
        if (needsLink) addedWithoutPassword(saved);
        else
          sayDone(user === null ? `${fields.fullName} may now sign in.` : `${fields.fullName} is changed.`);
      },
      async (errors, error) => {
        if (error instanceof ApiProblem && error.status === 412) {
          await queries.invalidateQueries({ queryKey: ['/users'] });
        }
        return besideFields(form, (field) => (field === 'disabled' ? 'maySignIn' : field))(errors);
      },
    );
  });
  return (
    <FormDialog
      title={user === null ? 'Add somebody' : `Change ${user.fullName}`}
      verb={user === null ? 'Add' : 'Save'}
      submit={submit}
      submission={submission}
      close={close}
    >
      <UserFormFields form={form} user={user} />
    </FormDialog>
  );
}

type UserForm = UseFormReturnType<UserFields>;

function useUserForm(user: User | null): UserForm {
  return useForm<UserFields>({
    initialValues: {
      fullName: user?.fullName ?? '',
      username: user?.username ?? '',
      role: user?.role ?? null,
      branch: user?.branch?.code ?? null,
      email: user?.email ?? '',
      password: '',
      maySignIn: user?.disabledAt == null,
    },
    validate: {
      fullName: (value) => (value.trim() === '' ? 'Give the full name.' : null),
      username: (value) => (value.trim() === '' ? 'Choose a username.' : null),
      role: (value) => (value === null ? 'Choose a role.' : null),
    },
  });
}

function UserFormFields({ form, user }: { readonly form: UserForm; readonly user: User | null }): ReactNode {
  const session = useSession();
  const { data } = useQuery(branchesQuery);
  const { data: options } = useQuery(signInOptionsQuery);
  const branches = (data ?? []).map(({ code, name }) => ({ value: code, label: name }));
  return (
    <>
      <TextInput label="Full name" data-autofocus={true} {...form.getInputProps('fullName')} />
      {user === null && (
        <TextInput
          label="Username"
          description="Letters, digits, dots, dashes and underscores"
          autoCapitalize="none"
          spellCheck={false}
          {...form.getInputProps('username')}
        />
      )}
      <Select
        label="Role"
        data={Object.entries(roleWords).map(([value, label]) => ({ value, label }))}
        {...form.getInputProps('role')}
      />
      <Select
        label="Branch"
        description="Where they usually work"
        placeholder="Nowhere in particular"
        clearable={true}
        clearButtonProps={{ 'aria-label': 'Nowhere in particular' }}
        data={branches}
        {...form.getInputProps('branch')}
      />
      {options?.provider != null && (
        <TextInput
          label="Email address"
          description={emailWords(options.provider.name, user)}
          type="email"
          autoComplete="off"
          {...form.getInputProps('email')}
        />
      )}
      {user === null && options?.passwords !== 'emergency' && (
        <PasswordInput
          label="First password"
          description="Leave it empty to hand over a link instead, by which they choose their own"
          autoComplete="new-password"
          visibilityToggleButtonProps={{ 'aria-label': 'Show the password', tabIndex: 0 }}
          {...form.getInputProps('password')}
        />
      )}
      {user !== null && user.id !== session.user.id && (
        <Switch
          label="May sign in"
          description="Without it they are signed out at once; what they did stays on record"
          {...form.getInputProps('maySignIn', { type: 'checkbox' })}
        />
      )}
    </>
  );
}

function emailWords(provider: string, user: User | null): string {
  return user?.isJoined === true
    ? `They sign in with ${provider}. Another address parts them from it, until they sign in there with that one`
    : `By which ${provider} knows them; nothing is sent there`;
}

function isShutOut(user: User | null, { maySignIn }: UserFields): boolean {
  return user !== null && user.disabledAt === null && !maySignIn;
}

function shutOutQuestion(fullName: string): Question {
  return {
    title: `Shall ${fullName} no longer sign in?`,
    body: 'They are signed out at once, everywhere. What they did stays on record under their name.',
    confirm: 'End their access',
    dangerous: true,
  };
}

async function save(user: User | null, fields: UserFields, idempotencyKey: string): Promise<User> {
  const { fullName, username, branch, password, maySignIn } = fields;
  const email = fields.email.trim() || null;
  // why: the form lets nothing through without a role.
  const role = fields.role ?? 'adviser';
  if (user === null) {
    const first = password === '' ? null : password;
    const body: NewUser = { fullName, username, role, branch, email, password: first };
    return (await ask<User>('/users', { body, idempotencyKey })).body;
  }
  const body: UserChanges = { fullName, role, branch, email, disabled: !maySignIn };
  const changed = await ask<User>(`/users/${user.id}`, {
    method: 'PATCH',
    body,
    ifMatch: `"${user.version}"`,
  });
  return changed.body;
}
