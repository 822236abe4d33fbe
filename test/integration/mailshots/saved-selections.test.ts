import { beforeAll, describe, expect, it } from 'vitest';
import { addBranch } from '../../../src/features/branches/service.ts';
import { givenCustomer } from '../../support/customers.ts';
import { useDatabase } from '../../support/database.ts';
import { useApi } from '../../support/http.ts';

const api = useApi(useDatabase());
const address = '/api/v1/saved-selections';
const winter = {
  channel: 'letter',
  category: 'service_follow_up',
  criteria: {
    all: [
      { field: 'make', one_of: ['Ford', 'Vauxhall'] },
      { field: 'branch', is: 'shef' },
    ],
  },
};

beforeAll(async () => {
  await addBranch(api.context, { legalEntityId: 1, code: 'SHEF', name: 'Sheffield' });
});

async function save(name: string, selection: object = winter) {
  return api.ask(address, { body: { name, selection } });
}

describe('a saved selection', () => {
  it('keeps the question, says who kept it and when, and reads it back in plain English', async () => {
    const saved = await save('Winter health check');
    expect(saved.status).toBe(201);
    expect(saved.headers['etag']).toBe('"1"');
    expect(saved.headers['location']).toBe(`${address}/${saved.at('id')}`);
    expect(saved.body).toMatchObject({
      name: 'Winter health check',
      selection: { ...winter, recall: false, promotion: false },
      plainEnglish: 'People with a Ford or Vauxhall, at Sheffield',
      createdBy: expect.any(String),
      createdAt: '2026-11-23T11:00:00Z',
      version: 1,
    });
    expect((await api.ask(`${address}/${saved.at('id')}`)).body).toEqual(saved.body);
  });

  it('is answered with whoever matches at the moment of asking, not with those of the day it was saved', async () => {
    const saved = await save('Fords in Sheffield');
    const count = async () =>
      (await api.ask('/api/v1/selections:count', { body: saved.at('selection') })).at('matching');
    const before = Number(await count());
    await givenCustomer(api.context, {
      branch: 'SHEF',
      vehicles: [{ registration: 'AB12 CDE', make: 'Ford' }],
    });
    expect(await count()).toBe(before + 1);
  });

  it('has a name that no other one has, in whatever case', async () => {
    await save('Offers by post');
    const second = await save('OFFERS by post ');
    expect(second.status).toBe(409);
    expect(second.body).toMatchObject({ code: 'name-taken', errors: [{ field: 'name' }] });
    const other = await save('Offers by email');
    const renamed = await api.ask(`${address}/${other.at('id')}`, {
      method: 'PATCH',
      body: { name: 'Offers by post' },
      headers: { 'if-match': '"1"' },
    });
    expect(renamed.body).toMatchObject({ status: 409, code: 'name-taken' });
  });

  it('is changed only by whoever has seen its newest version', async () => {
    const url = `${address}/${(await save('To be changed')).at('id')}`;
    const change = (version: number, body: object) =>
      api.ask(url, { method: 'PATCH', body, headers: { 'if-match': `"${version}"` } });
    expect((await api.ask(url, { method: 'PATCH', body: { name: 'Blind' } })).status).toBe(428);
    api.context.clock.advance({ minutes: 5 });
    const changed = await change(1, { selection: { ...winter, channel: 'email' } });
    expect(changed.body).toMatchObject({
      name: 'To be changed',
      selection: { channel: 'email' },
      version: 2,
      changedAt: '2026-11-23T11:05:00Z',
    });
    expect((await change(1, { name: 'Too late' })).body).toMatchObject({
      status: 412,
      code: 'version-changed',
    });
    expect((await api.ask(url)).body).toEqual(changed.body);
  });

  it('can be removed, once', async () => {
    const url = `${address}/${(await save('To be removed')).at('id')}`;
    expect((await api.ask(url, { method: 'DELETE' })).status).toBe(204);
    expect((await api.ask(url, { method: 'DELETE' })).body).toMatchObject({
      status: 404,
      code: 'saved-selection-not-found',
    });
    expect((await api.ask(url)).status).toBe(404);
  });

  it.each([
    ['a channel that does not exist', { ...winter, channel: 'pigeon' }, 'invalid'],
    ['a third party without its name', { channel: 'sms', category: 'third_party_marketing' }, 'invalid'],
    [
      'a branch that does not exist',
      { ...winter, criteria: { all: [{ field: 'branch', is: 'ATLANTIS' }] } },
      'branch-not-found',
    ],
  ])('cannot ask for %s', async (_what, selection, code) => {
    expect((await save('Impossible', selection)).body).toMatchObject({ status: 422, code });
  });

  it('is listed by name, page by page', async () => {
    await save('alpha');
    await save('Beta');
    const names: string[] = [];
    for (let cursor: unknown = ''; cursor !== null; ) {
      const next = cursor === '' ? '' : `&cursor=${String(cursor)}`;
      const page = await api.ask(`${address}?limit=2${next}`);
      expect(page.status).toBe(200);
      names.push(...(page.at('savedSelections') as { name: string }[]).map(({ name }) => name));
      cursor = page.at('nextCursor');
    }
    expect(names.slice(0, 2)).toEqual(['alpha', 'Beta']);
    expect(names).toEqual(names.toSorted((a, b) => a.toLowerCase().localeCompare(b.toLowerCase())));
    expect(new Set(names).size).toBe(names.length);
  });

  it('is for those who make mailshots', async () => {
    const key = await api.keyWith('customers:read', 'permissions:write');
    expect((await api.ask(address, { key })).status).toBe(403);
    expect((await api.ask('/api/v1/selection-fields', { key })).status).toBe(403);
  });
});

describe('the fields of a selection', () => {
  it('come in plain words, with the makes and branches on file and the models of each make', async () => {
    await givenCustomer(api.context, {
      branch: 'SHEF',
      vehicles: [
        { registration: 'CD12 EFG', make: 'FORD', model: 'Focus' },
        { registration: 'CD12 EFH', make: 'Ford', model: 'Focus' },
        { registration: 'CD12 EFK', make: 'Ford', model: 'Focus' },
        { registration: 'CD12 EFJ', make: 'Škoda', model: 'Octavia' },
      ],
    });
    const { body } = await api.ask('/api/v1/selection-fields');
    const { fields } = body as { fields: { field: string; choices: { value: string }[] | null }[] };
    const field = (name: string) => fields.find((offered) => offered.field === name);
    expect(field('mot_due_on')).toMatchObject({
      label: 'MOT due',
      about: 'vehicle',
      type: 'date',
      choices: null,
      operators: expect.arrayContaining([
        { operator: 'within_days', label: 'in the next … days', value: 'days' },
      ]),
    });
    expect(field('branch')?.choices).toContainEqual({ value: 'SHEF', label: 'Sheffield', make: null });
    expect(field('make')?.choices).toEqual([
      { value: 'Ford', label: 'Ford', make: null },
      { value: 'Škoda', label: 'Škoda', make: null },
    ]);
    expect(field('model')?.choices).toContainEqual({ value: 'Octavia', label: 'Octavia', make: 'Škoda' });
    expect(field('kind')?.choices).toContainEqual({ value: 'sole_trader', label: 'Sole trader', make: null });
  });
});
