import { useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { FormDialog, useSubmission } from '../../shared/form-dialog.tsx';
import { HowTheyToldUs } from '../../shared/preferences/how-they-told-us.tsx';
import type { Method, Preferences } from '../../shared/preferences/preferences.ts';
import { wordsFor } from '../../shared/preferences/preferences.ts';
import { ReadAloud } from '../../shared/preferences/read-aloud.tsx';
import { useSession } from '../../shared/session.ts';
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
  const queries = useQueryClient();
  const { branch } = useSession();
  const [method, setMethod] = useState<Method | null>(null);
  const [isUnanswered, setUnanswered] = useState(false);
  const submission = useSubmission();
  // Other companies are no part of this question.
  const { phone, ...counter } = held.wording;
  const wording = {
    ...counter,
    text: counter.withoutCompanies,
    phone: { ...phone, text: phone.withoutCompanies },
  };
  const submit = (): void => {
    setUnanswered(method === null);
    if (method === null) return;
    void submission.run(async () => {
      // Without the moment: the clock of the server counts, since that of a computer at the desk may be wrong.
      await changeCustomer(queries, held.customer.id, '/permission-events', {
        body: {
          kind: 'vehicle_contact',
          vehicleId: vehicle.vehicleId,
          permitted: true,
          method,
          wording: { text: wordsFor({ wording }, method).text },
          branch: branch.code,
        },
      });
      sayDone(`Reminders about ${vehicleName(vehicle)} are welcome again, where the boxes allow them.`);
      close();
    });
  };
  return (
    <FormDialog
      title={`Reminders about ${vehicleName(vehicle)} again?`}
      verb="They are welcome"
      submit={submit}
      submission={submission}
      close={close}
    >
      <ReadAloud held={{ ...held, wording }} method={method} />
      <HowTheyToldUs
        name={held.customer.shortName}
        method={method}
        choose={(chosen) => {
          setMethod(chosen);
          setUnanswered(false);
        }}
        error={isUnanswered ? 'Say how they told us.' : null}
      />
    </FormDialog>
  );
}
