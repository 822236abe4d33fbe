import { londonDateOf } from '../../src/domain/london.ts';
import {
  addContactPoint,
  customerIdsOf,
  endKeeping,
  markBounced,
  readCustomer,
} from '../../src/features/customers/service.ts';
import { recordPermissionEvents, setPersonStatus } from '../../src/features/permissions/service.ts';
import type { ManualClock } from '../../src/platform/clock.ts';
import type { Actor, Context } from '../../src/platform/context.ts';
import { inTransaction } from '../../src/platform/database.ts';
import type { Act } from './acts.ts';
import type { Newcomer } from './newcomers.ts';
import { enter } from './newcomers.ts';

export interface Life {
  /** Its clock is `clock`. */
  readonly context: Context;
  readonly clock: ManualClock;
  /** Who works at a branch. */
  readonly actorOf: (branch: string) => Actor;
  /** The branch of a customer, by number. */
  readonly branchOf: ReadonlyMap<string, string>;
  readonly onProgress: ((done: number, total: number) => void) | undefined;
}

/** So many newcomers or days in one transaction: each is whole on its own, and the disk is waited for once. */
const atOnce = 20;

/** Tells the services what happened, each customer's acts in their order. */
export async function live(life: Life, newcomers: readonly Newcomer[], acts: readonly Act[]): Promise<void> {
  const total = newcomers.length + acts.length;
  let done = 0;
  const shown = (more: number): void => {
    done += more;
    life.onProgress?.(done, total);
  };
  const arrivals = newcomers.toSorted((a, b) => a.at - b.at);
  await inParts(life, arrivals, async (within, newcomer) => {
    life.clock.set(instantAt(newcomer.at));
    await enter(within.context, newcomer, life.actorOf(newcomer.record.branch));
    shown(1);
  });
  const numbers = [...new Set(acts.map(({ customerNumber }) => `no:${customerNumber}`))];
  const ids = await customerIdsOf(life.context, numbers);
  await inParts(life, daysOf(acts), async (within, day) => {
    // A row that the import rejected is nobody.
    const known = day.flatMap((act): HappenedAct[] => {
      const customerId = ids.get(`no:${act.customerNumber}`);
      return customerId === undefined ? [] : [{ ...act, customerId }];
    });
    await spendDay(within, known);
    shown(day.length);
  });
}

async function inParts<Item>(
  life: Life,
  items: readonly Item[],
  work: (within: Life, item: Item) => Promise<void>,
): Promise<void> {
  const { context } = life;
  for (let start = 0; start < items.length; start += atOnce) {
    await inTransaction(context.database.db, async (transaction) => {
      const within = { ...life, context: { ...context, database: { ...context.database, db: transaction } } };
      for (const item of items.slice(start, start + atOnce)) await work(within, item);
    });
  }
}

interface HappenedAct extends Act {
  readonly customerId: string;
}

/** The acts of each London day, the earliest day first. */
function daysOf(acts: readonly Act[]): Act[][] {
  const inOrder = acts.toSorted((a, b) => a.at - b.at);
  return [...Map.groupBy(inOrder, ({ at }) => londonDateOf(at)).values()];
}

/** Customers on the portal, or by STOP, need nobody at the desk. */
const themselves: Actor = { kind: 'customer', id: null };

/** What was said during the day is written down together, at its last moment. */
async function spendDay(life: Life, acts: readonly HappenedAct[]): Promise<void> {
  const last = acts.at(-1);
  if (last === undefined) return;
  life.clock.set(instantAt(last.at));
  const said = acts.flatMap(({ what, customerId, customerNumber }) => {
    if (what.kind !== 'event') return [];
    const atTheDesk = life.actorOf(life.branchOf.get(customerNumber) ?? '');
    const recordedBy = what.event.givenBy === 'customer' ? themselves : atTheDesk;
    return [{ customerId, event: what.event, recordedBy }];
  });
  for (const once of wavesOf(said)) await recordPermissionEvents(life.context, once);
  for (const act of acts) await happen(life, act);
}

/** Nobody comes twice in one wave; what is later of the same person is in a later one. */
function wavesOf<Item extends { readonly customerId: string }>(items: readonly Item[]): Item[][] {
  const waves: Item[][] = [];
  const seen = new Map<string, number>();
  for (const item of items) {
    const wave = seen.get(item.customerId) ?? 0;
    seen.set(item.customerId, wave + 1);
    waves[wave] ??= [];
    waves[wave].push(item);
  }
  return waves;
}

async function happen({ context, actorOf, branchOf }: Life, act: HappenedAct): Promise<void> {
  const { customerId, what } = act;
  switch (what.kind) {
    case 'event':
      return;
    case 'status': {
      const actor = actorOf(branchOf.get(act.customerNumber) ?? '');
      await setPersonStatus(context, customerId, what.status, true, actor);
      return;
    }
    case 'unconfirmed':
      await addContactPoint(context, customerId, {
        contactPoint: { kind: 'phone', value: what.phone },
        givenBy: 'other',
      });
      return;
    case 'bounced': {
      const { contactPoints } = await readCustomer(context, customerId);
      const point = contactPoints.find(
        ({ kind, normalised }) => kind === what.contact && normalised !== null,
      );
      if (point !== undefined) await markBounced(context, customerId, point.id);
      return;
    }
    case 'vehicle_left': {
      const { vehicles } = await readCustomer(context, customerId);
      const kept = vehicles.find(({ untilOn }) => untilOn === null);
      if (kept !== undefined) await endKeeping(context, customerId, kept.vehicleId);
      return;
    }
  }
}

export function instantAt(milliseconds: number): Temporal.Instant {
  return Temporal.Instant.fromEpochMilliseconds(milliseconds);
}
