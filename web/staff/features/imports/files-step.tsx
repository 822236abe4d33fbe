import { Alert, Button, Paper, Stack, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { ButtonLink } from '../../shared/links.tsx';
import { FilePlace } from './file-place.tsx';
import classes from './imports.module.css';
import type { DraftAtHand } from './use-draft.ts';
import type { WizardStep } from './wizard-steps.ts';

interface StepProps {
  readonly atHand: DraftAtHand;
  readonly go: (step: WizardStep) => void;
}

/** The customer file, and the vehicle file if there is one. */
export function FilesStep({ atHand, go }: StepProps): ReactNode {
  const { draft, put } = atHand;
  const [isAsking, setAsking] = useState(false);
  const isMissing = isAsking && draft.customers === null;
  const next = (): void => {
    setAsking(true);
    if (draft.customers === null) return;
    go(draft.customers.mapping === null && (draft.vehicles?.mapping ?? null) === null ? 'check' : 'columns');
  };
  return (
    <Stack>
      <Paper component="section">
        <Title order={2}>Customers</Title>
        <Text c="dimmed" mb="sm">
          One row a customer, with the column names on the first line. Files of Navigator 2.0 are recognised
          by themselves.
        </Text>
        <FilePlace kind="customers" file={draft.customers} put={(file) => put('customers', file)} />
      </Paper>
      <Paper component="section">
        <Title order={2}>Vehicles, if you have them</Title>
        <Text c="dimmed" mb="sm">
          One row a vehicle, with the number of its customer.
        </Text>
        <FilePlace kind="vehicles" file={draft.vehicles} put={(file) => put('vehicles', file)} />
      </Paper>
      {isMissing && (
        <Alert color="red" variant="light" role="alert">
          <Text c="var(--text)">Choose the customer file first.</Text>
        </Alert>
      )}
      <div className={classes['actions']}>
        <Button onClick={next}>Go on</Button>
        <ButtonLink to="/imports" variant="default">
          Leave it for later
        </ButtonLink>
      </div>
    </Stack>
  );
}
