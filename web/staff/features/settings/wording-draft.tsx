import { Alert, Button, Group, Text, Title } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { ask, newIdempotencyKey } from '../../shared/api.ts';
import { sentenceOf } from '../../shared/api-problem.ts';
import { useConfirm } from '../../shared/confirm.tsx';
import { useMay } from '../../shared/session.ts';
import { sayDone } from '../../shared/toast.tsx';
import { WhenText } from '../../shared/when-text.tsx';
import { WordingChanges } from './wording-changes.tsx';
import type { Draft, Wording } from './wordings.ts';

interface DraftSectionProps {
  readonly draft: Draft;
  readonly inForce: Wording;
  readonly goOn: () => void;
}

/** A draft with what it changes, and what may be done with it: go on, approve, throw away. */
export function DraftSection({ draft, inForce, goOn }: DraftSectionProps): ReactNode {
  const mayWrite = useMay('policy:write');
  const { problem, isBusy, act } = useDraftActing(draft);
  const confirm = useConfirm();
  const discard = async (): Promise<void> => {
    const isSure = await confirm({
      title: 'Throw the draft away?',
      body: 'Its words are gone. What is read out now stays.',
      confirm: 'Throw it away',
    });
    if (isSure) await act('discard', 'The draft is thrown away.');
  };
  return (
    <section aria-label={`Draft for ${draft.legalEntity}`}>
      <Title order={3} size="h2" mt="md">
        Draft
      </Title>
      <Text size="sm" c="dimmed" mb="xs">
        written by {draft.writtenBy} <WhenText when={draft.writtenAt} withTime={true} /> ·{' '}
        {draft.inForceFrom === null ? (
          'takes effect as soon as it is approved'
        ) : (
          <>
            takes effect <WhenText when={draft.inForceFrom} />, or when it is approved if that is later
          </>
        )}
      </Text>
      <WordingChanges before={inForce} after={draft} />
      {problem !== null && (
        <Alert color="red" variant="light" role="alert" mt="xs">
          <Text c="var(--text)">{problem}</Text>
        </Alert>
      )}
      {mayWrite && (
        <Group mt="sm">
          {draft.approvable && (
            <Button
              loading={isBusy}
              onClick={() => void act('approve', 'It is approved, and takes effect on its day.')}
            >
              Approve it
            </Button>
          )}
          <Button variant="default" onClick={goOn} disabled={isBusy}>
            Go on with the draft
          </Button>
          <Button variant="default" onClick={() => void discard()} disabled={isBusy}>
            Throw it away
          </Button>
        </Group>
      )}
      {mayWrite && draft.whyNot !== null && <Text mt="xs">{draft.whyNot}</Text>}
    </section>
  );
}

function useDraftActing({ legalEntity, version }: Draft) {
  const queries = useQueryClient();
  const [problem, setProblem] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const act = async (verb: 'approve' | 'discard', done: string): Promise<void> => {
    setBusy(true);
    setProblem(null);
    try {
      await ask(`/wordings/drafts:${verb}`, {
        body: { legalEntity, expectedVersion: version },
        idempotencyKey: newIdempotencyKey(),
      });
      sayDone(done);
    } catch (error) {
      setProblem(sentenceOf(error));
    } finally {
      setBusy(false);
      // Whatever shows a customer shows these words.
      await queries.invalidateQueries();
    }
  };
  return { problem, isBusy, act };
}
