import { describe, expect, it } from 'vitest';
import { codeOf, findAll, readProjectFile, stringsOf, typeScriptFiles } from './source-text.ts';

/** What has one place in the house: SQL, the clock, the environment. */
const sqlStatements =
  /\b(?:insert\s+into\s+[\w".]+|delete\s+from\s+[\w".]+\s*(?:where\b|using\b|;|$)|update\s+[\w".]+\s+set\s|create\s+(?:unlogged\s+|temporary\s+|temp\s+)?table\b|alter\s+table\b|drop\s+table\b|truncate\s+(?:table\s+)?\w+\s*;?$|select\s[^;]*?\sfrom\s+[\w".]+\s*(?:where\b|order\s+by\b|group\s+by\b|join\b|limit\b|for\s+update\b|;))/gim;
const queryBuilding =
  /\bsql\s*(?:<[^>`]*>)?\s*`|\.(?:selectFrom|insertInto|updateTable|deleteFrom|mergeInto)\s*\(/g;
const clock =
  /\bDate\.now\b|\bnew\s+Date\s*(?:\(\s*\)|(?![\s(\w]))|(?<!new\s+)(?<![.\w])Date\(\s*\)|\bTemporal\.Now\b/g;
const environment = /\bprocess\s*(?:\.\s*env\b|\[\s*'\s*'\s*\])|\{[^}]*\benv\b[^}]*\}\s*=\s*process\b/g;

describe('SQL', () => {
  const elsewhere = typeScriptFiles('src').filter(
    (path) => !path.startsWith('src/platform/') && !path.endsWith('/store.ts'),
  );

  it('is written in store.ts files and in src/platform, nowhere else', () => {
    expect(elsewhere.length).toBeGreaterThan(0);
    expect(elsewhere.flatMap((path) => sqlIn(path, readProjectFile(path)))).toEqual([]);
  });

  it.each([
    'const rows = await run(`select id, name from customer where id = $1`);',
    "await run('insert into customer (id) values ($1)');",
    "await run('update customer set name = $1');",
    "await run('delete from customer');",
    'await sql`vacuum`.execute(db);',
    'await sql<Row>`analyze`.execute(db);',
    "await db.selectFrom('customer').selectAll().execute();",
  ])('is noticed in: %s', (line) => {
    expect(sqlIn('a.ts', line)).not.toEqual([]);
  });

  it.each([
    "const help = 'Select customers from a saved list, or delete from the screen one by one.';",
    '// insert into customer is what the store does',
    'const text = `Update the details of ${name}.`;',
  ])('is not seen where there is only English: %s', (line) => {
    expect(sqlIn('a.ts', line)).toEqual([]);
  });
});

describe('the clock', () => {
  const files = ['src', 'seeds'].flatMap(typeScriptFiles).filter((path) => path !== 'src/platform/clock.ts');

  it('is read in src/platform/clock.ts and handed on as a value', () => {
    expect(files.flatMap((path) => findAll(path, codeOf(readProjectFile(path)), clock))).toEqual([]);
  });

  it('of a browser is read in web/staff/shared/clock.ts alone', () => {
    const screens = typeScriptFiles('web').filter((path) => path !== 'web/staff/shared/clock.ts');
    expect(screens.length).toBeGreaterThan(0);
    expect(screens.flatMap((path) => findAll(path, codeOf(readProjectFile(path)), clock))).toEqual([]);
  });

  it.each([
    'const at = Date.now();',
    'const at = new Date();',
    'const at = new Date ;',
    'const read = Date.now;',
    'const said = Date();',
    'const at = Temporal.Now.instant();',
  ])('is noticed in: %s', (line) => {
    expect(findAll('a.ts', codeOf(line), clock)).toHaveLength(1);
  });

  it.each([
    'const at = new Date(milliseconds);',
    "const at = new Date('2026-02-05');",
    'const at = clock.now();',
    'const at: Date = row.at;',
    '// Date.now() would read the clock',
  ])('is not seen where a known instant is converted: %s', (line) => {
    expect(findAll('a.ts', codeOf(line), clock)).toEqual([]);
  });
});

describe('the environment', () => {
  const files = ['src', 'seeds'].flatMap(typeScriptFiles).filter((path) => path !== 'src/config.ts');

  it('is read in src/config.ts alone', () => {
    expect(files.flatMap((path) => findAll(path, codeOf(readProjectFile(path)), environment))).toEqual([]);
  });

  it.each([
    'const port = process.env.PORT;',
    'const { env } = process;',
    'const { env: settings } = process;',
  ])('is noticed in: %s', (line) => {
    expect(findAll('a.ts', codeOf(line), environment)).toHaveLength(1);
  });

  it('is not confused with other parts of the process', () => {
    expect(findAll('a.ts', codeOf('process.exitCode = 1; const { argv } = process;'), environment)).toEqual(
      [],
    );
  });
});

function sqlIn(path: string, source: string): string[] {
  return [
    ...findAll(path, stringsOf(source), sqlStatements),
    ...findAll(path, codeOf(source), queryBuilding),
  ];
}
