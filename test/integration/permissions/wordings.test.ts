import { beforeAll, describe, expect, it } from 'vitest';
import { addBranch, addLegalEntity } from '../../../src/features/branches/service.ts';
import { changePolicy } from '../../../src/features/settings/service.ts';
import { useDatabase } from '../../support/database.ts';
import type { Answer } from '../../support/http.ts';
import { useApi } from '../../support/http.ts';
import { usePopUp } from '../../support/pop-up.ts';
import type { Browser } from '../../support/staff.ts';
import { browserOn, givenStaff } from '../../support/staff.ts';

const database = useDatabase();
const api = useApi(database);
const { newCustomer, open, save } = usePopUp(api);

const text = 'May {dealer} keep in touch about your {car}? You can change your mind at any time.';
const phoneText = 'This is {dealer}. May we ring about your {car}? You can change your mind at any time.';
interface Version {
  readonly version: number;
  readonly text: string;
  readonly inForce: boolean;
  readonly timesRead: number;
  readonly timesReadByPhone: number;
}
const list = async () => (await api.ask('/api/v1/wordings')).at('wordings') as Version[];
const drafts = async (browser: Browser) => (await browser.ask('/wordings')).at('drafts') as object[];

let pru: Browser;
const write = (browser: Browser, draft: object): Promise<Answer> =>
  browser.ask('/wordings/drafts', { body: { expectedVersion: 0, ...draft } });
const approve = (browser: Browser, body: object = { expectedVersion: 1 }): Promise<Answer> =>
  browser.ask('/wordings/drafts:approve', { body });

async function signedIn(username: string, fullName: string, role: string): Promise<Browser> {
  await givenStaff(api.context, username, { fullName, role });
  const browser = browserOn(api);
  await browser.signIn(username);
  return browser;
}

beforeAll(async () => {
  pru = await signedIn('pru', 'Pru Vacy', 'privacy');
});

describe('the wording of the counter', () => {
  it('is there from the start, with the name of the dealer, and approved by nobody', async () => {
    expect(await list()).toMatchObject([
      {
        version: 1,
        inForce: true,
        legalEntity: 'The dealership',
        recordedBy: null,
        approvedBy: null,
        timesRead: 0,
        example: expect.stringContaining('May we, The dealership, remind you when your Focus is due'),
      },
    ]);
  });

  it('is written as a draft that nobody is read, and rewritten by whoever saw it as it is', async () => {
    const written = await write(pru, { text });
    expect(written.status).toBe(201);
    expect(written.body).toMatchObject({ text, phoneText: text, writtenBy: 'Pru Vacy', version: 1 });
    expect((await open(await newCustomer())).wording.version).toBe(1);
    expect((await write(pru, { text })).body).toMatchObject({ status: 409, code: 'draft-changed' });
    const rewritten = await write(pru, { text, phoneText, expectedVersion: 1 });
    expect(rewritten.body).toMatchObject({ phoneText, version: 2 });
    expect(await drafts(pru)).toEqual([rewritten.body]);
  });

  it('is approved by its author where nobody else may, and never by a program', async () => {
    const byProgram = await api.ask('/api/v1/wordings/drafts:approve', { body: { expectedVersion: 2 } });
    expect(byProgram.body).toMatchObject({ status: 403, code: 'not-your-approval' });
    const stale = await approve(pru, { expectedVersion: 1 });
    expect(stale.body).toMatchObject({ status: 409, code: 'draft-changed' });
    const [first] = await list();
    const approved = await approve(pru, { expectedVersion: 2 });
    expect(approved.status).toBe(201);
    expect(approved.body).toMatchObject({
      version: 2,
      inForce: true,
      recordedBy: 'Pru Vacy',
      approvedBy: 'Pru Vacy',
      approvedAt: expect.any(String),
    });
    expect(await list()).toEqual([approved.body, { ...first, inForce: false }]);
    expect(await drafts(pru)).toEqual([]);
    expect((await approve(pru, { expectedVersion: 2 })).status).toBe(404);
  });

  it('has words of its own on the phone, and the ledger names the words that were read', async () => {
    const customer = await newCustomer();
    const { wording } = await open(customer);
    expect(wording.text).toContain('keep in touch about your Focus');
    expect(wording.phone.text).toContain('May we ring about your Focus');
    const saved = await save(customer, ['sms general_marketing'], {
      method: 'phone',
      wordingHash: wording.phone.hash,
    });
    expect(saved.status).toBe(201);
    const [row] = await database.query(
      `select text from wording join ledger_event on wording_hash = wording.hash where customer_id = '${customer}'`,
    );
    expect(row?.['text']).toBe(wording.phone.text);
    await save(await newCustomer(), ['sms general_marketing']);
    expect(await list()).toMatchObject([
      { version: 2, timesRead: 2, timesReadByPhone: 1 },
      { version: 1, timesRead: 0 },
    ]);
  });

  it('is approved by somebody other than its author where there is one, unless the policy says otherwise', async () => {
    const ada = await signedIn('ada', 'Ada Ministrator', 'administrator');
    await write(pru, { text: `${text} Soon.` });
    expect(await drafts(pru)).toMatchObject([
      { approvable: false, whyNot: expect.stringContaining('You wrote this draft') },
    ]);
    expect((await approve(pru)).body).toMatchObject({ status: 403, code: 'not-your-approval' });
    expect((await approve(ada)).body).toMatchObject({
      version: 3,
      recordedBy: 'Pru Vacy',
      approvedBy: 'Ada Ministrator',
    });
    await changePolicy(api.context, {
      settings: { wordingApproval: 'author' },
      reason: 'Ada is on leave.',
      recordedBy: 'tests',
    });
    await write(pru, { text });
    expect((await approve(pru)).body).toMatchObject({ version: 4, approvedBy: 'Pru Vacy' });
  });

  it('takes effect on its day, and where it was approved later than that, at once', async () => {
    const inForceFrom = '2026-11-24T09:00:00Z';
    await write(pru, { text: `${text} Soon.`, inForceFrom });
    const approved = await approve(pru);
    expect(approved.body).toMatchObject({ version: 5, inForce: false, inForceFrom });
    const customer = await newCustomer();
    expect((await open(customer)).wording.version).toBe(4);
    api.context.clock.set(inForceFrom);
    // A session does not outlast the night.
    await pru.signIn('pru');
    expect((await open(customer)).wording.version).toBe(5);
    const planned = await write(pru, { text, inForceFrom: '2027-06-01' });
    expect(planned.at('inForceFrom')).toBe('2027-05-31T23:00:00Z');
    await write(pru, { text, inForceFrom: '2026-11-20', expectedVersion: 1 });
    const late = await approve(pru, { expectedVersion: 2 });
    expect(late.body).toMatchObject({ version: 6, inForce: true });
  });

  it('is thrown away as a draft, and never once it was approved', async () => {
    await write(pru, { text });
    const discarded = await pru.ask('/wordings/drafts:discard', { body: { expectedVersion: 1 } });
    expect(discarded.status).toBe(204);
    expect(await drafts(pru)).toEqual([]);
    for (const statement of ["update wording_version set text = 'x'", 'delete from wording_version']) {
      await expect(api.context.database.pool.query(statement)).rejects.toThrow('permission denied');
    }
  });

  it.each([
    ['does not say who asks', { text: text.replace('{dealer}', 'we') }, 'text'],
    ['does not say who rings', { text, phoneText: text.replace('{dealer}', 'we') }, 'phoneText'],
    ['misspells a placeholder', { text: `${text} {Car}` }, 'text'],
    ['is for a dealer who does not exist', { text, legalEntity: 'Nobody Ltd' }, 'legalEntity'],
    ['is too short to be one', { text: 'May we?' }, 'text'],
  ])('is refused when it %s', async (_, body, field) => {
    expect((await write(pru, body)).body).toMatchObject({ status: 422, errors: [{ field }] });
  });

  it('is changed by those who may change the policy alone', async () => {
    const key = await api.keyWith('policy:read', 'permissions:write');
    const body = { text, expectedVersion: 0 };
    expect((await api.ask('/api/v1/wordings/drafts', { key, body })).status).toBe(403);
    expect((await api.ask('/api/v1/wordings', { key })).status).toBe(200);
  });

  it('is one of its own for each legal entity', async () => {
    const legalEntityId = await addLegalEntity(api.context, 'Hallam Vans Ltd');
    await addBranch(api.context, { legalEntityId, code: 'VANS', name: 'Vans' });
    const customer = await newCustomer({ branch: 'VANS' });
    expect((await open(customer)).wording).toMatchObject({ version: 1, legalEntity: 'Hallam Vans Ltd' });
    const unsaid = await write(pru, { text });
    expect(unsaid.body).toMatchObject({ status: 422, errors: [{ field: 'legalEntity' }] });
    await write(pru, { text, legalEntity: 'hallam vans ltd' });
    const approved = await approve(pru, { expectedVersion: 1, legalEntity: 'Hallam Vans Ltd' });
    expect(approved.body).toMatchObject({ version: 2, legalEntity: 'Hallam Vans Ltd' });
    expect((await open(await newCustomer({ branch: 'MAIN' }))).wording.version).toBe(6);
  });
});
