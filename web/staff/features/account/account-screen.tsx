import { Button, Paper, Stack, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { PasswordDialog } from '../../shared/password-dialog.tsx';
import { roleWords } from '../../shared/role-words.ts';
import { Screen } from '../../shared/screen.tsx';
import { useSession } from '../../shared/session.ts';
import { OwnSessionsCard } from './own-sessions-card.tsx';
import { SecondFactorCard } from './second-factor-card.tsx';

/** How one signs in oneself, and where one is signed in. */
export function AccountScreen(): ReactNode {
  const { user } = useSession();
  const [isChangingPassword, setChangingPassword] = useState(false);
  return (
    <Screen title="Your sign-in" subtitle={`${user.username}, ${roleWords[user.role].toLowerCase()}`}>
      <Stack>
        <Paper component="section" aria-label="Password">
          <Title order={2} mb="xs">
            Password
          </Title>
          <Text mb="sm">A new one signs you out on every other computer.</Text>
          <Button variant="default" onClick={() => setChangingPassword(true)}>
            Change your password
          </Button>
        </Paper>
        <SecondFactorCard />
        <OwnSessionsCard />
      </Stack>
      {isChangingPassword && <PasswordDialog close={() => setChangingPassword(false)} />}
    </Screen>
  );
}
