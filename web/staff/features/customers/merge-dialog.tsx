import { List, Text } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useState } from 'react';
import type { z } from 'zod';
import { categoryWords, channelWords } from '../../../../src/domain/plain-words.ts';
import type { mergeOutcomeSchema } from '../../../../src/features/customers/contract.ts';
import { ask, newIdempotencyKey, read } from '../../shared/api.ts';
import { nameOf } from '../../shared/customer-search.ts';
import { FormDialog, useSubmission } from '../../shared/form-dialog.tsx';
import { ErrorState, LoadingState } from '../../shared/states.tsx';
import { sayDone } from '../../shared/toast.tsx';
import type { Customer } from './customer.ts';
import { pathOf } from './customer.ts';
import { OtherRecord } from './other-record.tsx';

type MergeOutcome = z.infer<typeof mergeOutcomeSchema>;

interface MergeDialogProps {
  /** The record that stays. */
  readonly customer: Customer;
  readonly close: () => void;
}

/** Makes another record of the same person part of this one: first what would follow, then the act. */
export function MergeDialog({ customer, close }: MergeDialogProps): ReactNode {
  const queries = useQueryClient();
  const [absorbed, setAbsorbed] = useState<string | null>(null);
  const submission = useSubmission();
  const merge = (): void =>
    void submission.run(async () => {
      const body = { absorbed, dryRun: false };
      await ask(`${pathOf(customer.id)}:merge`, { body, idempotencyKey: newIdempotencyKey() });
      await queries.invalidateQueries({ queryKey: ['/customers'] });
      sayDone(`The other record is part of ${nameOf(customer)} now; both histories are kept.`);
      close();
    });
  return (
    <FormDialog
      title={`Which record is also ${nameOf(customer)}?`}
      size="lg"
      verb="Merge the two"
      isDangerous={true}
      missing={absorbed === null ? 'Choose the other record first.' : null}
      submit={merge}
      submission={submission}
      close={close}
    >
      <OtherRecord
        customerId={customer.id}
        description="Search by anything you know; it becomes part of this one"
        chosen={absorbed}
        choose={setAbsorbed}
      />
      {absorbed !== null && <WhatFollows survivorId={customer.id} absorbed={absorbed} />}
    </FormDialog>
  );
}

function WhatFollows(props: { readonly survivorId: string; readonly absorbed: string }): ReactNode {
  const { survivorId, absorbed } = props;
  const { data, error, refetch } = useQuery({
    // Not below the customers: once they are merged, what would follow must not be asked again.
    queryKey: ['merge', survivorId, absorbed],
    staleTime: 0,
    queryFn: ({ signal }) =>
      read<MergeOutcome>(`${pathOf(survivorId)}:merge`, { body: { absorbed, dryRun: true }, signal }),
    retry: false,
  });
  if (error !== null) return <ErrorState error={error} tryAgain={() => void refetch()} />;
  if (data === undefined) return <LoadingState />;
  const lost = data.cells.filter(({ survivorAllowed, mergedAllowed }) => survivorAllowed && !mergedAllowed);
  return (
    <section aria-label="What would follow">
      <Text>
        {data.contactPointsMoved} numbers and addresses and {data.vehiclesMoved} vehicles come over. Every no
        of either record stays a no.
      </Text>
      <Text mt="xs" fw={700}>
        {lost.length === 0 ? 'Whatever is permitted here stays so.' : 'No longer permitted afterwards:'}
      </Text>
      <List>
        {lost.map(({ channel, category }) => (
          <List.Item key={`${channel} ${category}`}>
            {categoryWords[category]} by {channelWords[channel]}
          </List.Item>
        ))}
      </List>
    </section>
  );
}
