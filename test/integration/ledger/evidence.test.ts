import { createHash } from 'node:crypto';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { verifyLedger } from '../../../src/features/audit/service.ts';
import { recordPermissionEvent } from '../../../src/features/permissions/service.ts';
import type { Context } from '../../../src/platform/context.ts';
import { contextOn } from '../../support/context.ts';
import { adviser, answers, givenCustomer, wording } from '../../support/customers.ts';
import { useDatabase } from '../../support/database.ts';
import { tamperWith } from '../../support/forging.ts';

const database = useDatabase();
let context: Context;
let jane: string;
let omar: string;

const tamper = (statement: string, values: readonly unknown[] = []) =>
  tamperWith(database, statement, values);

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

async function faults() {
  const report = await verifyLedger(context);
  return report.faults.map(({ sentence, ...fault }) => fault);
}

beforeAll(async () => {
  context = await contextOn(database);
});

beforeEach(async () => {
  await tamper('truncate ledger_event, ledger_head, customer, evidence, wording cascade');
  jane = await givenCustomer(context, { surname: 'Holroyd' });
  omar = await givenCustomer(context, { surname: 'Aziz' });
  for (const customer of [jane, omar]) {
    for (const note of ['She rang about the MOT.', 'He was “glad” — Zoë told him.']) {
      const event = { ...answers('general_marketing', [{ channel: 'sms' }]), note };
      await recordPermissionEvent(context, customer, event, adviser);
    }
  }
});

describe('the wording that was shown or read out', () => {
  it('verifies as it was kept, with the evidence', async () => {
    expect(await faults()).toEqual([]);
  });

  it('is named by its hash when its text was altered', async () => {
    await tamper("update wording set text = text || ' Forever.'");
    const report = await verifyLedger(context);
    expect(report.faults).toEqual([
      {
        customerId: null,
        sequence: null,
        wordingHash: sha256(wording.text),
        kind: 'wording_altered',
        sentence: `The text of wording ${sha256(wording.text)} is not what was shown or read out.`,
      },
    ]);
  });

  it('is missed by the entries when it was altered with its hash', async () => {
    const text = 'May we ring you at any hour?';
    await tamper("update wording set text = $1, hash = decode($2, 'hex')", [text, sha256(text)]);
    expect(await faults()).toEqual(
      [jane, omar]
        .sort()
        .map((customerId) => ({ customerId, sequence: 2, wordingHash: null, kind: 'wording_missing' })),
    );
  });
});

describe('the evidence behind an entry', () => {
  const alterSecond = (customer: string) =>
    tamper(
      `update evidence set document = '{"note":"She asked for every offer."}'
       where customer_id = $1 and document->>'note' like 'He was%'`,
      [customer],
    );

  it('is found, with the customer and the entry, when it was altered', async () => {
    await alterSecond(jane);
    expect((await verifyLedger(context)).faults).toEqual([
      {
        customerId: jane,
        sequence: 3,
        wordingHash: null,
        kind: 'evidence_altered',
        sentence: 'The evidence of entry 3 is not what was written.',
      },
    ]);
  });

  it('is found when it was altered with a salt of the forger', async () => {
    await alterSecond(jane);
    await tamper("update evidence set salt = sha256('forger') where document->>'note' like 'She asked%'");
    expect(await faults()).toMatchObject([{ customerId: jane, sequence: 3, kind: 'evidence_altered' }]);
  });

  it('is found when it is that of another customer', async () => {
    await tamper(
      "update evidence set customer_id = $1 where customer_id = $2 and document->>'note' like 'He%'",
      [jane, omar],
    );
    expect(await faults()).toMatchObject([{ customerId: jane, sequence: null, kind: 'evidence_altered' }]);
  });

  it('may be gone: an erasure is no fault', async () => {
    await tamper('delete from evidence where customer_id = $1', [jane]);
    expect(await faults()).toEqual([]);
  });

  it('is still held against its entry when that of another entry was erased', async () => {
    await tamper("delete from evidence where customer_id = $1 and document->>'note' like 'She rang%'", [
      jane,
    ]);
    await tamper(`update evidence set document = '{"note":"Yes."}' where customer_id = $1`, [jane]);
    expect(await faults()).toMatchObject([{ customerId: jane, kind: 'evidence_altered' }]);
  });
});
