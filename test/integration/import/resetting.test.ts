import { beforeAll, describe, expect, it } from 'vitest';
import { verifyLedger } from '../../../src/features/audit/service.ts';
import { runImport } from '../../../src/features/imports/service.ts';
import { permissionsOf } from '../../../src/features/permissions/questions.ts';
import { recordPermissionEvent } from '../../../src/features/permissions/service.ts';
import { planReset, runReset, undoReset } from '../../../src/features/resets/service.ts';
import type { ManualClock } from '../../../src/platform/clock.ts';
import type { Actor, Context } from '../../../src/platform/context.ts';
import { contextOn } from '../../support/context.ts';
import { adviser, answers } from '../../support/customers.ts';
import { useDatabase } from '../../support/database.ts';
import { choosePolicy, customersCsv, idOf, rowCounts, useImportFolder } from '../../support/imports.ts';

const database = useDatabase();
const folder = useImportFolder();
const administrator: Actor = { kind: 'staff', id: 'administrator' };
let context: Context & { readonly clock: ManualClock };

/** An assumption; an assumption and a consent; an old no; an objection; nothing at all. */
beforeAll(async () => {
  context = await contextOn(database);
  await choosePolicy(context, 'assume_legitimate_interest');
  const customersFile = await folder.write(
    customersCsv(
      ['assumed', 'consented', 'refused', 'objected'].map((customer_no, index) => ({
        customer_no,
        surname: 'Holroyd',
        mobile: `07700 90006${index}`,
        no_marketing: customer_no === 'refused' ? 'Y' : 'N',
      })),
    ),
  );
  await runImport(context, { customersFile }, { startedBy: 'test' });
  const plain = await folder.write(
    customersCsv([{ customer_no: 'nothing', surname: 'Marsh' }], ['customer_no', 'surname']),
  );
  await runImport(context, { customersFile: plain }, { startedBy: 'test' });
  await record('consented', answers('general_marketing', [{ channel: 'sms' }]));
  await record('objected', { kind: 'stop_all_marketing', givenBy: 'customer' });
});

async function record(number: string, event: Parameters<typeof recordPermissionEvent>[2]): Promise<void> {
  await recordPermissionEvent(context, await idOf(context, number), event, adviser);
}

async function offersBySms(number: string): Promise<string> {
  const { cells } = await permissionsOf(context, await idOf(context, number));
  const cell = cells.find(({ channel, category }) => channel === 'sms' && category === 'general_marketing');
  return `${cell?.decision.verdict} ${cell?.decision.reasons.join(', ')}`;
}

async function everybody(): Promise<string[]> {
  return Promise.all(['assumed', 'consented', 'refused', 'objected', 'nothing'].map(offersBySms));
}

const atFirst = [
  'allow MIGRATED_LI_ASSUMED',
  'allow CONSENT',
  'deny LEGACY_NO_MARKETING',
  'deny OBJECTION_ALL_MARKETING',
  'deny CONTACT_POINT_MISSING',
];

describe('resetting all records to no permission', () => {
  it('counts first, and changes nothing by counting', async () => {
    expect(await everybody()).toEqual(atFirst);
    const before = await rowCounts(database);
    expect(await planReset(context, { keepConsent: true })).toMatchObject({
      records: 4,
      assumed: 4,
      consentsKept: 1,
      permissions: { consent: 0 },
    });
    expect(await planReset(context, { keepConsent: false })).toMatchObject({
      records: 4,
      consentsKept: 0,
      permissions: { consent: 1 },
    });
    expect(await rowCounts(database)).toEqual(before);
  });

  it.each(['', 'RESET 3 RECORDS', 'reset 4 records', 'yes'])(
    'is not confirmed by "%s"',
    async (confirmation) => {
      const before = await rowCounts(database);
      const refused = runReset(context, {
        keepConsent: true,
        reason: 'Policy',
        confirmation,
        actor: administrator,
      });
      await expect(refused).rejects.toMatchObject({
        code: 'confirmation-needed',
        message: expect.stringContaining('"RESET 4 RECORDS"'),
      });
      expect(await rowCounts(database)).toEqual(before);
    },
  );

  it('needs a reason', async () => {
    const request = { keepConsent: true, reason: ' ', confirmation: 'RESET 4 RECORDS', actor: administrator };
    await expect(runReset(context, request)).rejects.toMatchObject({ field: 'reason' });
  });

  it('ends every assumption, keeps explicit consent where asked to, touches no no, and can be undone', async () => {
    const request = {
      keepConsent: true,
      reason: 'Policy',
      confirmation: 'RESET 4 RECORDS',
      actor: administrator,
    };
    const reset = await runReset(context, request);
    expect(reset).toMatchObject({
      status: 'finished',
      records: 4,
      keepConsent: true,
      requestedBy: 'administrator',
    });
    expect(await everybody()).toEqual(['deny NO_PERMISSION', ...atFirst.slice(1)]);
    expect((await permissionsOf(context, await idOf(context, 'nothing'))).history).toHaveLength(1);
    expect((await planReset(context, { keepConsent: true })).records).toBe(0);
    expect((await verifyLedger(context)).faults).toEqual([]);

    const undone = await undoReset(context, reset.id.toUpperCase(), { actor: administrator });
    expect(undone).toMatchObject({ id: reset.id, status: 'undone' });
    expect(await everybody()).toEqual(atFirst);
    const before = await rowCounts(database);
    await undoReset(context, reset.id, { actor: administrator });
    expect(await rowCounts(database)).toEqual(before);
    expect((await verifyLedger(context)).faults).toEqual([]);
  });

  it('clears consent where asked to; a no said after the reset outlives its undoing', async () => {
    const request = {
      keepConsent: false,
      reason: 'Policy',
      confirmation: 'RESET 4 RECORDS',
      actor: administrator,
    };
    const reset = await runReset(context, request);
    expect(await everybody()).toEqual(['deny NO_PERMISSION', 'deny NO_PERMISSION', ...atFirst.slice(2)]);
    context.clock.advance('PT1H');
    await record('consented', {
      ...answers('general_marketing', [{ channel: 'sms', answer: 'withdrawn' }]),
      occurredAt: null,
    });
    await undoReset(context, reset.id, { actor: administrator });
    expect(await everybody()).toEqual([atFirst[0], 'deny PERMISSION_WITHDRAWN', ...atFirst.slice(2)]);
    expect((await verifyLedger(context)).faults).toEqual([]);
  });

  it('that was begun and not finished goes on with the same confirmation, and with nothing else', async () => {
    const request = {
      keepConsent: true,
      reason: 'Policy',
      confirmation: 'RESET 4 RECORDS',
      actor: administrator,
    };
    const stop = new Error('killed');
    const killed = runReset(context, {
      ...request,
      onProgress: ({ phase }) => {
        if (phase === 'resetting') throw stop;
      },
    });
    await expect(killed).rejects.toBe(stop);
    await expect(runReset(context, { ...request, keepConsent: false })).rejects.toMatchObject({
      code: 'reset-unfinished',
    });
    const entries = async () => (await rowCounts(database))['ledger_event'];
    const before = await entries();
    expect(await runReset(context, request)).toMatchObject({ status: 'finished', records: 4 });
    expect(await entries()).toBe(before);
    expect(await offersBySms('assumed')).toBe('deny NO_PERMISSION');
  });

  it('is not found by an id that is none', async () => {
    await expect(undoReset(context, 'nonsense', { actor: administrator })).rejects.toMatchObject({
      code: 'reset-not-found',
    });
  });
});
