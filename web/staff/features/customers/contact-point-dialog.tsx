import { Checkbox, Select, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { ContactPointChange } from '../../../../src/features/customers/contract.ts';
import { besideFields, FormDialog, useSubmission } from '../../shared/form-dialog.tsx';
import { sayDone } from '../../shared/toast.tsx';
import type { TypedAddress } from './address-fields.tsx';
import { AddressFields, emptyAddress, givenAddress } from './address-fields.tsx';
import type { ContactPoint } from './customer.ts';
import { changeCustomer } from './customer.ts';

interface ContactPointDialogProps {
  readonly customerId: string;
  /** The one whose place it takes; null for one more. */
  readonly replaced: ContactPoint | null;
  readonly close: () => void;
  readonly updated: () => void;
}

type Kind = ContactPointChange['contactPoint']['kind'];

interface Typed {
  readonly kind: Kind;
  readonly value: string;
  readonly address: TypedAddress;
  readonly fromCustomer: boolean;
}

const kinds: readonly { readonly value: Kind; readonly label: string }[] = [
  { value: 'phone', label: 'Mobile or landline' },
  { value: 'email', label: 'Email' },
  { value: 'postal', label: 'Address' },
  { value: 'social', label: 'Social media' },
];

/** One more number or address, or another in the place of one. */
export function ContactPointDialog(props: ContactPointDialogProps): ReactNode {
  const { customerId, replaced, close, updated } = props;
  const queries = useQueryClient();
  const submission = useSubmission();
  const form = useForm<Typed>({
    initialValues: { kind: kindOf(replaced), value: '', address: emptyAddress, fromCustomer: true },
  });
  const submit = form.onSubmit((typed) =>
    submission.run(
      async () => {
        const path = replaced === null ? '/contact-points' : `/contact-points/${replaced.id}:replace`;
        await changeCustomer(queries, customerId, path, { body: changeOf(typed) });
        sayDone(replaced === null ? 'It is added.' : 'It is replaced; the old one stays as history.');
        close();
        updated();
      },
      besideFields(form, (field) => field.replace('contactPoint.', '')),
    ),
  );
  const { kind } = form.values;
  return (
    <FormDialog
      title={replaced === null ? 'Add a number or address' : 'Replace a number or address'}
      verb={replaced === null ? 'Add' : 'Replace'}
      submit={submit}
      submission={submission}
      close={close}
    >
      {replaced === null && (
        <Select label="What is it?" data={[...kinds]} allowDeselect={false} {...form.getInputProps('kind')} />
      )}
      {kind === 'postal' ? (
        <AddressFields inputPropsOf={(field) => form.getInputProps(`address.${field}`)} />
      ) : (
        <TextInput
          key={kind}
          label={kinds.find(({ value }) => value === kind)?.label}
          inputMode={kind === 'phone' ? 'tel' : kind === 'email' ? 'email' : 'text'}
          data-autofocus={true}
          {...form.getInputProps('value')}
        />
      )}
      <Checkbox
        label="The customer gave it to us themselves"
        description="What somebody else gave carries no marketing until the customer confirms it"
        {...form.getInputProps('fromCustomer', { type: 'checkbox' })}
      />
    </FormDialog>
  );
}

function kindOf(replaced: ContactPoint | null): Kind {
  if (replaced === null) return 'phone';
  return replaced.kind === 'mobile' || replaced.kind === 'landline' ? 'phone' : replaced.kind;
}

function changeOf({ kind, value, address, fromCustomer }: Typed): ContactPointChange {
  return {
    contactPoint: kind === 'postal' ? { kind, address: givenAddress(address) } : { kind, value },
    givenBy: fromCustomer ? 'customer' : 'other',
  };
}
