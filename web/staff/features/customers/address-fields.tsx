import { Group, TextInput } from '@mantine/core';
import type { GetInputPropsReturnType } from '@mantine/form';
import type { ReactNode } from 'react';

export interface TypedAddress {
  readonly line1: string;
  readonly line2: string;
  readonly town: string;
  readonly county: string;
  readonly postcode: string;
}

export const emptyAddress: TypedAddress = { line1: '', line2: '', town: '', county: '', postcode: '' };

export function isAddressEmpty(address: TypedAddress): boolean {
  return Object.values(address).every((line: string) => line.trim() === '');
}

/** What was typed, as the API takes it: an empty line is none. */
export function givenAddress(address: TypedAddress): Record<keyof TypedAddress, string | null> {
  const { line1, line2, town, county, postcode } = address;
  return {
    line1: line1.trim() || null,
    line2: line2.trim() || null,
    town: town.trim() || null,
    county: county.trim() || null,
    postcode: postcode.trim() || null,
  };
}

interface AddressFieldsProps {
  readonly inputPropsOf: (field: keyof TypedAddress) => GetInputPropsReturnType;
}

export function AddressFields({ inputPropsOf }: AddressFieldsProps): ReactNode {
  return (
    <>
      <TextInput label="Address" placeholder="14 Bole Hill Lane" {...inputPropsOf('line1')} />
      <TextInput label="Second line" {...inputPropsOf('line2')} />
      <Group grow={true} align="flex-start">
        <TextInput label="Town" {...inputPropsOf('town')} />
        <TextInput label="County" {...inputPropsOf('county')} />
        <TextInput label="Postcode" placeholder="S6 3AA" {...inputPropsOf('postcode')} />
      </Group>
    </>
  );
}
