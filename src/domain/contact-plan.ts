import { addDays, daysBetween } from './london.ts';
import type { ContactSubject, Occasion } from './occasion.ts';
import { occasionsOf } from './occasion.ts';
import type { ContactMethod, Programme, ProgrammeKind, ProgrammeStep } from './programme.ts';
import { categoryOf } from './programme.ts';
import type { ReasonCode } from './reason.ts';
import type { Category } from './vocabulary.ts';

/**
 * Which contacts of the Automatic Contact Manager are due for one customer on one day, by which method, or why not.
 * The daily run, a run on trial and the forecast all ask here, so that what is foretold is what happens.
 */

/** One question for the engine: may this customer be contacted about this, in this way, on that day? */
export interface MethodQuestion {
  readonly method: ContactMethod;
  readonly category: Category;
  readonly vehicleId: string | null;
}

export interface MethodAnswer {
  readonly allowed: boolean;
  readonly reasons: readonly ReasonCode[];
}

export interface SkippedMethod {
  readonly method: ContactMethod;
  readonly reasons: readonly ReasonCode[];
}

export interface DueContact {
  readonly occasion: Occasion;
  readonly step: ProgrammeStep;
  /** The day on which the step was due; earlier than the day asked about where a run was missed. */
  readonly dueOn: string;
  /** The first day on which it is too late. */
  readonly lapsesOn: string;
  /** By which way; null: none is permitted, and the reasons of each say why. */
  readonly method: ContactMethod | null;
  /** The ways that were wanted before it and are not permitted. */
  readonly skipped: readonly SkippedMethod[];
}

/** A step that was due can still be taken so many days later: a run was missed, or the customer came late. */
export const catchUpDays = 7;

/** Between two contacts about the same thing lie at least so many days, whatever was caught up. */
const restDays = 2;

/** The steps that were taken, by part of the occasion. */
export interface TakenStep {
  readonly key: string;
  readonly stepId: string;
  readonly on: string;
}

/** The contacts due on a day. Each has its method, or says why there is none; a step taken before is never due again. */
export function dueContacts(
  subject: ContactSubject,
  programmes: ReadonlyMap<ProgrammeKind, Programme>,
  taken: readonly TakenStep[],
  today: string,
  ask: (question: MethodQuestion) => MethodAnswer,
): DueContact[] {
  const isOn = (kind: ProgrammeKind): boolean => programmes.get(kind)?.isOn === true;
  return occasionsOf(subject, isOn, today).flatMap((occasion): DueContact[] => {
    const due = dueStep(occasion, programmes, taken, today);
    return due === null ? [] : [{ occasion, ...due, ...chooseMethod(occasion, due.step, ask) }];
  });
}

/** The one step of an occasion that is to be taken on a day; null: none. */
function dueStep(
  { parts }: Occasion,
  programmes: ReadonlyMap<ProgrammeKind, Programme>,
  taken: readonly TakenStep[],
  today: string,
): Pick<DueContact, 'step' | 'dueOn' | 'lapsesOn'> | null {
  const [lead] = parts;
  if (parts.every(({ isBooked }) => isBooked)) return null;
  const reached = [...(programmes.get(lead.kind)?.steps ?? [])]
    .sort((a, b) => a.days - b.days)
    .map((step) => ({ step, dueOn: addDays(lead.on, step.days) }))
    .filter(({ dueOn }) => dueOn <= today);
  // Only the last step that was reached: what was missed before it is not made up for by two contacts at once.
  const last = reached.at(-1);
  if (last === undefined) return null;
  const lapsesOn = lapseOf(last, lead.on);
  if (today >= lapsesOn) return null;
  const keys = new Set(parts.map(({ key }) => key));
  const before = taken.filter(({ key }) => keys.has(key));
  const isTaken = before.some(({ stepId }) => stepId === last.step.id);
  const isTooSoon = before.some(({ on }) => daysBetween(on, today) < restDays);
  return isTaken || isTooSoon ? null : { ...last, lapsesOn };
}

/** A reminder before a date is worth nothing once the date has passed. */
function lapseOf({ step, dueOn }: { step: ProgrammeStep; dueOn: string }, on: string): string {
  const late = addDays(dueOn, catchUpDays + 1);
  const past = addDays(on, 1);
  return step.days <= 0 && past < late ? past : late;
}

function chooseMethod(
  { parts: [lead] }: Occasion,
  step: ProgrammeStep,
  ask: (question: MethodQuestion) => MethodAnswer,
): Pick<DueContact, 'method' | 'skipped'> {
  const skipped: SkippedMethod[] = [];
  for (const method of step.methods) {
    const { allowed, reasons } = ask({ method, category: categoryOf(lead.kind), vehicleId: lead.vehicleId });
    if (allowed) return { method, skipped };
    skipped.push({ method, reasons });
  }
  return { method: null, skipped };
}
