import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useMay, useSession } from '../session.ts';
import { preferencesQuery } from './preferences.ts';

export interface ReviewPrompt {
  /** Whether the role may record preferences, and there is somebody to ask. */
  readonly mayOpen: boolean;
  readonly isOpen: boolean;
  readonly open: () => void;
  readonly close: () => void;
}

/**
 * The pop-up of one customer on one screen: it comes by itself at first access when a review is due, and on
 * demand. Closed, it stays closed until the next visit, and the review stays due.
 *
 * @param openAtOnce a record was just created or updated.
 */
export function useReviewPrompt(customerId: string, openAtOnce: boolean): ReviewPrompt {
  const mayRecord = useMay('permissions:write');
  const { branch } = useSession();
  const { data } = useQuery(preferencesQuery(customerId, branch.code));
  const [seen, setSeen] = useState<string | null>(null);
  const [isOpen, setOpen] = useState(false);
  const isAskable = data?.prompt.askable === true;
  const isDue = isAskable && (openAtOnce || data.prompt.open);
  useEffect(() => {
    if (!mayRecord || !isDue || seen === customerId) return;
    setSeen(customerId);
    setOpen(true);
  }, [mayRecord, isDue, seen, customerId]);
  return {
    mayOpen: mayRecord && isAskable,
    isOpen: isOpen && mayRecord && isAskable,
    open: () => setOpen(true),
    close: () => {
      setSeen(customerId);
      setOpen(false);
    },
  };
}
