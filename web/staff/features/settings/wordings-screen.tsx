import { Alert, Button, Group, Paper, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { namesDealer } from '../../../../src/domain/counter-wording.ts';
import { read } from '../../shared/api.ts';
import { nowOfBrowser } from '../../shared/clock.ts';
import { sayCount } from '../../shared/numbers.ts';
import { ReadAloud } from '../../shared/preferences/read-aloud.tsx';
import { useMay } from '../../shared/session.ts';
import { ErrorState, LoadingState } from '../../shared/states.tsx';
import { WhenText } from '../../shared/when-text.tsx';
import { SettingsFrame } from './settings-frame.tsx';
import { WordingChanges } from './wording-changes.tsx';
import { WordingDialog } from './wording-dialog.tsx';
import { DraftSection } from './wording-draft.tsx';
import type { Wording, WordingList } from './wordings.ts';
import { asShown } from './wordings.ts';

/** What advisers read out before a yes is recorded: the words of each legal entity, their draft, and all before them. */
export function WordingsScreen(): ReactNode {
  const { data, error, refetch } = useQuery({
    queryKey: ['/wordings'],
    queryFn: ({ signal }) => read<WordingList>('/wordings', { signal }),
  });
  const groups = byLegalEntity(data?.wordings ?? []);
  return (
    <SettingsFrame
      part="Wordings"
      subtitle="What is read out at the counter and on the phone. A yes is given to those words, so that none is ever changed."
    >
      {error !== null && <ErrorState error={error} tryAgain={() => void refetch()} />}
      {data === undefined && error === null && <LoadingState />}
      {data !== undefined && (
        <Stack>
          <Text>{data.approval}</Text>
          {groups.map(([legalEntity, versions]) => (
            <LegalEntity
              key={legalEntity}
              name={legalEntity}
              versions={versions}
              list={data}
              isOneOfSeveral={groups.length > 1}
            />
          ))}
        </Stack>
      )}
    </SettingsFrame>
  );
}

interface LegalEntityProps {
  readonly name: string;
  readonly versions: readonly Wording[];
  readonly list: WordingList;
  readonly isOneOfSeveral: boolean;
}

function LegalEntity({ name, versions, list, isOneOfSeveral }: LegalEntityProps): ReactNode {
  const mayWrite = useMay('policy:write');
  const [isWriting, setWriting] = useState(false);
  const draft = list.drafts.find(({ legalEntity }) => legalEntity === name);
  const inForce = versions.find((version) => version.inForce);
  if (inForce === undefined) return null;
  const nextVersion = (versions[0]?.version ?? 0) + 1;
  return (
    <Paper component="section" aria-label={name}>
      <Group justify="space-between" align="flex-start" mb="sm">
        <Title order={2}>{name}</Title>
        {mayWrite && draft === undefined && (
          <Button
            variant="default"
            onClick={() => setWriting(true)}
            aria-label={`Write a new version for ${name}`}
          >
            Write a new version
          </Button>
        )}
      </Group>
      <InForce wording={inForce} list={list} isOneOfSeveral={isOneOfSeveral} />
      {draft !== undefined && <DraftSection draft={draft} inForce={inForce} goOn={() => setWriting(true)} />}
      <Title order={3} size="h2" mt="md">
        Every version
      </Title>
      {versions.map((version, index) => (
        <Version key={version.version} wording={version} before={versions[index + 1]} />
      ))}
      {isWriting && (
        <WordingDialog
          from={draft ?? inForce}
          draftVersion={draft?.version ?? 0}
          nextVersion={nextVersion}
          list={list}
          isOneOfSeveral={isOneOfSeveral}
          close={() => setWriting(false)}
        />
      )}
    </Paper>
  );
}

function InForce({
  wording,
  list,
  isOneOfSeveral,
}: {
  readonly wording: Wording;
  readonly list: WordingList;
  readonly isOneOfSeveral: boolean;
}): ReactNode {
  const { legalEntity, text, phoneText } = wording;
  const held = asShown(wording, { ...list, ...wording, isOneOfSeveral });
  const shown = { ...held, wording: { ...held.wording, inForceFrom: wording.inForceFrom } };
  const isNamed = [text, phoneText].every((words) => namesDealer(words, legalEntity));
  return (
    <>
      {!isNamed && (
        <Alert color="red" variant="light" mb="sm" title="It does not name who asks any more">
          <Text c="var(--text)">
            The company is called {legalEntity} now: write a new version with {'{dealer}'}.
          </Text>
        </Alert>
      )}
      <ReadAloud held={shown} method="in_person" />
      {text !== phoneText && (
        <>
          <Text fw={600} mt="sm" mb={4}>
            On the phone
          </Text>
          <ReadAloud held={shown} method="phone" />
        </>
      )}
      <Text mt="xs" size="sm" c="dimmed">
        As the pop-up shows it for a customer with a Focus
      </Text>
    </>
  );
}

function Version({
  wording,
  before,
}: {
  readonly wording: Wording;
  readonly before: Wording | undefined;
}): ReactNode {
  const isPlanned =
    !wording.inForce && wording.timesRead === 0 && Date.parse(wording.inForceFrom) > nowOfBrowser().getTime();
  return (
    <section aria-label={`Version ${wording.version}`}>
      <Text mt="md" fw={600}>
        Version {wording.version}
        {wording.inForce && ', in force'}
        {isPlanned && ', planned'}
      </Text>
      <Text size="sm" c="dimmed">
        from <WhenText when={wording.inForceFrom} withTime={true} /> ·{' '}
        {wording.recordedBy === null
          ? 'the words that Navigator starts with, approved by nobody'
          : `written by ${wording.recordedBy}`}
        {wording.approvedBy !== null && wording.approvedAt !== null && (
          <>
            {' '}
            · approved by {wording.approvedBy} <WhenText when={wording.approvedAt} withTime={true} />
          </>
        )}{' '}
        · {readWords(wording)}
      </Text>
      <WordingChanges before={before} after={wording} />
    </section>
  );
}

function readWords({ timesRead, timesReadByPhone }: Wording): string {
  if (timesRead === 0) return 'never read out';
  const times = `read out ${sayCount(timesRead, 'time', 'times')}`;
  return timesReadByPhone === 0 ? times : `${times}, by phone ${timesReadByPhone}`;
}

function byLegalEntity(wordings: readonly Wording[]): [string, Wording[]][] {
  return [...Map.groupBy(wordings, ({ legalEntity }) => legalEntity)];
}
