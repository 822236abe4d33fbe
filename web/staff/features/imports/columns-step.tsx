import { Alert, Button, List, Paper, Stack, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { useState } from 'react';
import type { DraftFile } from './drafts.ts';
import classes from './imports.module.css';
import { faultsOfMapping } from './mapping.ts';
import { MappingTable } from './mapping-table.tsx';
import type { DraftAtHand, FileKind } from './use-draft.ts';
import type { WizardStep } from './wizard-steps.ts';

interface StepProps {
  readonly atHand: DraftAtHand;
  readonly go: (step: WizardStep) => void;
}

const kinds: readonly FileKind[] = ['customers', 'vehicles'];

/** What the columns of files in other layouts hold: proposed, and looked at by a person before anything else. */
export function ColumnsStep({ atHand, go }: StepProps): ReactNode {
  const { draft, put } = atHand;
  const [isAsking, setAsking] = useState(false);
  const faults = kinds.flatMap((kind) => {
    const mapping = draft[kind]?.mapping ?? null;
    return mapping === null ? [] : faultsOfMapping(mapping);
  });
  const next = (): void => {
    setAsking(true);
    if (faults.length === 0) go('check');
  };
  return (
    <Stack>
      {kinds.map((kind) => {
        const file = draft[kind];
        return file === null ? null : (
          <FileColumns key={kind} file={file} put={(changed) => put(kind, changed)} />
        );
      })}
      {isAsking && faults.length > 0 && (
        <Alert color="red" variant="light" role="alert">
          <List c="var(--text)">
            {faults.map((fault) => (
              <List.Item key={fault}>{fault}</List.Item>
            ))}
          </List>
        </Alert>
      )}
      <div className={classes['actions']}>
        <Button onClick={next}>Go on</Button>
        <Button variant="default" onClick={() => go('files')}>
          Back to the files
        </Button>
      </div>
    </Stack>
  );
}

function FileColumns({
  file,
  put,
}: {
  readonly file: DraftFile;
  readonly put: (file: DraftFile) => void;
}): ReactNode {
  const { mapping } = file;
  return (
    <Paper component="section">
      <Title order={2} className={classes['file'] ?? ''}>
        {file.name}
      </Title>
      {mapping === null ? (
        <Text mt="xs">Recognised: the layout of Navigator 2.0. Nothing has to be set.</Text>
      ) : (
        <>
          <Text c="dimmed" mb="sm">
            This is how it would be read. Look at each column against its first values, and change what is
            wrong.
          </Text>
          {file.notes.length > 0 && (
            <List mb="sm">
              {file.notes.map((note) => (
                <List.Item key={note}>{note}</List.Item>
              ))}
            </List>
          )}
          <MappingTable
            fileId={file.fileId}
            mapping={mapping}
            change={(changed) => put({ ...file, mapping: changed })}
          />
        </>
      )}
    </Paper>
  );
}
