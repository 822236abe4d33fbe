import { Radio, Stack, Text, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { nameOf, searchCustomers } from '../../shared/customer-search.ts';

interface OtherRecordProps {
  /** The record that is open: it is never its own double. */
  readonly customerId: string;
  /** What becomes of the one that is chosen. */
  readonly description: string;
  readonly chosen: string | null;
  readonly choose: (id: string | null) => void;
}

/** Finding and choosing the record that may be the same person. */
export function OtherRecord({ customerId, description, chosen, choose }: OtherRecordProps): ReactNode {
  const [text, setText] = useState('');
  const [asked] = useDebouncedValue(text.trim(), 200);
  const { data = [], isFetched } = useQuery({
    queryKey: ['customers:search', asked, 10],
    queryFn: ({ signal }) => searchCustomers(asked, 10, signal),
    enabled: asked !== '',
    gcTime: 60_000,
  });
  const others = data.filter((hit) => hit.customerId !== customerId);
  return (
    <>
      <TextInput
        label="The other record"
        description={description}
        data-autofocus={true}
        value={text}
        onChange={(event) => {
          setText(event.currentTarget.value);
          choose(null);
        }}
      />
      {asked !== '' && isFetched && others.length === 0 && <Text>Nobody else was found.</Text>}
      {others.length > 0 && (
        <Radio.Group label="Which one is it?" value={chosen} onChange={choose}>
          <Stack gap="xs" mt={4}>
            {others.map((hit) => (
              <Radio
                key={hit.customerId}
                value={hit.customerId}
                label={[nameOf(hit), `no. ${hit.customerNumber}`, hit.postcode].filter(Boolean).join(' · ')}
              />
            ))}
          </Stack>
        </Radio.Group>
      )}
    </>
  );
}
