import { describe, expect, it } from 'vitest';
import { useDatabase } from '../support/database.ts';
import { readProjectFile, typeScriptFiles, withoutComments } from './source-text.ts';

/**
 * src/platform/tables.ts against the migrated database. A column is described in one line, such as
 * `customer.birthOn: string | null, may be left out`, once from each side, and the lines must be the same.
 */
describe('the tables that the program knows', () => {
  const database = useDatabase();

  it('are those of the migrated database, column by column', async () => {
    const rows = await database.query(`
      select c.table_name, c.column_name, c.udt_name, c.is_nullable = 'YES' as nullable,
        c.column_default is not null or c.is_identity = 'YES' or c.is_generated = 'ALWAYS' as filled
      from information_schema.columns c
      join information_schema.tables t using (table_schema, table_name)
      where c.table_schema = 'public' and t.table_type = 'BASE TABLE' and c.table_name not like 'kysely%'
    `);
    expect(rows.length).toBeGreaterThan(0);
    const files = typeScriptFiles('src/platform').filter((path) => /\/tables(?:-[a-z-]+)?\.ts$/.test(path));
    const inProgram = declaredColumns(files.map(readProjectFile).join('\n'));
    expect(inProgram).toEqual((rows as unknown as DatabaseColumn[]).map(describeColumn).sort());
  });
});

describe('the check on tables', () => {
  const source = [
    'type Instant = ColumnType<number, string, string>;',
    'type MaybeInstant = ColumnType<number | null, string | null | undefined, string | null>;',
    'export interface KeeperTable {',
    '  customerId: string;',
    '  fromOn: string | null;',
    '  version: Generated<number>;',
    '  createdAt: Instant;',
    '  removedAt: MaybeInstant;',
    '}',
    'export interface Tables {',
    '  vehicleKeeper: KeeperTable;',
    '}',
  ].join('\n');

  it('reads names, nulls and defaults from the program', () => {
    expect(declaredColumns(source)).toEqual([
      'vehicleKeeper.createdAt: number',
      'vehicleKeeper.customerId: string',
      'vehicleKeeper.fromOn: string | null, may be left out',
      'vehicleKeeper.removedAt: number | null, may be left out',
      'vehicleKeeper.version: number, may be left out',
    ]);
  });

  it('reads the same from the database', () => {
    const column = { table_name: 'vehicle_keeper', nullable: false, filled: false };
    expect(describeColumn({ ...column, column_name: 'customer_id', udt_name: 'uuid' })).toBe(
      'vehicleKeeper.customerId: string',
    );
    expect(describeColumn({ ...column, column_name: 'from_on', udt_name: 'date', nullable: true })).toBe(
      'vehicleKeeper.fromOn: string | null, may be left out',
    );
    expect(describeColumn({ ...column, column_name: 'version', udt_name: 'int4', filled: true })).toBe(
      'vehicleKeeper.version: number, may be left out',
    );
    expect(describeColumn({ ...column, column_name: 'file_sha256', udt_name: 'bytea' })).toBe(
      'vehicleKeeper.fileSha256: Buffer',
    );
  });

  it('does not guess at a type it has not met', () => {
    const column = { table_name: 'a', column_name: 'b', nullable: false, filled: false };
    expect(() => describeColumn({ ...column, udt_name: 'money' })).toThrow('money');
    expect(() => declaredColumns('export interface Tables {\n  a: LostTable;\n}')).toThrow('LostTable');
  });
});

interface DatabaseColumn {
  readonly table_name: string;
  readonly column_name: string;
  readonly udt_name: string;
  readonly nullable: boolean;
  /** The database fills it in when an insert leaves it out. */
  readonly filled: boolean;
}

/** What the connection of the house makes of each type. */
const readAs: Record<string, string> = {
  bool: 'boolean',
  bytea: 'Buffer',
  date: 'string',
  int2: 'number',
  int4: 'number',
  int8: 'number',
  jsonb: 'unknown',
  text: 'string',
  timestamptz: 'number',
  uuid: 'string',
  _text: 'string[]',
  _uuid: 'string[]',
  _int2: 'number[]',
};

function describeColumn(column: DatabaseColumn): string {
  const type = readAs[column.udt_name];
  if (type === undefined) throw new Error(`Say in readAs how a column of type ${column.udt_name} is read.`);
  const name = `${camelCase(column.table_name)}.${camelCase(column.column_name)}`;
  return line(name, type, column.nullable, column.nullable || column.filled);
}

function declaredColumns(program: string): string[] {
  const source = withoutComments(program);
  const aliases = new Map(
    [...source.matchAll(/^(?:export )?type (\w+) = (.+);$/gm)].map((match) => [match[1], match[2]]),
  );
  const bodies = new Map(
    [...source.matchAll(/^(?:export )?interface (\w+) \{\n([\s\S]*?)^\}/gm)].map((match) => [
      match[1],
      match[2] ?? '',
    ]),
  );
  const bodyOf = (name: string): [name: string, type: string][] => {
    const body = bodies.get(name);
    if (body === undefined) throw new Error(`The interface ${name} is not in the tables of src/platform.`);
    return [...body.matchAll(/^ {2}(\w+): (.+);$/gm)].map((match) => [match[1] ?? '', match[2] ?? '']);
  };
  return bodyOf('Tables')
    .flatMap(([table, name]) =>
      bodyOf(name).map(([column, type]) => describeType(`${table}.${column}`, aliases.get(type) ?? type)),
    )
    .sort();
}

function describeType(name: string, type: string): string {
  const [, wrapper, inner = type] = /^(ColumnType|Generated|GeneratedAlways)<(.+)>$/.exec(type) ?? [];
  const [selected = '', inserted = selected] = wrapper === 'ColumnType' ? inner.split(', ') : [inner];
  // What jsonb holds is unknown, which has room for null: there the insert tells whether the column has.
  const nullable = /\bnull\b/.test(selected) || /\bnull\b/.test(inserted);
  const optional = wrapper?.startsWith('Generated') || /\b(?:null|undefined)\b/.test(inserted);
  return line(name, selected.replace(' | null', ''), nullable, optional === true);
}

function line(name: string, type: string, nullable: boolean, optional: boolean): string {
  const shown = nullable ? `${type} | null` : type;
  return `${name}: ${shown}${optional ? ', may be left out' : ''}`;
}

function camelCase(name: string): string {
  return name.replace(/_([a-z0-9])/g, (_match, letter: string) => letter.toUpperCase());
}
