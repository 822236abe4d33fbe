import { describe, expect, it } from 'vitest';
import { addBranch, listLegalEntities } from '../../../src/features/branches/service.ts';
import { mergeCustomers, readCustomer } from '../../../src/features/customers/service.ts';
import { decideFor } from '../../../src/features/permissions/questions.ts';
import { recordPermissionEvent, setPersonStatus } from '../../../src/features/permissions/service.ts';
import { adviser, answers, givenCustomer } from '../../support/customers.ts';
import { useDatabase } from '../../support/database.ts';
import { changeEnquiry, givenEnquiry } from '../../support/enquiries.ts';
import { useApi } from '../../support/http.ts';
import { givenStaff } from '../../support/staff.ts';

const database = useDatabase();
const api = useApi(database);
const read = (id: string) => api.ask(`/api/v1/enquiries/${id}`);

describe('a sales enquiry', () => {
  it('begins as new, with what the customer wants, who answers for it and what is done next', async () => {
    const owner = await givenStaff(api.context, 'sam', { role: 'sales', fullName: 'Sam Fielding' });
    const customer = await givenCustomer(api.context, { title: 'Mrs', forename: 'Jane', surname: 'Holroyd' });
    const { id } = await givenEnquiry(api, {
      customer,
      source: 'phone',
      stockNumber: 'ST1042',
      partExchange: 'Fiesta, 42,000 miles',
      partExchangeRegistration: 'ab12 cde',
      budgetPence: 1_850_050,
      financeInterest: 'yes',
      ownerId: owner,
      nextAction: { what: 'Ring back with a price', on: '2026-11-25' },
      note: 'Wants it before Christmas.',
    });
    expect((await read(id)).body).toMatchObject({
      customerId: customer,
      displayName: 'Mrs Jane Holroyd',
      source: 'phone',
      stage: 'new',
      open: true,
      stockNumber: 'ST1042',
      partExchangeRegistration: 'AB12CDE',
      budgetPence: 1_850_050,
      ownerName: 'Sam Fielding',
      nextAction: { what: 'Ring back with a price', on: '2026-11-25' },
      overdueDays: 0,
      notes: [{ text: 'Wants it before Christmas.' }],
      stages: [{ stage: 'new' }],
    });
    const looks = await database.query(
      `select detail from access_log where action = 'enquiry read' and customer_id = $1`,
      [customer],
    );
    expect(looks).toEqual([{ detail: { enquiryId: id } }]);
  });

  it('names what cannot be: an unknown customer, branch, owner or registration', async () => {
    const customer = await givenCustomer(api.context);
    const enter = (body: Record<string, unknown>) =>
      api.ask('/api/v1/enquiries', { body: { source: 'phone', customer, ...body } });
    expect((await enter({ customer: 'no:nobody' })).status).toBe(404);
    for (const [body, field] of [
      [{ branch: 'Nowhere' }, 'branch'],
      [{ ownerId: '01900000-0000-7000-8000-000000000000' }, 'ownerId'],
      [{ partExchangeRegistration: '!!' }, 'partExchangeRegistration'],
    ] as const) {
      const answer = await enter(body);
      expect(answer.status).toBe(422);
      expect(answer.text).toContain(`"field":"${field}"`);
    }
  });

  it('is entered once, however often the same request is sent', async () => {
    const customer = await givenCustomer(api.context);
    const request = {
      body: { source: 'email', customer },
      headers: { 'idempotency-key': 'enquiry-of-monday' },
    };
    const first = await api.ask('/api/v1/enquiries', request);
    const again = await api.ask('/api/v1/enquiries', request);
    expect(again.at('id')).toBe(first.at('id'));
    const rows = await database.query(
      'select count(*)::int as enquiries from enquiry where customer_id = $1',
      [customer],
    );
    expect(rows).toEqual([{ enquiries: 1 }]);
  });

  it('is not edited over what somebody else saved meanwhile', async () => {
    const { id, etag } = await givenEnquiry(api);
    expect((await changeEnquiry(api, id, { stage: 'contacted' }, etag)).status).toBe(200);
    expect((await changeEnquiry(api, id, { stage: 'quoted' }, etag)).status).toBe(412);
    expect((await read(id)).at('stage')).toBe('contacted');
  });

  it('is lost with a reason alone, has nothing left to do then, and can be taken up again', async () => {
    const { id } = await givenEnquiry(api, { nextAction: { what: 'Ring', on: '2026-11-20' } });
    const without = await changeEnquiry(api, id, { stage: 'lost' });
    expect(without.status).toBe(422);
    expect(without.text).toContain('Say why it was lost');
    const lost = await changeEnquiry(api, id, { stage: 'lost', lostReason: 'price', lostNote: '£500 less' });
    expect(lost.body).toMatchObject({ stage: 'lost', open: false, lostReason: 'price', nextAction: null });
    const again = await changeEnquiry(api, id, { stage: 'contacted' });
    expect(again.body).toMatchObject({ stage: 'contacted', open: true, lostReason: null, closedAt: null });
    expect(again.at('stages')).toMatchObject([{ stage: 'contacted' }, { stage: 'lost' }, { stage: 'new' }]);
  });

  it('is sold with a vehicle that becomes theirs, and a part-exchange that is theirs no more', async () => {
    const customer = await givenCustomer(api.context, {
      prospect: true,
      vehicles: [{ registration: 'PX12 OLD', make: 'Ford', model: 'Fiesta' }],
    });
    const { id } = await givenEnquiry(api, { customer, partExchangeRegistration: 'PX12OLD' });
    expect((await changeEnquiry(api, id, { stage: 'sold' })).text).toContain('Say which vehicle was sold');
    const unreadable = { stage: 'sold', sale: { vehicle: { registration: '!!' } } };
    expect((await changeEnquiry(api, id, unreadable)).text).toContain('sale.vehicle.registration');
    const tomorrow = { vehicle: { registration: 'PU26 MAA' }, soldOn: '2026-11-24' };
    expect((await changeEnquiry(api, id, { stage: 'sold', sale: tomorrow })).text).toContain('future');
    const vehicle = { registration: 'PU26 MAA', make: 'Ford', model: 'Puma' };
    const sale = { vehicle, soldOn: '2026-11-22', partExchangeTaken: true };
    const sold = await changeEnquiry(api, id, { stage: 'sold', sale });
    expect(sold.body).toMatchObject({ stage: 'sold', open: false, soldOn: '2026-11-22' });
    const after = await readCustomer(api.context, customer);
    expect(after.prospect).toBe(false);
    expect(after.vehicles).toMatchObject([
      { vehicleId: sold.at('soldVehicleId'), registration: 'PU26MAA', fromOn: '2026-11-22', untilOn: null },
      { registration: 'PX12OLD', untilOn: '2026-11-22' },
    ]);
    expect((await changeEnquiry(api, id, { stage: 'contacted' })).status).toBe(409);
  });

  it('is on the timeline of the customer, and moves with the record that becomes part of another', async () => {
    const survivorId = await givenCustomer(api.context);
    const { id, customerId: absorbedId } = await givenEnquiry(api, { note: 'Red, please.' });
    await changeEnquiry(api, id, { stage: 'lost', lostReason: 'changed_mind' });
    await mergeCustomers(api.context, { survivorId, absorbedId }, adviser, { dryRun: false });
    const late = await api.ask('/api/v1/enquiries', { body: { source: 'phone', customer: absorbedId } });
    expect(late.at('code')).toBe('customer-merged');
    expect((await read(id)).body).toMatchObject({
      customerId: survivorId,
      notes: [{ text: 'Red, please.' }],
    });
    const timeline = await api.ask(`/api/v1/customers/${survivorId}/timeline`);
    const entries = timeline.at('entries') as { kind: string; sentence: string }[];
    expect(entries.filter(({ kind }) => kind === 'enquiry').map(({ sentence }) => sentence)).toEqual([
      'Enquiry about Ford Puma lost (changed their mind)',
      'Enquiry about Ford Puma opened (walk-in)',
    ]);
  });
});

describe('an answer to an enquiry', () => {
  const smsOf = async (id: string) =>
    ((await read(id)).at('answers') as { channel: string; allowed: boolean; sentences: string[] }[]).find(
      ({ channel }) => channel === 'sms',
    );

  it('is a service message for as long as the enquiry is open, whatever was refused, and marketing after', async () => {
    const { id, customerId } = await givenEnquiry(api);
    const refused = answers('general_marketing', [{ channel: 'sms', answer: 'not_given' }]);
    await recordPermissionEvent(api.context, customerId, refused, adviser);
    expect(await smsOf(id)).toMatchObject({
      allowed: true,
      sentences: [expect.any(String), 'It answers an open enquiry of this customer, one to one.'],
    });
    await changeEnquiry(api, id, { stage: 'lost', lostReason: 'price' });
    expect(await smsOf(id)).toMatchObject({
      allowed: false,
      sentences: ['The customer was asked about this and did not agree.'],
    });
  });

  it('is none when it goes to more than one person, comes out of a tool, or answers somebody else', async () => {
    const { id, customerId } = await givenEnquiry(api);
    const other = await givenEnquiry(api);
    const ask = async (more: Record<string, unknown>) =>
      (
        await decideFor(api.context, customerId, {
          channel: 'email',
          category: 'service_message',
          enquiryId: id,
          ...more,
        })
      ).decision;
    expect(await ask({})).toMatchObject({ verdict: 'allow', reasons: ['SERVICE_MESSAGE', 'OPEN_ENQUIRY'] });
    const denied = { verdict: 'deny', reasons: ['NO_PERMISSION'] };
    expect(await ask({ message: { recipients: 2 } })).toMatchObject(denied);
    expect(await ask({ tool: 'mailshot' })).toMatchObject(denied);
    expect(await ask({ enquiryId: other.id })).toMatchObject(denied);
    expect(await ask({ message: { promotion: true } })).toMatchObject(denied);
  });

  it('is judged as of a past instant by the stage of that instant', async () => {
    const { id, customerId } = await givenEnquiry(api);
    const opened = api.context.clock.now().epochMilliseconds;
    api.context.clock.set('2026-11-24T11:00:00Z');
    await changeEnquiry(api, id, { stage: 'lost', lostReason: 'price' });
    const question = { channel: 'sms', category: 'service_message', enquiryId: id } as const;
    const then = await decideFor(api.context, customerId, question, opened);
    expect(then.decision.reasons).toContain('OPEN_ENQUIRY');
    expect((await decideFor(api.context, customerId, question)).decision.verdict).toBe('deny');
    api.context.clock.set('2026-11-23T11:00:00Z');
  });

  it('is on record with who, when and how, as the gate permitted it, and is refused once the enquiry has ended', async () => {
    const { id, customerId } = await givenEnquiry(api);
    await recordPermissionEvent(
      api.context,
      customerId,
      { kind: 'stop_all_marketing', givenBy: 'customer' },
      adviser,
    );
    const reply = { channel: 'sms', text: 'The Puma is here: come and see it.' };
    const answered = await api.ask(`/api/v1/enquiries/${id}/replies`, { body: reply });
    expect(answered.status).toBe(201);
    expect(answered.at('replies')).toMatchObject([
      { label: 'SMS', text: reply.text, repliedAt: '2026-11-23T11:00:00Z', repliedBy: 'Tests' },
    ]);
    const handed = await database.query('select purpose, marketing from hand_over where customer_id = $1', [
      customerId,
    ]);
    expect(handed).toEqual([{ purpose: 'service_message', marketing: false }]);
    await changeEnquiry(api, id, { stage: 'lost', lostReason: 'price' });
    const late = await api.ask(`/api/v1/enquiries/${id}/replies`, { body: reply });
    expect([late.status, late.at('code')]).toEqual([409, 'reply-refused']);
    expect(late.at('detail')).toBe(
      'This enquiry has ended, so what is sent about it now is marketing and no answer to it. This person has told us ' +
        'to stop all marketing.',
    );
    const nowhere = await givenEnquiry(api, {
      customer: await givenCustomer(api.context, { contactPoints: [] }),
    });
    const unsent = await api.ask(`/api/v1/enquiries/${nowhere.id}/replies`, { body: { channel: 'email' } });
    expect([unsent.status, unsent.at('detail')]).toEqual([
      409,
      'We hold no number or address for this channel.',
    ]);
  });

  it('goes to nobody who has died', async () => {
    const { id, customerId } = await givenEnquiry(api);
    await setPersonStatus(api.context, customerId, 'deceased', true, adviser);
    expect(await smsOf(id)).toMatchObject({ allowed: false });
  });
});

describe('the list of enquiries', () => {
  it('begins with the actions that are overdue, page by page, and counts them', async () => {
    const [entity] = await listLegalEntities(api.context);
    await addBranch(api.context, { legalEntityId: entity?.id ?? 0, code: 'ROTH', name: 'Rotherham' });
    const due = async (on: string | null) =>
      (
        await givenEnquiry(api, {
          customer: await givenCustomer(api.context, { branch: 'ROTH' }),
          ...(on === null ? {} : { nextAction: { what: 'Ring', on } }),
        })
      ).id;
    const none = await due(null);
    const later = await due('2026-12-01');
    const overdue = await due('2026-11-20');
    const today = await due('2026-11-23');
    const closed = await due('2026-11-19');
    await changeEnquiry(api, closed, { stage: 'lost', lostReason: 'not_reached' });
    const list = async (query: string) => api.ask(`/api/v1/enquiries?branch=ROTH${query}`);
    const first = await list('&limit=2');
    expect(first.body).toMatchObject({
      enquiries: [
        { id: overdue, overdueDays: 3 },
        { id: today, overdueDays: 0 },
      ],
      counts: { open: 4, overdue: 1, closed: 1 },
    });
    const second = await list(`&limit=2&cursor=${first.at('nextCursor')}`);
    expect(second.body).toMatchObject({ enquiries: [{ id: later }, { id: none }], counts: null });
    expect(second.at('nextCursor')).toBeNull();
    expect((await list('&status=overdue')).at('enquiries')).toMatchObject([{ id: overdue }]);
    expect((await list('&status=closed')).at('enquiries')).toMatchObject([{ id: closed }]);
    expect((await list('&stage=quoted')).at('enquiries')).toEqual([]);
    const board = await api.ask('/api/v1/enquiry-board?branch=ROTH');
    expect(board.at('columns')).toMatchObject([
      { stage: 'new', count: 4, enquiries: [{ id: overdue }, { id: today }, { id: later }, { id: none }] },
      { stage: 'contacted', count: 0 },
      { stage: 'appointment' },
      { stage: 'test_drive' },
      { stage: 'quoted' },
      { stage: 'sold', count: 0 },
      { stage: 'lost', count: 1, enquiries: [{ id: closed }] },
    ]);
  });

  it('names who can answer for one: staff who may work with enquiries, and are not shut out', async () => {
    await givenStaff(api.context, 'maya', { role: 'marketing', fullName: 'Maya Okafor' });
    const owners = await api.ask('/api/v1/enquiry-owners');
    expect(owners.at('owners')).toMatchObject([{ fullName: 'Sam Fielding' }]);
  });
});
