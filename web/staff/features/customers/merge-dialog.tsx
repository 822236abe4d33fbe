import { Text } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { nameOf } from '../../shared/customer-search.ts';
import { FormDialog, useSubmission } from '../../shared/form-dialog.tsx';
import type { Customer } from './customer.ts';
import { OtherRecord } from './other-record.tsx';

interface MergeDialogProps {
  /** The record that stays. */
  readonly customer: Customer;
  readonly close: () => void;
}

/** Finds the record of the same person, and leads to the two side by side. */
export function MergeDialog({ customer, close }: MergeDialogProps): ReactNode {
  const navigate = useNavigate();
  const [other, setOther] = useState<string | null>(null);
  const submission = useSubmission();
  const compare = (): void => {
    if (other === null) return;
    close();
    void navigate({ to: '/customers/$id/merge/$other', params: { id: customer.id, other } });
  };
  return (
    <FormDialog
      title={`Which record is also ${nameOf(customer)}?`}
      size="lg"
      verb="See the two side by side"
      missing={other === null ? 'Choose the other record first.' : null}
      submit={compare}
      submission={submission}
      close={close}
    >
      <Text>Nothing is merged yet: first both records are shown with what would follow.</Text>
      <OtherRecord
        customerId={customer.id}
        description="Search by anything you know; it becomes part of this one"
        chosen={other}
        choose={setOther}
      />
    </FormDialog>
  );
}
