import { Modal, Stack, Table, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import type { ShownState } from '../../../src/domain/shown-state.ts';
import { useReturnFocus } from './return-focus.tsx';
import { StateBadge } from './state-badge.tsx';
import { YesNo } from './yes-no.tsx';

const keys: readonly [key: string, does: string][] = [
  ['Ctrl K  or  /', 'find a customer, from any screen'],
  ['?', 'show this help'],
  ['Esc', 'close what is open; nothing changes'],
];

const states: readonly [state: ShownState, means: string][] = [
  ['consented', 'They said yes, and we can show when and to which words.'],
  [
    'existing_customer',
    'They bought or asked about something similar and could opt out; no more is needed for it.',
  ],
  ['legitimate_interest', 'No yes was needed: an interest was weighed and recorded, and they can object.'],
  ['assumed', 'Carried over at the upgrade: nobody said no, and nobody asked.'],
  ['not_asked', 'Nobody has asked them yet.'],
  ['said_no', 'They said no when asked, or were marked so before the upgrade.'],
  ['withdrawn', 'They said yes once and took it back.'],
];

/** The keys that work everywhere, and what the words mean. */
export function HelpDialog({ close }: { readonly close: () => void }): ReactNode {
  useReturnFocus();
  return (
    <Modal opened={true} onClose={close} title="Help" size="lg">
      <Stack>
        <Title order={2}>Keys</Title>
        <Table>
          <Table.Tbody>
            {keys.map(([key, does]) => (
              <Table.Tr key={key}>
                <Table.Th scope="row" w="10rem">
                  {key}
                </Table.Th>
                <Table.Td>{does}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
        <Title order={2}>What is held, in one word</Title>
        <Table>
          <Table.Tbody>
            {states.map(([state, means]) => (
              <Table.Tr key={state}>
                <Table.Th scope="row" w="10rem">
                  <StateBadge state={state} />
                </Table.Th>
                <Table.Td>{means}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
        <p>
          <YesNo yes={true} /> and <YesNo yes={false} /> say whether they may be contacted today: that depends
          on the policy, the law and the time, too.
        </p>
      </Stack>
    </Modal>
  );
}
