import { Badge, Button, Group, Paper, Stack, Text, Title } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { categoryWords } from '../../../../src/domain/plain-words.ts';
import { programmeWords } from '../../../../src/domain/programme.ts';
import { Screen } from '../../shared/screen.tsx';
import { useMay } from '../../shared/session.ts';
import { ErrorState, LoadingState } from '../../shared/states.tsx';
import { sayDone, sayFailed } from '../../shared/toast.tsx';
import { Ladder } from './ladder.tsx';
import { ProgrammeDialog } from './programme-dialog.tsx';
import type { Programme } from './programmes.ts';
import { changeProgramme, programmesQuery, stopWords } from './programmes.ts';

/** What customers are reminded of, and how: a ladder for each programme. */
export function ContactManagerScreen(): ReactNode {
  const { data, error, refetch } = useQuery(programmesQuery);
  return (
    <Screen
      title="Contact manager"
      subtitle="What customers are reminded of, when, and by which way. It plans and foretells; nothing is sent by it yet."
    >
      {error !== null && <ErrorState error={error} tryAgain={() => void refetch()} />}
      {data === undefined && error === null && <LoadingState />}
      <Stack>
        {data?.map((programme) => (
          <ProgrammeCard key={programme.kind} programme={programme} />
        ))}
      </Stack>
    </Screen>
  );
}

function ProgrammeCard({ programme }: { readonly programme: Programme }): ReactNode {
  const { kind, isOn, category } = programme;
  const mayChange = useMay('programmes:write');
  const [isEditing, setEditing] = useState(false);
  const name = programmeWords[kind];
  return (
    <Paper component="section" aria-label={name}>
      <Group justify="space-between" gap="sm" mb="xs">
        <Group gap="sm">
          <Title order={2}>{name}</Title>
          <Badge variant="light" color={isOn ? 'green' : 'gray'} c="var(--text)" tt="none" size="lg">
            {isOn ? 'On' : 'Off'}
          </Badge>
          <Text c="dimmed">{categoryWords[category]}</Text>
        </Group>
        {mayChange && (
          <Group gap="xs">
            <Button
              variant="default"
              onClick={() => setEditing(true)}
              aria-label={`Change the steps of ${name}`}
            >
              Change the steps
            </Button>
            <OnOrOff programme={programme} />
          </Group>
        )}
      </Group>
      <Ladder programme={programme} />
      <Text c="dimmed" mt="sm">
        {kind === 'mot_due' || kind === 'service_due'
          ? `Service and MOT within thirty days make one contact. ${stopWords(kind)}`
          : stopWords(kind)}
      </Text>
      {isEditing && <ProgrammeDialog programme={programme} close={() => setEditing(false)} />}
    </Paper>
  );
}

function OnOrOff({ programme }: { readonly programme: Programme }): ReactNode {
  const { kind, isOn } = programme;
  const queries = useQueryClient();
  const [isBusy, setBusy] = useState(false);
  const change = async (): Promise<void> => {
    setBusy(true);
    try {
      await changeProgramme(programme, { isOn: !isOn });
      await queries.invalidateQueries({ queryKey: programmesQuery.queryKey });
      await queries.invalidateQueries({ queryKey: ['/customers'] });
      sayDone(`“${programmeWords[kind]}” is ${isOn ? 'off' : 'on'} now.`);
    } catch (error) {
      sayFailed(error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Button
      variant="default"
      loading={isBusy}
      onClick={() => void change()}
      aria-label={`Switch ${isOn ? 'off' : 'on'} ${programmeWords[kind]}`}
    >
      Switch {isOn ? 'off' : 'on'}
    </Button>
  );
}
