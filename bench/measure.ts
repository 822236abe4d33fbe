/**
 * Measuring: every contender does the same work in turn, round after round in one run, so that a busy machine
 * slows all of them alike. Only ratios of medians are worth quoting.
 */
export interface Contender {
  readonly name: string;
  /** Does the work once and answers how many units it did: rows, decisions, requests. */
  readonly run: () => number | Promise<number>;
}

export interface Measured {
  readonly name: string;
  /** Units a second, one for each round, in the order of the rounds. */
  readonly rates: readonly number[];
  readonly median: number;
  readonly units: number;
}

/** Runs every contender once to warm up, then in turn for so many rounds (five or more). */
export async function measure(
  contenders: readonly Contender[],
  rounds = 5,
): Promise<ReadonlyMap<string, Measured>> {
  const rates = new Map<string, number[]>();
  const units = new Map<string, number>();
  for (const { run } of contenders) await run();
  for (let round = 0; round < rounds; round += 1) {
    for (const { name, run } of contenders) {
      const startedAt = performance.now();
      const done = await run();
      const seconds = (performance.now() - startedAt) / 1000;
      if (done <= 0) throw new Error(`${name} did nothing, so its speed says nothing.`);
      rates.set(name, [...(rates.get(name) ?? []), done / seconds]);
      units.set(name, done);
    }
  }
  return new Map(
    contenders.map(({ name }) => {
      return [name, measuredOf(name, rates.get(name) ?? [], units.get(name) ?? 0)];
    }),
  );
}

/** What a contender did whose rounds were timed elsewhere; one rate a round. */
export function measuredOf(name: string, rates: readonly number[], units: number): Measured {
  return { name, rates, median: median(rates), units };
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? Number.NaN)) / 2;
}

/** The value below which a share of the values lies, such as 0.95. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

/** How far apart the rounds lie: half the distance from slowest to fastest, as a share of the median. */
export function spread({ rates, median: middle }: Measured): number {
  return (Math.max(...rates) - Math.min(...rates)) / 2 / middle;
}
