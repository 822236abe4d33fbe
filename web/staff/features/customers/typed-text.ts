import type { QueryClient } from '@tanstack/react-query';
import { parseRegistration } from '../../../../src/domain/vehicle-registration.ts';

/**
 * What was typed to find somebody. It names a person, so it is kept out of addresses: in memory alone, as long
 * as this person is signed in and for a few minutes.
 */
const key = ['customers:typed'];

export function keepTypedText(queries: QueryClient, text: string): void {
  queries.setQueryData<string>(key, text);
}

export function typedText(queries: QueryClient): string {
  return queries.getQueryData<string>(key) ?? '';
}

export interface Guess {
  readonly title?: string;
  readonly forename?: string;
  readonly surname?: string;
  readonly phone?: string;
  readonly email?: string;
  readonly postcode?: string;
  readonly registration?: string;
}

const titles = /^(mr|mrs|miss|ms|mx|dr|prof|sir|lady|lord|rev)\.?$/i;

/** What a text that finds nobody probably is, so that nothing is typed twice. */
export function guessFrom(text: string): Guess {
  const typed = text.trim();
  if (typed === '') return {};
  if (typed.includes('@')) return { email: typed };
  if (/^[+\d][\d\s()-]{5,}$/.test(typed)) return { phone: typed };
  if (/^[a-z]{1,2}\d[a-z\d]?\s+\d[a-z]{2}$/i.test(typed)) return { postcode: typed.toUpperCase() };
  const mark = parseRegistration(typed);
  if (mark.ok) return { registration: typed.toUpperCase() };
  if (/\d/.test(typed)) return {};
  const words = typed.split(/\s+/);
  const title = words.length > 1 && titles.test(words[0] ?? '') ? words.shift() : undefined;
  const surname = words.pop() ?? '';
  return {
    ...(title === undefined ? {} : { title: capital(title) }),
    ...(words.length === 0 ? {} : { forename: words.map(capital).join(' ') }),
    surname: capital(surname),
  };
}

/** The first letter large, as names are written; letters that were typed large stay so. */
function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
