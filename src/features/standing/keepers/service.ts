import type { Facts, VehicleFacts } from '../../../domain/facts.ts';
import type { ReadyRows } from '../../../platform/copying.ts';
import type { GatheredFacts } from '../../facts/service.ts';
import type { JudgedSubject } from '../service.ts';
import type { StandingRow } from '../store.ts';
import type { KeeperCodes, NewKeeperCodes, VehicleCriteria } from './store.ts';
import { readyKeeperStandings } from './store.ts';

/**
 * Keeper links that an import is about to write.
 * Guarantees that what is judged of them is what would be judged with the links on file.
 */
export interface ComingKeeper {
  readonly customerId: string;
  readonly vehicleId: string;
  readonly untilOn: string | null;
  /** Of a vehicle that is entered in the same transaction, so that nobody else can change it; null of any other. */
  readonly vehicle: VehicleCriteria | null;
}

/** The answers about the vehicles of keeper links, and what follows from them for the customers. */
export interface JudgedKeepers {
  /** To be copied after the links. */
  readonly ready: ReadyRows;
  /** Whose vehicles have to be looked at, under a lock, when they are written. */
  readonly ofKnownVehicles: readonly KeeperCodes[];
  readonly rows: readonly StandingRow[];
}

/** The customers are locked, and their facts gathered since. */
export function judgeComingKeepers(
  gathered: ReadonlyMap<string, GatheredFacts>,
  links: readonly ComingKeeper[],
  judge: (subject: JudgedSubject) => StandingRow,
): JudgedKeepers {
  const byCustomer = Map.groupBy(links, (link) => link.customerId);
  const ofNewVehicles: NewKeeperCodes[] = [];
  const ofKnownVehicles: KeeperCodes[] = [];
  const rows: StandingRow[] = [];
  for (const [customerId, { profile, facts, state }] of gathered) {
    const coming = new Map((byCustomer.get(customerId) ?? []).map((link) => [link.vehicleId, link]));
    const vehicles = withComing(facts.vehicles, [...coming.values()], state.vehicleOptOuts);
    const row = judge({ customerId, branchId: profile.branchId, facts: { ...facts, vehicles }, state });
    rows.push(row);
    for (const { vehicleId, codes } of row.vehicles) {
      const link = coming.get(vehicleId);
      if (link === undefined) continue;
      const judged = { customerId, vehicleId, codes };
      if (link.vehicle === null || !isLoweredAlike(link.vehicle)) ofKnownVehicles.push(judged);
      else ofNewVehicles.push({ ...judged, untilOn: link.untilOn, vehicle: link.vehicle });
    }
  }
  return { ready: readyKeeperStandings(ofNewVehicles), ofKnownVehicles, rows };
}

/** In the order in which facts are gathered. */
function withComing(
  vehicles: Facts['vehicles'],
  coming: readonly ComingKeeper[],
  optOuts: ReadonlyMap<string, unknown>,
): VehicleFacts[] {
  const added = coming.map(({ vehicleId, untilOn }) => ({
    id: vehicleId,
    ownedUntil: untilOn,
    optedOut: optOuts.has(vehicleId),
  }));
  return [...vehicles, ...added].sort((a, b) => (a.id < b.id ? -1 : 1));
}

const plain = /^[ -~]*$/;

/** Only of plain letters do the program and any database make the same small ones. */
function isLoweredAlike({ make, model }: VehicleCriteria): boolean {
  return plain.test(make ?? '') && plain.test(model ?? '');
}
