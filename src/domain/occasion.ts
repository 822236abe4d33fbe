import { addDays, addMonths, daysBetween } from './london.ts';
import type { ProgrammeKind } from './programme.ts';
import { forgottenAfterMonths, lapsedAfterMonths } from './programme.ts';
import type { JobType } from './workshop.ts';

/** What is known of one customer that may give a reason to contact them. Dates are local, YYYY-MM-DD. */
export interface ContactSubject {
  readonly birthOn: string | null;
  /** The last day on which they were here, or bought; null where nobody knows. */
  readonly lastSeenOn: string | null;
  readonly vehicles: readonly SubjectVehicle[];
  readonly openEnquiries: readonly { readonly id: string; readonly openedOn: string }[];
}

export interface SubjectVehicle {
  readonly id: string;
  /** The day it left the customer; null while it is theirs. */
  readonly ownedUntil: string | null;
  readonly motDueOn: string | null;
  readonly serviceDueOn: string | null;
  readonly boughtHereOn: string | null;
  readonly deferred: readonly { readonly findingId: string; readonly followUpOn: string }[];
  /** When it was collected after a service, lately. */
  readonly collectedOn: readonly string[];
  readonly booked: readonly {
    readonly jobType: JobType;
    readonly findingId: string | null;
    readonly arrivesOn: string;
  }[];
}

/** One thing that a customer can be reminded of. */
export interface OccasionPart {
  /** The same for as long as it is the same thing: no reminder of it goes out twice. */
  readonly key: string;
  readonly kind: ProgrammeKind;
  readonly vehicleId: string | null;
  readonly on: string;
  /** The work for it is booked already: nobody is reminded. */
  readonly isBooked: boolean;
}

/** What one contact is about: usually one part, and two where service and MOT fall together. */
export interface Occasion {
  /** The part whose steps are taken, first. */
  readonly parts: readonly [OccasionPart, ...OccasionPart[]];
}

/** A service and an MOT of one vehicle so many days from one another are one occasion. */
const togetherWithinDays = 30;

/** An occasion is looked for this far around a day: no step lies farther from its date. */
const reachDays = 366;

/**
 * Everything a customer could be contacted about around a day, the nearest first.
 *
 * @param isOn whether the programme of a kind is on: what is off takes no part, and joins nothing.
 */
export function occasionsOf(
  subject: ContactSubject,
  isOn: (kind: ProgrammeKind) => boolean,
  today: string,
): Occasion[] {
  const parts = partsOf(subject, today).filter(
    ({ kind, on }) => isOn(kind) && Math.abs(daysBetween(today, on)) <= reachDays,
  );
  return joinServiceAndMot(parts, today).sort(
    (a, b) => a.parts[0].on.localeCompare(b.parts[0].on) || a.parts[0].key.localeCompare(b.parts[0].key),
  );
}

function partsOf(subject: ContactSubject, today: string): OccasionPart[] {
  const { birthOn, lastSeenOn, openEnquiries, vehicles } = subject;
  const owned = vehicles.filter(({ ownedUntil }) => ownedUntil === null || ownedUntil > today);
  return [
    ...owned.flatMap(partsOfVehicle),
    ...(birthOn === null ? [] : birthdays(birthOn, today)),
    ...(lastSeenOn === null ? [] : lapses(lastSeenOn, today)),
    ...openEnquiries.map(({ id, openedOn }) => partOf('open_enquiry', null, openedOn, id)),
  ];
}

function partsOfVehicle(vehicle: SubjectVehicle): OccasionPart[] {
  const { id, motDueOn, serviceDueOn, boughtHereOn, deferred, collectedOn } = vehicle;
  const dated = (kind: ProgrammeKind, on: string | null, isBooked = false): OccasionPart[] =>
    on === null ? [] : [{ ...partOf(kind, id, on, id), isBooked }];
  return [
    ...dated('mot_due', motDueOn, isBookedFor(vehicle, 'mot')),
    ...dated('service_due', serviceDueOn, isBookedFor(vehicle, 'service')),
    ...dated('after_sale', boughtHereOn),
    ...deferred.map(({ findingId, followUpOn }) => ({
      ...partOf('deferred_work', id, followUpOn, findingId),
      isBooked: vehicle.booked.some((work) => work.findingId === findingId),
    })),
    ...collectedOn.map((on) => partOf('after_service', id, on, id)),
  ];
}

function isBookedFor({ booked }: SubjectVehicle, jobType: JobType): boolean {
  return booked.some((work) => work.jobType === jobType);
}

function partOf(kind: ProgrammeKind, vehicleId: string | null, on: string, of: string): OccasionPart {
  return { key: `${kind} ${of} ${on}`, kind, vehicleId, on, isBooked: false };
}

/** The birthdays around a day; who was born on 29 February has theirs on 1 March in other years, as the law counts. */
function birthdays(birthOn: string, today: string): OccasionPart[] {
  const year = Number(today.slice(0, 4));
  return [year - 1, year, year + 1]
    .map((of) => {
      const on = `${of}${birthOn.slice(4)}`;
      const isLeapDay = birthOn.endsWith('-02-29');
      return isLeapDay && addDays(`${of}-02-28`, 1) !== on ? `${of}-03-01` : on;
    })
    .filter((on) => on > birthOn)
    .map((on) => partOf('birthday', null, on, 'person'));
}

/** Who was here long ago counts as lapsed, once; who was not heard of for years does not expect to be written to. */
function lapses(lastSeenOn: string, today: string): OccasionPart[] {
  if (today >= addMonths(lastSeenOn, forgottenAfterMonths)) return [];
  return [partOf('lapsed_customer', null, addMonths(lastSeenOn, lapsedAfterMonths), lastSeenOn)];
}

/** Only for as long as both lie ahead: who let the MOT run out is still to be reminded of the service. */
function joinServiceAndMot(parts: readonly OccasionPart[], today: string): Occasion[] {
  const joined = new Set<OccasionPart>();
  const occasions: Occasion[] = [];
  for (const mot of parts.filter(({ kind, on }) => kind === 'mot_due' && on >= today)) {
    const service = parts.find(
      ({ kind, vehicleId, on, isBooked }) =>
        kind === 'service_due' &&
        on >= today &&
        vehicleId === mot.vehicleId &&
        isBooked === mot.isBooked &&
        Math.abs(daysBetween(on, mot.on)) <= togetherWithinDays,
    );
    if (service === undefined) continue;
    joined.add(mot).add(service);
    // The steps of whichever comes first, so that nothing is said too late.
    occasions.push({ parts: service.on < mot.on ? [service, mot] : [mot, service] });
  }
  return [
    ...occasions,
    ...parts.filter((part) => !joined.has(part)).map((part): Occasion => ({ parts: [part] })),
  ];
}
