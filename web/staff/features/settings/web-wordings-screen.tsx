import { Badge, Button, Group, Paper, Stack, Text } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { ask, newIdempotencyKey } from '../../shared/api.ts';
import { sayCount } from '../../shared/numbers.ts';
import { useMay } from '../../shared/session.ts';
import { EmptyState, ErrorState, LoadingState } from '../../shared/states.tsx';
import { sayDone, sayFailed } from '../../shared/toast.tsx';
import type { WebWording } from '../../shared/web-wordings.ts';
import { webWordingsQuery } from '../../shared/web-wordings.ts';
import { WhenText } from '../../shared/when-text.tsx';
import classes from './settings.module.css';
import { SettingsFrame } from './settings-frame.tsx';

/** What websites show beside their boxes: a yes given there rests on these words, once somebody accepted them. */
export function WebWordingsScreen(): ReactNode {
  const { data, error, refetch } = useQuery(webWordingsQuery);
  return (
    <SettingsFrame
      part="Website wordings"
      subtitle="What visitors saw beside the boxes they ticked. A yes on words that nobody has accepted waits."
    >
      {error !== null && <ErrorState error={error} tryAgain={() => void refetch()} />}
      {data === undefined && error === null && <LoadingState />}
      {data?.length === 0 && (
        <EmptyState title="No website has sent anything yet">
          Enquiries come in from a website with the words that the visitor saw. Each new wording is shown here
          to be read once: does it name the dealer, the channel and what will be sent, and is nothing hidden
          in it?
        </EmptyState>
      )}
      <Stack>
        {data?.map((wording) => (
          <WordingCard key={wording.hash} wording={wording} />
        ))}
      </Stack>
    </SettingsFrame>
  );
}

const stateWords: Readonly<Record<WebWording['state'], string>> = {
  unknown: 'To be read',
  accepted: 'Accepted',
  refused: 'Refused',
};

const stateColours: Readonly<Record<WebWording['state'], string>> = {
  unknown: 'yellow',
  accepted: 'green',
  refused: 'red',
};

function WordingCard({ wording }: { readonly wording: WebWording }): ReactNode {
  const mayJudge = useMay('policy:write');
  const queries = useQueryClient();
  const [isBusy, setBusy] = useState(false);
  const { state, judgedAt, judgedBy } = wording;
  const judge = async (verb: 'accept' | 'refuse'): Promise<void> => {
    setBusy(true);
    try {
      await ask(`/web-wordings/${wording.hash}:${verb}`, { body: {}, idempotencyKey: newIdempotencyKey() });
      await queries.invalidateQueries({ queryKey: webWordingsQuery.queryKey });
      sayDone(
        verb === 'accept' ? 'A yes may rest on these words now.' : 'No yes rests on these words from now on.',
      );
    } catch (error) {
      sayFailed(error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Paper component="section" aria-label={`${stateWords[state]}: ${wording.text.slice(0, 60)}`}>
      <Group justify="space-between" align="flex-start" mb="sm">
        <Badge variant="light" color={stateColours[state]} c="var(--text)" tt="none" size="lg">
          {stateWords[state]}
        </Badge>
        {mayJudge && (
          <Group gap="xs">
            {state !== 'accepted' && (
              <Button variant="default" loading={isBusy} onClick={() => void judge('accept')}>
                Accept
              </Button>
            )}
            {state !== 'refused' && (
              <Button variant="default" loading={isBusy} onClick={() => void judge('refuse')}>
                Refuse
              </Button>
            )}
          </Group>
        )}
      </Group>
      <blockquote className={classes['quote']}>“{wording.text}”</blockquote>
      <Text mt="xs" size="sm" c="dimmed">
        {sayCount(wording.enquiries, 'enquiry', 'enquiries')}, first seen{' '}
        <WhenText when={wording.firstSeenAt} />
        {judgedAt !== null && (
          <>
            {' '}
            · {stateWords[state].toLowerCase()} <WhenText when={judgedAt} />
            {judgedBy === null ? '' : ` by ${judgedBy}`}
          </>
        )}
      </Text>
    </Paper>
  );
}
