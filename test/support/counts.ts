import { appendFileSync, readFileSync } from 'node:fs';

/** How many passed and failed, handed from each reporter to whoever runs them all, by a file. */
export interface Counts {
  readonly passed: number;
  readonly failed: number;
}

export const countsFileVariable = 'NAVIGATOR_TEST_COUNTS';

export function recordCounts(kind: string, { passed, failed }: Counts): void {
  const file = process.env[countsFileVariable];
  if (file !== undefined) appendFileSync(file, `${JSON.stringify({ kind, passed, failed })}\n`);
}

/** What one kind of test reported; one failure when it ended without reporting anything. */
export function readCounts(file: string, kind: string): Counts {
  const lines = readFileSync(file, 'utf8').split('\n').filter(Boolean);
  const reports = lines.map((line) => JSON.parse(line) as Counts & { kind: string });
  const found = reports.findLast((report) => report.kind === kind);
  return found === undefined ? { passed: 0, failed: 1 } : found;
}
