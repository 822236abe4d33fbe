import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { readContactPoint } from '../../src/domain/contact-point.ts';
import { addDays, addMonths, londonInstant } from '../../src/domain/london.ts';
import { runImport } from '../../src/features/imports/service.ts';
import { saveSelection } from '../../src/features/mailshots/saved/service.ts';
import { recordScreenings } from '../../src/features/privacy/service.ts';
import { manualClock } from '../../src/platform/clock.ts';
import type { Actor, Context } from '../../src/platform/context.ts';
import { nowOf } from '../../src/platform/context.ts';
import { chanceFrom } from '../random.ts';
import { calendarAt, pickDay } from './calendar.ts';
import { castActs, castRecords } from './cast.ts';
import { openShowroom } from './enquiries.ts';
import type { CustomerRecord } from './files.ts';
import { generateRecords, writeRecords } from './files.ts';
import { instantAt, live } from './living.ts';
import { newcomersOf, storyOfNewcomer } from './newcomers.ts';
import { fillNotes } from './notes.ts';
import { choosePolicy, openOrganisation } from './organisation.ts';
import { savedSelections } from './selections.ts';
import type { Setting } from './stories.ts';
import { storiesOf } from './stories.ts';
import { fillWorkshop } from './workshop.ts';

export interface DealershipOptions {
  /** Customers besides those with a name to look for. */
  readonly customers: number;
  readonly legalEntities: 1 | 2;
  readonly seed: number;
  /** Who works at each branch, by its code, once the branches are there. */
  readonly staff?: (context: Context) => Promise<Readonly<Record<string, Actor>>>;
  readonly onProgress?: (done: number, total: number) => void;
}

const nobodyInParticular: Actor = { kind: 'staff', id: 'demonstration' };
/** One in so many came after the upgrade. */
const newcomerEvery = 50;

/**
 * Fills an empty database with Hallam Motors: a file of Navigator 2.0, imported months ago, and what staff and
 * customers did since, told to the services day by day with the clock set back. Nothing is written past them,
 * so that every record, entry and answer is what the product itself made of it.
 */
export async function fillDealership(context: Context, options: DealershipOptions): Promise<void> {
  const calendar = calendarAt(nowOf(context));
  const clock = manualClock(instantAt(londonInstant(calendar.upgradeOn, '08:00')));
  const past = { ...context, clock };
  const organisation = await openOrganisation(past, options.legalEntities);
  await choosePolicy(past, organisation, addMonths(calendar.today, 12));
  const staff = (await options.staff?.(past)) ?? {};
  const actorOf = (branch: string): Actor => staff[branch] ?? nobodyInParticular;
  const folder = await mkdtemp(path.join(tmpdir(), 'navigator-demonstration-'));
  try {
    const cast = castRecords(calendar);
    const { customers, vehicles } = await generateRecords(folder, options.customers, options.seed, calendar);
    const [newcomers, known] = parted(customers, (_, index) => index % newcomerEvery === 0);
    const isNew = new Set(newcomers.map(({ customer_no }) => customer_no));
    const [newVehicles, knownVehicles] = parted(vehicles, ({ customer_no }) => isNew.has(customer_no));
    const files = await writeRecords(folder, {
      customers: [...cast.customers, ...known],
      vehicles: [...cast.vehicles, ...knownVehicles],
    });
    await runImport(past, files, { startedBy: 'demonstration' });
    const setting = { calendar, chance: chanceFrom(options.seed + 1), dealerOf: organisation.dealerOf };
    const came = newcomersOf(newcomers, newVehicles, setting);
    const acts = [
      ...castActs(calendar),
      ...storiesOf(known, setting),
      ...came.flatMap((newcomer) => storyOfNewcomer(newcomer, setting)),
    ];
    const everybody = [...cast.customers, ...customers];
    const branchOf = new Map(everybody.map(({ customer_no, branch }) => [customer_no, branch]));
    await live({ context: past, clock, actorOf, branchOf, onProgress: options.onProgress }, came, acts);
    await openShowroom({ context: past, clock, calendar, actorOf }, everybody);
    await screen(context, everybody, setting);
    await fillWorkshop(
      { context: past, clock, actorOf, calendar, chance: setting.chance, now: nowOf(context) },
      everybody,
    );
    await fillNotes({ context: past, clock, calendar, actorOf });
    for (const saved of savedSelections) await saveSelection(context, saved, actorOf('SHEF'));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function parted<Item>(
  items: readonly Item[],
  isOfFirst: (item: Item, index: number) => boolean,
): [Item[], Item[]] {
  const [first, second]: [Item[], Item[]] = [[], []];
  for (const [index, item] of items.entries()) (isOfFirst(item, index) ? first : second).push(item);
  return [first, second];
}

/** The last screening of every number against TPS; one landline in six is on it, and one mobile in twelve. */
async function screen(
  context: Context,
  customers: readonly CustomerRecord[],
  { calendar, chance }: Setting,
): Promise<void> {
  const screenedOn = addDays(calendar.today, -9);
  const listings = new Map<string, string | null>([[numberOf('07700 900142') ?? '', '2024-03-01']]);
  for (const { home_phone, work_phone, mobile } of customers) {
    for (const [value, share] of [
      [home_phone, 1 / 6],
      [work_phone, 1 / 6],
      [mobile, 1 / 12],
    ] as const) {
      const number = numberOf(value);
      if (number === null || listings.has(number)) continue;
      const listedOn = chance.share(share) ? pickDay(chance, '2014-01-01', calendar.upgradeOn) : null;
      listings.set(number, listedOn);
    }
  }
  const screenings = [...listings].map(
    ([number, listedOn]) => ({ register: 'tps', number, listedOn, screenedOn }) as const,
  );
  await recordScreenings(context, screenings);
}

function numberOf(value: string): string | null {
  const point = value === '' ? null : readContactPoint({ kind: 'phone', value });
  return point?.ok === true ? point.normalised : null;
}
