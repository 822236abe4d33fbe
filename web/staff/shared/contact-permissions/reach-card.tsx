import { Paper, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { Reach } from './permission-marks.tsx';

/** How the customer of an appointment or an enquiry is reached, with what each number and address may be used for. */
export function ReachCard({ customerId }: { readonly customerId: string }): ReactNode {
  return (
    <Paper component="section" aria-label="How they are reached">
      <Title order={2} mb="xs">
        How they are reached
      </Title>
      <Reach customerId={customerId} />
    </Paper>
  );
}
