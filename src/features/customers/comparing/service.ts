import type { MergedAnswer } from '../../../domain/merge-conflicts.ts';
import { conflictSentence } from '../../../domain/merge-conflicts.ts';
import { standingAnswer } from '../../../domain/standing.ts';
import { formatRegistration } from '../../../domain/vehicle-registration.ts';
import type { Category, Channel } from '../../../domain/vocabulary.ts';
import { categories, channels } from '../../../domain/vocabulary.ts';
import type { Context } from '../../../platform/context.ts';
import type { StandingRow } from '../../standing/service.ts';
import { vehiclesOf } from '../../vehicles/service.ts';

/**
 * What two records say, and what one made of them would say, way by way.
 * Guarantees that it is read from the same standing answers as any list.
 */
export interface Comparison {
  readonly cells: readonly MergedCell[];
  readonly vehicles: readonly MergedVehicle[];
  /** Where one record says yes and the other no, or a yes is lost, in words. */
  readonly conflicts: readonly string[];
}

/** One way of contact, before on each record and afterwards. */
interface MergedBox {
  readonly channel: Channel;
  readonly survivorAllowed: boolean;
  readonly absorbedAllowed: boolean;
  readonly mergedAllowed: boolean;
  readonly survivorReasons: readonly string[];
  readonly absorbedReasons: readonly string[];
  /** Why the merged record may or may not be contacted. */
  readonly reasons: readonly string[];
}

interface MergedCell extends MergedBox {
  readonly category: Category;
}

/** Service follow-up about one vehicle. */
interface MergedVehicle {
  readonly vehicleId: string;
  readonly name: string;
  readonly cells: readonly MergedBox[];
}

interface ComparedRows {
  readonly survivor: StandingRow | undefined;
  readonly absorbed: StandingRow | undefined;
  readonly merged: StandingRow | undefined;
}

/** The grid and the vehicles, before on each record and afterwards, and where the two disagree in words. */
export async function comparison(
  context: Context,
  survivorId: string,
  rows: ComparedRows,
): Promise<Comparison> {
  const conflicts: string[] = [];
  const compare = (
    about: string | null,
    channel: Channel,
    category: Category,
    codes: ComparedCodes,
  ): MergedBox => {
    const [survivor, absorbed, merged] = codes.map(answerOf) as [MergedAnswer, MergedAnswer, MergedAnswer];
    const known = {
      survivor: codes[0] === undefined ? null : survivor,
      absorbed: codes[1] === undefined ? null : absorbed,
    };
    const sentence = conflictSentence({ channel, category, about, ...known, merged });
    if (sentence !== null) conflicts.push(sentence);
    return {
      channel,
      survivorAllowed: survivor.allowed,
      absorbedAllowed: absorbed.allowed,
      mergedAllowed: merged.allowed,
      survivorReasons: survivor.reasons,
      absorbedReasons: absorbed.reasons,
      reasons: merged.reasons,
    };
  };
  const sides = [rows.survivor, rows.absorbed, rows.merged] as const;
  const cells = channels.flatMap((channel, row) =>
    categories.map((category, column) => {
      const [own, other, after] = sides.map((side) => side?.codes[row * categories.length + column]);
      return { ...compare(null, channel, category, [own, other, after]), category };
    }),
  );
  const kept = await vehiclesOf(context, survivorId);
  const vehicles = kept.map(({ vehicleId, make, model, registration, vin }): MergedVehicle => {
    const mark = registration === null ? vin : formatRegistration(registration);
    const name = [make, model, mark].filter(Boolean).join(' ');
    const codesOf = sides.map(
      (side) => side?.vehicles.find((vehicle) => vehicle.vehicleId === vehicleId)?.codes,
    );
    const boxes = channels.map((channel, row) => {
      const [own, other, after] = codesOf.map((codes) => codes?.[row]);
      return compare(name, channel, 'service_follow_up', [own, other, after]);
    });
    return { vehicleId, name, cells: boxes };
  });
  return { cells, vehicles, conflicts };
}

type ComparedCodes = readonly [number | undefined, number | undefined, number | undefined];

function answerOf(code: number | undefined): MergedAnswer {
  return code === undefined ? { allowed: false, reasons: [] } : standingAnswer(code);
}
