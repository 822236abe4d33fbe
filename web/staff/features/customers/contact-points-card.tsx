import { ActionIcon, Button, Group, Menu, Paper, Text, Title } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { lazy, useState } from 'react';
import { useConfirm } from '../../shared/confirm.tsx';
import { PointMarks } from '../../shared/contact-permissions/permission-marks.tsx';
import { DialogOnDemand } from '../../shared/return-focus.tsx';
import { sayDone, sayFailed } from '../../shared/toast.tsx';
import { contactKindWords, contactValue, flagsOf, inScreenOrder } from './contact-words.ts';
import type { ContactPoint, Customer } from './customer.ts';
import { changeCustomer } from './customer.ts';
import classes from './record.module.css';

// Loaded when it is wanted, since everybody waits for what comes first.
const ContactPointDialog = lazy(async () => ({
  default: (await import('./contact-point-dialog.tsx')).ContactPointDialog,
}));

interface ContactPointsCardProps {
  readonly customer: Customer;
  readonly mayChange: boolean;
  /** After a number or address is new, the question of how to keep in touch is worth asking. */
  readonly updated: () => void;
}

/** Every number and address, with what has to be known about each. */
export function ContactPointsCard({ customer, mayChange, updated }: ContactPointsCardProps): ReactNode {
  // The one being replaced, `new` for one that is added, null while the dialog is closed.
  const [edited, setEdited] = useState<ContactPoint | 'new' | null>(null);
  return (
    <Paper component="section" aria-label="How they are reached">
      <Group justify="space-between" mb="xs">
        <Title order={2}>How they are reached</Title>
        {mayChange && (
          <Button size="compact-sm" variant="default" onClick={() => setEdited('new')}>
            Add
          </Button>
        )}
      </Group>
      {customer.contactPoints.length === 0 && (
        <Text c="dimmed">Nothing is recorded: without a number or address nobody can be contacted.</Text>
      )}
      <ul style={{ listStyle: 'none', margin: 0, padding: 0 }}>
        {inScreenOrder(customer.contactPoints).map((point) => (
          <li key={point.id} className={classes['row']}>
            <Group justify="space-between" wrap="nowrap" align="flex-start" gap="xs">
              <div>
                <Text size="sm" c="dimmed">
                  {contactKindWords[point.kind]}
                </Text>
                <Text className={classes['value'] ?? ''}>{contactValue(point)}</Text>
                {flagsOf(point).map(({ words, needsAttention }) => (
                  <span
                    key={words}
                    className={classes['flag']}
                    data-needs={needsAttention ? 'attention' : undefined}
                  >
                    {words}
                  </span>
                ))}
                <PointMarks customerId={customer.id} pointId={point.id} />
              </div>
              {mayChange && (
                <PointMenu customerId={customer.id} point={point} replace={() => setEdited(point)} />
              )}
            </Group>
          </li>
        ))}
      </ul>
      {edited !== null && (
        <DialogOnDemand>
          <ContactPointDialog
            customerId={customer.id}
            replaced={edited === 'new' ? null : edited}
            close={() => setEdited(null)}
            updated={updated}
          />
        </DialogOnDemand>
      )}
    </Paper>
  );
}

interface PointMenuProps {
  readonly customerId: string;
  readonly point: ContactPoint;
  readonly replace: () => void;
}

function PointMenu({ customerId, point, replace }: PointMenuProps): ReactNode {
  const queries = useQueryClient();
  const confirm = useConfirm();
  const value = contactValue(point);
  const change = async (path: string, done: string, asking = {}): Promise<void> => {
    try {
      await changeCustomer(queries, customerId, `/contact-points/${point.id}${path}`, asking);
      sayDone(done);
    } catch (error) {
      sayFailed(error);
    }
  };
  const remove = async (): Promise<void> => {
    const yes = await confirm({
      title: `Take ${value} out of use?`,
      body: 'Nothing is sent to it any more. It stays in the history of this record.',
      confirm: 'Take out of use',
      dangerous: true,
    });
    if (yes) await change('', `${value} is no longer used.`, { method: 'DELETE' });
  };
  return (
    <Menu position="bottom-end" withinPortal={true}>
      <Menu.Target>
        <ActionIcon variant="default" aria-label={`Change ${value}`}>
          ⋯
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={replace}>Replace it by another…</Menu.Item>
        {point.status !== 'ok' && (
          <Menu.Item onClick={() => void change(':confirm', `${value} is confirmed.`)}>
            The customer confirmed it
          </Menu.Item>
        )}
        {point.status !== 'bounced' && (
          <Menu.Item onClick={() => void change(':bounced', `${value} is marked as not reached.`)}>
            What was sent came back
          </Menu.Item>
        )}
        <Menu.Item color="red" onClick={() => void remove()}>
          Take it out of use…
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
