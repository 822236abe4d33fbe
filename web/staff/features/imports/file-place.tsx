import { Alert, Button, FileButton, Group, Progress, Text } from '@mantine/core';
import type { DragEvent, ReactNode } from 'react';
import { useEffect, useRef, useState } from 'react';
import { read } from '../../shared/api.ts';
import { sentenceOf } from '../../shared/api-problem.ts';
import { sayNumber } from '../../shared/numbers.ts';
import type { DraftFile } from './drafts.ts';
import classes from './imports.module.css';
import type { MappingProposal } from './imports.ts';
import { faultOfFile, newFileId, sendFile } from './upload.ts';
import type { FileKind } from './use-draft.ts';

interface FilePlaceProps {
  readonly kind: FileKind;
  readonly file: DraftFile | null;
  readonly put: (file: DraftFile | null) => void;
}

interface Coming {
  readonly name: string;
  /** From 0 to 1; null while it is looked at. */
  readonly share: number | null;
}

/** Where one file goes: dropped or chosen, sent, and looked at until its columns are understood or not. */
export function FilePlace({ kind, file, put }: FilePlaceProps): ReactNode {
  const { coming, fault, take, giveUp } = useComing(kind, put);
  const [isOver, setOver] = useState(false);
  const drop = (event: DragEvent): void => {
    event.preventDefault();
    setOver(false);
    const [first] = event.dataTransfer.files;
    if (first !== undefined) void take(first);
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping is a convenience; the button does the same by keys.
    <div
      className={classes['drop']}
      data-over={isOver || undefined}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      {coming !== null ? (
        <Sending coming={coming} giveUp={giveUp} />
      ) : (
        <>
          {file === null ? (
            <Text>Drop {kind}.csv here, or choose it.</Text>
          ) : (
            <Kept file={file} remove={() => put(null)} />
          )}
          <FileButton
            onChange={(chosen) => chosen !== null && void take(chosen)}
            inputProps={{ 'aria-hidden': true }}
          >
            {(props) => (
              <Button {...props} variant="default">
                {file === null
                  ? `Choose the ${kind === 'customers' ? 'customer' : 'vehicle'} file`
                  : 'Choose another file'}
              </Button>
            )}
          </FileButton>
        </>
      )}
      {fault !== null && (
        <Alert color="red" variant="light" role="alert" w="100%">
          <Text c="var(--text)">{fault}</Text>
        </Alert>
      )}
    </div>
  );
}

function Kept({ file, remove }: { readonly file: DraftFile; readonly remove: () => void }): ReactNode {
  return (
    <>
      <Group gap="xs">
        <span className={classes['file']}>{file.name}</span>
        <Text span c="dimmed">
          {sayBytes(file.bytes)}
        </Text>
        <Button size="compact-sm" variant="subtle" onClick={remove} aria-label={`Remove ${file.name}`}>
          Remove
        </Button>
      </Group>
      <Text>
        {file.mapping === null
          ? 'Recognised: the layout of Navigator 2.0. Nothing has to be set.'
          : 'Another layout: the next step shows how its columns would be read.'}
      </Text>
    </>
  );
}

function Sending({ coming, giveUp }: { readonly coming: Coming; readonly giveUp: () => void }): ReactNode {
  const { name, share } = coming;
  const percent = Math.round((share ?? 1) * 100);
  return (
    <>
      <Text role="status">
        {share === null ? `Looking at the columns of ${name}` : `Uploading ${name}: ${percent}%`}
      </Text>
      <Progress w="100%" value={percent} animated={share === null} aria-label={`Upload of ${name}`} />
      <Button size="compact-sm" variant="default" onClick={giveUp}>
        Stop
      </Button>
    </>
  );
}

function useComing(kind: FileKind, put: (file: DraftFile | null) => void) {
  const [coming, setComing] = useState<Coming | null>(null);
  const [fault, setFault] = useState<string | null>(null);
  const running = useRef<AbortController | null>(null);
  useEffect(() => () => running.current?.abort(), []);
  const take = async (chosen: File): Promise<void> => {
    const plain = faultOfFile(chosen);
    setFault(plain);
    if (plain !== null) return;
    const controller = new AbortController();
    running.current?.abort();
    running.current = controller;
    const { signal } = controller;
    const { name, size: bytes } = chosen;
    try {
      const fileId = newFileId();
      setComing({ name, share: 0 });
      await sendFile(fileId, chosen, { signal, onProgress: (share) => setComing({ name, share }) });
      setComing({ name, share: null });
      const proposal = await read<MappingProposal>('/imports:propose-mapping', {
        body: { file: fileId },
        signal,
      });
      const { mapping, recognised, notes } = proposal;
      if (mapping.file !== kind) setFault(otherKind(name, kind));
      else put({ fileId, name, bytes, mapping: recognised ? null : mapping, notes });
    } catch (error) {
      if (!signal.aborted) setFault(sentenceOf(error));
    } finally {
      if (running.current === controller) setComing(null);
    }
  };
  return { coming, fault, take, giveUp: () => running.current?.abort() };
}

function otherKind(name: string, wanted: FileKind): string {
  return wanted === 'customers'
    ? `${name} looks like a list of vehicles: it has vehicles and no names. Put it under Vehicles, and choose the customer file here.`
    : `${name} looks like a list of customers: put it under Customers, and choose the vehicle file here.`;
}

function sayBytes(bytes: number): string {
  if (bytes < 1_000_000) return `${sayNumber(Math.max(1, Math.round(bytes / 1_000)))} kB`;
  return `${sayNumber(Math.round(bytes / 1_000_000))} MB`;
}
