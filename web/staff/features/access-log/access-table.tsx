import { Table, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Access } from '../../../../src/features/access/log/contract.ts';
import { ScreenLink } from '../../shared/links.tsx';
import { WhenText } from '../../shared/when-text.tsx';

/** One line for each look, the newest first. On a telephone who and when stand in one column. */
export function AccessTable({ accesses }: { readonly accesses: readonly Access[] }): ReactNode {
  return (
    <Table highlightOnHover={true}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th visibleFrom="sm">When</Table.Th>
          <Table.Th>Who</Table.Th>
          <Table.Th>What</Table.Th>
          <Table.Th>Customer</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {accesses.map(({ id, at, actor, what, customer }) => (
          <Table.Tr key={id}>
            <Table.Td visibleFrom="sm">
              <WhenText when={at} withTime={true} />
            </Table.Td>
            <Table.Td>
              {actor.name}
              <Text size="xs" c="dimmed" hiddenFrom="sm">
                <WhenText when={at} withTime={true} />
              </Text>
            </Table.Td>
            <Table.Td>{what}</Table.Td>
            <Table.Td>{customer !== null && <Whose customer={customer} />}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}

function Whose({ customer }: { readonly customer: NonNullable<Access['customer']> }): ReactNode {
  if (customer.number === null) return 'No longer on file';
  return (
    <ScreenLink to="/customers/$id" params={{ id: customer.id }}>
      No. {customer.number}
    </ScreenLink>
  );
}
