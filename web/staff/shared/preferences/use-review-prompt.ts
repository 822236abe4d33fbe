import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { Place } from '../first-access.ts';
import { isFirstAccess, rememberAccess } from '../first-access.ts';
import { useMay, useSession } from '../session.ts';
import { isTyping } from '../shortcut.ts';
import { useFollowPreferences } from './follow-preferences.ts';
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
 * demand; never over a field in which somebody is typing, since the rest of their word would answer it. Closed, it
 * stays closed until the next visit, or at first access only until the next sign-in, and the review stays due.
 * Meanwhile the screen follows what others save of the customer.
 *
 * @param openAtOnce a record was just created or updated.
 */
export function useReviewPrompt(customerId: string, place: Place, openAtOnce = false): ReviewPrompt {
  useFollowPreferences(customerId);
  const mayRecord = useMay('permissions:write');
  const { branch } = useSession();
  const { data } = useQuery(preferencesQuery(customerId, branch.code));
  const [seen, setSeen] = useState<string | null>(null);
  const [isOpen, setOpen] = useState(false);
  const isAskable = data?.prompt.askable === true;
  const isDue = isAskable && (openAtOnce || data.prompt.open);
  const isEveryAccess = openAtOnce || data?.prompt.at === 'every_access';
  const lastReviewAt = data?.review.lastReviewAt ?? null;
  useEffect(() => {
    if (!mayRecord || !isDue || seen === customerId) return undefined;
    const access = { place, customerId, branch: branch.code, lastReviewAt };
    if (!isEveryAccess && !isFirstAccess(access)) return undefined;
    return onceNobodyTypes(() => {
      rememberAccess(access);
      setSeen(customerId);
      setOpen(true);
    });
  }, [mayRecord, isDue, isEveryAccess, seen, place, customerId, branch.code, lastReviewAt]);
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

/** Does something at once, or as soon as the field in use is left. Answers how it is called off. */
function onceNobodyTypes(act: () => void): () => void {
  if (!isTyping(document.activeElement)) {
    act();
    return () => undefined;
  }
  const onLeft = ({ relatedTarget }: FocusEvent): void => {
    if (isTyping(relatedTarget)) return;
    window.removeEventListener('focusout', onLeft);
    act();
  };
  window.addEventListener('focusout', onLeft);
  return () => window.removeEventListener('focusout', onLeft);
}
