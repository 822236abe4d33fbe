import type { DueContact, MethodAnswer, MethodQuestion, TakenStep } from './contact-plan.ts';
import { dueContacts } from './contact-plan.ts';
import { addDays, addMonths } from './london.ts';
import type { ContactSubject, SubjectVehicle } from './occasion.ts';
import type { Programme, ProgrammeKind } from './programme.ts';

/** What one customer is going to hear of us, if nothing changes but the calendar. */
export interface ForecastContact extends DueContact {
  readonly on: string;
  /** It counts from a date that is only supposed, such as the MOT after the next one. */
  readonly isSupposed: boolean;
}

/**
 * The contacts of the coming months, day by day by the code of the run itself.
 *
 * Once the day has passed on which an MOT or a service is due, it is supposed to have been done, and to be due again a
 * year later.
 *
 * @param ask answers as of a day, since permission can change with time alone.
 */
export function forecastContacts(
  subject: ContactSubject,
  programmes: ReadonlyMap<ProgrammeKind, Programme>,
  alreadyTaken: readonly TakenStep[],
  { from, months }: { readonly from: string; readonly months: number },
  ask: (question: MethodQuestion, on: string) => MethodAnswer,
): ForecastContact[] {
  const until = addMonths(from, months);
  const taken = [...alreadyTaken];
  const contacts: ForecastContact[] = [];
  for (let on = from; on < until; on = addDays(on, 1)) {
    const supposed = supposedOn(subject, on);
    for (const due of dueContacts(supposed, programmes, taken, on, (question) => ask(question, on))) {
      const { parts } = due.occasion;
      for (const { key } of parts) taken.push({ key, stepId: due.step.id, on });
      contacts.push({ ...due, on, isSupposed: isSupposed(subject, parts[0]) });
    }
  }
  return contacts;
}

function supposedOn(subject: ContactSubject, on: string): ContactSubject {
  const vehicles = subject.vehicles.map((vehicle): SubjectVehicle => {
    const motDueOn = nextDue(vehicle.motDueOn, on);
    const serviceDueOn = nextDue(vehicle.serviceDueOn, on);
    return { ...vehicle, motDueOn, serviceDueOn, booked: stillOpen(vehicle, motDueOn, serviceDueOn) };
  });
  return { ...subject, vehicles };
}

/** What is booked answers the date that stands now, and not the one a year later. */
function stillOpen(
  { booked, motDueOn, serviceDueOn }: SubjectVehicle,
  motThen: string | null,
  serviceThen: string | null,
): SubjectVehicle['booked'] {
  return booked.filter(
    ({ jobType }) =>
      (jobType !== 'mot' || motThen === motDueOn) && (jobType !== 'service' || serviceThen === serviceDueOn),
  );
}

function nextDue(dueOn: string | null, on: string): string | null {
  if (dueOn === null || dueOn >= on) return dueOn;
  // Long overdue: nobody knows whether it was done elsewhere, and nothing is foretold from it.
  if (addMonths(dueOn, 12) < on) return dueOn;
  return addMonths(dueOn, 12);
}

function isSupposed(
  { vehicles }: ContactSubject,
  { kind, vehicleId, on }: DueContact['occasion']['parts'][0],
): boolean {
  const vehicle = vehicles.find(({ id }) => id === vehicleId);
  if (kind === 'mot_due') return vehicle?.motDueOn !== on;
  if (kind === 'service_due') return vehicle?.serviceDueOn !== on;
  return false;
}
