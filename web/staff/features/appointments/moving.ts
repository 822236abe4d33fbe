import { useQueryClient } from '@tanstack/react-query';
import type { KeyboardEvent, RefObject } from 'react';
import { useRef, useState } from 'react';
import { ApiProblem } from '../../shared/api-problem.ts';
import { sayDone, sayFailed } from '../../shared/toast.tsx';
import type { Appointment, Slot } from './appointments.ts';
import { carWords, changeAppointment } from './appointments.ts';
import { plusDays, sayLongDay, sayTime } from './dates.ts';

export interface Moving {
  /** What is held by the mouse; null while nothing is. */
  readonly dragged: RefObject<Appointment | null>;
  readonly drag: (appointment: Appointment | null) => void;
  /** What the dialog that moves is open for. */
  readonly asked: Appointment | null;
  readonly ask: (appointment: Appointment | null) => void;
  /** Where it was dropped and did not fit, for the dialog to open at. */
  readonly wanted: Partial<Slot> | null;
  /** @param because why it goes beyond what the day can do. */
  readonly moveTo: (appointment: Appointment, slot: Partial<Slot>, because?: string) => Promise<boolean>;
  readonly onCardKey: (event: KeyboardEvent, appointment: Appointment) => void;
}

/** Moving appointments about the diary: by the mouse, and by keys. Where there is no room, the server's reason is said. */
export function useMoving(): Moving {
  const queries = useQueryClient();
  const dragged = useRef<Appointment | null>(null);
  const [asked, setAsked] = useState<Appointment | null>(null);
  const [wanted, setWanted] = useState<Partial<Slot> | null>(null);
  const ask = (appointment: Appointment | null): void => {
    setWanted(null);
    setAsked(appointment);
  };
  const moveTo = async (
    appointment: Appointment,
    slot: Partial<Slot>,
    because?: string,
  ): Promise<boolean> => {
    const { arrivesOn, arrivalTime } = appointment;
    if ((slot.arrivesOn ?? arrivesOn) === arrivesOn && (slot.arrivalTime ?? arrivalTime) === arrivalTime)
      return true;
    try {
      const moved = await changeAppointment(queries, appointment, {
        ...slot,
        ...(because === undefined ? {} : { overbookedBecause: because }),
      });
      const back = { arrivesOn, arrivalTime };
      sayDone(
        `${carWords(moved.vehicle)} is moved to ${sayLongDay(moved.arrivesOn)} at ${sayTime(moved.arrivalTime)}.`,
        {
          act: () => void changeAppointment(queries, moved, back).catch(sayFailed),
        },
      );
      focusSoon(appointment.id);
      return true;
    } catch (error) {
      sayFailed(error);
      // Whoever dropped it where there is no room sees what is free, without looking for the card again.
      if (asked === null && isFull(error)) {
        setWanted(slot);
        setAsked(appointment);
      }
      return false;
    }
  };
  return {
    dragged,
    drag: (appointment) => {
      dragged.current = appointment;
    },
    asked,
    ask,
    wanted,
    moveTo,
    onCardKey: (event, appointment) => {
      const days = event.altKey ? { ArrowLeft: -1, ArrowRight: 1 }[event.key] : undefined;
      const isAsked = event.key.toLowerCase() === 'm' && !event.altKey && !event.ctrlKey && !event.metaKey;
      if (days === undefined && !isAsked) return;
      event.preventDefault();
      if (days === undefined) ask(appointment);
      else void moveTo(appointment, { arrivesOn: plusDays(appointment.arrivesOn, days) });
    },
  };
}

const full: ReadonlySet<string> = new Set(['workshop-full', 'mot-bay-full', 'time-taken']);

function isFull(error: unknown): boolean {
  return error instanceof ApiProblem && full.has(error.code);
}

/** The focus goes with the card, once it is where it was moved to. */
function focusSoon(id: string): void {
  requestAnimationFrame(() => document.querySelector<HTMLElement>(`[data-appointment="${id}"]`)?.focus());
}
