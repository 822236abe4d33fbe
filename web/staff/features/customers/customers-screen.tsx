import { Paper, Table, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useState } from 'react';
import type { CustomerHit } from '../../shared/customer-search.ts';
import { howFound, nameOf, searchCustomers } from '../../shared/customer-search.ts';
import { ScreenLink } from '../../shared/links.tsx';
import { Screen } from '../../shared/screen.tsx';
import { EmptyState, ErrorState, LoadingState } from '../../shared/states.tsx';

const hitsMax = 50;

/** Finding a customer among many who look alike. What is typed is kept nowhere. */
export function CustomersScreen(): ReactNode {
  const [text, setText] = useState('');
  const [asked] = useDebouncedValue(text.trim(), 200);
  const { data, error, refetch } = useQuery({
    queryKey: ['customers:search', asked, hitsMax],
    queryFn: ({ signal }) => searchCustomers(asked, hitsMax, signal),
    enabled: asked !== '',
    placeholderData: keepPreviousData,
    gcTime: 60_000,
  });
  return (
    <Screen title="Customers">
      <Paper component="section">
        <TextInput
          type="search"
          label="Who is it?"
          description="Name, company, phone, email, registration, postcode or customer number"
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          autoFocus={true}
          maw="34rem"
        />
        {asked === '' ? (
          <EmptyState title="Type the first letters or digits">
            A part of what you know is enough, in any order.
          </EmptyState>
        ) : error !== null ? (
          <ErrorState error={error} tryAgain={() => void refetch()} />
        ) : data === undefined ? (
          <LoadingState what="Looking" />
        ) : data.length === 0 ? (
          <EmptyState title="Nobody was found">Try less of the name, or something else you know.</EmptyState>
        ) : (
          <Hits hits={data} />
        )}
      </Paper>
    </Screen>
  );
}

function Hits({ hits }: { readonly hits: readonly CustomerHit[] }): ReactNode {
  return (
    <Table.ScrollContainer minWidth={280} mt="md">
      <Table highlightOnHover={true}>
        <Table.Caption>
          {hits.length === hitsMax ? `The first ${hitsMax}: type more to see fewer.` : `${hits.length} found`}
        </Table.Caption>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Name</Table.Th>
            <Table.Th>Number</Table.Th>
            <Table.Th visibleFrom="sm">Postcode</Table.Th>
            <Table.Th visibleFrom="sm">Found by</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {hits.map((hit) => (
            <Table.Tr key={hit.customerId}>
              <Table.Td>
                <ScreenLink to="/customers/$id" params={{ id: hit.customerId }}>
                  {nameOf(hit)}
                </ScreenLink>
              </Table.Td>
              <Table.Td>{hit.customerNumber}</Table.Td>
              <Table.Td visibleFrom="sm">{hit.postcode}</Table.Td>
              <Table.Td visibleFrom="sm">{howFound(hit).replaceAll('found by ', '')}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}
