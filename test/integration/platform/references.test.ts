import { v7 as uuid } from 'uuid';
import { beforeEach, describe, expect, it } from 'vitest';
import { contextOn } from '../../support/context.ts';
import { givenCustomer } from '../../support/customers.ts';
import { useDatabase } from '../../support/database.ts';

const database = useDatabase();
const orphan = { code: '23503' };
const refused = { code: '23001' };
const belongings = ['contact_point', 'permission_standing', 'keeper', 'keeper_standing'] as const;

let jane: string;

beforeEach(async () => {
  jane = await givenCustomer(await contextOn(database), { vehicles: [{ registration: 'AB12 CDE' }] });
});

async function count(table: string, customerId: string): Promise<number> {
  const [row] = await database.query(
    `select count(*)::integer as rows from ${table} where customer_id = $1`,
    [customerId],
  );
  return Number(row?.rows);
}

/** Writes a row of Jane's once more, under another owner. */
async function copyRow(table: string, change: Record<string, unknown>): Promise<void> {
  const columns = await database.query(
    "select column_name as name from information_schema.columns where table_name = $1 and is_generated = 'NEVER'",
    [table],
  );
  const names = columns.map(({ name }) => name).join(', ');
  await database.query(
    `insert into ${table} (${names}) select ${names} from jsonb_populate_record(null::${table}, (
       select to_jsonb(given) || $2::jsonb from ${table} given where customer_id = $1 limit 1
     ))`,
    [jane, JSON.stringify(change)],
  );
}

describe('a row that belongs to another', () => {
  it.each(belongings)('is refused in %s when there is no such customer', async (table) => {
    expect(await count(table, jane)).toBeGreaterThan(0);
    await expect(copyRow(table, { customer_id: uuid() })).rejects.toMatchObject(orphan);
  });

  it.each(['keeper', 'keeper_standing'])('is refused in %s when there is no such vehicle', async (table) => {
    await expect(copyRow(table, { vehicle_id: uuid() })).rejects.toMatchObject(orphan);
  });

  it('is refused in the ledger when there is no such legal entity', async () => {
    const entry = { customer_id: uuid(), legal_entity_id: 32_000 };
    await expect(copyRow('ledger_event', entry)).rejects.toMatchObject(orphan);
    await copyRow('ledger_event', { customer_id: uuid() });
  });

  it('is refused with all others of its statement', async () => {
    const before = await count('contact_point', jane);
    const both = database.query(
      `insert into contact_point (customer_id, id, kind, value, in_use_since)
       values ($1, $2, 'email', 'a', now()), ($3, $2, 'email', 'a', now())`,
      [jane, uuid(), uuid()],
    );
    await expect(both).rejects.toMatchObject(orphan);
    expect(await count('contact_point', jane)).toBe(before);
  });

  it.each(belongings)('goes with its customer from %s', async (table) => {
    await database.query('delete from customer where id = $1', [jane]);
    expect(await count(table, jane)).toBe(0);
    expect(await count('ledger_event', jane)).toBe(1);
  });

  it('goes with its keeper link', async () => {
    await database.query('delete from keeper where customer_id = $1', [jane]);
    expect(await count('keeper_standing', jane)).toBe(0);
    expect(await count('permission_standing', jane)).toBe(1);
  });

  it.each([
    'update customer set id = gen_random_uuid()',
    'update vehicle set id = gen_random_uuid()',
    'update contact_point set customer_id = gen_random_uuid()',
    'update permission_standing set customer_id = gen_random_uuid()',
    'update keeper set vehicle_id = gen_random_uuid()',
    'update keeper_standing set customer_id = gen_random_uuid()',
    'delete from legal_entity',
    'truncate customer cascade',
    'truncate vehicle cascade',
    'truncate keeper cascade',
  ])('never changes hands: "%s" is refused even to the owner of the database', async (statement) => {
    await expect(database.query(statement)).rejects.toMatchObject(refused);
  });

  it('keeps its vehicle on file', async () => {
    await expect(database.query('delete from vehicle')).rejects.toMatchObject(orphan);
  });
});

describe('while its customer is being removed', () => {
  it('a row that came first is waited for, and goes too', async () => {
    const writer = await database.owner.pool.connect();
    try {
      await writer.query('begin');
      await writer.query(
        "insert into contact_point (customer_id, id, kind, value, in_use_since) values ($1, $2, 'email', 'a', now())",
        [jane, uuid()],
      );
      const removal = database.query('delete from customer where id = $1', [jane]);
      await untilWaiting();
      await writer.query('commit');
      await removal;
      expect(await count('contact_point', jane)).toBe(0);
    } finally {
      writer.release();
    }
  });

  it('a row that came later waits, and is refused', async () => {
    const remover = await database.owner.pool.connect();
    try {
      await remover.query('begin');
      await remover.query('delete from customer where id = $1', [jane]);
      // Expected before it happens: a refusal that nobody awaits yet would count as a fault of the run.
      const isRefused = expect(copyLate()).rejects.toMatchObject(orphan);
      await untilWaiting();
      await remover.query('commit');
      await isRefused;
    } finally {
      remover.release();
    }
  });

  it('a transaction that would not see the newest rows may not remove anybody', async () => {
    const remover = await database.owner.pool.connect();
    try {
      await remover.query('begin isolation level repeatable read');
      await expect(remover.query('delete from customer where id = $1', [jane])).rejects.toMatchObject({
        code: '0A000',
      });
    } finally {
      await remover.query('rollback');
      remover.release();
    }
  });
});

async function copyLate(): Promise<void> {
  await database.query(
    "insert into contact_point (customer_id, id, kind, value, in_use_since) values ($1, $2, 'email', 'a', now())",
    [jane, uuid()],
  );
}

/** Until a statement waits for a lock that another holds. */
async function untilWaiting(): Promise<void> {
  for (;;) {
    const waiting = await database.query(
      "select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'",
    );
    if (waiting.length > 0) return;
  }
}
