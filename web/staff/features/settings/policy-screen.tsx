import { Button, Paper, Stack, Table, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useState } from 'react';
import type { z } from 'zod';
import type { policyVersionsSchema } from '../../../../src/features/settings/contract.ts';
import { read } from '../../shared/api.ts';
import { policyMeanings, policyNames } from '../../shared/policy/policy.ts';
import { useMay } from '../../shared/session.ts';
import { ErrorState, LoadingState } from '../../shared/states.tsx';
import { WhenText } from '../../shared/when-text.tsx';
import { PolicyDialog } from './policy-dialog.tsx';
import { settings, valueWords } from './policy-settings.ts';
import { SettingsFrame } from './settings-frame.tsx';

type Versions = z.infer<typeof policyVersionsSchema>;
type Version = Versions['versions'][number];

/** By what it is decided who may be contacted: the version in force, every one before it, and the way to change it. */
export function PolicyScreen(): ReactNode {
  const mayChange = useMay('policy:write');
  const [isChanging, setChanging] = useState(false);
  const { data, error, refetch } = useQuery({
    queryKey: ['/policy', 'versions'],
    queryFn: ({ signal }) => read<Versions>('/policy/versions', { signal }),
  });
  const inForce = data?.versions.find((version) => version.inForce);
  return (
    <SettingsFrame
      part="Policy"
      subtitle="By what it is decided who may be contacted. A change rewrites nothing."
      actions={
        mayChange &&
        inForce !== undefined && <Button onClick={() => setChanging(true)}>Change the policy</Button>
      }
    >
      {error !== null && <ErrorState error={error} tryAgain={() => void refetch()} />}
      {data === undefined && error === null && <LoadingState />}
      {inForce !== undefined && (
        <Stack>
          <InForce version={inForce} />
          <History versions={data?.versions ?? []} />
        </Stack>
      )}
      {isChanging && inForce !== undefined && (
        <PolicyDialog inForce={inForce.settings} close={() => setChanging(false)} />
      )}
    </SettingsFrame>
  );
}

function InForce({ version }: { readonly version: Version }): ReactNode {
  const values = version.settings;
  const { weekday, saturday, sunday } = values.quietHours;
  return (
    <Paper component="section">
      <Title order={2}>{policyNames[values.policy]}</Title>
      <Text>{policyMeanings[values.policy]}</Text>
      <Text mt="xs" c="dimmed">
        {version.chosenExplicitly
          ? 'Chosen'
          : 'Nobody has chosen a policy yet: this is what a new installation begins with.'}{' '}
        {version.chosenExplicitly && <WhenText when={version.effectiveAt} withTime={true} />}
        {version.warningAcceptedBy !== null && ` · the warning was accepted by ${version.warningAcceptedBy}`}
      </Text>
      <Table mt="sm">
        <Table.Tbody>
          {settings.map((setting) => (
            <Table.Tr key={setting.key}>
              <Table.Th scope="row" fw={400} w="60%">
                {setting.label}
              </Table.Th>
              <Table.Td fw={600}>{valueWords(setting, values)}</Table.Td>
            </Table.Tr>
          ))}
          <Table.Tr>
            <Table.Th scope="row" fw={400}>
              Texts, messages and calls
            </Table.Th>
            <Table.Td fw={600}>
              {[
                `weekdays ${hours(weekday)}`,
                `Saturdays ${hours(saturday)}`,
                `Sundays ${hours(sunday)}`,
                `bank holidays ${hours(values.quietHours.bankHoliday)}`,
              ].join(', ')}
            </Table.Td>
          </Table.Tr>
        </Table.Tbody>
      </Table>
    </Paper>
  );
}

function hours(open: { readonly from: string; readonly until: string } | null): string {
  return open === null ? 'not at all' : `${open.from} to ${open.until}`;
}

function History({ versions }: { readonly versions: readonly Version[] }): ReactNode {
  return (
    <Paper component="section">
      <Title order={2} mb="xs">
        Every version
      </Title>
      <Table>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>From</Table.Th>
            <Table.Th>Policy</Table.Th>
            <Table.Th>Why</Table.Th>
            <Table.Th visibleFrom="sm">Who</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {versions.map((version) => (
            <Table.Tr key={version.version}>
              <Table.Td>
                {version.effectiveAt < '1971' ? (
                  'The beginning'
                ) : (
                  <WhenText when={version.effectiveAt} withTime={true} />
                )}
                {version.inForce && (
                  <Text size="sm" fw={600}>
                    in force
                  </Text>
                )}
              </Table.Td>
              <Table.Td>{policyNames[version.settings.policy]}</Table.Td>
              <Table.Td>
                {version.reason ?? '–'}
                {version.warningAcceptedBy !== null && (
                  <Text size="sm" c="dimmed">
                    The warning was accepted by {version.warningAcceptedBy}.
                  </Text>
                )}
              </Table.Td>
              <Table.Td visibleFrom="sm">
                {version.recordedByName ?? 'Only data protection sees who'}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Paper>
  );
}
