import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { LedgerFault } from '../../../src/features/audit/service.ts';
import { verifyLedger } from '../../../src/features/audit/service.ts';
import { recordPermissionEvent } from '../../../src/features/permissions/service.ts';
import type { Context } from '../../../src/platform/context.ts';
import { contextOn } from '../../support/context.ts';
import { adviser, answers, givenCustomer } from '../../support/customers.ts';
import { useDatabase } from '../../support/database.ts';
import { moveHead, rehash, tamperWith } from '../../support/forging.ts';

const database = useDatabase();
let context: Context;
let jane: string;
let omar: string;

const tamper = (statement: string, values: readonly unknown[] = []) =>
  tamperWith(database, statement, values);

async function faults(): Promise<Pick<LedgerFault, 'customerId' | 'sequence' | 'kind'>[]> {
  const report = await verifyLedger(context);
  return report.faults.map(({ customerId, sequence, kind }) => ({ customerId, sequence, kind }));
}

beforeAll(async () => {
  context = await contextOn(database);
});

beforeEach(async () => {
  await tamper('truncate ledger_event, ledger_head, customer cascade');
  jane = await givenCustomer(context, { surname: 'Holroyd' });
  omar = await givenCustomer(context, { surname: 'Aziz' });
  for (const customer of [jane, omar]) {
    await recordPermissionEvent(
      context,
      customer,
      answers('general_marketing', [{ channel: 'sms' }]),
      adviser,
    );
    await recordPermissionEvent(
      context,
      customer,
      answers('general_marketing', [{ channel: 'sms', answer: 'withdrawn' }]),
      adviser,
    );
  }
});

describe('the ledger', () => {
  it('verifies when nobody has touched it', async () => {
    expect(await verifyLedger(context)).toEqual({ customers: 2, entries: 6, faults: [] });
  });

  it.each(['update ledger_event set kind = kind', 'delete from ledger_event', 'truncate ledger_event'])(
    'refuses "%s" even from the owner of the database',
    async (statement) => {
      await expect(database.query(statement)).rejects.toMatchObject({ code: '23001' });
    },
  );

  it.each(['update ledger_event set kind = kind', 'delete from ledger_event', 'truncate ledger_event'])(
    'gives the application no right to "%s"',
    async (statement) => {
      await expect(database.application.pool.query(statement)).rejects.toMatchObject({ code: '42501' });
    },
  );
});

describe('verification finds, and names, what somebody with every right in the database did:', () => {
  it('an entry that was altered', async () => {
    await tamper(
      `update ledger_event set cells = jsonb_set(cells, '{0,after}', '"granted"') where customer_id = $1 and sequence = 3`,
      [jane],
    );
    expect(await faults()).toEqual([{ customerId: jane, sequence: 3, kind: 'entry_altered' }]);
  });

  it('an instant that was moved by a millisecond', async () => {
    await tamper(
      `update ledger_event set recorded_at = recorded_at - interval '1 millisecond' where customer_id = $1 and sequence = 2`,
      [jane],
    );
    expect(await faults()).toEqual([{ customerId: jane, sequence: 2, kind: 'entry_altered' }]);
  });

  it('an entry that was deleted from the middle', async () => {
    await tamper('delete from ledger_event where customer_id = $1 and sequence = 2', [omar]);
    expect(await faults()).toEqual([{ customerId: omar, sequence: 2, kind: 'entry_missing' }]);
  });

  it('the newest entry of a customer removed', async () => {
    await tamper('delete from ledger_event where customer_id = $1 and sequence = 3', [jane]);
    expect(await faults()).toEqual([{ customerId: jane, sequence: 3, kind: 'newest_entries_missing' }]);
  });

  it('the newest entry removed and the head moved back to match', async () => {
    await tamper('delete from ledger_event where customer_id = $1 and sequence = 3', [jane]);
    await tamper(
      `update ledger_head set sequence = 2, hash = (select hash from ledger_event where customer_id = $1 and sequence = 2)
       where customer_id = $1`,
      [jane],
    );
    expect(await faults()).toEqual([{ customerId: jane, sequence: 2, kind: 'head_forged' }]);
  });

  it('two entries swapped', async () => {
    await tamper('update ledger_event set sequence = 9 where customer_id = $1 and sequence = 2', [jane]);
    await tamper('update ledger_event set sequence = 2 where customer_id = $1 and sequence = 3', [jane]);
    await tamper('update ledger_event set sequence = 3 where customer_id = $1 and sequence = 9', [jane]);
    expect(await faults()).toMatchObject([{ customerId: jane, sequence: 2 }]);
  });

  it('entries of two customers swapped', async () => {
    await tamper('update ledger_event set sequence = 9 where customer_id = $1 and sequence = 3', [jane]);
    await tamper('update ledger_event set customer_id = $1 where customer_id = $2 and sequence = 3', [
      jane,
      omar,
    ]);
    await tamper(
      'update ledger_event set customer_id = $2, sequence = 3 where customer_id = $1 and sequence = 9',
      [jane, omar],
    );
    const found = await faults();
    expect(found.map(({ customerId }) => customerId).sort()).toEqual([jane, omar].sort());
    expect(found.every(({ sequence }) => sequence === 3)).toBe(true);
  });

  it('an entry inserted after the newest one', async () => {
    await tamper(
      `insert into ledger_event select customer_id, 4, kind, act, cells, occurred_at, recorded_at, actor_kind,
         actor_id, method, wording_hash, evidence_commitment, legal_entity_id, batch_id, corrects, hash, hash
       from ledger_event where customer_id = $1 and sequence = 3`,
      [jane],
    );
    expect(await faults()).toMatchObject([{ customerId: jane, sequence: 4 }]);
  });

  it('the whole ledger truncated', async () => {
    await tamper('truncate ledger_event');
    expect(await faults()).toEqual(
      [jane, omar].sort().map((customerId) => ({ customerId, sequence: 1, kind: 'newest_entries_missing' })),
    );
  });

  it('a whole chain removed, head included', async () => {
    await tamper('delete from ledger_event where customer_id = $1', [omar]);
    await tamper('delete from ledger_head where customer_id = $1', [omar]);
    expect(await faults()).toEqual([{ customerId: omar, sequence: null, kind: 'chain_missing' }]);
  });

  it('a head removed', async () => {
    await tamper('delete from ledger_head where customer_id = $1', [jane]);
    expect(await faults()).toEqual([{ customerId: jane, sequence: 3, kind: 'head_missing' }]);
  });

  it.each([
    ['about the person', 'sms_general_marketing'],
    ['about any vehicle of theirs', 'sms_about_vehicles'],
  ])('a stored answer %s turned from no to yes', async (_, column) => {
    await tamper(`update permission_standing set ${column} = 16512 where customer_id = $1`, [jane]);
    expect(await faults()).toEqual([{ customerId: jane, sequence: null, kind: 'state_differs' }]);
  });
});

describe('verification cannot find', () => {
  it('a customer put back, whole, to an earlier state whose sealed head was copied then', async () => {
    await tamper('create table earlier_head as select * from ledger_head');
    await tamper('create table earlier_standing as select * from permission_standing');
    await recordPermissionEvent(context, jane, { kind: 'stop_all_marketing', givenBy: 'staff' }, adviser);
    await tamper('delete from ledger_event where customer_id = $1 and sequence = 4', [jane]);
    await tamper('delete from ledger_head where customer_id = $1', [jane]);
    await tamper('delete from permission_standing where customer_id = $1', [jane]);
    await tamper('insert into ledger_head select * from earlier_head where customer_id = $1', [jane]);
    // The column that the database makes by itself is made anew.
    const [row] = await database.query(
      `select string_agg(column_name, ', ') as names from information_schema.columns
       where table_name = 'permission_standing' and is_generated = 'NEVER'`,
    );
    await tamper(
      `insert into permission_standing (${row?.['names']})
       select ${row?.['names']} from earlier_standing where customer_id = $1`,
      [jane],
    );
    expect(await verifyLedger(context)).toEqual({ customers: 2, entries: 6, faults: [] });
  });
});

describe('verification finds, and names, what a forger did who hashed everything anew but lacks the secret:', () => {
  const turnToYes = (sequence: number) =>
    tamper(
      `update ledger_event set cells = jsonb_set(cells, '{0,after}', '"granted"') where customer_id = $1 and sequence = $2`,
      [jane, sequence],
    );
  const swapTwoAndThree = async () => {
    for (const [from, to] of [
      [2, 9],
      [3, 2],
      [9, 3],
    ]) {
      await tamper('update ledger_event set sequence = $3 where customer_id = $1 and sequence = $2', [
        jane,
        from,
        to,
      ]);
    }
  };
  const addFourth = () =>
    tamper(
      `insert into ledger_event select customer_id, 4, kind, act, cells, occurred_at, recorded_at, actor_kind,
         actor_id, method, wording_hash, evidence_commitment, legal_entity_id, batch_id, corrects, hash, hash
       from ledger_event where customer_id = $1 and sequence = 2`,
      [jane],
    );

  it('an entry altered, with its chain and its head', async () => {
    await turnToYes(3);
    await moveHead(database, jane, await rehash(database, jane));
    expect(await faults()).toEqual([{ customerId: jane, sequence: 3, kind: 'head_forged' }]);
  });

  it('the newest entry altered and hashed anew, the sealed head left alone', async () => {
    await turnToYes(3);
    await rehash(database, jane);
    expect(await faults()).toEqual([{ customerId: jane, sequence: 3, kind: 'entry_altered' }]);
  });

  it('an earlier entry altered and hashed anew, those after it left alone', async () => {
    await tamper(`update ledger_event set actor_id = 'nobody' where customer_id = $1 and sequence = 2`, [
      jane,
    ]);
    await rehash(database, jane, 2);
    expect(await faults()).toEqual([{ customerId: jane, sequence: 3, kind: 'entry_not_chained' }]);
  });

  it('an earlier entry altered and its hash pasted into the one after it', async () => {
    await tamper(`update ledger_event set actor_id = 'nobody' where customer_id = $1 and sequence = 2`, [
      jane,
    ]);
    const { hash } = await rehash(database, jane, 2);
    await tamper(
      "update ledger_event set previous_hash = decode($2, 'hex') where customer_id = $1 and sequence = 3",
      [jane, hash],
    );
    expect(await faults()).toEqual([{ customerId: jane, sequence: 3, kind: 'entry_altered' }]);
  });

  it('two entries swapped, with the chain', async () => {
    await swapTwoAndThree();
    await rehash(database, jane);
    expect(await faults()).toEqual([{ customerId: jane, sequence: 3, kind: 'entry_altered' }]);
  });

  it('two entries swapped, with the chain and the head', async () => {
    await swapTwoAndThree();
    await moveHead(database, jane, await rehash(database, jane));
    expect(await faults()).toEqual([{ customerId: jane, sequence: 3, kind: 'head_forged' }]);
  });

  it('an entry chained on beyond the head', async () => {
    await addFourth();
    await rehash(database, jane);
    expect(await faults()).toEqual([{ customerId: jane, sequence: 4, kind: 'entry_beyond_head' }]);
  });

  it('an entry chained on, and the head moved to it', async () => {
    await addFourth();
    await moveHead(database, jane, await rehash(database, jane));
    expect(await faults()).toEqual([{ customerId: jane, sequence: 4, kind: 'head_forged' }]);
  });

  it('the sealed head of another customer with the same number of entries', async () => {
    await tamper(
      'update ledger_head set seal = (select seal from ledger_head where customer_id = $2) where customer_id = $1',
      [jane, omar],
    );
    expect(await faults()).toEqual([{ customerId: jane, sequence: 3, kind: 'head_forged' }]);
  });
});
