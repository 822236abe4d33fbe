import { Group, NativeSelect, Select, TextInput } from '@mantine/core';
import type { UseFormReturnType } from '@mantine/form';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { FinanceInterest } from '../../../../src/domain/enquiry.ts';
import { financeInterests } from '../../../../src/domain/enquiry.ts';
import { formatRegistration } from '../../../../src/domain/vehicle-registration.ts';
import type { EnquiryChanges } from '../../../../src/features/enquiries/contract.ts';
import { readPounds } from '../../shared/money.ts';
import type { Enquiry } from './enquiries.ts';
import { ownersQuery } from './enquiries.ts';

/** What is typed about an enquiry, as text. */
export interface TypedDetails {
  readonly vehicleOfInterest: string;
  readonly stockNumber: string;
  readonly partExchange: string;
  readonly partExchangeRegistration: string;
  readonly budget: string;
  readonly financeInterest: FinanceInterest;
  readonly ownerId: string;
  readonly what: string;
  readonly on: string;
}

export const financeWords: Readonly<Record<FinanceInterest, string>> = {
  not_asked: 'Not asked',
  yes: 'Yes',
  no: 'No',
};

export const emptyDetails: TypedDetails = {
  vehicleOfInterest: '',
  stockNumber: '',
  partExchange: '',
  partExchangeRegistration: '',
  budget: '',
  financeInterest: 'not_asked',
  ownerId: '',
  what: '',
  on: '',
};

export const detailRules = {
  budget: (value: string) =>
    value.trim() === '' || readPounds(value) !== null ? null : 'Give an amount in pounds, such as 18,500.',
  on: (value: string, { what }: TypedDetails) =>
    value === '' && what.trim() !== '' ? 'Say by which day.' : null,
  what: (value: string, { on }: TypedDetails) =>
    value.trim() === '' && on !== '' ? 'Say what is done.' : null,
};

export function typedFrom(enquiry: Enquiry): TypedDetails {
  const { partExchangeRegistration, budgetPence } = enquiry;
  return {
    vehicleOfInterest: enquiry.vehicleOfInterest ?? '',
    stockNumber: enquiry.stockNumber ?? '',
    partExchange: enquiry.partExchange ?? '',
    partExchangeRegistration:
      partExchangeRegistration === null ? '' : formatRegistration(partExchangeRegistration),
    budget: budgetPence === null ? '' : String(budgetPence / 100),
    financeInterest: enquiry.financeInterest,
    ownerId: enquiry.ownerId ?? '',
    what: enquiry.nextAction?.what ?? '',
    on: enquiry.nextAction?.on ?? '',
  };
}

/** As the API takes it: an empty field is none. */
export function givenDetails(typed: TypedDetails): EnquiryChanges {
  const what = typed.what.trim();
  return {
    vehicleOfInterest: typed.vehicleOfInterest.trim() || null,
    stockNumber: typed.stockNumber.trim() || null,
    partExchange: typed.partExchange.trim() || null,
    partExchangeRegistration: typed.partExchangeRegistration.trim() || null,
    budgetPence: readPounds(typed.budget),
    financeInterest: typed.financeInterest,
    ownerId: typed.ownerId || null,
    nextAction: what === '' ? null : { what, on: typed.on },
  };
}

/** The server speaks of the action as one thing; the form has two fields for it. */
export function fieldOf(field: string): string {
  const names: Readonly<Record<string, string>> = {
    budgetPence: 'budget',
    'nextAction.what': 'what',
    'nextAction.on': 'on',
  };
  return names[field] ?? field;
}

type Form<Values extends TypedDetails> = Pick<UseFormReturnType<Values>, 'getInputProps'>;

/** What they want, what they bring, what they can spend. */
export function WishFields<Values extends TypedDetails>({
  form,
}: {
  readonly form: Form<Values>;
}): ReactNode {
  return (
    <>
      <Group align="flex-start">
        <TextInput
          label="Vehicle of interest"
          placeholder="Ford Puma, automatic"
          flex="1 1 14rem"
          {...form.getInputProps('vehicleOfInterest')}
        />
        <TextInput label="Stock number" w="9rem" {...form.getInputProps('stockNumber')} />
      </Group>
      <Group align="flex-start">
        <TextInput
          label="Part-exchange"
          placeholder="Fiesta, 42,000 miles"
          flex="1 1 14rem"
          {...form.getInputProps('partExchange')}
        />
        <TextInput
          label="Its registration"
          w="9rem"
          spellCheck={false}
          {...form.getInputProps('partExchangeRegistration')}
        />
      </Group>
      <Group align="flex-start">
        <TextInput label="Budget in pounds" inputMode="decimal" w="10rem" {...form.getInputProps('budget')} />
        <NativeSelect
          label="Interested in finance"
          w="12rem"
          data={financeInterests.map((value) => ({ value, label: financeWords[value] }))}
          {...form.getInputProps('financeInterest')}
        />
      </Group>
    </>
  );
}

/** Who does what by when. */
export function ActionFields<Values extends TypedDetails>({
  form,
}: {
  readonly form: Form<Values>;
}): ReactNode {
  const { data: owners = [] } = useQuery(ownersQuery);
  return (
    <>
      <Group align="flex-start">
        <TextInput
          label="Next action"
          placeholder="Ring back with a price"
          flex="1 1 14rem"
          {...form.getInputProps('what')}
        />
        <TextInput type="date" label="By" w="10rem" {...form.getInputProps('on')} />
      </Group>
      <Select
        label="Owner"
        description="Who answers for it"
        placeholder="Nobody yet"
        maw="20rem"
        clearable={true}
        searchable={true}
        clearButtonProps={{ 'aria-label': 'Nobody' }}
        data={owners.map(({ id, fullName }) => ({ value: id, label: fullName }))}
        {...form.getInputProps('ownerId')}
      />
    </>
  );
}
