import { queryOptions } from '@tanstack/react-query';
import type { z } from 'zod';
import type { SelectionFieldName } from '../../../../src/domain/selection-fields.ts';
import type { selectionFieldsSchema } from '../../../../src/features/mailshots/fields/contract.ts';
import { read } from '../../shared/api.ts';

/** What criteria can be built of, with the branches, makes and models on file. */
export type Field = z.infer<typeof selectionFieldsSchema>['fields'][number];

export const fieldsQuery = queryOptions({
  queryKey: ['/selection-fields'],
  queryFn: async ({ signal }) => {
    const { fields } = await read<{ fields: Field[] }>('/selection-fields', { signal });
    return new Map<SelectionFieldName, Field>(fields.map((field) => [field.field, field]));
  },
  staleTime: 300_000,
});

export type Fields = ReadonlyMap<SelectionFieldName, Field>;

/** Other words by which people look for a field. */
export const otherWords: Readonly<Record<SelectionFieldName, string>> = {
  branch: 'site dealership location garage where',
  kind: 'type person private company business sole trader partnership',
  prospect: 'lead enquiry not yet a customer',
  postcode_area: 'place town address letters',
  outcode: 'postcode place town address',
  created_on: 'added new since joined',
  last_contact_on: 'last visit seen heard spoke dormant lapsed silent',
  has_vehicle: 'car van owner keeper',
  make: 'vehicle car brand manufacturer',
  model: 'vehicle car',
  first_registered_on: 'vehicle car new registration date year plate',
  age_in_years: 'vehicle car old',
  mileage: 'vehicle car miles driven',
  mot_due_on: 'vehicle car test expiry',
  service_due_on: 'vehicle car maintenance',
  last_service_on: 'vehicle car serviced last visit workshop maintenance',
};
