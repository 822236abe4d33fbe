import { useEffect, useState } from 'react';
import { sayDone } from '../toast.tsx';
import type { Preferences } from './preferences.ts';

interface AtHand {
  readonly isBusy: boolean;
  /** It was said that what is held was changed. */
  readonly isTold: boolean;
  readonly outcome: object | null;
}

interface Doing {
  /** What was said has been taken in: what is held now is what is answered from here on. */
  readonly told: () => void;
  readonly close: () => void;
}

/**
 * What happens to an open pop-up when a colleague, or the customer on their own phone, saves the preferences it shows:
 * with nothing in hand a saved review closes it, since there is nothing left to ask, and any other change is simply
 * shown. With something ticked nothing is lost: answers what to say, until the next save is made in its knowledge.
 */
export function useSavedElsewhere(
  held: Preferences,
  { isBusy, isTold, outcome }: AtHand,
  isInHand: boolean,
  { told, close }: Doing,
): string | null {
  const [basis, setBasis] = useState(held);
  const isChanged = held.sequence !== basis.sequence && outcome === null && !isBusy;
  const isReviewed = isChanged && held.review.lastReviewAt !== basis.review.lastReviewAt;
  useEffect(() => {
    if (!isChanged || (isInHand && !isTold)) return;
    setBasis(held);
    if (isTold) told();
    else if (isReviewed) {
      sayDone(`${newsWords(held, true)} There is nothing left to ask.`);
      close();
    }
  });
  return isChanged && isInHand && !isTold
    ? `${newsWords(held, isReviewed)} Beside the boxes is what is held now; your ticks are still there.`
    : null;
}

function newsWords({ customer, review }: Preferences, isReviewed: boolean): string {
  const who = (isReviewed ? review.lastBy : null) ?? 'Somebody else';
  const name = who === 'the customer' ? customer.shortName : who;
  const whose = who === 'the customer' ? 'their own' : `${customer.shortName}’s`;
  return `${name} just saved ${whose} preferences.`;
}
