import { addDays, addMonths, londonInstant } from '../../src/domain/london.ts';
import type { JobType, Meanwhile } from '../../src/domain/workshop.ts';
import { hoursOn, mondayOf, usualHours } from '../../src/domain/workshop.ts';
import { changeAppointment } from '../../src/features/appointments/changes/service.ts';
import { newHealthCheckSchema } from '../../src/features/appointments/health-checks/contract.ts';
import { recordHealthCheck } from '../../src/features/appointments/health-checks/service.ts';
import { bookAppointment, readAppointment } from '../../src/features/appointments/service.ts';
import { customerIdsOf, readCustomer } from '../../src/features/customers/service.ts';
import { ConflictError } from '../../src/platform/application-error.ts';
import type { ManualClock } from '../../src/platform/clock.ts';
import type { Actor, Context } from '../../src/platform/context.ts';
import { within } from '../../src/platform/context.ts';
import { inTransaction } from '../../src/platform/database.ts';
import type { Chance } from '../random.ts';
import { pickerOf } from '../random.ts';
import type { Calendar } from './calendar.ts';
import type { CustomerRecord } from './files.ts';
import { instantAt } from './living.ts';

/** The workshop of the made-up dealership: this week and the next in the diary, and what health checks found. */
export interface Workshop {
  /** Its clock is `clock`. */
  readonly context: Context;
  readonly clock: ManualClock;
  readonly calendar: Calendar;
  readonly chance: Chance;
  readonly actorOf: (branch: string) => Actor;
  /** The present instant, milliseconds. */
  readonly now: number;
}

interface Keeper {
  readonly customerId: string;
  readonly vehicleId: string;
}

/** Cars on each day of this week and of the next, Monday first; a small branch has half of it. */
const carsOnDays = [20, 19, 16, 18, 22, 5, 0, 14, 10, 7, 5, 4, 2, 0];
const times = [
  '08:00',
  '08:30',
  '09:00',
  '09:30',
  '10:00',
  '10:30',
  '11:00',
  '13:00',
  '13:30',
  '14:00',
  '14:30',
];
const pickWork = pickerOf<readonly JobType[]>([
  [['service'], 30],
  [['service', 'mot'], 20],
  [['mot'], 20],
  [['diagnosis'], 10],
  [['repair'], 8],
  [['recall'], 6],
  [['warranty'], 4],
]);
const pickMeanwhile = pickerOf<Meanwhile>([
  ['leaves', 6],
  ['waits', 3],
  ['courtesy_car', 1],
]);
const notes = [
  'Needs it back by four o’clock.',
  'Knocks at the front left over speed bumps.',
  'Keys are in the drop box.',
  'Please check the tyre pressures as well.',
  'Warning light for the engine since Saturday.',
];

/** Fills the diaries; those who have a name to look for are left for whoever tries a booking. */
export async function fillWorkshop(workshop: Workshop, customers: readonly CustomerRecord[]): Promise<void> {
  await inTransaction(workshop.context.database.db, async (transaction) => {
    const part = { ...workshop, context: within(workshop.context, transaction) };
    await rememberJane(part);
    for (const [branch, share] of [
      ['SHEF', 1],
      ['ROTH', 0.5],
      ['BARN', 0.4],
    ] as const) {
      const keepers = await keepersOf(part, branch, customers);
      await fillBranch(part, branch, share, keepers);
    }
  });
}

/** Mrs Holroyd was here in the summer, and put off her rear brake pads. */
async function rememberJane(workshop: Workshop): Promise<void> {
  const { calendar, context } = workshop;
  const jane = (await customerIdsOf(context, ['no:20418'])).get('no:20418');
  const car = jane === undefined ? undefined : (await readCustomer(context, jane)).vehicles[0];
  if (jane === undefined || car === undefined) return;
  const arrivesOn = openDay(addMonths(calendar.today, -5));
  const keeper = { customerId: jane, vehicleId: car.vehicleId };
  const id = await book(workshop, 'SHEF', keeper, { arrivesOn, arrivalTime: '09:00', jobs: ['service'] });
  if (id === null) return;
  await goOn(workshop, id, arrivesOn, 4, [
    {
      item: 'Rear brake pads',
      severity: 'amber',
      pricePence: 14_200,
      labourMinutes: 75,
      outcome: 'deferred',
      followUpOn: addDays(calendar.today, 12),
    },
    { item: 'Front tyres', severity: 'green', outcome: 'none' },
    { item: 'Battery', severity: 'green', outcome: 'none' },
  ]);
}

function openDay(day: string): string {
  const hours = hoursOn(usualHours, day);
  return hours === null || hours.closes < '17:00' ? openDay(addDays(day, 1)) : day;
}

async function keepersOf(
  workshop: Workshop,
  branch: string,
  customers: readonly CustomerRecord[],
): Promise<Keeper[]> {
  const { context } = workshop;
  const numbers = customers.filter(
    (each) =>
      each.branch === branch && !each.customer_no.startsWith('2041') && !each.customer_no.startsWith('2042'),
  );
  const wanted = numbers.slice(0, 420).map(({ customer_no }) => `no:${customer_no}`);
  const keepers: Keeper[] = [];
  for (const id of (await customerIdsOf(context, wanted)).values()) {
    const { mergedIntoId, vehicles } = await readCustomer(context, id);
    const car = vehicles.find(({ untilOn, make }) => untilOn === null && make !== null);
    if (mergedIntoId === null && car !== undefined)
      keepers.push({ customerId: id, vehicleId: car.vehicleId });
    if (keepers.length >= 150) break;
  }
  return keepers;
}

async function fillBranch(
  workshop: Workshop,
  branch: string,
  share: number,
  keepers: readonly Keeper[],
): Promise<void> {
  const { calendar, chance } = workshop;
  const monday = mondayOf(calendar.today);
  const waiting = keepers[Symbol.iterator]();
  // Where there are few customers, every day has fewer cars, rather than the last days none.
  const enough = Math.min(share, keepers.length / carsOnDays.reduce((sum, cars) => sum + cars, 0));
  for (const [day, cars] of carsOnDays.entries()) {
    const arrivesOn = addDays(monday, day);
    const hours = hoursOn(usualHours, arrivesOn);
    for (let car = 0; car < Math.floor(cars * enough) && hours !== null; car += 1) {
      const keeper = waiting.next();
      if (keeper.done === true) return;
      const open = times.filter((time) => time <= hours.lastArrival && time >= hours.opens);
      const arrivalTime = open[chance.below(open.length)] ?? '09:00';
      const id = await book(workshop, branch, keeper.value, {
        arrivesOn,
        arrivalTime,
        jobs: pickWork(chance),
      });
      if (id !== null) await happen(workshop, id, { arrivesOn, arrivalTime });
    }
  }
}

/** Books some days before; null where the workshop had no room. */
async function book(
  { context, clock, calendar, chance, actorOf }: Workshop,
  branch: string,
  keeper: Keeper,
  asked: { arrivesOn: string; arrivalTime: string; jobs: readonly JobType[] },
): Promise<string | null> {
  const before = addDays(asked.arrivesOn, -1 - chance.below(12));
  const bookedOn = before < calendar.today ? before : addDays(calendar.today, -1);
  clock.set(instantAt(londonInstant(bookedOn, '10:20') + chance.below(300) * 60_000));
  try {
    return await bookAppointment(
      context,
      {
        branch,
        ...keeper,
        arrivesOn: asked.arrivesOn,
        arrivalTime: asked.arrivalTime,
        jobs: asked.jobs.map((jobType) => ({ jobType })),
        meanwhile: pickMeanwhile(chance),
        notes: chance.share(0.25) ? (notes[chance.below(notes.length)] ?? null) : null,
      },
      actorOf(branch),
    );
  } catch (error) {
    if (error instanceof ConflictError) return null;
    throw error;
  }
}

/** What became of it by now: days that have passed are done, today is as far as the hour. */
async function happen(
  workshop: Workshop,
  id: string,
  { arrivesOn, arrivalTime }: { arrivesOn: string; arrivalTime: string },
): Promise<void> {
  const { chance, calendar, now, context, clock } = workshop;
  const minutes = (now - londonInstant(arrivesOn, arrivalTime)) / 60_000;
  if (minutes < 20) return;
  if (chance.share(0.06)) {
    clock.set(instantAt(londonInstant(arrivesOn, arrivalTime) + 15 * 60_000));
    await changeAppointment(context, id, { status: 'no_show' }, 1);
    return;
  }
  const steps = arrivesOn < calendar.today || minutes > 420 ? 4 : minutes > 240 ? 3 : minutes > 45 ? 2 : 1;
  await goOn(workshop, id, arrivesOn, steps, steps > 1 && chance.share(0.55) ? found(workshop) : []);
}

const steps = ['arrived', 'in_work', 'ready', 'collected'] as const;
const minutesToStep = [5, 30, 120, 240];

/** Takes a car so many steps on, a while apart; what was found is written down once work has begun. */
async function goOn(
  { context, clock, actorOf, now }: Workshop,
  id: string,
  arrivesOn: string,
  count: number,
  findings: readonly Readonly<Record<string, unknown>>[],
): Promise<void> {
  const { arrivalTime, branch } = await readAppointment(context, id);
  for (const [step, status] of steps.slice(0, count).entries()) {
    const at = londonInstant(arrivesOn, arrivalTime) + (minutesToStep[step] ?? 0) * 60_000;
    clock.set(instantAt(Math.min(at, now)));
    await changeAppointment(context, id, { status }, 1 + step);
    if (status !== 'in_work' || findings.length === 0) continue;
    await recordHealthCheck(context, id, newHealthCheckSchema.parse({ findings }), actorOf(branch));
  }
}

const looks = [
  ['Front brake discs', 28_900, 90],
  ['Rear brake pads', 14_200, 75],
  ['Front tyres', 18_900, 30],
  ['Wiper blades', 3_450, 10],
  ['Battery', 12_900, 20],
  ['Coolant hose', 9_650, 60],
  ['Air filter', 4_200, 15],
] as const;

const severityOf = pickerOf<'red' | 'amber' | 'green'>([
  ['red', 1],
  ['amber', 3],
  ['green', 4],
]);

function found({ calendar, chance }: Workshop): Readonly<Record<string, unknown>>[] {
  return looks
    .filter(() => chance.share(0.5))
    .map(([item, pricePence, labourMinutes]) => {
      const severity = severityOf(chance);
      if (severity === 'green') return { item, severity, outcome: 'none' };
      const priced = { item, severity, pricePence, labourMinutes };
      // What is red is mostly done at once, what is amber mostly put off.
      const luck = chance.next();
      if (luck < (severity === 'red' ? 0.6 : 0.15)) return { ...priced, outcome: 'authorised' };
      if (luck < 0.85) {
        return { ...priced, outcome: 'deferred', followUpOn: addDays(calendar.today, 5 + chance.below(120)) };
      }
      return { ...priced, outcome: 'declined' };
    });
}
