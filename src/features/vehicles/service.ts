import { v7 as uuid } from 'uuid';
import { londonDateOf } from '../../domain/london.ts';
import { formatRegistration, parseRegistration, parseVin } from '../../domain/vehicle-registration.ts';
import { InvalidError, NotFoundError } from '../../platform/application-error.ts';
import type { Context } from '../../platform/context.ts';
import { nowOf } from '../../platform/context.ts';
import type { KeptVehicleRow, VehicleRow } from './store.ts';
import {
  endKeeper,
  findCurrentVehicles,
  findKeptVehicles,
  findOtherKeepers,
  findRegistrations,
  findVehicles,
  insertVehicle,
  lockIdentities,
  updateVehicle,
  upsertKeeper,
} from './store.ts';

/**
 * Vehicles and who keeps them.
 * Guarantees that a vehicle known by its VIN or registration is found rather than entered twice.
 */
export interface GivenVehicle {
  readonly registration?: string | null | undefined;
  readonly vin?: string | null | undefined;
  readonly make?: string | null | undefined;
  readonly model?: string | null | undefined;
  readonly firstRegisteredOn?: string | null | undefined;
  readonly motDueOn?: string | null | undefined;
  readonly serviceDueOn?: string | null | undefined;
  readonly lastServiceOn?: string | null | undefined;
  readonly mileage?: number | null | undefined;
  readonly fromOn?: string | null | undefined;
  /** It changed hands; see `linkAsKeeperIn` of customers. */
  readonly newKeeper?: boolean | undefined;
}

export type KeptVehicle = KeptVehicleRow;
type Transaction = Parameters<typeof lockIdentities>[0];

/**
 * Makes a vehicle a customer's, finding it by VIN or registration or entering it; answers its id. The caller
 * holds the customer's lock and judges them again.
 *
 * Throws InvalidError, with `field` before the field's own name, when neither identifies the vehicle.
 */
export async function linkVehicleIn(
  transaction: Transaction,
  context: Context,
  customerId: string,
  given: GivenVehicle,
  field = '',
): Promise<string> {
  const identity = readIdentity(given, field);
  const marks = [identity.registration, identity.vin].filter((mark) => mark !== null);
  await lockIdentities(transaction, marks);
  const vehicleId = await enterVehicle(transaction, given, identity);
  const fromOn = given.fromOn ?? null;
  await upsertKeeper(transaction, { customerId, vehicleId, fromOn, createdAt: nowOf(context) });
  return vehicleId;
}

/**
 * "No longer owned": the vehicle is not theirs from this local date on (default today).
 *
 * Throws InvalidError for a date in the future, NotFoundError when the vehicle is not the customer's.
 */
export async function endKeepingIn(
  transaction: Transaction,
  context: Context,
  keeping: { customerId: string; vehicleId: string; untilOn?: string },
): Promise<void> {
  const today = londonDateOf(nowOf(context));
  const untilOn = keeping.untilOn ?? today;
  if (untilOn > today) {
    throw new InvalidError('This lies in the future: give the day on which the vehicle left the customer.', {
      field: 'untilOn',
    });
  }
  const { customerId, vehicleId } = keeping;
  if (!(await endKeeper(transaction, customerId, vehicleId, untilOn, nowOf(context)))) {
    throw new NotFoundError('This vehicle is not one of the customer.', { code: 'vehicle-not-found' });
  }
}

/** Who else has a vehicle now, in the order in which they are locked. */
export async function otherKeepersIn(
  transaction: Transaction,
  customerId: string,
  vehicleId: string,
): Promise<string[]> {
  return findOtherKeepers(transaction, customerId, vehicleId);
}

/** A customer's vehicles, those they have now first. */
export async function vehiclesOf(context: Context, customerId: string): Promise<KeptVehicle[]> {
  return findKeptVehicles(context.database.db, customerId);
}

/** The vehicles that many customers have now; whoever has none is missing. */
export async function currentVehiclesOf(
  context: Context,
  customerIds: readonly string[],
): Promise<Map<string, KeptVehicle[]>> {
  const rows = await findCurrentVehicles(context.database.db, customerIds);
  return Map.groupBy(rows, ({ customerId }) => customerId);
}

/** A registration or VIN as vehicles are found by; null where it cannot be read. */
export function vehicleIdentityOf(given: Pick<GivenVehicle, 'registration' | 'vin'>): string | null {
  const registration = parseRegistration(given.registration ?? '');
  if (registration.ok) return registration.registration;
  const vin = parseVin(given.vin ?? '');
  return vin.ok ? vin.vin : null;
}

interface Identity {
  readonly registration: string | null;
  readonly vin: string | null;
}

function readIdentity(given: GivenVehicle, prefix: string): Identity {
  const registration = given.registration ? parseRegistration(given.registration) : null;
  if (registration !== null && !registration.ok) {
    throw new InvalidError(registration.sentence, { field: `${prefix}registration` });
  }
  const vin = given.vin ? parseVin(given.vin) : null;
  if (vin !== null && !vin.ok) throw new InvalidError(vin.sentence, { field: `${prefix}vin` });
  if (registration === null && vin === null) {
    throw new InvalidError('Give the registration or the VIN of the vehicle.', {
      field: `${prefix}registration`,
    });
  }
  return { registration: registration?.registration ?? null, vin: vin?.vin ?? null };
}

async function enterVehicle(
  transaction: Transaction,
  given: GivenVehicle,
  identity: Identity,
): Promise<string> {
  const { make, model, firstRegisteredOn, motDueOn, serviceDueOn, lastServiceOn, mileage } = given;
  const details = { make, model, firstRegisteredOn, motDueOn, serviceDueOn, lastServiceOn, mileage };
  const known = sameVehicle(await findVehicles(transaction, identity), identity);
  if (known === undefined) {
    const id = uuid();
    const none = {
      make: null,
      model: null,
      firstRegisteredOn: null,
      motDueOn: null,
      serviceDueOn: null,
      lastServiceOn: null,
      mileage: null,
    };
    await insertVehicle(transaction, { id, ...identity, ...none, ...onlyGiven(details) });
    return id;
  }
  await updateVehicle(transaction, known.id, { ...onlyGiven(identity), ...onlyGiven(details) });
  return known.id;
}

/** A mark of another vehicle counts for nothing: two different VINs are two vehicles (a cherished transfer). */
function sameVehicle(found: readonly VehicleRow[], identity: Identity): VehicleRow | undefined {
  return found.find(
    (vehicle) => vehicle.vin === null || identity.vin === null || vehicle.vin === identity.vin,
  );
}

function onlyGiven<Fields extends object>(
  fields: Fields,
): { [Key in keyof Fields]?: Exclude<Fields[Key], null | undefined> } {
  return Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value !== null && value !== undefined),
  ) as { [Key in keyof Fields]?: Exclude<Fields[Key], null | undefined> };
}

/** How the plates of vehicles read; a vehicle without one is left out. */
export async function registrationsOf(
  context: Context,
  ids: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  if (ids.length === 0) return new Map();
  const rows = await findRegistrations(context.database.db, ids);
  return new Map(
    rows.flatMap(({ id, registration }) =>
      registration === null ? [] : [[id, formatRegistration(registration)] as const],
    ),
  );
}
