import type { QueryClient } from '@tanstack/react-query';
import type { z } from 'zod';
import type { customerHitSchema } from '../../../src/features/customers/contract.ts';
import { read } from './api.ts';

/** Looking for customers: what is typed travels in the body, since a name in an address ends up in logs. */
export type CustomerHit = z.infer<typeof customerHitSchema>;

export async function searchCustomers(
  text: string,
  limit: number,
  signal: AbortSignal,
): Promise<CustomerHit[]> {
  const { customers } = await read<{ customers: CustomerHit[] }>('/customers:search', {
    body: { text: text.slice(0, 200), limit },
    signal,
  });
  return customers;
}

type Named = Pick<CustomerHit, 'title' | 'forename' | 'surname' | 'companyName'>;

/** "Mrs Jane Holroyd", or the company, or both. */
export function nameOf({ title, forename, surname, companyName }: Named): string {
  const person = [title, forename, surname].filter(Boolean).join(' ');
  if (person === '') return companyName ?? 'No name recorded';
  return companyName === null ? person : `${person}, ${companyName}`;
}

const found: Readonly<Record<CustomerHit['foundBy'][number], string>> = {
  name: '',
  phone: 'found by phone number',
  email: 'found by email address',
  registration: 'found by registration',
  postcode: 'found by postcode',
  customer_number: '',
};

/** By what they were found, where that is not plain to see. */
export function howFound({ foundBy }: CustomerHit): string {
  return foundBy
    .map((way) => found[way])
    .filter(Boolean)
    .join(', ');
}

/** The text that nobody was found by, for the form that enters them: in memory alone, since it names a person. */
export function takeTypedText(queries: QueryClient): string {
  return queries.getQueryData<string>(['customers:nobody']) ?? '';
}

export function handTypedText(queries: QueryClient, text: string): void {
  queries.setQueryData<string>(['customers:nobody'], text);
}
