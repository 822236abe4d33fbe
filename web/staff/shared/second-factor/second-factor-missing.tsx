import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { lazy, Suspense, useState } from 'react';
import { Screen } from '../screen.tsx';
import { EmptyState, LoadingState } from '../states.tsx';

// Loaded when it is wanted: what draws the square is of no use to anybody else.
const EnrolmentDialog = lazy(async () => ({
  default: (await import('./enrolment-dialog.tsx')).EnrolmentDialog,
}));

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
      {isOpen && (
        <Suspense fallback={<LoadingState />}>
          <EnrolmentDialog isOn={false} close={() => setOpen(false)} />
        </Suspense>
      )}
    </Screen>
  );
}
