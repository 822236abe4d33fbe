import { Text } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { nameOf } from '../../shared/customer-search.ts';
import { FormDialog, useSubmission } from '../../shared/form-dialog.tsx';
import { sayDone } from '../../shared/toast.tsx';
import type { Customer } from './customer.ts';
import { OtherRecord } from './other-record.tsx';
import { judgePair } from './pairs.ts';

/** Marks two records as probably the same person: from then on marketing to either waits for an answer. */
export function CheckDialog(props: { readonly customer: Customer; readonly close: () => void }): ReactNode {
  const { customer, close } = props;
  const queries = useQueryClient();
  const [other, setOther] = useState<string | null>(null);
  const submission = useSubmission();
  const begin = (): void =>
    void submission.run(async () => {
      if (other === null) return;
      await judgePair(queries, [customer.id, other], 'probably_same');
      sayDone('No marketing goes to either until the two are merged or told apart.');
      close();
    });
  return (
    <FormDialog
      title={`Which record is probably also ${nameOf(customer)}?`}
      size="lg"
      verb="Probably the same: check them"
      missing={other === null ? 'Choose the other record first.' : null}
      submit={begin}
      submission={submission}
      close={close}
    >
      <Text>
        While it is being checked, no marketing goes to either record. That ends when they are merged, or when
        somebody says that they are two people.
      </Text>
      <OtherRecord
        customerId={customer.id}
        description="Search by anything you know"
        chosen={other}
        choose={setOther}
      />
    </FormDialog>
  );
}
