import { Button, Group, Paper, Table, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { poundsWords } from '../../../../src/domain/maintenance.ts';
import { useMay } from '../../shared/session.ts';
import { ErrorState, LoadingState } from '../../shared/states.tsx';
import { WhenText } from '../../shared/when-text.tsx';
import classes from './appointments.module.css';
import type { Appointment } from './appointments.ts';
import type { Finding, HealthCheck } from './health-check.ts';
import { healthCheckQuery, outcomeWords, severityWords } from './health-check.ts';
import { HealthCheckForm } from './health-check-form.tsx';

/** What the health check found: red, amber or green in a word, the price, and what the customer decided. */
export function HealthCheckCard({ appointment }: { readonly appointment: Appointment }): ReactNode {
  const { data, error, refetch } = useQuery(healthCheckQuery(appointment.id));
  const mayRecord = useMay('appointments:write');
  const [isEditing, setEditing] = useState(false);
  return (
    <Paper component="section" aria-label="Health check">
      <Group justify="space-between" mb="xs">
        <Title order={2}>Health check (VHC)</Title>
        {mayRecord && data !== undefined && !isEditing && (
          <Button size="compact-sm" variant="default" onClick={() => setEditing(true)}>
            {data === null ? 'Record a health check' : 'Change'}
          </Button>
        )}
      </Group>
      {error !== null && <ErrorState error={error} tryAgain={() => void refetch()} />}
      {data === undefined && error === null && <LoadingState />}
      {data !== undefined && isEditing && (
        <HealthCheckForm appointment={appointment} known={data} close={() => setEditing(false)} />
      )}
      {data !== undefined && !isEditing && <Findings check={data} />}
    </Paper>
  );
}

function Findings({ check }: { readonly check: HealthCheck | null }): ReactNode {
  if (check === null) {
    return (
      <Text c="dimmed">None yet. What the customer defers comes round again by itself when it is due.</Text>
    );
  }
  return (
    <>
      <Table.ScrollContainer minWidth={320}>
        <Table>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>What was looked at</Table.Th>
              <Table.Th>Result</Table.Th>
              <Table.Th>Price</Table.Th>
              <Table.Th>Decision</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {check.findings.map((finding) => (
              <FindingRow key={finding.id} finding={finding} />
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      <Text size="sm" c="dimmed" mt="xs">
        Checked <WhenText when={check.checkedOn} /> by {check.recordedByName}
        {check.mileage !== null && ` at ${check.mileage.toLocaleString('en-GB')} miles`}
      </Text>
    </>
  );
}

function FindingRow({ finding }: { readonly finding: Finding }): ReactNode {
  const { item, severity, pricePence, outcome, followUpOn } = finding;
  return (
    <Table.Tr>
      <Table.Th scope="row" fw={400}>
        {item}
      </Table.Th>
      <Table.Td>
        <span className={classes['severity']} data-severity={severity}>
          {severityWords[severity]}
        </span>
      </Table.Td>
      <Table.Td>{pricePence === null ? '' : poundsWords(pricePence)}</Table.Td>
      <Table.Td>
        {outcomeWords[outcome]}
        {followUpOn !== null && (
          <>
            {' '}
            until <WhenText when={followUpOn} />
          </>
        )}
      </Table.Td>
    </Table.Tr>
  );
}
