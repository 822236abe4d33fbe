import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { KeyHint } from '../../shared/key-hint.tsx';
import { StopAllMarketing } from '../../shared/preferences/stop-all-marketing.tsx';
import type { ReviewPrompt } from '../../shared/preferences/use-review-prompt.ts';
import { useMay } from '../../shared/session.ts';
import { useShortcut } from '../../shared/shortcut.ts';
import type { Appointment } from './appointments.ts';
import { ChangeDialog } from './change-dialog.tsx';
import { MoveDialog } from './move-dialog.tsx';
import { useMoving } from './moving.ts';

interface AppointmentActionsProps {
  readonly appointment: Appointment;
  readonly prompt: ReviewPrompt;
}

/** What is done with an appointment, the most frequent first. */
export function AppointmentActions({ appointment, prompt }: AppointmentActionsProps): ReactNode {
  const moving = useMoving();
  const mayChange = useMay('appointments:write');
  const mayMove = mayChange && appointment.status === 'booked';
  const [isChanging, setChanging] = useState(false);
  useShortcut({ key: 'e' }, () => setChanging(true), mayChange);
  useShortcut({ key: 'm' }, () => moving.ask(appointment), mayMove);
  useShortcut({ key: 'r' }, prompt.open, prompt.mayOpen);
  return (
    <>
      {mayMove && (
        <Button variant="default" onClick={() => moving.ask(appointment)} aria-keyshortcuts="M">
          Move&nbsp;<KeyHint>M</KeyHint>
        </Button>
      )}
      {mayChange && (
        <Button variant="default" onClick={() => setChanging(true)} aria-keyshortcuts="E">
          Change&nbsp;<KeyHint>E</KeyHint>
        </Button>
      )}
      {prompt.mayOpen && (
        <Button variant="default" onClick={prompt.open} aria-keyshortcuts="R">
          Review preferences&nbsp;<KeyHint>R</KeyHint>
        </Button>
      )}
      <StopAllMarketing customerId={appointment.customerId} name={appointment.displayName} />
      {isChanging && <ChangeDialog appointment={appointment} close={() => setChanging(false)} />}
      {moving.asked !== null && (
        <MoveDialog appointment={appointment} branch={appointment.branch} moving={moving} />
      )}
    </>
  );
}
