import { Button, Group, Stack, Table, Text } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { nameOf } from '../../shared/customer-search.ts';
import { ButtonLink, ScreenLink } from '../../shared/links.tsx';
import { moveByRow } from '../../shared/row-keys.ts';
import { useMay } from '../../shared/session.ts';
import { sayDone, sayFailed } from '../../shared/toast.tsx';
import type { DuplicatePair } from './duplicate-words.ts';
import { groundSentence } from './duplicate-words.ts';
import type { PairJudgement } from './pairs.ts';
import { judgePair } from './pairs.ts';

interface DuplicatesTableProps {
  readonly pairs: readonly DuplicatePair[];
  readonly caption: string;
}

/** Pairs of records with what they have in common. The arrow keys go from row to row, Enter opens. */
export function DuplicatesTable({ pairs, caption }: DuplicatesTableProps): ReactNode {
  const mayChange = useMay('customers:write');
  return (
    <Table.ScrollContainer minWidth={280} mt="md">
      <Table highlightOnHover={true}>
        <Table.Caption>{caption}</Table.Caption>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>The two records</Table.Th>
            <Table.Th>What they have in common</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody onKeyDown={moveByRow}>
          {pairs.map((pair) => (
            <PairRow
              key={pair.records.map(({ customerId }) => customerId).join(' ')}
              pair={pair}
              mayChange={mayChange}
            />
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

function PairRow({
  pair,
  mayChange,
}: {
  readonly pair: DuplicatePair;
  readonly mayChange: boolean;
}): ReactNode {
  return (
    <Table.Tr>
      <Table.Td>
        <Stack gap={2}>
          {pair.records.map((record, index) => (
            <span key={record.customerId}>
              <ScreenLink
                to="/customers/$id"
                params={{ id: record.customerId }}
                {...(index === 0 ? { 'data-row': true } : {})}
              >
                {nameOf(record)}
              </ScreenLink>
              <Text span c="dimmed" size="sm">
                {' '}
                no. {record.customerNumber} · {record.branchName}
              </Text>
            </span>
          ))}
        </Stack>
      </Table.Td>
      <Table.Td>
        {pair.grounds.map((ground) => (
          <Text key={ground.ground} c={ground.weak ? 'dimmed' : 'var(--text)'}>
            {groundSentence(ground)}
          </Text>
        ))}
        {pair.checking && <Text fw={700}>Being checked: no marketing to either</Text>}
        {mayChange && <WhatToDo pair={pair} />}
      </Table.Td>
    </Table.Tr>
  );
}

function WhatToDo({ pair }: { readonly pair: DuplicatePair }): ReactNode {
  const queries = useQueryClient();
  const [first, second] = pair.records;
  if (first === undefined || second === undefined) return null;
  const ids = [first.customerId, second.customerId] as const;
  const names = `${nameOf(first)} and ${nameOf(second)}`;
  const judge = async (judgement: PairJudgement): Promise<void> => {
    try {
      await judgePair(queries, ids, judgement);
      if (judgement === 'different') {
        sayDone('Noted: two people. They are not suggested again.', { act: () => void judge('undecided') });
      } else if (judgement === 'probably_same') {
        sayDone('No marketing goes to either until the two are merged or told apart.');
      }
    } catch (error) {
      sayFailed(error);
    }
  };
  return (
    <Group gap="xs" mt={4}>
      <ButtonLink
        to="/customers/$id/merge/$other"
        params={{ id: ids[0], other: ids[1] }}
        size="compact-sm"
        variant="default"
        aria-label={`Side by side: ${names}`}
      >
        Side by side
      </ButtonLink>
      {!pair.checking && (
        <Button
          size="compact-sm"
          variant="default"
          aria-label={`Probably the same: ${names}`}
          onClick={() => void judge('probably_same')}
        >
          Probably the same
        </Button>
      )}
      <Button
        size="compact-sm"
        variant="default"
        aria-label={`Not the same person: ${names}`}
        onClick={() => void judge('different')}
      >
        Not the same person
      </Button>
    </Group>
  );
}
