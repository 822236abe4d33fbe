import { addDays, londonInstant } from '../../src/domain/london.ts';
import { customerIdOf } from '../../src/features/customers/service.ts';
import { writeNote } from '../../src/features/notes/service.ts';
import { addTask, listAssignees } from '../../src/features/tasks/service.ts';
import type { ManualClock } from '../../src/platform/clock.ts';
import type { Actor, Context } from '../../src/platform/context.ts';
import type { Calendar } from './calendar.ts';
import { instantAt } from './living.ts';

/** What staff noted of a few customers, and what they have to do. */
export interface NotesSetting {
  readonly context: Context;
  readonly clock: ManualClock;
  readonly calendar: Calendar;
  readonly actorOf: (branch: string) => Actor;
}

const holroyd = 'no:20418';

const notes = [
  { customer: holroyd, kind: 'care', text: 'Please speak slowly', days: -40 },
  {
    customer: holroyd,
    kind: 'note',
    text: 'Asks for the same courtesy car each time: the small one.',
    days: -39,
  },
  {
    customer: holroyd,
    kind: 'note',
    text: 'Thinking about a hybrid when the lease ends in spring.',
    days: -12,
  },
] as const;

const tasks = [
  { customer: holroyd, what: 'Ring back with the price of the brake discs', days: -2 },
  { customer: holroyd, what: 'Put the small courtesy car aside for her service', days: 3 },
  { customer: null, what: 'Check the key tags of the loan cars', days: 0 },
] as const;

/** Tasks belong to staff: where nobody works yet there are none. */
export async function fillNotes({ context, clock, calendar, actorOf }: NotesSetting): Promise<void> {
  const actor = actorOf('SHEF');
  for (const { customer, days, ...note } of notes) {
    clock.set(instantAt(londonInstant(addDays(calendar.today, days), '10:20')));
    await writeNote(context, await customerIdOf(context, customer), note, actor);
  }
  const owner = (await listAssignees(context)).find(({ id }) => id === actor.id);
  if (owner === undefined) return;
  for (const { customer, days, what } of tasks) {
    clock.set(instantAt(londonInstant(addDays(calendar.today, Math.min(days, 0) - 3), '15:05')));
    const dueOn = addDays(calendar.today, days);
    const about = customer === null ? {} : { customer };
    await addTask(context, { what, assignedTo: owner.id, dueOn, ...about }, actor);
  }
}
