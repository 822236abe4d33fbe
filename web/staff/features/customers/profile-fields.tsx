import { Checkbox, Chip, Group, Input, Select, TextInput } from '@mantine/core';
import type { GetInputPropsReturnType } from '@mantine/form';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { CustomerKind } from '../../../../src/domain/vocabulary.ts';
import { customerKinds } from '../../../../src/domain/vocabulary.ts';
import { branchesQuery } from '../../shared/branches.ts';
import { kindWords } from './customer.ts';

/** What is typed about who a customer is, as text. */
export interface TypedProfile {
  readonly kind: CustomerKind;
  readonly title: string;
  readonly forename: string;
  readonly surname: string;
  readonly companyName: string;
  readonly branch: string;
  readonly prospect: boolean;
}

export type NameField = 'title' | 'forename' | 'surname' | 'companyName';

const businessNames: Readonly<Partial<Record<CustomerKind, string>>> = {
  sole_trader: 'Trading name',
  partnership: 'Name of the partnership',
  scottish_partnership: 'Name of the partnership',
  llp: 'Name of the LLP',
  company: 'Company',
  government: 'Name of the body',
  unknown: 'Company',
};

interface ProfileFieldsProps {
  readonly kind: CustomerKind;
  readonly inputPropsOf: (field: keyof TypedProfile, type?: 'checkbox') => GetInputPropsReturnType;
  readonly choose: (kind: CustomerKind) => void;
}

/** Who the customer is. The kind comes first: it decides which law protects them, and which names they have. */
export function ProfileFields({ kind, inputPropsOf, choose }: ProfileFieldsProps): ReactNode {
  const businessName = businessNames[kind];
  return (
    <>
      <Input.Wrapper
        label="What kind of customer is it?"
        labelElement="div"
        error={inputPropsOf('kind').error}
        role="group"
        aria-label="What kind of customer is it?"
      >
        <Chip.Group value={kind} onChange={(value) => choose(value as CustomerKind)}>
          <Group gap="xs" mt={4}>
            {customerKinds.map((value) => (
              <Chip key={value} value={value} name="kind" variant="outline">
                {kindWords[value]}
              </Chip>
            ))}
          </Group>
        </Chip.Group>
      </Input.Wrapper>
      {businessName !== undefined && (
        <TextInput label={businessName} data-autofocus={true} {...inputPropsOf('companyName')} />
      )}
      <Group align="flex-start" wrap="wrap">
        <TextInput label="Title" list="titles" w="6rem" data-autofocus={true} {...inputPropsOf('title')} />
        <TextInput label="Forename" flex="1 1 10rem" {...inputPropsOf('forename')} />
        <TextInput label="Surname" flex="1 1 10rem" {...inputPropsOf('surname')} />
        <datalist id="titles">
          {['Mr', 'Mrs', 'Miss', 'Ms', 'Mx', 'Dr'].map((title) => (
            <option key={title} value={title} />
          ))}
        </datalist>
      </Group>
    </>
  );
}

/** Where they belong, and whether they have had any dealing yet. */
export function BelongingFields({ inputPropsOf }: Pick<ProfileFieldsProps, 'inputPropsOf'>): ReactNode {
  const { data: branches = [] } = useQuery(branchesQuery);
  return (
    <>
      <Select
        label="Branch"
        data={branches.map(({ code, name }) => ({ value: code, label: name }))}
        allowDeselect={false}
        {...inputPropsOf('branch')}
      />
      <Checkbox
        label="A prospect"
        description="Has bought nothing and had nothing done yet"
        {...inputPropsOf('prospect', 'checkbox')}
      />
    </>
  );
}

/** Names as the API takes them: an empty one is none; a kind without a business has no name of one. */
export function givenNames(typed: Pick<TypedProfile, NameField | 'kind'>): Record<NameField, string | null> {
  const { kind, title, forename, surname, companyName } = typed;
  return {
    title: title.trim() || null,
    forename: forename.trim() || null,
    surname: surname.trim() || null,
    companyName: kind === 'individual' ? null : companyName.trim() || null,
  };
}
