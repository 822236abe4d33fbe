import { Button, Paper, Title } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { OpenSessions } from '../../../../src/features/users/open-sessions/contract.ts';
import { ask, read } from '../../shared/api.ts';
import { SessionList } from '../../shared/session-list.tsx';
import { ErrorState, LoadingState } from '../../shared/states.tsx';
import { sayDone, sayFailed } from '../../shared/toast.tsx';

/** Every browser one is signed in with; what is not one's own is ended here. */
export function OwnSessionsCard(): ReactNode {
  const queries = useQueryClient();
  const { data, error, refetch } = useQuery({
    queryKey: ['/sessions'],
    queryFn: ({ signal }) => read<OpenSessions>('/sessions', { signal }),
    staleTime: 0,
  });
  const end = async (path: string, method: 'DELETE' | 'POST', done: string): Promise<void> => {
    try {
      await ask(path, { method });
      sayDone(done);
    } catch (problem) {
      sayFailed(problem);
    }
    await queries.invalidateQueries({ queryKey: ['/sessions'] });
  };
  const sessions = data?.sessions ?? [];
  return (
    <Paper component="section" aria-label="Where you are signed in">
      <Title order={2} mb="xs">
        Where you are signed in
      </Title>
      {error !== null && <ErrorState error={error} tryAgain={() => void refetch()} />}
      {data === undefined && error === null && <LoadingState />}
      <SessionList
        sessions={sessions}
        end={(session) => void end(`/sessions/${session.id}`, 'DELETE', 'That browser is signed out.')}
      />
      {sessions.length > 1 && (
        <Button
          mt="sm"
          variant="default"
          onClick={() => void end('/sessions:end-others', 'POST', 'You are signed in here only.')}
        >
          Sign out everywhere else
        </Button>
      )}
    </Paper>
  );
}
