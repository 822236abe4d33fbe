import type { WorkshopHours } from '../../../domain/workshop.ts';
import { usualHours } from '../../../domain/workshop.ts';
import { ConflictError } from '../../../platform/application-error.ts';
import type { Actor, Context } from '../../../platform/context.ts';
import { nowOf } from '../../../platform/context.ts';
import { inTransaction } from '../../../platform/database.ts';
import type { HoursChanges } from './contract.ts';
import { hoursSettingsSchema } from './contract.ts';
import { findHours, lockHours, upsertHours } from './store.ts';

/**
 * When a workshop is open and how much it can do, by branch.
 * Guarantees that every branch has hours: the usual ones until somebody says otherwise.
 */
export interface BranchHours {
  readonly settings: WorkshopHours;
  /** 0 while the usual hours hold. */
  readonly version: number;
}

export async function hoursOf(context: Context, branchId: number): Promise<BranchHours> {
  const row = await findHours(context.database.db, branchId);
  if (row === undefined) return { settings: usualHours, version: 0 };
  return { settings: hoursSettingsSchema.parse(row.settings), version: row.version };
}

/** Changes the hours of a branch; what is booked stays. Throws ConflictError when somebody else was first. */
export async function changeHours(
  context: Context,
  branchId: number,
  changes: HoursChanges,
  by: { readonly expectedVersion: number; readonly actor: Actor },
): Promise<void> {
  await inTransaction(context.database.db, async (transaction) => {
    await lockHours(transaction, branchId);
    const row = await findHours(transaction, branchId);
    const version = row?.version ?? 0;
    if (version !== by.expectedVersion) {
      throw new ConflictError('Somebody else changed these hours meanwhile: read them again.', {
        code: 'version-changed',
      });
    }
    const known = row === undefined ? usualHours : hoursSettingsSchema.parse(row.settings);
    const given = Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined));
    await upsertHours(transaction, {
      branchId,
      settings: { ...known, ...given },
      version: version + 1,
      updatedBy: by.actor.id ?? by.actor.kind,
      at: nowOf(context),
    });
  });
}
