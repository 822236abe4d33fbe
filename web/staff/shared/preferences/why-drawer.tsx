import { Drawer, List, Stack, Table, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { z } from 'zod';
import { innerChannels } from '../../../../src/domain/screen-channels.ts';
import type { decisionSchema } from '../../../../src/features/permissions/answers/contract.ts';
import { read } from '../api.ts';
import { ScreenLink } from '../links.tsx';
import { useReturnFocus } from '../return-focus.tsx';
import { useMay, useSession } from '../session.ts';
import { StateBadge } from '../state-badge.tsx';
import { ErrorState, LoadingState } from '../states.tsx';
import { WhenText } from '../when-text.tsx';
import { YesNo } from '../yes-no.tsx';
import type { PreferenceCell, PreferenceChannel, Preferences } from './preferences.ts';
import { boxLabel } from './preferences.ts';

type Decision = z.infer<typeof decisionSchema>;

interface WhyDrawerProps {
  readonly held: Preferences;
  readonly channel: PreferenceChannel;
  readonly cell: PreferenceCell;
  readonly close: () => void;
}

/** Why, in full: the reasons with their law, the entry of the ledger it rests on, and every rule that was tried. */
export function WhyDrawer({ held, channel, cell, close }: WhyDrawerProps): ReactNode {
  useReturnFocus();
  const mayAsk = useMay('decisions');
  return (
    <Drawer opened={true} onClose={close} position="right" size="lg" title={boxLabel(channel, cell)}>
      <Stack>
        <div>
          <Text size="xl" component="p">
            <YesNo yes={cell.verdict === 'allow'} />{' '}
            <StateBadge state={cell.state}>{cell.stateWords}</StateBadge>
          </Text>
          {cell.detail !== null && <Text c="dimmed">{cell.detail}</Text>}
        </div>
        <Reasons cell={cell} />
        <Ground customerId={held.customer.id} cell={cell} close={close} />
        {mayAsk && <Rules held={held} channel={channel} cell={cell} />}
      </Stack>
    </Drawer>
  );
}

function Reasons({ cell }: { readonly cell: PreferenceCell }): ReactNode {
  return (
    <section>
      <Title order={3} size="h4">
        Why
      </Title>
      <List>
        {cell.reasons.map(({ code, sentence, law }) => (
          <List.Item key={code}>
            {sentence}{' '}
            <Text span c="dimmed" size="sm">
              {law} · {code}
            </Text>
          </List.Item>
        ))}
        {cell.warnings.map(({ code, sentence }) => (
          <List.Item key={code}>
            <b>Mind:</b> {sentence}
          </List.Item>
        ))}
      </List>
    </section>
  );
}

interface GroundProps {
  readonly customerId: string;
  readonly cell: PreferenceCell;
  readonly close: () => void;
}

function Ground({ customerId, cell, close }: GroundProps): ReactNode {
  return (
    <section>
      <Title order={3} size="h4">
        What it rests on
      </Title>
      <Text>
        {cell.sequence === null ? (
          'Nothing was recorded: unknown is no.'
        ) : (
          <>
            <ScreenLink
              to="/customers/$id"
              params={{ id: customerId }}
              search={{ entry: cell.sequence }}
              resetScroll={false}
              underline="always"
              onClick={close}
            >
              Entry {cell.sequence}
            </ScreenLink>{' '}
            of this customer’s ledger
            {cell.at !== null && (
              <>
                , <WhenText when={cell.at} withTime={true} />
              </>
            )}
            .
          </>
        )}
      </Text>
      {cell.split && (
        <Text c="dimmed">
          The answers behind this box differ, between vehicles or between messages and audiences. The
          strictest is shown.
        </Text>
      )}
    </section>
  );
}

const outcomeWords = { blocks: 'Stops it', passes: 'Does not stop it', allows: 'Allows it' } as const;

function Rules({ held, channel, cell }: Omit<WhyDrawerProps, 'close'>): ReactNode {
  const { branch } = useSession();
  const { data, error, refetch } = useQuery({
    queryKey: [
      '/customers',
      held.customer.id,
      'why',
      branch.code,
      channel.channel,
      cell.category,
      cell.company,
      held.sequence,
    ],
    queryFn: ({ signal }) => readTrace(held, channel, cell, { branch: branch.code, signal }),
  });
  return (
    <section>
      <Title order={3} size="h4" mb="xs">
        Every rule that was tried
      </Title>
      {error !== null ? (
        <ErrorState error={error} tryAgain={() => void refetch()} />
      ) : data === undefined ? (
        <LoadingState />
      ) : (
        <>
          <Table verticalSpacing={4}>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>Rule</Table.Th>
                <Table.Th>What was found</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {(data.trace ?? []).map(({ stage, rule, law, outcome, fact }) => (
                <Table.Tr key={`${stage} ${rule}`}>
                  <Table.Td>
                    <Text size="sm" fw={outcome === 'passes' ? 400 : 700}>
                      {stage} {rule}
                    </Text>
                    <Text size="xs" c="dimmed">
                      {law}
                    </Text>
                  </Table.Td>
                  <Table.Td>
                    <Text size="sm" fw={outcome === 'passes' ? 400 : 700}>
                      {outcomeWords[outcome]}
                    </Text>
                    <Text size="xs" c="dimmed">
                      {fact}
                    </Text>
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
          <Text size="xs" c="dimmed" mt="xs">
            Decided under policy version {data.policyVersion}, with the ledger up to entry{' '}
            {data.ledgerSequence}. A message is decided again at the moment it is sent.
          </Text>
        </>
      )}
    </section>
  );
}

function readTrace(
  { customer, vehicles }: Preferences,
  { channel }: PreferenceChannel,
  { category, company }: PreferenceCell,
  { branch, signal }: { readonly branch: string; readonly signal: AbortSignal },
): Promise<Decision> {
  const vehicle = vehicles.find(({ current }) => current) ?? vehicles[0];
  const body = {
    customer: customer.id,
    channel: innerChannels(channel)[0],
    category,
    branch,
    trace: true,
    ...(company === null ? {} : { thirdPartyName: company }),
    ...(category === 'service_follow_up' && vehicle !== undefined ? { vehicleId: vehicle.id } : {}),
  };
  return read<Decision>('/decisions', { body, signal });
}
