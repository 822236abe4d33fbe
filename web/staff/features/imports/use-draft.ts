import { useState } from 'react';
import { nowOfBrowser } from '../../shared/clock.ts';
import { useSession } from '../../shared/session.ts';
import type { DraftFile, ImportDraft } from './drafts.ts';
import { forgetDraft, keepDraft, readDrafts } from './drafts.ts';

export type FileKind = 'customers' | 'vehicles';

export interface DraftAtHand {
  readonly draft: ImportDraft;
  /** Puts a file in its place, or takes it away again. */
  readonly put: (kind: FileKind, file: DraftFile | null) => void;
  /** It was begun, so that there is nothing to go on with any more. */
  readonly forget: () => void;
}

/** The import that is being prepared; whatever is changed is kept at once. */
export function useDraft(id: string): DraftAtHand {
  const { user } = useSession();
  const [draft, setDraft] = useState<ImportDraft>(() => {
    const known = readDrafts(user.id, nowOfBrowser()).find((each) => each.id === id);
    return known ?? { id, begunAt: nowOfBrowser().toISOString(), customers: null, vehicles: null };
  });
  return {
    draft,
    put: (kind, file) =>
      setDraft((before) => {
        const changed = { ...before, [kind]: file };
        keepDraft(user.id, changed, nowOfBrowser());
        return changed;
      }),
    forget: () => forgetDraft(user.id, id, nowOfBrowser()),
  };
}
