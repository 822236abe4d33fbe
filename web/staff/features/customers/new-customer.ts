import type { UseFormReturnType } from '@mantine/form';
import { useForm } from '@mantine/form';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import type { z } from 'zod';
import type { duplicatesSchema, NewCustomer } from '../../../../src/features/customers/contract.ts';
import { ask, newIdempotencyKey } from '../../shared/api.ts';
import { ApiProblem, fieldErrorsOf, sentenceOf } from '../../shared/api-problem.ts';
import { takeTypedText } from '../../shared/customer-search.ts';
import { useSession } from '../../shared/session.ts';
import { guessFrom } from '../../shared/typed-guess.ts';
import type { TypedAddress } from './address-fields.tsx';
import { emptyAddress, givenAddress, isAddressEmpty } from './address-fields.tsx';
import type { Customer } from './customer.ts';
import type { TypedProfile } from './profile-fields.tsx';
import { givenNames } from './profile-fields.tsx';
import type { TypedVehicle } from './vehicle-fields.tsx';
import { emptyVehicle, givenVehicle } from './vehicle-fields.tsx';

/** Entering a customer: what is typed, what the server says to it, and who looks like the same person. */
export type Duplicate = z.infer<typeof duplicatesSchema>['duplicates'][number];

export interface TypedCustomer extends TypedProfile {
  readonly phone: string;
  readonly otherPhone: string;
  readonly email: string;
  readonly address: TypedAddress;
  readonly vehicle: TypedVehicle;
}

export interface Entering {
  readonly form: UseFormReturnType<TypedCustomer>;
  readonly problem: string | null;
  readonly isBusy: boolean;
  readonly duplicates: readonly Duplicate[];
  readonly save: (options?: { readonly confirmDuplicate: boolean }) => Promise<void>;
  readonly backToForm: () => void;
}

export function useNewCustomer(): Entering {
  const { branch } = useSession();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const [problem, setProblem] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const [duplicates, setDuplicates] = useState<readonly Duplicate[]>([]);
  const [initialValues] = useState(() => startFrom(takeTypedText(queries), branch.code));
  const form = useForm<TypedCustomer>({ initialValues });
  const save: Entering['save'] = async ({ confirmDuplicate } = { confirmDuplicate: false }) => {
    if (isBusy) return;
    setBusy(true);
    setProblem(null);
    const { body, fields } = bodyOf(form.getValues(), confirmDuplicate);
    try {
      const answer = await ask<Customer | z.infer<typeof duplicatesSchema>>('/customers', {
        body,
        idempotencyKey: newIdempotencyKey(),
      });
      if ('created' in answer.body) {
        setDuplicates(answer.body.duplicates);
        return;
      }
      await navigate({
        to: '/customers/$id',
        params: { id: answer.body.id },
        search: { preferences: 'open' },
        replace: true,
      });
    } catch (error) {
      setDuplicates([]);
      const errors = errorsByField(error, fields);
      form.setErrors(errors);
      if (Object.keys(errors).length === 0) setProblem(sentenceOf(error));
    } finally {
      setBusy(false);
    }
  };
  return { form, problem, isBusy, duplicates, save, backToForm: () => setDuplicates([]) };
}

function startFrom(typed: string, branch: string): TypedCustomer {
  const guess = guessFrom(typed);
  return {
    kind: 'individual',
    title: '',
    forename: '',
    surname: '',
    companyName: '',
    branch,
    prospect: false,
    phone: '',
    otherPhone: '',
    email: '',
    ...guess,
    address: { ...emptyAddress, postcode: guess.postcode ?? '' },
    vehicle: { ...emptyVehicle, registration: guess.registration ?? '' },
  };
}

type GivenPoint = NonNullable<NewCustomer['contactPoints']>[number];

/** The request, and for each contact point in it the field of the form that it came from. */
function bodyOf(
  typed: TypedCustomer,
  confirmDuplicate: boolean,
): { readonly body: NewCustomer; readonly fields: readonly string[] } {
  const { kind, branch, prospect, phone, otherPhone, email, address, vehicle } = typed;
  const points: [field: string, point: GivenPoint][] = [];
  if (phone.trim() !== '') points.push(['phone', { kind: 'phone', value: phone }]);
  if (otherPhone.trim() !== '') points.push(['otherPhone', { kind: 'phone', value: otherPhone }]);
  if (email.trim() !== '') points.push(['email', { kind: 'email', value: email }]);
  if (!isAddressEmpty(address)) points.push(['address', { kind: 'postal', address: givenAddress(address) }]);
  const car = givenVehicle(vehicle);
  return {
    body: {
      kind,
      ...givenNames(typed),
      branch,
      prospect,
      contactPoints: points.map(([, point]) => point),
      vehicles: Object.keys(car).length === 0 ? [] : [car],
      confirmDuplicate,
    },
    fields: points.map(([field]) => field),
  };
}

/** The sentences of the server beside the fields they are about. */
function errorsByField(error: unknown, points: readonly string[]): Record<string, string> {
  if (!(error instanceof ApiProblem)) return {};
  return Object.fromEntries(
    Object.entries(fieldErrorsOf(error)).map(([field, message]) => {
      const [, index, part = ''] = /^contactPoints\.(\d+)\.(.*)$/.exec(field) ?? [];
      const point = index === undefined ? undefined : points[Number(index)];
      if (point === undefined) return [field.replace(/^vehicles\.0\./, 'vehicle.'), message];
      if (point !== 'address') return [point, message];
      return [part.startsWith('address.') ? part : 'address.line1', message];
    }),
  );
}
