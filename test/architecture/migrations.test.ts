import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { projectFiles, projectFolder, readProjectFile } from './source-text.ts';

/** Statement words only: the values and names of a migration may be written as they must. */
const keywords =
  /\b(?:ALTER|AND|AS|BY|CHECK|CONSTRAINT|CREATE|DEFAULT|DELETE|DROP|EXECUTE|FOREIGN|FROM|FUNCTION|GRANT|INDEX|INSERT|INTO|KEY|NOT|NULL|ON|OR|PRIMARY|REFERENCES|REVOKE|RETURNS|SELECT|SET|TABLE|TO|TRIGGER|UNIQUE|UPDATE|USING|VALUES|WHERE)\b/;

describe('the migrations', () => {
  const files = projectFiles().filter((path) => path.startsWith('migrations/'));

  it('are plain SQL, numbered without gaps and without doubles', () => {
    expect(files.length).toBeGreaterThan(0);
    expect(numberingFaults(files)).toEqual([]);
  });

  it('say on their first line why they exist, and are written in lower case', () => {
    expect(files.flatMap((path) => styleFaults(path, readProjectFile(path)))).toEqual([]);
  });

  it('take no lock that a dealer would notice, which squawk judges with the settings of the house', () => {
    const { status, stdout } = squawk('migrations/*.sql');
    expect(stdout).toContain('Found 0 issues');
    expect(status).toBe(0);
  });
});

describe('the checks on migrations', () => {
  it.each([
    ['a gap', ['migrations/0001_a.sql', 'migrations/0003_b.sql']],
    ['a number used twice', ['migrations/0001_a.sql', 'migrations/0001_b.sql']],
    ['a start that is not 0001', ['migrations/0002_a.sql']],
    ['a name that is not one', ['migrations/0001-Customer.sql']],
    ['a program', ['migrations/0001_a.ts']],
    ['a sub-folder', ['migrations/later/0001_a.sql']],
  ])('notice %s', (_fault, files) => {
    expect(numberingFaults(files)).not.toEqual([]);
  });

  it('notice a missing reason and upper-case keywords', () => {
    expect(styleFaults('0001_a.sql', 'create table customer ();')).toHaveLength(1);
    expect(styleFaults('0001_a.sql', '-- why:\ncreate table customer ();')).toHaveLength(1);
    expect(styleFaults('0001_a.sql', '-- why: to keep customers\nCREATE TABLE customer ();')).toHaveLength(1);
    expect(styleFaults('0001_a.sql', "-- why: NOT for ON\ncheck (code in ('NOT', 'ON'));")).toEqual([]);
  });

  it('notice a statement that blocks readers', () => {
    const { status, stdout } = squawk('--stdin-filepath=migrations/0002_bad.sql', 'drop table customer;');
    expect(stdout).toContain('ban-drop-table');
    expect(status).toBe(1);
  });
});

function numberingFaults(files: readonly string[]): string[] {
  const names = files.map((path) => /^migrations\/(\d{4})_[a-z0-9_]+\.sql$/.exec(path));
  return files.flatMap((path, index) => {
    const number = names[index]?.[1];
    if (number === undefined) return [`${path} is not named like migrations/0001_what_it_makes.sql`];
    const wanted = String(index + 1).padStart(4, '0');
    return number === wanted ? [] : [`${path} should be number ${wanted}`];
  });
}

function styleFaults(path: string, text: string): string[] {
  const statements = text.replace(/--[^\n]*/g, '').replace(/'(?:[^']|'')*'/g, "''");
  const upper = keywords.exec(statements)?.[0];
  return [
    ...(/^-- why: \S/.test(text) ? [] : [`${path} does not start with "-- why:" and a reason`]),
    ...(upper === undefined ? [] : [`${path} writes ${upper} in capitals`]),
  ];
}

function squawk(argument: string, input = ''): { status: number | null; stdout: string } {
  const program = `${projectFolder}/node_modules/squawk-cli/js/bin/squawk`;
  return spawnSync(process.execPath, [program, argument], { cwd: projectFolder, input, encoding: 'utf8' });
}
