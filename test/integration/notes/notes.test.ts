import { describe, expect, it } from 'vitest';
import { mergeCustomers, replaceContactPoint } from '../../../src/features/customers/service.ts';
import { suppressContact } from '../../../src/features/privacy/service.ts';
import { adviser, givenCustomer } from '../../support/customers.ts';
import { useDatabase } from '../../support/database.ts';
import { givenEnquiry } from '../../support/enquiries.ts';
import type { Answer } from '../../support/http.ts';
import { useApi } from '../../support/http.ts';
import { givenStaff } from '../../support/staff.ts';

const database = useDatabase();
const api = useApi(database);

const later = () => api.context.clock.advance({ minutes: 5 });
const write = (customer: string, text: string, kind = 'note') =>
  api.ask(`/api/v1/customers/${customer}/notes`, { body: { kind, text } });
const change = (url: string, body: unknown, version: number): Promise<Answer> =>
  api.ask(url, { method: 'PATCH', body, headers: { 'if-match': `"${version}"` } });
const careNotes = async (customer: string) =>
  ((await api.ask(`/api/v1/customers/${customer}/care-notes`)).at('careNotes') as { text: string }[]).map(
    ({ text }) => text,
  );

interface Entry {
  readonly kind: string;
  readonly sentence: string;
  readonly detail: string | null;
  readonly opens: { readonly kind: string; readonly id: string } | null;
}
const timeline = async (customer: string, query = ''): Promise<Entry[]> =>
  (await api.ask(`/api/v1/customers/${customer}/timeline${query}`)).at('entries') as Entry[];

describe('a note on a customer', () => {
  it('names who wrote it and keeps what it said before each edit', async () => {
    const customer = await givenCustomer(api.context);
    const written = await write(customer, 'Wants to hear about the new Puma');
    expect(written.status).toBe(201);
    const url = `/api/v1/customers/${customer}/notes/${String(written.at('id'))}`;
    later();
    const edited = await change(url, { text: 'Wants to hear about the new Kuga' }, 1);
    expect(edited.body).toMatchObject({
      text: 'Wants to hear about the new Kuga',
      version: 2,
      writtenBy: 'Tests',
      editedBy: 'Tests',
    });
    expect((await api.ask(`${url}/versions`)).body).toMatchObject({
      versions: [
        { version: 2, text: 'Wants to hear about the new Kuga' },
        { version: 1, text: 'Wants to hear about the new Puma' },
      ],
    });
    expect((await change(url, { text: 'Overwrites' }, 1)).at('code')).toBe('version-changed');
  });

  it('is removed in every version by who answers for the data, and by nobody else', async () => {
    const customer = await givenCustomer(api.context);
    const url = `/api/v1/customers/${customer}/notes/${String((await write(customer, 'Too much was said')).at('id'))}`;
    await change(url, { text: 'Still too much was said' }, 1);
    const counter = await api.keyWith('customers:read', 'customers:write');
    expect((await api.ask(url, { method: 'DELETE', key: counter })).status).toBe(403);
    expect((await api.ask(url, { method: 'DELETE' })).status).toBe(204);
    expect((await api.ask(`${url}/versions`)).at('versions')).toEqual([]);
    expect((await api.ask(`/api/v1/customers/${customer}/notes`)).at('notes.0')).toMatchObject({
      text: null,
      removedBy: 'Tests',
    });
    const said = await timeline(customer, '?kind=note');
    expect(said).toMatchObject([{ sentence: 'A note, removed by Tests' }]);
    expect(JSON.stringify(await database.query('select * from note_version'))).not.toContain('too much');
  });

  it('leaves nothing of what it says in the ledger, nor in the access log that tells who read it', async () => {
    const customer = await givenCustomer(api.context);
    await write(customer, 'Quince marmalade');
    await api.ask(`/api/v1/customers/${customer}/notes`);
    const kept = JSON.stringify([
      await database.query('select * from ledger_event'),
      await database.query('select * from access_log'),
    ]);
    expect(kept).not.toContain('Quince');
    const looks = await database.query('select action from access_log where customer_id = $1 order by id', [
      customer,
    ]);
    expect(looks).toEqual([{ action: 'note changed' }, { action: 'notes read' }]);
  });

  it('is listed the newest first, page by page', async () => {
    const customer = await givenCustomer(api.context);
    for (const text of ['first', 'second', 'third']) {
      await write(customer, text);
      later();
    }
    const page = await api.ask(`/api/v1/customers/${customer}/notes?limit=2`);
    expect(page.at('notes.0.text')).toBe('third');
    const next = await api.ask(
      `/api/v1/customers/${customer}/notes?limit=2&cursor=${String(page.at('nextCursor'))}`,
    );
    expect(next.body).toMatchObject({ notes: [{ text: 'first' }], nextCursor: null });
  });
});

describe('a care note', () => {
  it('stands on top until it is ended, and is told of afterwards', async () => {
    const customer = await givenCustomer(api.context);
    const written = await write(customer, 'Please speak slowly', 'care');
    expect(await careNotes(customer)).toEqual(['Please speak slowly']);
    const url = `/api/v1/customers/${customer}/notes/${String(written.at('id'))}`;
    expect((await change(url, { ended: true }, 1)).status).toBe(200);
    expect(await careNotes(customer)).toEqual([]);
    expect(await timeline(customer, '?kind=note')).toMatchObject([
      { sentence: 'Care note: Please speak slowly', detail: 'Tests · ended by Tests' },
    ]);
  });

  it('is short, and there are no more of them than anybody reads', async () => {
    const customer = await givenCustomer(api.context);
    expect((await write(customer, 'x'.repeat(141), 'care')).at('errors.0.field')).toBe('text');
    for (const text of ['One', 'Two', 'Three']) await write(customer, text, 'care');
    expect((await write(customer, 'Four', 'care')).at('code')).toBe('care-notes-full');
  });

  it('comes along, with the notes, when two records become one', async () => {
    const survivorId = await givenCustomer(api.context);
    const absorbedId = await givenCustomer(api.context);
    const { id: enquiryId } = await givenEnquiry(api, { customer: absorbedId });
    const assignedTo = await givenStaff(api.context, 'merge.tasks');
    const task = { what: 'Ring back', assignedTo, dueOn: '2026-11-24' };
    await api.ask('/api/v1/tasks', { body: { ...task, enquiryId } });
    await api.ask('/api/v1/tasks', { body: { ...task, customer: absorbedId } });
    await write(absorbedId, 'Allow extra time', 'care');
    await mergeCustomers(api.context, { survivorId, absorbedId }, adviser);
    expect(await careNotes(survivorId)).toEqual(['Allow extra time']);
    expect((await api.ask(`/api/v1/tasks?customer=${survivorId}`)).at('counts.open')).toBe(2);
    expect((await write(absorbedId, 'Too late')).at('code')).toBe('customer-merged');
  });
});

describe('a task', () => {
  it('is somebody’s, due on a day, and what is overdue comes first', async () => {
    const priya = await givenStaff(api.context, 'priya.tasks', { fullName: 'Priya Shah' });
    const customer = await givenCustomer(api.context, { surname: 'Taskworth' });
    const add = (what: string, dueOn: string) =>
      api.ask('/api/v1/tasks', { body: { what, assignedTo: priya, dueOn, customer } });
    await add('Tomorrow', '2026-11-24');
    await add('Last week', '2026-11-16');
    const mine = await api.ask(`/api/v1/tasks?assignee=${priya}`);
    expect(mine.body).toMatchObject({
      tasks: [
        { what: 'Last week', overdueDays: 7, assignedToName: 'Priya Shah' },
        { what: 'Tomorrow', overdueDays: 0, customer: { id: customer, displayName: 'Taskworth' } },
      ],
      counts: { open: 2, overdue: 1, done: 0 },
    });
  });

  it('is handed on, put off, done and reopened, each of it on the timeline of the customer', async () => {
    const amira = await givenStaff(api.context, 'amira.tasks', { fullName: 'Amira Khan' });
    const tom = await givenStaff(api.context, 'tom.tasks', { fullName: 'Tom Reed' });
    const { id: enquiryId, customerId } = await givenEnquiry(api);
    const added = await api.ask('/api/v1/tasks', {
      body: { what: 'Send the brochure', assignedTo: amira, dueOn: '2026-11-24', enquiryId },
    });
    const url = `/api/v1/tasks/${String(added.at('id'))}`;
    later();
    await change(url, { assignedTo: tom, dueOn: '2026-11-26' }, 1);
    later();
    expect((await change(url, { done: true }, 2)).at('doneBy')).toBe('Tests');
    later();
    expect((await change(url, { done: false }, 3)).at('doneAt')).toBeNull();
    expect((await change(url, { done: true }, 3)).at('code')).toBe('version-changed');
    const steps = await timeline(customerId, '?kind=task');
    expect(steps.map(({ sentence }) => sentence)).toEqual([
      'Task reopened: Send the brochure',
      'Task done: Send the brochure',
      'Task now due on 26 November 2026: Send the brochure',
      'Task handed to Tom Reed: Send the brochure',
      'Task for Amira Khan by 24 November 2026: Send the brochure',
    ]);
    expect(steps[0]?.opens).toEqual({ kind: 'task', id: added.at('id') });
  });

  it('is about a vehicle of its own customer, for somebody who works here', async () => {
    const assignedTo = await givenStaff(api.context, 'nobody.else');
    const { id: enquiryId } = await givenEnquiry(api);
    const customer = await givenCustomer(api.context);
    const nobody = '01900000-0000-7000-8000-000000000000';
    const task = { what: 'Look', assignedTo, dueOn: '2026-11-24' };
    const fieldOf = async (body: unknown) => (await api.ask('/api/v1/tasks', { body })).at('errors.0.field');
    expect(await fieldOf({ ...task, assignedTo: nobody })).toBe('assignedTo');
    expect(await fieldOf({ ...task, customer, vehicleId: nobody })).toBe('vehicleId');
    expect(await fieldOf({ ...task, customer, enquiryId })).toBe('enquiryId');
    expect(await fieldOf({ ...task, enquiryId: nobody })).toBe('enquiryId');
  });
});

describe('the one timeline', () => {
  it('tells of numbers that changed, the do-not-contact list and notes on enquiries, each opening what it is about', async () => {
    const { id: enquiryId, customerId } = await givenEnquiry(api);
    later();
    await api.ask(`/api/v1/enquiries/${enquiryId}/notes`, { body: { text: 'Came in with her son' } });
    const points = (await api.ask(`/api/v1/customers/${customerId}`)).at('contactPoints') as {
      id: string;
      kind: string;
      value: string;
    }[];
    const email = points.find(({ kind }) => kind === 'email');
    later();
    await replaceContactPoint(api.context, customerId, String(email?.id), {
      contactPoint: { kind: 'email', value: 'new@example.com' },
      givenBy: 'customer',
    });
    later();
    await suppressContact(api.context, {
      kind: 'email',
      normalised: 'new@example.com',
      reason: 'objection',
    });
    const entries = await timeline(customerId);
    expect(entries.map(({ sentence }) => sentence)).toEqual(
      expect.arrayContaining([
        'Email address new@example.com added',
        `Email address ${email?.value} removed`,
        'new@example.com put on the do-not-contact list',
      ]),
    );
    expect(await timeline(customerId, '?kind=note')).toMatchObject([
      {
        sentence: 'Noted on an enquiry: Came in with her son',
        opens: { kind: 'enquiry', id: enquiryId },
      },
    ]);
    expect(new Set((await timeline(customerId, '?kind=contact')).map(({ kind }) => kind))).toEqual(
      new Set(['contact']),
    );
  });
});
