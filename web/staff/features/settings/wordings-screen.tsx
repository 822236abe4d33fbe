import { Button, Group, Paper, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useState } from 'react';
import type { z } from 'zod';
import type { wordingListSchema } from '../../../../src/features/wordings/contract.ts';
import { read } from '../../shared/api.ts';
import { useMay } from '../../shared/session.ts';
import { ErrorState, LoadingState } from '../../shared/states.tsx';
import { WhenText } from '../../shared/when-text.tsx';
import classes from './settings.module.css';
import { SettingsFrame } from './settings-frame.tsx';
import { WordingDialog } from './wording-dialog.tsx';

type WordingList = z.infer<typeof wordingListSchema>;
type Wording = WordingList['wordings'][number];

/** What advisers read out before a yes is recorded: the text of each legal entity, and every one before it. */
export function WordingsScreen(): ReactNode {
  const { data, error, refetch } = useQuery({
    queryKey: ['/wordings'],
    queryFn: ({ signal }) => read<WordingList>('/wordings', { signal }),
  });
  const [rewritten, setRewritten] = useState<Wording | null>(null);
  return (
    <SettingsFrame
      part="Wordings"
      subtitle="What is read out at the counter. A yes is given to those words, so that none is ever changed."
    >
      {error !== null && <ErrorState error={error} tryAgain={() => void refetch()} />}
      {data === undefined && error === null && <LoadingState />}
      <Stack>
        {byLegalEntity(data?.wordings ?? []).map(([legalEntity, versions]) => (
          <LegalEntity key={legalEntity} name={legalEntity} versions={versions} rewrite={setRewritten} />
        ))}
      </Stack>
      {rewritten !== null && <WordingDialog from={rewritten} close={() => setRewritten(null)} />}
    </SettingsFrame>
  );
}

function LegalEntity(props: {
  readonly name: string;
  readonly versions: readonly Wording[];
  readonly rewrite: (from: Wording) => void;
}): ReactNode {
  const { name, versions, rewrite } = props;
  const mayWrite = useMay('policy:write');
  const inForce = versions.find((version) => version.inForce);
  const others = versions.filter((version) => version !== inForce);
  return (
    <Paper component="section">
      <Group justify="space-between" align="flex-start" mb="sm">
        <Title order={2}>{name}</Title>
        {mayWrite && inForce !== undefined && (
          <Button
            variant="default"
            onClick={() => rewrite(inForce)}
            aria-label={`Write a new version for ${name}`}
          >
            Write a new version
          </Button>
        )}
      </Group>
      {inForce !== undefined && (
        <>
          <blockquote className={classes['quote']}>“{inForce.example}”</blockquote>
          <Text mt="xs" c="dimmed">
            As it is read out to somebody with a Focus · <Origin wording={inForce} />
          </Text>
        </>
      )}
      {others.length > 0 && (
        <>
          <Title order={3} size="h2" mt="md">
            Other versions
          </Title>
          {others.map((version) => (
            <div key={version.version}>
              <Text mt="sm" className={classes['old'] ?? ''}>
                “{version.text}”
              </Text>
              <Text size="sm">
                <Origin wording={version} />
              </Text>
            </div>
          ))}
        </>
      )}
    </Paper>
  );
}

function Origin({ wording }: { readonly wording: Wording }): ReactNode {
  return (
    <>
      version {wording.version}, from <WhenText when={wording.inForceFrom} withTime={true} />
      {wording.recordedBy !== null && `, by ${wording.recordedBy}`}
    </>
  );
}

function byLegalEntity(wordings: readonly Wording[]): [string, Wording[]][] {
  const groups = new Map<string, Wording[]>();
  for (const wording of wordings) {
    groups.set(wording.legalEntity, [...(groups.get(wording.legalEntity) ?? []), wording]);
  }
  return [...groups];
}
