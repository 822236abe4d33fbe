import { nowOfBrowser } from '../clock.ts';
import { sayDay } from '../days.ts';
import type { Preferences } from './preferences.ts';

type Review = Preferences['review'];

const methodWords: Readonly<Record<string, string>> = {
  in_person: 'in person',
  phone: 'by phone',
  paper: 'on paper',
  portal: 'on the portal',
  web_form: 'on a web form',
};

/** Where the review stands: "Review due: last reviewed 23 May 2026, in person". */
export function reviewSentence({ status, dueOn, lastReviewAt, lastMethod, lastBy }: Review): string {
  const now = nowOfBrowser();
  if (lastReviewAt === null) return 'Never reviewed since the upgrade: please go through this with them.';
  const how = [lastMethod === null ? null : methodWords[lastMethod], lastBy === null ? null : `by ${lastBy}`]
    .filter(Boolean)
    .join(' ');
  const last = `last reviewed ${sayDay(lastReviewAt, now)}${how === '' ? '' : `, ${how}`}`;
  if (status === 'overdue')
    return `Review overdue since ${dueOn === null ? 'some time' : sayDay(dueOn, now)}: ${last}`;
  if (status === 'due') return `Review due today: ${last}`;
  return `${last.charAt(0).toUpperCase()}${last.slice(1)}; next review due ${dueOn === null ? 'later' : sayDay(dueOn, now)}`;
}

/** The same in two words, for a badge. */
export function reviewBadge({ status, dueOn }: Review): string {
  if (status === 'never') return 'Review never done';
  if (status === 'overdue') return 'Review overdue';
  if (status === 'due') return 'Review due today';
  return dueOn === null ? 'Reviewed' : `Next review ${sayDay(dueOn, nowOfBrowser())}`;
}
