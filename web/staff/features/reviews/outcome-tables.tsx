import { ScrollArea, Table } from '@mantine/core';
import type { ReactNode } from 'react';
import { ScreenLink } from '../../shared/links.tsx';
import { sayNumber } from '../../shared/numbers.ts';
import { moveByRow } from '../../shared/row-keys.ts';
import { WhenText } from '../../shared/when-text.tsx';
import type { Outcome, OutcomePage } from './outcome-words.ts';
import { outcomeWords, sayOutcome, sayShare } from './outcome-words.ts';

interface TallyTableProps {
  readonly tallies: NonNullable<OutcomePage['tallies']>;
  readonly showsBranch: boolean;
  readonly note: string;
}

/** How often which outcome, by branch and adviser, and the share of those whom nobody asked. */
export function TallyTable({ tallies, showsBranch, note }: TallyTableProps): ReactNode {
  return (
    <ScrollArea
      type="auto"
      viewportProps={{ tabIndex: 0, role: 'region', 'aria-label': 'Outcomes by adviser' }}
    >
      <Table mt="xs" miw="44rem">
        <Table.Caption>{note}</Table.Caption>
        <Table.Thead>
          <Table.Tr>
            {showsBranch && <Table.Th>Branch</Table.Th>}
            <Table.Th>Who</Table.Th>
            <Table.Th ta="right">{outcomeWords.saved}</Table.Th>
            <Table.Th ta="right">Confirmed</Table.Th>
            <Table.Th ta="right">By the customer</Table.Th>
            <Table.Th ta="right">{outcomeWords.declined_to_answer}</Table.Th>
            <Table.Th ta="right">{outcomeWords.sent_to_phone}</Table.Th>
            <Table.Th ta="right">{outcomeWords.did_not_ask}</Table.Th>
            <Table.Th ta="right">Share not asked</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {tallies.map((tally) => (
            <Table.Tr key={`${tally.branch} ${tally.adviserId}`}>
              {showsBranch && <Table.Td>{tally.branchName ?? '–'}</Table.Td>}
              <Table.Th scope="row">{tally.adviser}</Table.Th>
              <Table.Td ta="right">{sayNumber(tally.saved)}</Table.Td>
              <Table.Td ta="right">{sayNumber(tally.confirmed)}</Table.Td>
              <Table.Td ta="right">{sayNumber(tally.customersOwn)}</Table.Td>
              <Table.Td ta="right">{sayNumber(tally.declined)}</Table.Td>
              <Table.Td ta="right">{sayNumber(tally.sentToPhone)}</Table.Td>
              <Table.Td ta="right">{sayNumber(tally.didNotAsk)}</Table.Td>
              <Table.Td ta="right">{sayShare(tally.didNotAskPercent)}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </ScrollArea>
  );
}

/** The newest first. The arrow keys go from name to name, Enter opens. */
export function OutcomeList({ outcomes }: { readonly outcomes: readonly Outcome[] }): ReactNode {
  return (
    <Table highlightOnHover={true} mt="xs">
      <Table.Thead>
        <Table.Tr>
          <Table.Th>When</Table.Th>
          <Table.Th>Name</Table.Th>
          <Table.Th>Outcome</Table.Th>
          <Table.Th visibleFrom="sm">Who</Table.Th>
          <Table.Th visibleFrom="sm">Branch</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody onKeyDown={moveByRow}>
        {outcomes.map((outcome) => (
          <Table.Tr key={`${outcome.customerId} ${outcome.at} ${outcome.outcome}`}>
            <Table.Td>
              <WhenText when={outcome.at} withTime={true} />
            </Table.Td>
            <Table.Td>
              <ScreenLink to="/customers/$id" params={{ id: outcome.customerId }} data-row={true}>
                {outcome.displayName}
              </ScreenLink>
            </Table.Td>
            <Table.Td>{sayOutcome(outcome)}</Table.Td>
            <Table.Td visibleFrom="sm">{outcome.adviser}</Table.Td>
            <Table.Td visibleFrom="sm">{outcome.branchName ?? '–'}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
