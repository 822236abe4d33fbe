import { Alert, Button, Group, Text } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { z } from 'zod';
import type { leadFaultsSchema } from '../../../../src/features/enquiries/faults/contract.ts';
import { ask, read } from '../../shared/api.ts';
import { sayCount } from '../../shared/numbers.ts';
import { useMay } from '../../shared/session.ts';
import { sayDone, sayFailed } from '../../shared/toast.tsx';
import { WhenText } from '../../shared/when-text.tsx';
import classes from './enquiries.module.css';

/** What came from the website and could not be filed: whoever sent it waits for an answer all the same. */
export function LeadFaults(): ReactNode {
  const queries = useQueryClient();
  const mayWrite = useMay('enquiries:write');
  const { data } = useQuery({
    queryKey: ['/web-lead-faults'],
    queryFn: ({ signal }) => read<z.infer<typeof leadFaultsSchema>>('/web-lead-faults', { signal }),
    refetchInterval: 60_000,
  });
  const faults = data?.faults ?? [];
  if (faults.length === 0) return null;
  const tryAgain = async (reference: string): Promise<void> => {
    try {
      await ask(`/web-lead-faults/${reference}:try-again`, { method: 'POST' });
      sayDone('It is tried again within seconds.');
      await queries.invalidateQueries({ queryKey: ['/web-lead-faults'] });
    } catch (error) {
      sayFailed(error);
    }
  };
  return (
    <Alert
      color="red"
      variant="light"
      mb="md"
      role="alert"
      title={`${sayCount(faults.length, 'enquiry', 'enquiries')} from the website could not be filed`}
    >
      <Text c="var(--text)">
        They are tried again by themselves, later each time. Answer whoever waits, and give the reference to
        your administrator: the log says what is wrong.
      </Text>
      <ul className={classes['plain']}>
        {faults.map((fault) => (
          <li key={fault.reference} className={classes['note']}>
            <Group justify="space-between" gap="xs">
              <Text c="var(--text)" size="sm">
                <b>{fault.displayName}</b>
                {[fault.phone, fault.email, fault.vehicleOfInterest]
                  .filter((part) => part !== null)
                  .map((part) => ` · ${part}`)}
                <Text span={true} display="block" size="xs">
                  came <WhenText when={fault.receivedAt} withTime={true} />, tried{' '}
                  {sayCount(fault.attempts, 'time')}, next{' '}
                  <WhenText when={fault.nextAttemptAt} withTime={true} /> · reference {fault.reference}
                </Text>
              </Text>
              {mayWrite && (
                <Button size="compact-sm" variant="default" onClick={() => void tryAgain(fault.reference)}>
                  Try again now
                </Button>
              )}
            </Group>
          </li>
        ))}
      </ul>
    </Alert>
  );
}
