import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import type { JobType, Meanwhile } from '../../../../src/domain/workshop.ts';
import { newIdempotencyKey } from '../../shared/api.ts';
import { ApiProblem, sentenceOf } from '../../shared/api-problem.ts';
import { useSession } from '../../shared/session.ts';
import type { Appointment, DueWork, Job, MaintainedVehicle, Slot, SlotQuestion } from './appointments.ts';
import { bookAppointment, maintenanceQuery, slotsQuery, workshopChanged } from './appointments.ts';
import { isDay } from './dates.ts';
import type { Beyond } from './over-capacity.tsx';
import { isGiven, nothingBeyond } from './over-capacity.tsx';

/** Whoever is booked in. */
export interface Who {
  readonly customerId: string;
  readonly name: string;
  readonly postcode: string | null;
}

/** A kind of job, or the deferred finding that a job puts right. */
export type Work = JobType | `finding:${string}`;

export interface Booking {
  /** Null while they are read. */
  readonly vehicles: readonly MaintainedVehicle[] | null;
  readonly error: unknown;
  readonly vehicle: MaintainedVehicle | null;
  readonly chooseVehicle: (vehicleId: string) => void;
  /** What is due on the vehicle and not booked yet. */
  readonly due: readonly DueWork[];
  readonly work: ReadonlySet<Work>;
  readonly toggle: (work: Work) => void;
  readonly addDue: (due: readonly DueWork[]) => void;
  readonly meanwhile: Meanwhile;
  readonly setMeanwhile: (meanwhile: Meanwhile) => void;
  /** Null while they are looked for. */
  readonly slots: readonly Slot[] | null;
  readonly slot: Slot | null;
  readonly chooseSlot: (slot: Slot) => void;
  /** One day that was asked for instead of the first free times; empty for none. */
  readonly day: string;
  readonly setDay: (day: string) => void;
  /** What is full on that day and what is free instead. */
  readonly full: string | null;
  readonly beyond: Beyond;
  readonly setBeyond: (beyond: Beyond) => void;
  readonly notes: string;
  readonly setNotes: (notes: string) => void;
  readonly problem: string | null;
  readonly isBusy: boolean;
  readonly booked: Appointment | null;
  /** Answers whether it is booked. */
  readonly book: () => Promise<boolean>;
}

export function slotKey({ arrivesOn, arrivalTime }: Slot): string {
  return `${arrivesOn} ${arrivalTime}`;
}

export function workOf({ jobType, findingId }: DueWork): Work {
  return findingId === null ? jobType : `finding:${findingId}`;
}

/**
 * A booking as it is put together: the car, what is done, when, and what the customer does meanwhile.
 *
 * @param registration what was typed to find them, so that of several cars this one is meant.
 */
export function useBooking(who: Who, registration: string | null): Booking {
  const { branch } = useSession();
  const queries = useQueryClient();
  const [vehicleId, chooseVehicle] = useState<string | null>(null);
  const [work, setWork] = useState<ReadonlySet<Work>>(new Set());
  const [meanwhile, setMeanwhile] = useState<Meanwhile>('leaves');
  const [notes, setNotes] = useState('');
  const [outcome, setOutcome] = useState<{ problem: string | null; booked: Appointment | null }>({
    problem: null,
    booked: null,
  });
  const [isBusy, setBusy] = useState(false);
  const sent = useRef<{ readonly text: string; readonly key: string } | null>(null);
  const { data: vehicles = null, error } = useQuery(maintenanceQuery(who.customerId, branch.code));
  const vehicle = chosenOf(vehicles ?? [], vehicleId, registration);
  const due = (vehicle?.due ?? []).filter(
    ({ bookedOn, urgency }) => bookedOn === null && urgency !== 'later',
  );
  const jobs = jobsFrom(work, vehicle);
  const when = useWhen({ branch: branch.code, jobs, meanwhile });
  const { slot, because } = when;
  const book = async (): Promise<boolean> => {
    if (isBusy) return false;
    const missing = missingFrom(vehicle, jobs, slot);
    if (vehicle === null || slot === null || missing !== null) {
      setOutcome({ problem: missing, booked: null });
      return false;
    }
    setBusy(true);
    try {
      const { customerId } = who;
      const asked = { branch: branch.code, customerId, vehicleId: vehicle.vehicleId, ...slot };
      const body = { ...asked, ...because, jobs: [...jobs], meanwhile, notes: notes.trim() || null };
      // The same booking keeps its key until it is answered, so that one that went unheard books no second time.
      const text = JSON.stringify(body);
      if (sent.current?.text !== text) sent.current = { text, key: newIdempotencyKey() };
      const booked = await bookAppointment(body, sent.current.key);
      setOutcome({ problem: null, booked });
      await workshopChanged(queries, customerId);
      return true;
    } catch (failure) {
      if (failure instanceof ApiProblem && failure.status > 0) sent.current = null;
      setOutcome({ problem: sentenceOf(failure), booked: null });
      await when.lookAgain();
      return false;
    } finally {
      setBusy(false);
    }
  };
  return {
    vehicles,
    error,
    vehicle,
    chooseVehicle,
    due,
    work,
    toggle: (each) => setWork(toggled(work, each)),
    addDue: (some) => setWork(new Set([...work, ...some.map(workOf)])),
    meanwhile,
    setMeanwhile,
    ...when,
    notes,
    setNotes,
    ...outcome,
    isBusy,
    book,
  };
}

type When = Pick<
  Booking,
  'slots' | 'slot' | 'chooseSlot' | 'day' | 'setDay' | 'full' | 'beyond' | 'setBeyond'
> & {
  /** What goes with the booking where it goes beyond what the day can do. */
  readonly because: { readonly overbookedBecause?: string };
  readonly lookAgain: () => Promise<unknown>;
};

/** When the car comes: one of the first free times, one of a day, or beyond what that day can do. */
function useWhen(asked: Pick<SlotQuestion, 'branch' | 'jobs' | 'meanwhile'>): When {
  const [wanted, chooseSlot] = useState<Slot | null>(null);
  const [day, setDay] = useState('');
  const [beyond, setBeyond] = useState(nothingBeyond);
  const window = isDay(day) ? { fromOn: day, everyTime: true } : { limit: 6 };
  const found = useQuery(slotsQuery({ ...asked, ...window }));
  const slots = found.data?.slots ?? null;
  const full = found.data?.full ?? null;
  const free =
    slots?.find((each) => wanted !== null && slotKey(each) === slotKey(wanted)) ?? slots?.[0] ?? null;
  const isBeyond = full !== null && isGiven(beyond);
  return {
    slots,
    slot: isBeyond ? { arrivesOn: day, arrivalTime: beyond.arrivalTime } : free,
    chooseSlot,
    day,
    setDay,
    full,
    beyond,
    setBeyond,
    because: isBeyond ? { overbookedBecause: beyond.because.trim() } : {},
    lookAgain: () => found.refetch(),
  };
}

function chosenOf(
  vehicles: readonly MaintainedVehicle[],
  vehicleId: string | null,
  registration: string | null,
): MaintainedVehicle | null {
  const plain = (mark: string | null): string => (mark ?? '').replaceAll(' ', '').toUpperCase();
  return (
    vehicles.find((each) => each.vehicleId === vehicleId) ??
    vehicles.find((each) => registration !== null && plain(each.registration) === plain(registration)) ??
    (vehicles.length === 1 ? (vehicles[0] ?? null) : null)
  );
}

function jobsFrom(work: ReadonlySet<Work>, vehicle: MaintainedVehicle | null): Job[] {
  return [...work].flatMap((each): Job[] => {
    if (!isFinding(each)) return [{ jobType: each }];
    const found = vehicle?.due.find((one) => workOf(one) === each);
    return found === undefined
      ? []
      : [{ jobType: 'vhc', minutes: found.minutes, findingId: found.findingId }];
  });
}

function isFinding(work: Work): work is `finding:${string}` {
  return work.startsWith('finding:');
}

function missingFrom(
  vehicle: MaintainedVehicle | null,
  jobs: readonly Job[],
  slot: Slot | null,
): string | null {
  if (vehicle === null) return 'Choose the car first.';
  if (jobs.length === 0) return 'Say what it comes for: a service, an MOT or something else.';
  return slot === null
    ? 'There is no free time for this work yet: wait a moment, or choose less work.'
    : null;
}

function toggled(work: ReadonlySet<Work>, each: Work): ReadonlySet<Work> {
  const next = new Set(work);
  if (!next.delete(each)) next.add(each);
  return next;
}
