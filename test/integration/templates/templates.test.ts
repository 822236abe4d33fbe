import { beforeAll, describe, expect, it } from 'vitest';
import { finishMessage } from '../../../src/domain/finished-message.ts';
import { exampleValues } from '../../../src/domain/merge-fields.ts';
import { ensureTemplates } from '../../../src/features/templates/defaults/service.ts';
import { readSender } from '../../../src/features/templates/sender/service.ts';
import { templateInForce } from '../../../src/features/templates/service.ts';
import { givenCustomer } from '../../support/customers.ts';
import { useDatabase } from '../../support/database.ts';
import { useApi } from '../../support/http.ts';

const database = useDatabase();
const api = useApi(database);
let marketing = '';
let manager = '';
beforeAll(async () => {
  marketing = await api.keyWith('templates:read', 'templates:write');
  manager = await api.keyWith('templates:read', 'templates:write', 'templates:approve');
});

let names = 0;

async function add(change: object = {}) {
  names += 1;
  const given = {
    name: `Template ${names}`,
    channel: 'sms',
    category: 'service_message',
    body: 'Hello ((first name|there)), your car is ready.',
    ...change,
  };
  const added = await api.ask('/api/v1/templates', { body: given, key: marketing });
  expect(added.status).toBe(201);
  return { id: String(added.at('id')), url: `/api/v1/templates/${added.at('id')}`, added };
}

const approve = (url: string, version: number, body: object = {}, key = manager) =>
  api.ask(`${url}:approve`, { body, key, headers: { 'if-match': `"${version}"` } });
const rewrite = (url: string, version: number, body: string, key = marketing) =>
  api.ask(`${url}/draft`, { method: 'PUT', body: { body }, key, headers: { 'if-match': `"${version}"` } });

describe('the templates of an installation', () => {
  it('begin with one for each occasion and channel, all approved, and begin only once', async () => {
    await ensureTemplates(api.context);
    const { templates } = (await api.ask('/api/v1/templates')).body as {
      templates: Record<string, unknown>[];
    };
    expect(templates.filter(({ occasion }) => occasion !== null)).toHaveLength(40);
    expect(templates[0]).toMatchObject({ inForce: 1, draft: null, language: 'en-GB' });
  });

  it('have each name once for a channel, in whatever case', async () => {
    const given = { name: 'mot DUE', channel: 'sms', category: 'service_follow_up', body: 'Hello.' };
    const again = await api.ask('/api/v1/templates', { body: given, key: marketing });
    expect(again).toMatchObject({ status: 409, body: { code: 'name-taken' } });
  });
});

describe('a version of a template', () => {
  it('is sent only once somebody else approved it, and then it is never changed', async () => {
    const { id, url, added } = await add();
    expect(added.body).toMatchObject({ inForce: null, draft: 'draft' });
    expect(await templateInForce(api.context, id)).toBeNull();
    expect(await approve(url, 1, {}, marketing)).toMatchObject({ status: 403 });
    const approved = await approve(url, 1);
    expect(approved).toMatchObject({ status: 200, body: { inForce: 1, draft: null, version: 2 } });
    expect(approved.at('versions.0')).toMatchObject({
      state: 'in_force',
      writtenBy: 'Few scopes',
      approvedBy: 'Few scopes',
    });
    await expect(
      database.query(`update message_template_version set body = 'Other' where template_id = '${id}'`),
    ).rejects.toThrow('never changed');
    const next = await rewrite(url, 2, 'Hello, your car can be collected.');
    expect(next.body).toMatchObject({ inForce: 1, draft: 'draft', version: 3 });
    expect((await templateInForce(api.context, id))?.template.body).toContain('your car is ready');
    await approve(url, 3);
    expect((await templateInForce(api.context, id))?.number).toBe(2);
    expect((await api.ask(url)).at('versions.1')).toMatchObject({ number: 1, state: 'replaced' });
  });

  it('is not approved by whoever wrote it, unless the dealer chose so', async () => {
    const { url } = await add();
    await rewrite(url, 1, 'Hello, it is ready.', manager);
    expect(await approve(url, 2)).toMatchObject({ status: 403, body: { code: 'second-person-needed' } });
  });

  it('is changed against the version that was read, and by nobody else meanwhile', async () => {
    const { url } = await add();
    expect((await rewrite(url, 1, 'First.')).status).toBe(200);
    expect(await rewrite(url, 1, 'Second.')).toMatchObject({
      status: 412,
      body: { code: 'version-changed' },
    });
    expect((await api.ask(url)).at('versions.0.body')).toBe('First.');
  });

  it('is not approved with a field that does not exist', async () => {
    const { url } = await add({ body: 'Hello ((frist name)).' });
    expect((await api.ask(url)).at('versions.0.faults')).toEqual([
      'There is no field ((frist name)): did you mean ((first name))?',
    ]);
    expect(await approve(url, 1)).toMatchObject({ status: 422 });
  });

  it('that is a draft can be thrown away, but not the only one', async () => {
    const { url } = await add();
    const remove = (version: number) =>
      api.ask(`${url}/draft`, { method: 'DELETE', key: marketing, headers: { 'if-match': `"${version}"` } });
    expect(await remove(1)).toMatchObject({ status: 409, body: { code: 'only-version' } });
    await approve(url, 1);
    await rewrite(url, 2, 'Another.');
    expect((await remove(3)).body).toMatchObject({ inForce: 1, draft: null });
  });
});

describe('a service template that gains words of promotion', () => {
  it('is held and counts as marketing until somebody has said why they are none', async () => {
    const { id, url } = await add();
    await approve(url, 1);
    const held = await rewrite(url, 2, 'Your car is ready. The loan car was complimentary.');
    expect(held.body).toMatchObject({ draft: 'held', inForce: 1 });
    expect(held.at('versions.0')).toMatchObject({
      state: 'held',
      treatedAs: 'general_marketing',
      promotion: [{ phrase: 'complimentary' }],
    });
    expect(await approve(url, 3)).toMatchObject({ status: 422, body: { code: 'promotion-held' } });
    const accepting = { acceptedPhrases: ['Complimentary'] };
    expect(await approve(url, 3, accepting)).toMatchObject({ status: 422 });
    const acceptedBecause = 'It says what the loan car cost: nothing.';
    const approved = await approve(url, 3, { ...accepting, acceptedBecause });
    expect(approved.at('versions.0')).toMatchObject({
      state: 'in_force',
      treatedAs: 'service_message',
      acceptedPhrases: ['complimentary'],
      acceptedBecause,
    });
    // What was accepted does not cover what a later version adds.
    const later = await rewrite(url, 4, 'Your car is ready. 10% off tyres. The loan car was complimentary.');
    expect(later.at('versions.0')).toMatchObject({ state: 'held', treatedAs: 'general_marketing' });
    const inForce = await templateInForce(api.context, id);
    const sender = await readSender(api.context);
    const optOut = { link: 'https://hallam.example/s/Ab3', stopTo: null };
    const done = inForce && finishMessage(inForce.template, { sender, optOut, values: exampleValues });
    expect(done).toMatchObject({ fit: true, treatedAs: 'service_message', content: { promotion: false } });
  });
});

describe('who messages are from', () => {
  it('is the legal entity, with what a person wrote beside it, and says what is missing', async () => {
    const before = await api.ask('/api/v1/message-sender', { key: marketing });
    expect(before.body).toMatchObject({ name: 'The dealership', secondPerson: true, version: 0 });
    expect(before.at('missing')).toHaveLength(2);
    const written = {
      shortName: 'Hallam',
      address: ['Penistone Road', 'Sheffield', 'S6 2FW'],
      telephone: '0114 496 0123',
      email: null,
      secondPerson: false,
    };
    const change = (version: number) =>
      api.ask('/api/v1/message-sender', {
        method: 'PUT',
        body: written,
        key: manager,
        headers: { 'if-match': `"${version}"` },
      });
    expect(await change(0)).toMatchObject({ status: 200, body: { ...written, version: 1, missing: [] } });
    expect(await change(0)).toMatchObject({ status: 412, body: { code: 'version-changed' } });
    // One person may approve what they wrote, now that the dealer chose so.
    const { url } = await add();
    await rewrite(url, 1, 'Hello, it is ready.', manager);
    expect((await approve(url, 2)).status).toBe(200);
    expect((await change(1)).status).toBe(200);
  });
});

describe('a preview', () => {
  const preview = (body: object, key = api.key) => api.ask('/api/v1/templates:preview', { body, key });

  it('of a text shows it whole, what it costs, and what the decision is told', async () => {
    const shown = await preview({
      channel: 'sms',
      category: 'service_follow_up',
      body: 'Hello ((first name|there)), your MOT is due.',
    });
    expect(shown.body).toMatchObject({
      faults: [],
      text: expect.stringMatching(/: Hello Jane, your MOT is due\. Reply STOP to opt out$/),
      sms: { encoding: 'gsm7', segments: 1 },
      content: { promotion: false, identity: true, optOutMeans: true, callerNumber: false },
    });
  });

  it('on a real customer is made of what is on file, and is in the access log', async () => {
    const customer = await givenCustomer(api.context, {
      title: 'Mr',
      forename: 'Idris',
      surname: 'Pryce',
      vehicles: [{ registration: 'PR14 YCE', make: 'Ford', model: 'Fiesta', motDueOn: '2026-12-14' }],
    });
    const body = 'Dear ((full name)), ((vehicle)) ((registration)), ((MOT due date)).';
    const asked = { channel: 'letter', category: 'service_follow_up', subject: 'MOT', body, customer };
    const shown = await preview(asked);
    expect(shown.at('text')).toContain('Dear Mr Idris Pryce, Ford Fiesta PR14 YCE, 14 December 2026.');
    const pdf = Buffer.from(String(shown.at('pdf')), 'base64');
    expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
    const looks = await database.query(
      `select count(*)::int as looks from access_log where action = 'template previewed' and customer_id = '${customer}'`,
    );
    expect(looks).toEqual([{ looks: 1 }]);
    expect(await preview(asked, marketing)).toMatchObject({ status: 403 });
  });

  it('says why a message is not fit for somebody', async () => {
    const customer = await givenCustomer(api.context, { forename: null });
    const shown = await preview({
      channel: 'email',
      category: 'general_marketing',
      body: 'Dear ((first name))',
      customer,
    });
    expect(shown.at('faults')).toEqual([
      'The email has no subject.',
      expect.stringContaining('Their first name is not known'),
    ]);
  });
});
