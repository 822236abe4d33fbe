import type { NewCustomer } from '../../src/features/customers/contract.ts';
import { createCustomer } from '../../src/features/customers/service.ts';
import type { NewPermissionEvent } from '../../src/features/permissions/contract.ts';
import type { Actor, Context } from '../../src/platform/context.ts';

/** A member of staff at the desk. */
export const adviser: Actor = { kind: 'staff', id: 'adviser' };

export const wording = {
  text: 'May Holroyd Motors keep in touch about your car, and how? You can change your mind at any time.',
  language: 'en-GB',
};

let numbers = 0;

/** Enters a customer with a mobile, an email address and a postal address of their own; answers the id. */
export async function givenCustomer(context: Context, given: Partial<NewCustomer> = {}): Promise<string> {
  numbers += 1;
  const created = await createCustomer(
    context,
    {
      surname: `Holroyd ${numbers}`,
      contactPoints: [
        { kind: 'phone', value: `07700 900${(numbers % 1000).toString().padStart(3, '0')}` },
        { kind: 'email', value: `holroyd-${numbers}@example.com` },
        { kind: 'postal', address: { line1: `${numbers} Mill Lane`, town: 'Sheffield', postcode: 'S1 2HE' } },
      ],
      confirmDuplicate: true,
      ...given,
    },
    adviser,
  );
  if (!created.created) throw new Error('The customer was not entered.');
  return created.customerId;
}

type Answer = {
  channel: 'sms' | 'letter' | 'live_call' | 'email';
  answer?: 'granted' | 'not_given' | 'withdrawn';
};

/** The preferences an adviser records after asking, with everything that proves it. */
export function answers(
  category: 'service_follow_up' | 'general_marketing',
  given: readonly Answer[],
): NewPermissionEvent {
  return {
    kind: 'record',
    cells: given.map(({ channel, answer = 'granted' }) => ({ channel, category, answer, basis: 'consent' })),
    review: true,
    previousSystem: false,
    occurredAt: '2026-11-23T10:55:00Z',
    method: 'in_person',
    wording,
    givenBy: 'staff',
  };
}
