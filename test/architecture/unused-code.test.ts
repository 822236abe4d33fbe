import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { projectFolder } from './source-text.ts';

/** npm run check runs knip over the house; this shows that its settings would notice what nobody uses. */
describe('knip with the settings of the house', () => {
  const folder = mkdtempSync(join(tmpdir(), 'navigator-knip-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  it('notices a file, an export and a dependency that nobody uses', () => {
    mkdirSync(join(folder, 'src', 'domain'), { recursive: true });
    copyFileSync(join(projectFolder, 'knip.json'), join(folder, 'knip.json'));
    const scripts = '"scripts": { "start": "node src/cli.ts" }';
    write(
      'package.json',
      `{ "name": "a", "type": "module", ${scripts}, "dependencies": { "left-pad": "1.0.0" } }`,
    );
    write('src/cli.ts', "import { used } from './domain/rule.ts';\n\nused();\n");
    write('src/domain/rule.ts', 'export function used() {}\nexport function forgotten() {}\n');
    write('src/domain/lonely.ts', 'export const alone = 1;\n');
    const program = join(projectFolder, 'node_modules/knip/bin/knip.js');
    const { status, stdout } = spawnSync(process.execPath, [program], { cwd: folder, encoding: 'utf8' });
    expect(stdout).toContain('src/domain/lonely.ts');
    expect(stdout).toContain('forgotten');
    expect(stdout).toContain('left-pad');
    expect(stdout).not.toContain('used  ');
    expect(status).toBe(1);
  });

  function write(path: string, text: string): void {
    writeFileSync(join(folder, path), text);
  }
});
