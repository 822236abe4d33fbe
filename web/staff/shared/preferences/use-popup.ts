import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { newIdempotencyKey } from '../api.ts';
import { ApiProblem, fieldErrorsOf, sentenceOf } from '../api-problem.ts';
import { usePresent, workInHand } from '../presence.ts';
import { useSession } from '../session.ts';
import { sayDone } from '../toast.tsx';
import type { Box, Method, Preferences, SavedEffects, WayOut } from './preferences.ts';
import { preferencesChanged, recordWayOut, saveChoices } from './preferences.ts';
import { useSavedElsewhere } from './use-saved-elsewhere.ts';

interface PopupFields {
  readonly ticked: ReadonlySet<Box>;
  readonly method: Method | null;
  readonly methodError: string | null;
  readonly problem: string | null;
  readonly isBusy: boolean;
  /** What is held was changed by somebody else, and it was said: the next save is made on what is held now. */
  readonly isTold: boolean;
  /** Enter was pressed before anything else: it may have been meant for what was there before the pop-up. */
  readonly isEnterAsked: boolean;
  /** What follows from what was saved; null until it is. */
  readonly outcome: SavedEffects | null;
}

export interface PopupState {
  readonly state: PopupFields;
  /** What to say of a save by somebody else while something is ticked here; null where there was none. */
  readonly news: string | null;
  readonly toggle: (box: Box) => void;
  readonly setMethod: (method: Method) => void;
  readonly save: () => Promise<void>;
  /** Saves by Enter; before anything was ticked or chosen it takes a second one, since a save replaces what is held. */
  readonly saveByKey: () => Promise<void>;
  /** Records a way out and closes; `done` is what is said afterwards. */
  readonly leave: (way: WayOut, done: string) => Promise<void>;
}

const fresh: PopupFields = {
  ticked: new Set(),
  method: null,
  methodError: null,
  problem: null,
  isBusy: false,
  isTold: false,
  isEnterAsked: false,
  outcome: null,
};

/**
 * What an adviser has ticked so far. It lives as long as the pop-up is open, and is kept nowhere else. A review that
 * is saved elsewhere meanwhile closes it; with something ticked it stays, and says so.
 */
export function usePopup(held: Preferences, close: () => void): PopupState {
  const queries = useQueryClient();
  const { branch } = useSession();
  const [state, setState] = useState(fresh);
  const [idempotencyKey, setIdempotencyKey] = useState(newIdempotencyKey);
  const isInHand = state.outcome === null && (state.ticked.size > 0 || state.method !== null);
  usePresent(workInHand, isInHand);
  const change = (fields: Partial<PopupFields>): void => setState((known) => ({ ...known, ...fields }));
  const elsewhere = useSavedElsewhere(held, state, isInHand, {
    told: () => change({ isTold: false }),
    close,
  });
  const refuse = async (error: unknown): Promise<void> => {
    setIdempotencyKey(newIdempotencyKey());
    const methodError = fieldErrorsOf(error)['method'] ?? null;
    if (error instanceof ApiProblem && error.status === 409) {
      change({ isTold: true });
      await preferencesChanged(queries, held.customer.id);
    }
    change({ isBusy: false, methodError, problem: methodError === null ? problemWords(error, held) : null });
  };
  const save = async (): Promise<void> => {
    if (state.isBusy) return;
    if (state.ticked.size > 0 && state.method === null) {
      change({ methodError: `Say how ${held.customer.shortName} told us: a yes has to be proved.` });
      return;
    }
    if (elsewhere !== null) {
      change({ isTold: true, isEnterAsked: false, problem: conflictWords(held) });
      return;
    }
    change({ isBusy: true, problem: null, isEnterAsked: false });
    try {
      const outcome = await saveChoices(held, state.ticked, state.method, {
        branch: branch.code,
        idempotencyKey,
      });
      change({ isBusy: false, outcome });
      await preferencesChanged(queries, held.customer.id);
    } catch (error) {
      await refuse(error);
    }
  };
  return {
    state,
    news: state.problem === null ? elsewhere : null,
    toggle: (box) => change({ ticked: toggled(state.ticked, box), problem: null, isEnterAsked: false }),
    setMethod: (method) => change({ method, methodError: null, isEnterAsked: false }),
    save,
    saveByKey: async () => {
      const isUntouched = state.ticked.size === 0 && state.method === null && !state.isEnterAsked;
      if (isUntouched) change({ isEnterAsked: true });
      else await save();
    },
    leave: async (way, done) => {
      if (state.isBusy) return;
      change({ isBusy: true, problem: null });
      try {
        await recordWayOut(held.customer.id, way);
        await preferencesChanged(queries, held.customer.id);
        sayDone(done);
        close();
      } catch (error) {
        await refuse(error);
      }
    },
  };
}

function toggled(ticked: ReadonlySet<Box>, box: Box): ReadonlySet<Box> {
  const next = new Set(ticked);
  if (!next.delete(box)) next.add(box);
  return next;
}

function problemWords(error: unknown, held: Preferences): string {
  return error instanceof ApiProblem && error.status === 409 ? conflictWords(held) : sentenceOf(error);
}

function conflictWords({ customer }: Preferences): string {
  return (
    `Somebody else saved ${customer.shortName}'s preferences meanwhile; nothing of yours was saved. ` +
    'Beside the boxes is what is held now; your ticks are still there. Look, and save again.'
  );
}
