import { Button, Group, Paper, Table, Text, UnstyledButton } from '@mantine/core';
import type { ReactNode } from 'react';
import { useState } from 'react';
import type { User, UserPage } from '../../../../src/features/users/contract.ts';
import { usePages } from '../../shared/paging.ts';
import { roleWords } from '../../shared/role-words.ts';
import { Screen } from '../../shared/screen.tsx';
import { useSession } from '../../shared/session.ts';
import { ShowMore } from '../../shared/show-more.tsx';
import { ErrorState, LoadingState } from '../../shared/states.tsx';
import { WhenText } from '../../shared/when-text.tsx';
import { RolesTable } from './roles-table.tsx';
import { SecondFactorDuty } from './second-factor-duty.tsx';
import { UserDialog } from './user-dialog.tsx';
import { UserSignInDialog } from './user-sign-in-dialog.tsx';
import classes from './users-screen.module.css';

/** Who works here: their role, their branch, and whether they may sign in. */
export function UsersScreen(): ReactNode {
  const pages = usePages<UserPage>('/users');
  const { data, error, refetch } = pages;
  // The person being edited, `new` for one who is added, null while the dialog is closed.
  const [chosen, setChosen] = useState<User | 'new' | null>(null);
  // Whose way of signing in is looked at.
  const [signIn, setSignIn] = useState<User | null>(null);
  const users = data?.pages.flatMap((page) => page.users) ?? [];
  return (
    <Screen
      title="Staff"
      subtitle="Who may sign in, and what their role allows."
      actions={<Button onClick={() => setChosen('new')}>Add somebody</Button>}
    >
      <Paper component="section">
        {error !== null && <ErrorState error={error} tryAgain={() => void refetch()} />}
        {data === undefined && error === null && <LoadingState />}
        {users.length > 0 && <UserTable users={users} choose={setChosen} showSignIn={setSignIn} />}
        <ShowMore pages={pages} />
      </Paper>
      <SecondFactorDuty />
      <RolesTable />
      {chosen !== null && (
        <UserDialog
          user={chosen === 'new' ? null : chosen}
          addedWithoutPassword={setSignIn}
          close={() => setChosen(null)}
        />
      )}
      {signIn !== null && (
        <UserSignInDialog
          user={users.find(({ id }) => id === signIn.id) ?? signIn}
          close={() => setSignIn(null)}
        />
      )}
    </Screen>
  );
}

function UserTable({
  users,
  choose,
  showSignIn,
}: {
  readonly users: readonly User[];
  readonly choose: (user: User) => void;
  readonly showSignIn: (user: User) => void;
}): ReactNode {
  const session = useSession();
  return (
    <Table.ScrollContainer minWidth={280}>
      <Table highlightOnHover={true}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Name</Table.Th>
            <Table.Th>Role</Table.Th>
            <Table.Th visibleFrom="sm">Branch</Table.Th>
            <Table.Th visibleFrom="sm">Last signed in</Table.Th>
            <Table.Th visibleFrom="sm">Second factor</Table.Th>
            <Table.Th>May sign in</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {users.map((user) => (
            <Table.Tr key={user.id} data-disabled={user.disabledAt !== null || undefined}>
              <Table.Td>
                <UnstyledButton
                  id={`name-${user.id}`}
                  className={classes['name']}
                  onClick={() => choose(user)}
                >
                  {user.fullName}
                </UnstyledButton>
                <Text size="xs" c="dimmed">
                  {user.username}
                  {user.id === session.user.id && ' · you'}
                </Text>
              </Table.Td>
              <Table.Td>{roleWords[user.role]}</Table.Td>
              <Table.Td visibleFrom="sm">{user.branch?.name ?? 'Any'}</Table.Td>
              <Table.Td visibleFrom="sm">
                {user.lastSignedInAt === null ? 'never' : <WhenText when={user.lastSignedInAt} />}
              </Table.Td>
              <Table.Td visibleFrom="sm">{user.secondFactorSince === null ? 'No' : 'Yes'}</Table.Td>
              <Table.Td>
                <Group gap="xs" justify="space-between" wrap="nowrap">
                  {user.disabledAt === null ? 'Yes' : 'No'}
                  {user.id !== session.user.id && (
                    <Button
                      size="compact-sm"
                      variant="default"
                      aria-describedby={`name-${user.id}`}
                      onClick={() => showSignIn(user)}
                    >
                      Sign-in
                    </Button>
                  )}
                </Group>
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}
