import type { BenchDealer } from './dealer.ts';
import type { Measured } from './measure.ts';

/** What a scenario is run with. */
export interface ScenarioOptions {
  readonly customers: number;
  readonly rounds: number;
  /** A folder of this run alone, removed afterwards. */
  readonly folder: string;
  /** So many customers on file, made once for all scenarios of a run that ask for them. */
  readonly dealer: () => Promise<BenchDealer>;
}

/** One comparison: how many times as fast as another contender ours is, and what is aimed at first. */
export interface Comparison {
  readonly ours: string;
  readonly against: string;
  /** Ours divided by the other, by rate: 1 is as fast as the other. */
  readonly ratio: number;
  readonly target: number;
  readonly met: boolean;
  /** The size the target is stated for; with fewer customers it is told, but no failure. */
  readonly statedFor?: number;
}

/** A target that is no comparison, such as a time limit. */
export interface Limit {
  readonly what: string;
  readonly met: boolean;
  readonly statedFor?: number;
}

export interface ScenarioReport {
  /** What was done in one round, so that a run that did nothing cannot look fast. */
  readonly done: string;
  /** Where it is not the number that was asked for. */
  readonly rounds?: number;
  readonly measured: readonly Measured[];
  readonly comparisons: readonly Comparison[];
  readonly limits?: readonly Limit[];
  /** Figures without a target. */
  readonly notes?: readonly string[];
}

export interface Scenario {
  readonly name: string;
  readonly run: (options: ScenarioOptions) => Promise<ScenarioReport>;
}

/** Compares two contenders of one run. Throws RangeError for a contender that did not take part. */
export function compare(
  measured: ReadonlyMap<string, Measured>,
  ours: string,
  against: string,
  target: number,
): Comparison {
  const a = measured.get(ours);
  const b = measured.get(against);
  if (a === undefined || b === undefined)
    throw new RangeError(`${ours} and ${against} were not both measured.`);
  const ratio = a.median / b.median;
  return { ours, against, ratio, target, met: ratio >= target };
}
