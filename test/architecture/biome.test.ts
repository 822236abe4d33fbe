import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { projectFolder } from './source-text.ts';

/** Programs that each break one rule of biome.json, with words of the complaint they must meet. */
const bad: [path: string, source: string, complaint: string][] = [
  ['src/domain/clock.ts', "import { now } from '../platform/clock.ts';\nnow();\n", 'src/domain is pure'],
  ['src/domain/hash.ts', "import { hash } from 'node:crypto';\nhash('a', 'b');\n", 'src/domain is pure'],
  [
    'src/domain/rules/clock.ts',
    "import { now } from '../../platform/clock.ts';\nnow();\n",
    'src/domain is pure',
  ],
  ['src/domain/a.test.ts', "import pg from 'pg';\npg.end();\n", 'A domain test needs the domain'],
  ['src/platform/dealer.ts', "import { a } from '../features/a/service.ts';\na();\n", 'no dealer in it'],
  ['src/platform/settings.ts', "import { a } from '../config.ts';\na();\n", 'does not reach up'],
  ['src/gateways/email.ts', "import { a } from '../features/a/service.ts';\na();\n", 'A gateway delivers'],
  ['src/features/a/service.ts', "import { b } from '../b/store.ts';\nb();\n", 'through its service.ts'],
  ['src/features/a/store.ts', "import { b } from '../b/store.ts';\nb();\n", 'owns its own tables'],
  [
    'src/features/b/jobs.ts',
    "import type { Kysely } from 'kysely';\nexport type A = Kysely<A>;\n",
    'SQL lives in',
  ],
  ['src/features/b/routes.ts', "import { a } from '../../services.ts';\na();\n", 'composition root'],
  [
    'web/staff/shared/a.ts',
    "import { a } from '../../../src/features/a/service.ts';\na();\n",
    'The screens know the server',
  ],
  [
    'web/staff/features/a/a-screen.tsx',
    "import { b } from '../b/b-screen.tsx';\nb();\n",
    'do not reach into those of another',
  ],
  ['web/staff/shared/b.ts', "import { a } from '../../../test/a.ts';\na();\n", 'What ships'],
  [
    'web/staff/shared/hook.tsx',
    "import { useState } from 'react';\nexport const a = (b: boolean): unknown => b && useState(1);\n",
    'useHookAtTopLevel',
  ],
  ['src/services.ts', "import pg from 'pg';\npg.end();\n", 'reached through src/platform'],
  ['test/integration/a.test.ts', "import pg from 'pg';\npg.end();\n", 'through test/support'],
  ['src/platform/environment.ts', 'export const port = process.env.PORT;\n', 'noProcessEnv'],
  ['src/platform/console.ts', "console.log('hello');\n", 'noConsole'],
  ['src/platform/default.ts', 'export default function start(): void {}\n', 'noDefaultExport'],
  ['src/platform/any.ts', 'export const a = (b: any): unknown => b;\n', 'noExplicitAny'],
  ['src/platform/bang.ts', 'export const a = (b?: string): string => b!;\n', 'noNonNullAssertion'],
  [
    'src/platform/type.ts',
    "import { type A, b } from './any.ts';\nexport const a: A = b;\n",
    'useImportType',
  ],
  ['src/platform/barrel.ts', "export * from './any.ts';\n", 'noReExportAll'],
  ['src/platform/barrel-too.ts', "export { a } from './any.ts';\n", 'noBarrelFile'],
  ['src/platform/httpServer.ts', 'export const a = 1;\n', 'useFilenamingConvention'],
  ['src/platform/enum.ts', 'enum A {\n  b,\n}\nexport const a = A.b;\n', 'noEnum'],
  [
    'src/platform/promise.ts',
    'async function a() {}\nexport function b() {\n  a();\n}\n',
    'noFloatingPromises',
  ],
  [
    'src/platform/long.ts',
    `export function a(b: () => void) {\n${'  b();\n'.repeat(71)}}\n`,
    'noExcessiveLinesPerFunction',
  ],
  ['src/platform/package.ts', "import a from 'left-pad';\na();\n", 'noUndeclaredDependencies'],
  [
    'src/platform/cycle.ts',
    "import { b } from './cycle-too.ts';\nexport const a = (): unknown => b;\n",
    'noImportCycles',
  ],
  [
    'src/platform/cycle-too.ts',
    "import { a } from './cycle.ts';\nexport const b = (): unknown => a;\n",
    'noImportCycles',
  ],
  [
    'src/platform/switch.ts',
    "export function a(b: 'x' | 'y'): void {\n  switch (b) {\n    case 'x':\n      return;\n  }\n}\n",
    'useExhaustiveSwitchCases',
  ],
  ['test/integration/b.test.ts', "import { it } from 'vitest';\nit.skip('a', () => {});\n", 'noSkippedTests'],
];

const good: [path: string, source: string][] = [
  [
    'web/staff/features/b/b-screen.tsx',
    "import type { A } from '../../../../src/features/b/contract.ts';\nimport { c } from '../../shared/c.ts';\nimport { d } from './d.ts';\n\nexport const a: A = c(d);\n",
  ],
  ['src/config.ts', 'export const port = process.env.PORT;\n'],
  ['src/cli.ts', "console.log('hello');\n"],
  ['src/features/c/store.ts', "import { sql } from 'kysely';\n\nexport const a = sql`select 1`;\n"],
  ['src/features/c/service.ts', "import { b } from '../a/service.ts';\n\nexport const a = b;\n"],
  ['src/platform/database.ts', "import pg from 'pg';\n\nexport const a = new pg.Pool();\n"],
  ['src/domain/rules/rule.ts', "import { parse } from '../phone.ts';\n\nexport const a = parse;\n"],
  ['src/domain/phone.ts', "import { parse } from 'libphonenumber-js/max';\n\nexport const a = parse;\n"],
];

describe('Biome with the settings of the house', () => {
  const folder = mkdtempSync(join(tmpdir(), 'navigator-biome-'));
  let complaints = new Map<string, string>();

  beforeAll(() => {
    for (const file of ['biome.json', 'package.json', '.gitignore']) {
      copyFileSync(join(projectFolder, file), join(folder, file));
    }
    for (const [path, source] of [...bad, ...good]) {
      mkdirSync(join(folder, dirname(path)), { recursive: true });
      writeFileSync(join(folder, path), source);
    }
    complaints = lint(folder);
  });

  afterAll(() => rmSync(folder, { recursive: true }));

  it.each(bad)('refuses in %s: %j', (path, _source, complaint) => {
    expect(complaints.get(path)).toContain(complaint);
  });

  it.each(good)('allows in %s: %j', (path) => {
    expect(complaints.get(path)).toBeUndefined();
  });
});

/** What Biome says of each file of a folder: names of rules and messages, joined. */
function lint(folder: string): Map<string, string> {
  const program = join(projectFolder, 'node_modules/@biomejs/biome/bin/biome');
  const options = ['lint', '--reporter=json', '--max-diagnostics=none', '.'];
  const { stdout } = spawnSync(process.execPath, [program, ...options], { cwd: folder, encoding: 'utf8' });
  const { diagnostics } = JSON.parse(stdout) as {
    diagnostics: { category: string; message: string; location: { path: string } }[];
  };
  const complaints = new Map<string, string>();
  for (const { category, message, location } of diagnostics) {
    const path = location.path.replaceAll('\\', '/');
    complaints.set(path, `${complaints.get(path) ?? ''}${category} ${message}\n`);
  }
  return complaints;
}
