import { queryOptions } from '@tanstack/react-query';
import type { ContactMethod, ProgrammeKind } from '../../../../src/domain/programme.ts';
import { countedFromWords } from '../../../../src/domain/programme.ts';
import type { ProgrammeAnswer } from '../../../../src/features/programmes/contract.ts';
import { ask, read } from '../../shared/api.ts';
import { sayCount } from '../../shared/numbers.ts';

export type Programme = ProgrammeAnswer;
export type Step = Programme['steps'][number];

/** What the contact manager reminds customers of, in the order of a dealer's work. */
export const programmesQuery = queryOptions({
  queryKey: ['/programmes'],
  queryFn: async ({ signal }) =>
    (await read<{ programmes: Programme[] }>('/programmes', { signal })).programmes,
});

/** Throws ApiProblem, also when somebody else changed it meanwhile. */
export async function changeProgramme(
  { kind, version }: Pick<Programme, 'kind' | 'version'>,
  changes: Partial<Pick<Programme, 'isOn' | 'steps'>>,
): Promise<void> {
  await ask(`/programmes/${kind}`, { method: 'PATCH', body: changes, ifMatch: `"${version}"` });
}

export const methodNames: Readonly<Record<ContactMethod, string>> = {
  letter: 'Letter',
  sms: 'SMS',
  email: 'Email',
  live_call: 'Telephone',
  social_audience: 'Social media audience',
};

/** Where a step lies, short: the picture says from which day it counts. */
export function daysWords(days: number): string {
  if (days === 0) return 'on the day';
  return `${sayCount(Math.abs(days), 'day')} ${days < 0 ? 'before' : 'after'}`;
}

/** Why the ladder of a programme ends before its last step. */
export function stopWords(kind: ProgrammeKind): string {
  if (kind === 'mot_due' || kind === 'service_due' || kind === 'deferred_work') {
    return 'Stops when the work is booked, when the vehicle is no longer theirs, or when they say no.';
  }
  if (kind === 'open_enquiry') return 'Stops when the enquiry is sold or lost, or when they say no.';
  return 'Stops when they say no.';
}

/** The day that counts, as the end or the beginning of the picture. */
export function dayThatCounts(kind: ProgrammeKind): string {
  const words = countedFromWords[kind].replace(/^the /, '');
  return words.charAt(0).toUpperCase() + words.slice(1);
}
