import { Button, Group, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import type { OpenSession } from '../../../src/features/users/open-sessions/contract.ts';
import classes from './session-list.module.css';
import { WhenText } from './when-text.tsx';

const methodWords: Readonly<Record<OpenSession['method'], string>> = {
  password: 'by password',
  'password and code': 'by password and code',
  'password and recovery code': 'by password and recovery code',
  provider: 'with the provider',
};

interface SessionListProps {
  readonly sessions: readonly OpenSession[];
  readonly end: (session: OpenSession) => void;
}

/** Where somebody is signed in: the browser in words, since when, when last, and the way to end it. */
export function SessionList({ sessions, end }: SessionListProps): ReactNode {
  return (
    <ul className={classes['sessions']}>
      {sessions.map((session) => (
        <li key={session.id}>
          <Group justify="space-between" gap="xs">
            <div>
              <Text fw={600}>
                {session.browser}
                {session.isCurrent && ' · this one'}
              </Text>
              <Text size="sm" c="dimmed">
                Signed in <WhenText when={session.signedInAt} withTime={true} /> {methodWords[session.method]}
                , last used <WhenText when={session.lastUsedAt} withTime={true} />, at {session.branch}
              </Text>
            </div>
            {!session.isCurrent && (
              <Button
                size="xs"
                variant="default"
                aria-label={`End it: ${session.browser}`}
                onClick={() => end(session)}
              >
                End it
              </Button>
            )}
          </Group>
        </li>
      ))}
    </ul>
  );
}
