import { beforeAll, describe, expect, it } from 'vitest';
import { runImport } from '../../../src/features/imports/service.ts';
import { recordPermissionEvent } from '../../../src/features/permissions/service.ts';
import { adviser, answers } from '../../support/customers.ts';
import { useDatabase } from '../../support/database.ts';
import type { Answer } from '../../support/http.ts';
import { useApi } from '../../support/http.ts';
import { choosePolicy, customersCsv, idOf, useImportFolder } from '../../support/imports.ts';

const database = useDatabase();
const api = useApi(database);
const folder = useImportFolder();

/** Four who had been assumed to agree at the upgrade but for the old no of one of them; one agreed since. */
beforeAll(async () => {
  await choosePolicy(api.context, 'assume_legitimate_interest');
  const customersFile = await folder.write(
    customersCsv(
      ['assumed', 'another', 'consented', 'refused'].map((customer_no, index) => ({
        customer_no,
        surname: 'Holroyd',
        mobile: `07700 90007${index}`,
        no_marketing: customer_no === 'refused' ? 'Y' : 'N',
      })),
    ),
  );
  await runImport(api.context, { customersFile }, { startedBy: 'test' });
  const consented = answers('general_marketing', [{ channel: 'sms' }]);
  await recordPermissionEvent(api.context, await idOf(api.context, 'consented'), consented, adviser);
});

const reset = (more: object = {}) =>
  api.ask('/api/v1/resets', {
    body: { keepConsent: true, reason: 'New policy', confirmation: 'RESET 4 RECORDS', ...more },
  });

async function verdicts(): Promise<unknown[]> {
  const answered = await api.ask('/api/v1/decisions:batch', {
    body: {
      questions: ['assumed', 'another', 'consented', 'refused'].map((number) => ({
        customer: `no:${number}`,
        channel: 'sms',
        category: 'general_marketing',
      })),
    },
  });
  return (answered.at('answers') as { decision: { verdict: string } }[]).map(
    ({ decision }) => decision.verdict,
  );
}

/** Asks until it is no longer being worked at. */
async function done(begun: Answer): Promise<Answer> {
  for (;;) {
    const read = await api.ask(`/api/v1/resets/${begun.at('resetId')}`);
    if (read.at('atWork') !== true) return read;
  }
}

describe('resetting all records over HTTP', () => {
  it('says first what would change and what has to be typed, and changes nothing by saying it', async () => {
    const plan = await api.ask('/api/v1/resets:plan', { body: { keepConsent: true } });
    expect(plan.status).toBe(200);
    expect(plan.body).toMatchObject({
      records: 4,
      assumed: 4,
      consentsKept: 1,
      confirmation: 'RESET 4 RECORDS',
    });
    expect((await api.ask('/api/v1/resets')).body).toEqual({ resets: [], nextCursor: null });
  });

  it.each([
    [{ keepConsent: undefined }, 'keepConsent'],
    [{ reason: ' ' }, 'reason'],
    [{ confirmation: 'RESET 3 RECORDS' }, 'confirmation'],
    [{ confirmation: 'reset 4 records' }, 'confirmation'],
  ])('does not begin with %j', async (given, field) => {
    expect((await reset(given)).body).toMatchObject({ status: 422, errors: [{ field }] });
    expect(await verdicts()).toEqual(['allow', 'allow', 'allow', 'deny']);
  });

  it('answers once it has begun, goes on by itself, keeps consent and every no, and can be undone', async () => {
    const begun = await reset();
    expect(begun.status).toBe(202);
    expect(begun.headers['location']).toBe(`/api/v1/resets/${begun.at('resetId')}`);
    expect(begun.body).toMatchObject({
      status: 'running',
      atWork: true,
      records: 4,
      reason: 'New policy',
      keepConsent: true,
    });
    const finished = await done(begun);
    expect(finished.body).toMatchObject({
      status: 'finished',
      atWork: false,
      recordsReset: 4,
      recordsRestored: 0,
      finishedAt: expect.any(String),
    });
    expect(await verdicts()).toEqual(['deny', 'deny', 'allow', 'deny']);

    const undoing = await api.ask(`/api/v1/resets/${begun.at('resetId')}:undo`, { method: 'POST' });
    expect(undoing.status).toBe(202);
    expect(undoing.at('status')).toBe('undoing');
    const undone = await done(undoing);
    expect(undone.body).toMatchObject({ status: 'undone', recordsReset: 4, recordsRestored: 4 });
    expect(await verdicts()).toEqual(['allow', 'allow', 'allow', 'deny']);
    const again = await api.ask(`/api/v1/resets/${begun.at('resetId')}:undo`, { method: 'POST' });
    expect(again.status).toBe(200);
    expect(again.body).toEqual(undone.body);
  });

  it('asked for again with the same words does nothing more', async () => {
    const first = await reset();
    await done(first);
    expect((await reset()).body).toMatchObject({ status: 422, code: 'confirmation-needed' });
    const { body } = await api.ask('/api/v1/resets?limit=1');
    expect(body).toMatchObject({
      resets: [{ resetId: first.at('resetId') }],
      nextCursor: expect.any(String),
    });
    await done(await api.ask(`/api/v1/resets/${first.at('resetId')}:undo`, { method: 'POST' }));
  });

  it('that was interrupted is seen to be, and goes on with the same confirmation', async () => {
    await database.query(
      "update permission_reset set status = 'running', finished_at = null where status = 'undone' and id = (select max(id::text)::uuid from permission_reset)",
    );
    const { body } = await api.ask('/api/v1/resets?limit=1');
    expect(body).toMatchObject({ resets: [{ status: 'running', atWork: false }] });
    const goingOn = await reset();
    expect(goingOn.status).toBe(202);
    expect((await done(goingOn)).at('status')).toBe('finished');
    expect(await verdicts()).toEqual(['deny', 'deny', 'allow', 'deny']);
  });

  it('is for those who may reset', async () => {
    const key = await api.keyWith('imports', 'policy:write', 'permissions:correct');
    expect((await api.ask('/api/v1/resets', { key })).status).toBe(403);
    expect((await api.ask('/api/v1/resets:plan', { key, body: { keepConsent: true } })).status).toBe(403);
  });

  it('names no reset that is not there', async () => {
    const url = '/api/v1/resets/019a0000-0000-7000-8000-000000000000';
    expect((await api.ask(url)).status).toBe(404);
    expect((await api.ask(`${url}:undo`, { method: 'POST' })).body).toMatchObject({
      code: 'reset-not-found',
    });
  });
});
