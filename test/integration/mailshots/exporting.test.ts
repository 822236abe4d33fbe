import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { readCustomer } from '../../../src/features/customers/service.ts';
import { selectionSchema } from '../../../src/features/mailshots/contract.ts';
import type { FileOptions } from '../../../src/features/mailshots/export/service.ts';
import { exportSelection } from '../../../src/features/mailshots/export/service.ts';
import { countSelection } from '../../../src/features/mailshots/service.ts';
import { handOver, permitContact } from '../../../src/features/messages/service.ts';
import { recordPermissionEvent } from '../../../src/features/permissions/service.ts';
import { suppressContact } from '../../../src/features/privacy/service.ts';
import { changePolicy } from '../../../src/features/settings/service.ts';
import type { ManualClock } from '../../../src/platform/clock.ts';
import type { Context } from '../../../src/platform/context.ts';
import { openDatabase } from '../../../src/platform/database.ts';
import { silentLogger } from '../../../src/platform/logger.ts';
import { contextOn } from '../../support/context.ts';
import { adviser, answers, givenCustomer } from '../../support/customers.ts';
import { useDatabase } from '../../support/database.ts';

const database = useDatabase();
let context: Context & { readonly clock: ManualClock };
let folder = '';
let outcode = '';
let numbers = 0;

beforeAll(async () => {
  context = await contextOn(database);
  folder = await mkdtemp(path.join(tmpdir(), 'navigator-export-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));
beforeEach(() => {
  numbers += 1;
  outcode = `ZE${numbers}`;
});

/** Somebody who agreed to texts and letters of every kind. */
async function willing(given: Parameters<typeof givenCustomer>[1] = {}): Promise<string> {
  numbers += 1;
  const customerId = await givenCustomer(context, {
    contactPoints: [
      { kind: 'phone', value: `07700 900${numbers.toString().padStart(3, '0')}` },
      {
        kind: 'postal',
        address: { line1: `${numbers} Mill Lane`, town: 'Lerwick', postcode: `${outcode} 0AA` },
      },
    ],
    vehicles: [
      {
        vin: `WFX${numbers.toString().padStart(14, '0')}`,
        make: 'Ford',
        registration: `AB${numbers.toString().padStart(2, '0')} CDE`,
      },
    ],
    ...given,
  });
  const said = [{ channel: 'sms' }, { channel: 'letter' }] as const;
  await recordPermissionEvent(context, customerId, answers('general_marketing', said), adviser);
  await recordPermissionEvent(context, customerId, answers('service_follow_up', said), adviser);
  return customerId;
}

function offers(channel: 'sms' | 'letter' = 'sms', category = 'general_marketing') {
  return selectionSchema.parse({ channel, category, criteria: { all: [{ field: 'outcode', is: outcode }] } });
}

async function exported(selection: ReturnType<typeof offers>, more: Partial<FileOptions> = {}) {
  const file = path.join(folder, 'list.csv');
  const report = await exportSelection(context, selection, {
    file,
    columns: ['customer_number', 'name', 'contact'],
    actor: adviser,
    ...more,
  });
  const bytes = await readFile(file);
  const rows = parse(bytes, { columns: true, bom: false }) as Record<string, string>[];
  return { report, bytes, rows };
}

describe('an exported list', () => {
  it('holds the chosen columns of everybody permitted, each with its basis, and nobody else', async () => {
    await willing({ surname: 'Sinclair', forename: 'Una', title: 'Ms' });
    const silent = await givenCustomer(context, {
      contactPoints: [{ kind: 'postal', address: { line1: '1 Quay', postcode: `${outcode} 0AB` } }],
    });
    const { report, rows } = await exported(offers());
    expect(rows).toEqual([
      {
        customer_number: expect.any(String),
        name: 'Ms Una Sinclair',
        contact: expect.stringMatching(/^07700/),
        basis: 'consent',
      },
    ]);
    expect(report).toMatchObject({ matching: 2, people: 1, rows: 1, droppedOut: [] });
    expect(report.leftOut).toMatchObject([{ reasons: ['CONTACT_POINT_MISSING'], people: 1 }]);
    expect(rows.map((row) => row['customer_number'])).not.toContain(
      (await readCustomer(context, silent)).customerNumber,
    );
  });

  it('is on record with its row count and the SHA-256 of the very file, and nothing half-written stays', async () => {
    await willing();
    const { report, bytes } = await exported(offers());
    const [record] = await database.query(
      'select row_count, sha256, columns, exported_by, left_out from selection_export where id = $1',
      [report.exportId],
    );
    expect(report.sha256).toBe(createHash('sha256').update(bytes).digest('hex'));
    expect(record).toEqual({
      row_count: 1,
      sha256: Buffer.from(report.sha256, 'hex'),
      columns: ['customer_number', 'name', 'contact'],
      exported_by: 'adviser',
      left_out: [],
    });
    expect(await readdir(folder)).toEqual(['list.csv']);
    const looks = await database.query("select actor_id from access_log where action = 'selection exported'");
    expect(looks[0]).toEqual({ actor_id: 'adviser' });
  });

  it('escapes what a spreadsheet would run as a formula', async () => {
    await willing({ surname: '=HYPERLINK("https://example.com")' });
    const { rows } = await exported(offers());
    expect(rows[0]?.['name']).toBe('\'=HYPERLINK("https://example.com")');
  });

  it('leaves out who withdrew between the count and the export, and says so', async () => {
    await willing();
    const withdrawing = await willing();
    const { permitted, asOf } = await countSelection(context, offers());
    context.clock.advance({ minutes: 5 });
    await recordPermissionEvent(
      context,
      withdrawing,
      { kind: 'stop_all_marketing', givenBy: 'customer' },
      adviser,
    );
    const { report, rows } = await exported(offers(), { countedAt: asOf });
    expect(permitted).toBe(2);
    expect(rows).toHaveLength(1);
    expect(report.droppedOut).toMatchObject([{ reasons: ['OBJECTION_ALL_MARKETING'], people: 1 }]);
    expect(report.matching).toBe(report.people + report.leftOut.reduce((sum, { people }) => sum + people, 0));
  });

  it('does not call those dropped out who were left out before', async () => {
    const refused = await willing();
    await recordPermissionEvent(
      context,
      refused,
      { kind: 'stop_all_marketing', givenBy: 'customer' },
      adviser,
    );
    const { asOf } = await countSelection(context, offers());
    context.clock.advance({ minutes: 5 });
    await recordPermissionEvent(context, refused, { kind: 'confirm_review', givenBy: 'customer' }, adviser);
    const { report } = await exported(offers(), { countedAt: asOf });
    expect(report).toMatchObject({ people: 0, matching: 1, droppedOut: [] });
  });

  it('never holds a number on the do-not-contact list', async () => {
    const customerId = await willing();
    const { contactPoints } = await readCustomer(context, customerId);
    const mobile = contactPoints.find(({ kind }) => kind === 'mobile');
    context.clock.advance({ minutes: 5 });
    await suppressContact(context, {
      kind: 'mobile',
      normalised: mobile?.normalised ?? '',
      line1: null,
      reason: 'complaint',
    });
    const { report, rows } = await exported(offers());
    expect(rows).toEqual([]);
    expect(report.leftOut).toMatchObject([{ reasons: ['SUPPRESSION_LIST_MATCH'], people: 1 }]);
  });

  it('counts as one message to each person for the frequency cap, whatever their number of vehicles', async () => {
    numbers += 1;
    const twoCars = await willing({
      vehicles: [
        { vin: `WFTW${numbers.toString().padStart(13, '0')}`, make: 'Ford' },
        { vin: `WFTX${numbers.toString().padStart(13, '0')}`, make: 'Kia' },
      ],
    });
    await changePolicy(context, {
      settings: { frequencyCapPer30Days: 1 },
      reason: null,
      recordedBy: 'manager',
    });
    const first = await exported(offers('sms', 'service_follow_up'), { columns: ['make', 'contact'] });
    expect(first.report).toMatchObject({ people: 1, rows: 2 });
    expect(first.rows.map((row) => row['make']).sort()).toEqual(['Ford', 'Kia']);
    const handed = await database.query(
      'select marketing, purpose, export_id from hand_over where customer_id = $1',
      [twoCars],
    );
    expect(handed).toEqual([
      { marketing: true, purpose: 'service_follow_up', export_id: first.report.exportId },
    ]);
    context.clock.advance({ hours: 1 });
    const second = await exported(offers('sms', 'service_follow_up'), { columns: ['make', 'contact'] });
    expect(second.report).toMatchObject({ people: 0, leftOut: [{ reasons: ['FREQUENCY_CAP'], people: 1 }] });
    await changePolicy(context, {
      settings: { frequencyCapPer30Days: null },
      reason: null,
      recordedBy: 'manager',
    });
  });

  it('writes a row for each permitted vehicle and none for the other', async () => {
    numbers += 1;
    const customerId = await willing({
      vehicles: [
        { vin: `WFTY${numbers.toString().padStart(13, '0')}`, make: 'Ford' },
        { vin: `WFTZ${numbers.toString().padStart(13, '0')}`, make: 'Kia' },
      ],
    });
    const { vehicles } = await readCustomer(context, customerId);
    const kia = vehicles.find(({ make }) => make === 'Kia')?.vehicleId ?? '';
    await recordPermissionEvent(
      context,
      customerId,
      { kind: 'vehicle_contact', vehicleId: kia, permitted: false, givenBy: 'staff' },
      adviser,
    );
    const { rows } = await exported(offers('letter', 'service_follow_up'), {
      columns: ['make', 'address1', 'town', 'postcode'],
    });
    expect(rows).toEqual([
      {
        make: 'Ford',
        address1: expect.stringMatching('Mill Lane'),
        town: 'Lerwick',
        postcode: `${outcode} 0AA`,
        basis: 'consent',
      },
    ]);
  });

  it('can come with a second list of who was left out, and why', async () => {
    const refused = await willing();
    await recordPermissionEvent(
      context,
      refused,
      { kind: 'stop_all_marketing', givenBy: 'customer' },
      adviser,
    );
    const leftOutFile = path.join(folder, 'left-out.csv');
    await exported(offers(), { leftOutFile });
    const rows = parse(await readFile(leftOutFile), { columns: true }) as unknown[];
    expect(rows).toEqual([
      {
        customer_number: (await readCustomer(context, refused)).customerNumber,
        reasons: 'OBJECTION_ALL_MARKETING',
        explanation: 'This person has told us to stop all marketing.',
      },
    ]);
    await rm(leftOutFile);
  });

  it('is refused with a sentence for columns that the message does not need, a folder that is not there, and a folder in the place of a file', async () => {
    const asked = { file: path.join(folder, 'x.csv'), actor: adviser };
    await expect(exportSelection(context, offers(), { ...asked, columns: ['vin'] })).rejects.toThrow(
      'vin is only for messages about a vehicle',
    );
    await expect(exportSelection(context, offers(), { ...asked, columns: ['postcode'] })).rejects.toThrow(
      'postcode is only for letters',
    );
    const nowhere = path.join(folder, 'nowhere', 'list.csv');
    await expect(
      exportSelection(context, offers(), { ...asked, file: nowhere, columns: ['name'] }),
    ).rejects.toThrow('cannot be written');
    await expect(
      exportSelection(context, offers(), { ...asked, leftOutFile: folder, columns: ['name'] }),
    ).rejects.toThrow('cannot be written');
    expect(await readdir(folder)).toEqual(['list.csv']);
  });
});

describe('many lists at once', () => {
  it('are written without a connection beyond their own, so that a no can be recorded meanwhile', async () => {
    const customerId = await willing();
    const few = { role: 'application', logger: silentLogger(), maximumConnections: 2 } as const;
    const one = { ...context, database: openDatabase(database.settings(), few) };
    try {
      const lists = [1, 2].map((number) =>
        exportSelection(one, offers(), {
          file: path.join(folder, `at-once-${number}.csv`),
          columns: ['customer_number'],
          actor: adviser,
        }),
      );
      const [first, second] = await Promise.all(lists);
      expect([first?.people, second?.people]).toEqual([1, 1]);
      await recordPermissionEvent(one, customerId, { kind: 'stop_all_marketing', givenBy: 'staff' }, adviser);
    } finally {
      await one.database.close();
    }
  });
});

describe('the gate', () => {
  const message = { identity: true, optOutMeans: true };
  const text = { channel: 'sms', category: 'general_marketing', message } as const;

  it('permits on fresh facts, with the number, the policy and the ledger entry it saw', async () => {
    const customerId = await willing();
    const answer = await permitContact(context, customerId, text);
    expect(answer).toMatchObject({
      permitted: {
        customerId,
        channel: 'sms',
        marketing: true,
        contactPoint: { kind: 'mobile', normalised: expect.stringMatching(/^\+447700/) },
        ledgerSequence: 3,
        decision: { reasons: ['CONSENT'] },
      },
    });
  });

  it('refuses at once after a withdrawal, with its reasons', async () => {
    const customerId = await willing();
    context.clock.advance({ seconds: 1 });
    await recordPermissionEvent(
      context,
      customerId,
      { kind: 'stop_all_marketing', givenBy: 'customer' },
      adviser,
    );
    expect(await permitContact(context, customerId, text)).toMatchObject({
      refused: { verdict: 'deny', reasons: ['OBJECTION_ALL_MARKETING'] },
    });
  });

  it('keeps contact hours for a message, which a list leaves to its sender', async () => {
    const customerId = await willing();
    const before = context.clock.now();
    context.clock.set('2026-11-29T11:00:00Z');
    expect(await permitContact(context, customerId, text)).toMatchObject({
      refused: { reasons: ['QUIET_HOURS'] },
    });
    expect(await permitContact(context, customerId, text, { leaves: 'list' })).toHaveProperty('permitted');
    context.clock.set(before);
  });

  it.each([
    ['nothing', undefined, ['SENDER_IDENTITY_MISSING', 'OPT_OUT_MEANS_MISSING']],
    ['no sender', { optOutMeans: true }, ['SENDER_IDENTITY_MISSING']],
    ['no way to opt out', { identity: true }, ['OPT_OUT_MEANS_MISSING']],
  ])('refuses a message of which %s is known', async (_, known, reasons) => {
    const { message: _known, ...asked } = text;
    const request = known === undefined ? asked : { ...asked, message: known };
    expect(await permitContact(context, await willing(), request)).toMatchObject({ refused: { reasons } });
  });

  it('asks nothing of the content of a service message', async () => {
    const service = { channel: 'sms', category: 'service_message' } as const;
    expect(await permitContact(context, await willing(), service)).toHaveProperty('permitted');
  });

  it('leaves what each message carries to the sender of a list', async () => {
    const { message: _, ...asked } = text;
    const answer = await permitContact(context, await willing(), asked, { leaves: 'list' });
    expect(answer).toMatchObject({
      permitted: { decision: { outstanding: ['SENDER_IDENTITY_MISSING', 'OPT_OUT_MEANS_MISSING'] } },
    });
  });

  it('knows no customer who is not on file', async () => {
    await expect(permitContact(context, '00000000-0000-7000-8000-000000000000', text)).rejects.toThrow(
      'There is no such customer',
    );
  });

  it('is the only place where a permitted contact can be made', async () => {
    const answer = await permitContact(context, await willing(), text);
    if (!('permitted' in answer)) throw new Error('Nobody was permitted.');
    const copy = { ...answer.permitted, customerId: await givenCustomer(context) };
    // @ts-expect-error a copy of a permitted contact is not one: contacting without asking does not type-check
    const handing = handOver(context.database.db, [copy], null);
    await expect(handing).rejects.toThrow('Only what the gate permitted can be handed over');
    await expect(handOver(context.database.db, [answer.permitted], null)).resolves.toBeUndefined();
  });
});
