import { categories, channels } from '../../../domain/vocabulary.ts';

/** The columns of a standing row, in the order of `cellIndex`. */
export const cellColumns: readonly string[] = channels.flatMap((channel) =>
  categories.map((category) => `${channel}_${category}`),
);

/** The columns of a keeper's standing row, in the order of the channels. */
export const keeperColumns: readonly string[] = channels.map((channel) => `${channel}_service_follow_up`);

/** A standing row as it is written; `codes` in the order of `cellColumns`. */
export interface StandingRow {
  readonly customerId: string;
  readonly branchId: number;
  readonly policyVersionId: number;
  readonly judgedAt: number;
  readonly holdsUntil: number | null;
  readonly ledgerSequence: number;
  readonly reviewedAt: number | null;
  readonly namesThirdParties: boolean;
  readonly codes: readonly number[];
  readonly vehicles: readonly { readonly vehicleId: string; readonly codes: readonly number[] }[];
}
