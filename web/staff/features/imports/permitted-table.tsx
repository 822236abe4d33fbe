import { Paper, Table, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import type { ImportPlan } from '../../../../src/features/imports/contract.ts';
import { sayNumber } from '../../shared/numbers.ts';
import { policyNames } from '../../shared/policy/policy.ts';
import classes from './permitted-table.module.css';

type Permitted = ImportPlan['permitted'];
type Channel = keyof Permitted['pecr_strict'];

const channels: readonly [channel: Channel, label: string][] = [
  ['sms', 'SMS'],
  ['letter', 'Letter'],
  ['live_call', 'Telephone'],
  ['social_dm', 'Social media, messages'],
  ['social_audience', 'Social media, adverts'],
  ['email', 'Email'],
];
const categories = [
  ['service_follow_up', 'Service follow-up'],
  ['general_marketing', 'General dealer marketing'],
] as const;
const policies = ['pecr_strict', 'assume_legitimate_interest'] as const;

interface Permitting {
  readonly permitted: Permitted;
  readonly hasVehicleFile: boolean;
}

/** Both policies side by side: how many of the new customers each would permit, by channel and category. */
export function PermittedTable({ permitted, hasVehicleFile }: Permitting): ReactNode {
  const vehicles = hasVehicleFile
    ? `${sayNumber(permitted.withVehicle)} of them with a vehicle`
    : 'without a vehicle file: service follow-up is shown as if each had a vehicle';
  return (
    <Paper component="section">
      <Title order={2}>What each policy would permit</Title>
      <Text c="dimmed" mb="sm">
        Of {sayNumber(permitted.customers)} new customers, {vehicles}. Telephone counts numbers that were
        screened against TPS. Third-party marketing is never assumed.
      </Text>
      <Table className={classes['table'] ?? ''} verticalSpacing={6}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Channel</Table.Th>
            {policies.map((policy) => (
              <Table.Th key={policy}>{policyNames[policy]}</Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        {categories.map(([category, label]) => (
          <Table.Tbody key={category}>
            <Table.Tr>
              <Table.Th colSpan={3} scope="rowgroup" className={classes['category'] ?? ''}>
                {label}
              </Table.Th>
            </Table.Tr>
            {channels.map(([channel, name]) => (
              <Table.Tr key={channel}>
                <Table.Th scope="row" fw={400}>
                  {name}
                </Table.Th>
                {policies.map((policy) => (
                  <Table.Td key={policy}>
                    <Share
                      policy={policy}
                      count={permitted[policy][channel][category]}
                      of={permitted.customers}
                    />
                  </Table.Td>
                ))}
              </Table.Tr>
            ))}
          </Table.Tbody>
        ))}
      </Table>
    </Paper>
  );
}

/** The number, and its part of the whole as a bar for the eye. */
function Share(props: {
  readonly policy: (typeof policies)[number];
  readonly count: number;
  readonly of: number;
}): ReactNode {
  const percent = props.of === 0 ? 0 : (100 * props.count) / props.of;
  return (
    <span className={classes['share']}>
      <span className={classes['number']}>{sayNumber(props.count)}</span>
      <span className={classes['bar']} aria-hidden="true">
        <span className={classes['part']} data-policy={props.policy} style={{ width: `${percent}%` }} />
      </span>
    </span>
  );
}
