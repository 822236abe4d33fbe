import type { QueryClient } from '@tanstack/react-query';
import { queryOptions } from '@tanstack/react-query';
import type { z } from 'zod';
import type { CustomerKind } from '../../../../src/domain/vocabulary.ts';
import type { customerSchema } from '../../../../src/features/customers/contract.ts';
import type { Asking } from '../../shared/api.ts';
import { ask, newIdempotencyKey, read } from '../../shared/api.ts';

/** One customer's record, and how it is read and changed. */
export type Customer = z.infer<typeof customerSchema>;
export type ContactPoint = Customer['contactPoints'][number];
export type CustomerVehicle = Customer['vehicles'][number];

export const kindWords: Readonly<Record<CustomerKind, string>> = {
  individual: 'Individual',
  sole_trader: 'Sole trader',
  partnership: 'Partnership',
  scottish_partnership: 'Scottish partnership',
  llp: 'LLP',
  company: 'Company',
  government: 'Public body',
  unknown: 'Kind not known',
};

export function pathOf(id: string): string {
  return `/customers/${encodeURIComponent(id)}`;
}

export function customerQuery(id: string) {
  return queryOptions({
    queryKey: ['/customers', id],
    queryFn: ({ signal }) => read<Customer>(pathOf(id), { signal }),
  });
}

/** Changes something of a customer, below their own address. Whatever shows them reads it again. */
export async function changeCustomer<Body = unknown>(
  queries: QueryClient,
  id: string,
  path: string,
  asking: Asking = {},
): Promise<Body> {
  const { body } = await ask<Body>(`${pathOf(id)}${path}`, {
    method: 'POST',
    ...(asking.method === 'DELETE' ? {} : { idempotencyKey: newIdempotencyKey() }),
    ...asking,
  });
  await queries.invalidateQueries({ queryKey: ['/customers', id] });
  return body;
}
