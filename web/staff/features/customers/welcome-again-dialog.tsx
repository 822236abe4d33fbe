import { Alert, Button, Group, Modal, Stack } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import type { FormEvent, ReactNode } from 'react';
import { useState } from 'react';
import { sentenceOf } from '../../shared/api-problem.ts';
import { HowTheyToldUs } from '../../shared/preferences/how-they-told-us.tsx';
import type { Method, Preferences } from '../../shared/preferences/preferences.ts';
import { ReadAloud } from '../../shared/preferences/read-aloud.tsx';
import { useReturnFocus } from '../../shared/return-focus.ts';
import { sayDone } from '../../shared/toast.tsx';
import type { CustomerVehicle } from './customer.ts';
import { changeCustomer } from './customer.ts';
import { vehicleName } from './vehicle-words.ts';

interface WelcomeAgainDialogProps {
  readonly vehicle: CustomerVehicle;
  readonly held: Preferences;
  readonly close: () => void;
}

/** Takes back a no to reminders about one vehicle: the customer's word, how it came and what was read to them. */
export function WelcomeAgainDialog({ vehicle, held, close }: WelcomeAgainDialogProps): ReactNode {
  useReturnFocus();
  const queries = useQueryClient();
  const [method, setMethod] = useState<Method | null>(null);
  const [isUnanswered, setUnanswered] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setUnanswered(method === null);
    if (method === null) return;
    setBusy(true);
    setProblem(null);
    try {
      // Without the moment: the clock of the server counts, since that of a computer at the desk may be wrong.
      await changeCustomer(queries, held.customer.id, '/permission-events', {
        body: {
          kind: 'vehicle_contact',
          vehicleId: vehicle.vehicleId,
          permitted: true,
          method,
          wording: { text: held.wording.text },
        },
      });
      sayDone(`Reminders about ${vehicleName(vehicle)} are welcome again, where the boxes allow them.`);
      close();
    } catch (error) {
      setProblem(sentenceOf(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <Modal opened={true} onClose={close} title={`Reminders about ${vehicleName(vehicle)} again?`}>
      <form onSubmit={(event) => void submit(event)} noValidate={true}>
        <Stack>
          {problem !== null && (
            <Alert color="red" variant="light" role="alert">
              {problem}
            </Alert>
          )}
          <ReadAloud wording={held.wording} />
          <HowTheyToldUs
            name={held.customer.shortName}
            method={method}
            choose={(chosen) => {
              setMethod(chosen);
              setUnanswered(false);
            }}
            error={isUnanswered ? 'Say how they told us.' : null}
          />
          <Group>
            <Button type="submit" loading={isBusy}>
              They are welcome
            </Button>
            <Button variant="default" onClick={close}>
              Cancel
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
