import { List, Paper, SimpleGrid, Table, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import type { AmbiguityReason } from '../../../../src/domain/import-ambiguity.ts';
import { ambiguitySentences } from '../../../../src/domain/import-ambiguity.ts';
import type { ImportTotals as Totals } from '../../../../src/features/imports/contract.ts';
import { sayNumber } from '../../shared/numbers.ts';
import classes from './imports.module.css';

const flags: readonly [flag: keyof Totals['byFlag'], label: string][] = [
  ['no_follow_up', 'No Follow-Up only'],
  ['no_marketing', 'No Marketing only'],
  ['both', 'Both'],
  ['none', 'Neither: assumed, never as consent'],
  ['not_said', 'The file does not say'],
];

/** What an import does, or would do: the same words before and after. */
export function ImportTotals({ totals }: { readonly totals: Totals }): ReactNode {
  const { customers, vehicles, branchesCreated, sharedContactPoints } = totals;
  return (
    <>
      <Paper component="section" aria-label="In all">
        <dl className={classes['figures']}>
          <Figure label="new customers" count={customers.created} />
          <Figure label="already here, details kept" count={customers.alreadyHere} />
          <Figure label="given a further no" count={customers.flagsAdded} />
          <Figure label="new vehicles" count={vehicles.created} />
          <Figure label="rejected rows" count={customers.rejected + vehicles.rejected} />
        </dl>
        {branchesCreated.length > 0 && (
          <Text mt="sm">
            {branchesCreated.length === 1 ? 'A new branch' : 'New branches'}: {branchesCreated.join(', ')}.
          </Text>
        )}
      </Paper>
      <SimpleGrid cols={{ base: 1, md: 2 }}>
        <Paper component="section">
          <Title order={2} mb="xs">
            By old flag
          </Title>
          <Table>
            <Table.Tbody>
              {flags.map(([flag, label]) => (
                <Line key={flag} label={label} count={totals.byFlag[flag]} />
              ))}
            </Table.Tbody>
          </Table>
        </Paper>
        <Paper component="section">
          <Title order={2} mb="xs">
            Doubles and links
          </Title>
          <Table>
            <Table.Tbody>
              <Line label="Further rows of the same customer" count={customers.repeated} />
              <Line label="Numbers and addresses that several customers have" count={sharedContactPoints} />
              <Line label="Vehicles given to a customer" count={vehicles.linked} />
              <Line label="Vehicles that were theirs already" count={vehicles.alreadyLinked} />
            </Table.Tbody>
          </Table>
        </Paper>
      </SimpleGrid>
      <Ambiguous totals={totals} />
      <Remarks totals={totals} />
    </>
  );
}

function Figure({ label, count }: { readonly label: string; readonly count: number }): ReactNode {
  return (
    <div>
      <dt>{label}</dt>
      <dd>{sayNumber(count)}</dd>
    </div>
  );
}

function Line({ label, count }: { readonly label: string; readonly count: number }): ReactNode {
  return (
    <Table.Tr>
      <Table.Th scope="row" fw={400}>
        {label}
      </Table.Th>
      <Table.Td ta="right" fw={700}>
        {sayNumber(count)}
      </Table.Td>
    </Table.Tr>
  );
}

/** Records that could be read in two ways, and what was made of them. */
function Ambiguous({ totals: { ambiguous, firstAmbiguous } }: { readonly totals: Totals }): ReactNode {
  const reasons = Object.entries(ambiguous) as [AmbiguityReason, number][];
  if (reasons.length === 0) return null;
  return (
    <Paper component="section">
      <Title order={2} mb="xs">
        To be looked at
      </Title>
      <List spacing="xs">
        {reasons.map(([reason, count]) => {
          const first = firstAmbiguous
            .filter((record) => record.reason === reason)
            .slice(0, 5)
            .map(({ customerNumber }) => customerNumber);
          return (
            <List.Item key={reason}>
              <b>{sayNumber(count)}</b> × {ambiguitySentences[reason]}
              {first.length > 0 && (
                <Text size="sm" c="dimmed">
                  Customer {first.join(', ')}
                  {count > first.length && ' …'}
                </Text>
              )}
            </List.Item>
          );
        })}
      </List>
    </Paper>
  );
}

/** What was remarkable and imported all the same, by column and reason. */
function Remarks({ totals: { warnings } }: { readonly totals: Totals }): ReactNode {
  const remarks = Object.entries(warnings).sort(([, one], [, other]) => other - one);
  if (remarks.length === 0) return null;
  return (
    <Paper component="section">
      <Title order={2} mb="xs">
        Remarks: imported all the same
      </Title>
      <List>
        {remarks.map(([remark, count]) => (
          <List.Item key={remark}>
            <b>{sayNumber(count)}</b> × {remark}
          </List.Item>
        ))}
      </List>
    </Paper>
  );
}
