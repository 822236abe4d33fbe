import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { Screen } from '../screen.tsx';
import { EmptyState } from '../states.tsx';
import { EnrolmentDialog } from './enrolment-dialog.tsx';

/** What whoever has to have a second factor sees until it is there. */
export function SecondFactorMissing(): ReactNode {
  const [isOpen, setOpen] = useState(false);
  return (
    <Screen title="Your sign-in">
      <EmptyState
        title="Your role needs a second factor"
        action={<Button onClick={() => setOpen(true)}>Add it now</Button>}
      >
        From now on you sign in with your password and a code of your telephone. It takes a minute; until then
        you can do nothing else here.
      </EmptyState>
      {isOpen && <EnrolmentDialog isOn={false} close={() => setOpen(false)} />}
    </Screen>
  );
}
