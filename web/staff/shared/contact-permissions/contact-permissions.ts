import { queryOptions } from '@tanstack/react-query';
import type { ContactPermissions } from '../../../../src/features/permissions/contact-permissions/contract.ts';
import { read } from '../api.ts';

/** What the numbers and addresses of a customer may be used for, as the engine says it now. */
export type PermittedPoint = ContactPermissions['points'][number];
export type ContactUse = PermittedPoint['uses'][number];

/** As many as the server answers for at once. */
const atOnce = 100;

/** Below the customer's own key, so that whatever changes them or their preferences brings this up to date. */
export function contactPermissionsQuery(customerId: string) {
  return queryOptions({
    queryKey: ['/customers', customerId, 'contact-permissions'],
    queryFn: () => asked(customerId),
    staleTime: 15_000,
    // why: numbers of people who were merely in a list are forgotten soon after it is left.
    gcTime: 60_000,
  });
}

interface Waiting {
  readonly customerId: string;
  readonly answer: (permissions: ContactPermissions | null) => void;
  readonly fail: (error: unknown) => void;
}

let waiting: Waiting[] = [];

/** A list asks for each of its people; what is asked in one breath goes to the server as one question. */
function asked(customerId: string): Promise<ContactPermissions | null> {
  return new Promise((answer, fail) => {
    if (waiting.length === 0) setTimeout(askForAll);
    waiting.push({ customerId, answer, fail });
  });
}

function askForAll(): void {
  const all = waiting;
  waiting = [];
  for (let from = 0; from < all.length; from += atOnce) void askFor(all.slice(from, from + atOnce));
}

async function askFor(some: readonly Waiting[]): Promise<void> {
  try {
    const body = { customers: some.map(({ customerId }) => customerId) };
    const { customers } = await read<{ customers: ContactPermissions[] }>('/contact-permissions', { body });
    const known = new Map(customers.map((each) => [each.customerId, each]));
    for (const { customerId, answer } of some) answer(known.get(customerId) ?? null);
  } catch (error) {
    for (const { fail } of some) fail(error);
  }
}

/** What a use comes to in one word: both, service or marketing alone, neither, or not even a booking. */
export type Answer = 'both' | 'service' | 'marketing' | 'neither' | 'stopped';

export function answerOf({ stopped, service, marketing }: ContactUse): Answer {
  if (stopped !== null) return 'stopped';
  if (service.allowed) return marketing.allowed ? 'both' : 'service';
  return marketing.allowed ? 'marketing' : 'neither';
}

export const answerWords: Readonly<Record<Answer, string>> = {
  both: 'yes',
  service: 'service only',
  marketing: 'marketing only',
  neither: 'no',
  stopped: 'no contact',
};

/** Why, in sentences: of both categories, or once where one reason stops everything. */
export function whyOf(use: ContactUse): string {
  const { label, stopped, service, marketing } = use;
  if (stopped !== null) return `${label}: no contact. ${stopped}`;
  const said = (name: string, { allowed, why }: ContactUse['service']): string =>
    `${name}: ${allowed ? 'yes' : 'no'}. ${why}`;
  const isNo = !service.allowed && !marketing.allowed;
  return [
    `${label}, ${said('service', service)}`,
    `${label}, ${said('marketing', marketing)}`,
    ...(isNo ? ['A message about a booking or an enquiry of theirs may go.'] : []),
  ].join('\n');
}
