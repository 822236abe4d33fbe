import { describe, expect, test } from 'vitest';
import {
  assertUsable,
  clientConfig,
  inTransaction,
  openDatabase,
  toTimestamp,
} from '../../../src/platform/database.ts';
import { silentLogger } from '../../../src/platform/logger.ts';
import { useDatabase } from '../../support/database.ts';

const database = useDatabase();

async function read(expression: string): Promise<unknown> {
  const { rows } = await database.application.pool.query<{ value: unknown }>(`select ${expression} as value`);
  return rows[0]?.value;
}

describe('what the database layer hands back', () => {
  test('an instant is a number of milliseconds since 1970 and survives the way there and back', async () => {
    const instant = Temporal.Instant.from('2026-03-29T00:30:00.123Z').epochMilliseconds;
    const { rows } = await database.application.pool.query<{ value: unknown }>(
      'select $1::timestamptz as value',
      [toTimestamp(instant)],
    );
    expect(rows[0]?.value).toBe(instant);
    expect(await read("timestamptz '2026-07-01 12:00:00+01'")).toBe(Date.UTC(2026, 6, 1, 11));
    expect(await read("array[timestamptz '1970-01-01 00:00:01+00', null]")).toEqual([1000, null]);
  });

  test('an instant without end is refused instead of becoming a wrong number', async () => {
    await expect(read("timestamptz 'infinity'")).rejects.toThrow('not a finite UTC instant');
  });

  test('a date is its text, never an instant', async () => {
    expect(await read("date '2026-02-28'")).toBe('2026-02-28');
    expect(await read("array[date '2026-02-28']")).toEqual(['2026-02-28']);
  });

  test('a bigint is a number while it is exact and an error beyond', async () => {
    expect(await read(`${Number.MAX_SAFE_INTEGER}::bigint`)).toBe(Number.MAX_SAFE_INTEGER);
    expect(await read('array[1, 2]::bigint[]')).toEqual([1, 2]);
    await expect(read('9007199254740993::bigint')).rejects.toThrow('too large to be exact');
  });

  test('columns come in camel case and the inside of a JSON document stays as it was written', async () => {
    const row = await database.owner.db
      .selectFrom(
        database.owner.db
          .selectNoFrom((build) =>
            build
              .cast<unknown>(build.val('{"wording_hash": {"sha_256": [{"some_key": 1}]}}'), 'jsonb')
              .as('evidenceDocument'),
          )
          .as('document'),
      )
      .selectAll()
      .executeTakeFirstOrThrow();
    expect(row).toEqual({ evidenceDocument: { wording_hash: { sha_256: [{ some_key: 1 }] } } });
  });
});

describe('who connects', () => {
  test('the application works as role navigator_app, in UTC, under the name navigator', async () => {
    expect(await read('current_user::text')).toBe('navigator_app');
    expect(await read("current_setting('TimeZone')")).toBe('UTC');
    expect(await read("current_setting('application_name')")).toBe('navigator');
  });

  test('the owner works with the rights of the login itself', async () => {
    const [row] = await database.query('select current_user = session_user as same');
    expect(row).toEqual({ same: true });
  });

  test('options in the address neither get lost nor take away the role', () => {
    const config = clientConfig(
      {
        connectionString:
          'postgresql://u:p@h/d?sslmode=disable&options=-c%20search_path%3Dx&application_name=y',
      },
      'application',
    );
    expect(config.connectionString).toBe('postgresql://u:p@h/d?sslmode=disable');
    expect(config.options).toBe('-c search_path=x -c TimeZone=UTC -c DateStyle=ISO -c role=navigator_app');
    expect(config.application_name).toBe('navigator');
  });
});

test('a transaction that throws leaves nothing behind', async () => {
  await database.query('create table transaction_trial (number int4 not null)');
  await database.query('grant insert on transaction_trial to navigator_app');
  const attempt = inTransaction(database.db, async (transaction) => {
    await transaction
      .insertInto('transactionTrial' as never)
      .values({ number: 1 } as never)
      .execute();
    throw new Error('changed my mind');
  });
  await expect(attempt).rejects.toThrow('changed my mind');
  expect(await database.query('select * from transaction_trial')).toEqual([]);
});

test('closing twice is closing once', async () => {
  const second = openDatabase(database.settings(), { role: 'owner', logger: silentLogger() });
  await second.pool.query('select 1');
  await Promise.all([second.close(), second.close()]);
  expect(second.pool.totalCount).toBe(0);
});

test.each([
  ['nobody listens', 'postgresql://keeper:hunter2@127.0.0.1:1/navigator', 'nothing answers there'],
  ['the host does not exist', 'postgresql://keeper:hunter2@nowhere.invalid/navigator', 'host'],
])(
  'when %s the sentence says where and never repeats the password',
  async (_case, connectionString, reason) => {
    const problem = await assertUsable({ connectionString }).catch((error: unknown) => error);
    expect(problem).toMatchObject({ name: 'StartError', message: expect.stringContaining(reason) });
    expect(String(problem)).toContain('DATABASE_URL');
    expect(String(problem)).not.toMatch(/hunter2|keeper/);
  },
);
