import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { countsFileVariable, readCounts } from './support/counts.ts';

/**
 * Runs every test there is: those of rules and use cases, then the journeys through the screens, whatever
 * became of the first. Ends with what each counted, and one line for all together.
 */
const projectFolder = path.resolve(import.meta.dirname, '..');
const runs: readonly { kind: string; program: string; words: readonly string[] }[] = [
  { kind: 'Tests', program: 'node_modules/vitest/vitest.mjs', words: ['run'] },
  { kind: 'Journeys', program: 'node_modules/@playwright/test/cli.js', words: ['test'] },
];

const folder = mkdtempSync(path.join(tmpdir(), 'navigator-counts-'));
const file = path.join(folder, 'counts');
writeFileSync(file, '');
const statuses = runs.map(({ program, words }) => {
  const { status } = spawnSync(process.execPath, [path.join(projectFolder, program), ...words], {
    cwd: projectFolder,
    stdio: 'inherit',
    // Hundreds of processes read the same modules: each is compiled once.
    env: { ...process.env, [countsFileVariable]: file, NODE_COMPILE_CACHE: path.join(folder, 'compiled') },
  });
  return status ?? 1;
});
const counts = runs.map(({ kind }) => ({ kind, ...readCounts(file, kind) }));
rmSync(folder, { recursive: true, force: true, maxRetries: 5 });

const passed = counts.reduce((sum, count) => sum + count.passed, 0);
const failed = counts.reduce((sum, count) => sum + count.failed, 0);
process.stdout.write('\n');
for (const count of counts) {
  process.stdout.write(`${count.kind}: ${count.passed} passed, ${count.failed} failed\n`);
}
process.stdout.write(`${passed} passed, ${failed} failed\n`);
process.exitCode = failed > 0 || statuses.some((status) => status !== 0) ? 1 : 0;
