import { Button, Menu } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { lazy, useState } from 'react';
import type { GivenSelection } from '../../../../src/features/mailshots/contract.ts';
import { ApiProblem } from '../../shared/api-problem.ts';
import { useConfirm } from '../../shared/confirm.tsx';
import { KeyHint } from '../../shared/key-hint.tsx';
import { DialogOnDemand } from '../../shared/return-focus.tsx';
import { useMay } from '../../shared/session.ts';
import { useShortcut } from '../../shared/shortcut.ts';
import { sayDone, sayFailed } from '../../shared/toast.tsx';
import type { Count } from './answers.ts';
import { NameDialog } from './name-dialog.tsx';
import type { SavedSelection } from './saved-selections.ts';
import {
  forget,
  nowForgotten,
  nowSaved,
  saveChanges,
  savedSelectionQuery,
  saveNew,
} from './saved-selections.ts';

// Loaded when it is wanted, since everybody waits for what comes first.
const ExportDialog = lazy(async () => ({ default: (await import('./export-dialog.tsx')).ExportDialog }));

interface MailshotActionsProps {
  readonly saved: SavedSelection | null;
  /** Null while category or channel is missing. */
  readonly selection: GivenSelection | null;
  /** The figures of this very selection; null while they are on their way. */
  readonly count: Count | null;
  readonly isChanged: boolean;
  /** Shows what somebody else made of it. */
  readonly takeOver: (other: SavedSelection) => void;
}

type Dialog = 'save' | 'rename';

/** The figures a list is made of, as they were when it was asked for. */
interface Exporting {
  readonly selection: GivenSelection;
  readonly count: Count;
}

/** Export, save, and what else can be done with a mailshot. */
export function MailshotActions(props: MailshotActionsProps): ReactNode {
  const { saved, selection, count, isChanged } = props;
  const [dialog, setDialog] = useState<Dialog | null>(null);
  const [exporting, setExporting] = useState<Exporting | null>(null);
  const mayExport = useMay('exports');
  const canExport = mayExport && count !== null && count.permitted > 0;
  const save = useSaving(props, () => setDialog('save'));
  const close = (): void => setDialog(null);
  const beginExport = (): void => {
    if (selection !== null && count !== null) setExporting({ selection, count });
  };
  useShortcut({ key: 'e' }, beginExport, canExport);
  useShortcut({ key: 's' }, save, selection !== null && isChanged);
  return (
    <>
      {mayExport && (
        <Button disabled={!canExport} onClick={beginExport} aria-keyshortcuts="E">
          Export list&nbsp;<KeyHint>E</KeyHint>
        </Button>
      )}
      <Button
        variant="default"
        disabled={selection === null || !isChanged}
        onClick={save}
        aria-keyshortcuts="S"
      >
        Save&nbsp;<KeyHint>S</KeyHint>
      </Button>
      {saved !== null && <MoreActions {...props} saved={saved} open={setDialog} />}
      {exporting !== null && (
        <DialogOnDemand>
          <ExportDialog {...exporting} close={() => setExporting(null)} />
        </DialogOnDemand>
      )}
      {dialog !== null && selection !== null && (
        <SaveDialog saved={dialog === 'rename' ? saved : null} selection={selection} close={close} />
      )}
    </>
  );
}

/** Saves what is open, or asks for a name first; offers both ways out when somebody else was faster. */
function useSaving({ saved, selection, takeOver }: MailshotActionsProps, askName: () => void): () => void {
  const queries = useQueryClient();
  const confirm = useConfirm();
  const save = async (known: SavedSelection, asked: GivenSelection): Promise<void> => {
    try {
      await nowSaved(queries, await saveChanges(known, { selection: asked }));
      sayDone(`“${known.name}” is saved.`);
    } catch (error) {
      if (!(error instanceof ApiProblem) || error.status !== 412) {
        sayFailed(error);
        return;
      }
      const theirs = await queries.fetchQuery({ ...savedSelectionQuery(known.id), staleTime: 0 });
      const wantsTheirs = await confirm({
        title: 'Somebody else changed this mailshot meanwhile',
        body: 'Take theirs, and what you changed is gone. Or cancel, and save yours: over theirs, or under another name.',
        confirm: 'Take theirs',
      });
      if (wantsTheirs) takeOver(theirs);
    }
  };
  return () => {
    if (saved === null || selection === null) askName();
    else void save(saved, selection);
  };
}

function MoreActions({
  saved,
  open,
}: MailshotActionsProps & {
  readonly saved: SavedSelection;
  readonly open: (dialog: Dialog) => void;
}): ReactNode {
  const queries = useQueryClient();
  const navigate = useNavigate();
  const confirm = useConfirm();
  const remove = async (): Promise<void> => {
    const isMeant = await confirm({
      title: `Remove “${saved.name}”?`,
      body: 'The question is forgotten. The lists that were made with it stay on record.',
      confirm: 'Remove it',
      dangerous: true,
    });
    if (!isMeant) return;
    try {
      await forget(saved);
      await navigate({ to: '/mailshots' });
      await nowForgotten(queries, saved.id);
      sayDone(`“${saved.name}” is removed.`);
    } catch (error) {
      sayFailed(error);
    }
  };
  return (
    <Menu position="bottom-end" shadow="md">
      <Menu.Target>
        <Button variant="default">More</Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={() => open('save')}>Save under another name</Menu.Item>
        <Menu.Item onClick={() => open('rename')}>Rename</Menu.Item>
        <Menu.Item onClick={() => void remove()}>Remove</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

interface SaveDialogProps {
  /** The one that is renamed; null keeps a new one. */
  readonly saved: SavedSelection | null;
  readonly selection: GivenSelection;
  readonly close: () => void;
}

function SaveDialog({ saved, selection, close }: SaveDialogProps): ReactNode {
  const queries = useQueryClient();
  const navigate = useNavigate();
  const save = async (name: string): Promise<void> => {
    const kept = saved === null ? await saveNew(name, selection) : await saveChanges(saved, { name });
    await nowSaved(queries, kept);
    if (saved === null) await navigate({ to: '/mailshots/$id', params: { id: kept.id } });
    sayDone(saved === null ? `“${kept.name}” is saved.` : `It is called “${kept.name}” now.`);
  };
  return (
    <NameDialog
      title={saved === null ? 'Keep this mailshot' : 'Rename this mailshot'}
      name={saved?.name ?? ''}
      verb={saved === null ? 'Save' : 'Rename'}
      save={save}
      close={close}
    />
  );
}
