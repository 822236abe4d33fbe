import type { Sender } from '../../../domain/finished-message.ts';
import { ConflictError } from '../../../platform/application-error.ts';
import type { Actor, Context } from '../../../platform/context.ts';
import { nowOf } from '../../../platform/context.ts';
import { listLegalEntities } from '../../branches/service.ts';
import type { SenderChange } from './contract.ts';
import type { SenderRow } from './store.ts';
import { findSender, saveSender } from './store.ts';

/**
 * Who messages are from: what the dealer is called, where it is, and which number its calls show.
 * Guarantees that the name is always that of the legal entity, and that what is missing is known.
 */
export interface StoredSender extends Sender, Omit<SenderRow, 'address'> {
  readonly missing: readonly string[];
}

/** Of the legal entity of this id, the first one where it is left out. */
export async function readSender(context: Context, legalEntityId?: number): Promise<StoredSender> {
  const entities = await listLegalEntities(context);
  const entity = entities.find(({ id }) => legalEntityId === undefined || id === legalEntityId);
  if (entity === undefined) throw new RangeError('There is no such legal entity.');
  const row = (await findSender(context.database.db, entity.id)) ?? nothingWritten;
  return { ...row, name: entity.name, missing: missingIn(row) };
}

/** Throws ConflictError `version-changed`. */
export async function changeSender(
  context: Context,
  change: SenderChange,
  { actor, expectedVersion }: { readonly actor: Actor; readonly expectedVersion: number },
): Promise<StoredSender> {
  const [entity] = await listLegalEntities(context);
  if (entity === undefined) throw new RangeError('There is no legal entity.');
  const row = { ...change, changedBy: actor.id ?? actor.kind, changedAt: nowOf(context) };
  const place = { legalEntityId: entity.id, version: expectedVersion };
  if (await saveSender(context.database.db, place, row)) return readSender(context);
  throw new ConflictError('Somebody else changed this meanwhile: read it again.', {
    code: 'version-changed',
  });
}

const nothingWritten: SenderRow = {
  shortName: null,
  address: [],
  telephone: null,
  email: null,
  secondPerson: true,
  version: 0,
};

function missingIn({ address, telephone }: SenderRow): string[] {
  return [
    ...(address.length === 0 ? ['The postal address: letters have to say where they come from.'] : []),
    ...(telephone === null ? ['The telephone number: a marketing call has to show one.'] : []),
  ];
}
