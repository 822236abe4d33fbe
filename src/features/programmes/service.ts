import type { Programme, ProgrammeKind } from '../../domain/programme.ts';
import { programmeKinds, stepFaults, usualProgramme } from '../../domain/programme.ts';
import { ConflictError, InvalidError } from '../../platform/application-error.ts';
import type { Actor, Context } from '../../platform/context.ts';
import { nowOf } from '../../platform/context.ts';
import { inTransaction } from '../../platform/database.ts';
import type { ProgrammeChanges } from './contract.ts';
import { storedStepsSchema } from './contract.ts';
import { findProgrammes, lockProgramme, upsertProgramme } from './store.ts';

/**
 * The programmes of the Automatic Contact Manager: what customers are reminded of, in which steps, by which methods.
 * Guarantees that there is one of each kind, the usual one until somebody says otherwise, and none with steps that
 * cannot be taken.
 */
export interface KnownProgramme extends Programme {
  /** 0 while the usual steps hold. */
  readonly version: number;
}

/** Each programme, in the order of their kinds. */
export async function listProgrammes(context: Context): Promise<ReadonlyMap<ProgrammeKind, KnownProgramme>> {
  const rows = new Map((await findProgrammes(context.database.db)).map((row) => [row.kind, row]));
  return new Map(
    programmeKinds.map((kind) => {
      const row = rows.get(kind);
      return [
        kind,
        row === undefined
          ? { ...usualProgramme(kind), version: 0 }
          : { kind, isOn: row.isOn, steps: storedStepsSchema.parse(row.steps), version: row.version },
      ];
    }),
  );
}

/**
 * Changes a programme; what is left out stays.
 *
 * Throws InvalidError for steps that cannot be taken, ConflictError when somebody else was first.
 */
export async function changeProgramme(
  context: Context,
  kind: ProgrammeKind,
  changes: ProgrammeChanges,
  by: { readonly expectedVersion: number; readonly actor: Actor },
): Promise<KnownProgramme> {
  const [fault] = changes.steps === undefined ? [] : stepFaults(kind, changes.steps);
  if (fault !== undefined) throw new InvalidError(fault, { field: 'steps' });
  return inTransaction(context.database.db, async (transaction) => {
    await lockProgramme(transaction, kind);
    const known = (
      await listProgrammes({ ...context, database: { ...context.database, db: transaction } })
    ).get(kind);
    if (known === undefined) throw new RangeError(`There is no programme of the kind ${kind}.`);
    if (known.version !== by.expectedVersion) {
      throw new ConflictError('Somebody else changed this programme meanwhile: read it again.', {
        code: 'version-changed',
      });
    }
    const { isOn = known.isOn, steps = known.steps } = changes;
    const changed = { kind, isOn, steps, version: known.version + 1 };
    await upsertProgramme(transaction, {
      ...changed,
      updatedBy: by.actor.id ?? by.actor.kind,
      at: nowOf(context),
    });
    return changed;
  });
}
