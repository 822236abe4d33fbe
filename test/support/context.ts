import { ensureOrganisation } from '../../src/features/branches/service.ts';
import { ensurePolicy } from '../../src/features/settings/service.ts';
import type { ManualClock } from '../../src/platform/clock.ts';
import { manualClock } from '../../src/platform/clock.ts';
import type { Context } from '../../src/platform/context.ts';
import { keysFrom } from '../../src/platform/context.ts';
import { silentLogger } from '../../src/platform/logger.ts';
import type { TestDatabase } from './database.ts';

/** A Monday in working hours, the instant of most questions in the tests. */
export const mondayMorning = '2026-11-23T11:00:00Z';

/** Services on the database of this test file, at an instant that stands still until it is moved. */
export async function contextOn(
  database: Pick<TestDatabase, 'application'>,
  now: string = mondayMorning,
): Promise<Context & { readonly clock: ManualClock }> {
  const context = {
    database: database.application,
    clock: manualClock(now),
    logger: silentLogger(),
    keys: keysFrom(Buffer.alloc(32, 7)),
  };
  await ensureOrganisation(context);
  await ensurePolicy(context);
  return context;
}
