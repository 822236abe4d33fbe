import { Box, Table } from '@mantine/core';
import type { KeyboardEvent, ReactNode } from 'react';
import { Reach } from '../../shared/contact-permissions/permission-marks.tsx';
import type { CustomerHit } from '../../shared/customer-search.ts';
import { howFound, nameOf } from '../../shared/customer-search.ts';
import { ScreenLink } from '../../shared/links.tsx';

export const foundMax = 50;

/** Those who were found: arrow keys move from row to row and back to the field, Enter opens. */
export function FoundCustomers({ hits }: { readonly hits: readonly CustomerHit[] }): ReactNode {
  return (
    <Table.ScrollContainer minWidth={280} mt="md">
      <Table highlightOnHover={true}>
        <Table.Caption>
          {hits.length === foundMax
            ? `The first ${foundMax}: type more to see fewer.`
            : `${hits.length} found`}
        </Table.Caption>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Name</Table.Th>
            <Table.Th>Number</Table.Th>
            <Table.Th visibleFrom="sm">How they are reached</Table.Th>
            <Table.Th visibleFrom="sm">Found by</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {hits.map((hit) => (
            <Table.Tr key={hit.customerId}>
              <Table.Td>
                <ScreenLink to="/customers/$id" params={{ id: hit.customerId }} data-row={true}>
                  {nameOf(hit)}
                </ScreenLink>
                <Box hiddenFrom="sm">
                  <Reach customerId={hit.customerId} />
                </Box>
              </Table.Td>
              <Table.Td>{hit.customerNumber}</Table.Td>
              <Table.Td visibleFrom="sm">
                <Reach customerId={hit.customerId} />
              </Table.Td>
              <Table.Td visibleFrom="sm">{howFound(hit).replaceAll('found by ', '')}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

/** Moves between the field and the rows below it; Enter in the field opens the only one, or goes to the first. */
export function moveAmongRows(event: KeyboardEvent<HTMLElement>): void {
  if (event.ctrlKey || event.metaKey || event.altKey || !(event.target instanceof HTMLElement)) return;
  const rows = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-row]')];
  const field = event.currentTarget.querySelector<HTMLElement>('input');
  const at = rows.indexOf(event.target);
  const isInField = event.target === field;
  if (at === -1 && !isInField) return;
  if (event.key === 'ArrowDown') rows[at + 1]?.focus();
  else if (event.key === 'ArrowUp') (at === 0 ? field : rows[at - 1])?.focus();
  else if (event.key === 'Enter' && isInField) rows.length === 1 ? rows[0]?.click() : rows[0]?.focus();
  else return;
  event.preventDefault();
}
