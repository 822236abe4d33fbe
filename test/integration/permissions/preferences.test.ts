import { describe, expect, it } from 'vitest';
import { addBranch, listLegalEntities } from '../../../src/features/branches/service.ts';
import { addContactPoint, linkVehicle, mergeCustomers } from '../../../src/features/customers/service.ts';
import { permissionsOf } from '../../../src/features/permissions/questions.ts';
import { setPersonStatus } from '../../../src/features/permissions/service.ts';
import { recordScreenings } from '../../../src/features/privacy/service.ts';
import { adviser } from '../../support/customers.ts';
import { useDatabase } from '../../support/database.ts';
import { useApi } from '../../support/http.ts';
import { boxOf, usePopUp } from '../../support/pop-up.ts';
import { readOutFromNow } from '../../support/wordings.ts';

const api = useApi(useDatabase());
const { newCustomer, open, save, record } = usePopUp(api);

const smsService = 'sms service_follow_up';
const smsOffers = 'sms general_marketing';
const emailOffers = 'email general_marketing';
const phoneOffers = 'telephone general_marketing';

/** Every test goes on a little later than the one before, as conversations do. */
const later = () => api.context.clock.advance({ minutes: 5 });

describe('the pop-up of preferences', () => {
  it('opens in one call with the wording, every box and what is held beside it, and no box ticked', async () => {
    const customer = await newCustomer({
      customerNumber: '20418',
      title: 'Mrs',
      forename: 'Jane',
      surname: 'Holroyd',
      createdOn: '2019-03-12',
      vehicles: [{ registration: 'ZX12 CDE', make: 'Ford', model: 'Focus' }],
    });
    const shown = await open(customer);
    expect(shown).toMatchObject({
      customer: {
        id: customer,
        number: '20418',
        displayName: 'Mrs Jane Holroyd',
        shortName: 'Mrs Holroyd',
        kind: 'individual',
        prospect: false,
        memberSince: '2019-03-12',
      },
      sequence: 1,
      wording: { version: 1, legalEntity: 'The dealership' },
      review: { status: 'never', dueOn: null, lastReviewAt: null, lastMethod: null, lastBy: null },
      prompt: { askable: true, open: true, reason: 'never', restingUntil: null },
      objectedAt: null,
      holds: [],
      vehicles: [{ registration: 'ZX12 CDE', make: 'Ford', model: 'Focus', current: true }],
    });
    expect(shown.wording.text).toContain('May we, The dealership, remind you when your Focus is due');
    expect(shown.channels.map(({ label }) => label)).toEqual([
      'SMS',
      'Letter',
      'Telephone',
      'Social media',
      'Email',
    ]);
    const cells = shown.channels.flatMap((channel) => channel.cells);
    expect(cells).toHaveLength(10);
    for (const cell of cells) {
      expect(cell).toMatchObject({ state: 'not_asked', stateWords: 'Not asked', verdict: 'deny', at: null });
      expect(cell).not.toHaveProperty('ticked');
    }
    expect(shown.channels.map(({ contact }) => contact?.display ?? null)).toEqual([
      expect.stringMatching(/^07700 900\d{3}$/),
      expect.stringMatching(/^\d+ Mill Lane, S1 2HE$/),
      expect.stringMatching(/^07700 900\d{3}$/),
      null,
      expect.stringMatching(/@example\.com$/),
    ]);
  });

  it('writes down who looked, and needs the right to see customers as well as permissions', async () => {
    const customer = await newCustomer();
    await open(customer);
    const key = await api.keyWith('permissions:read');
    expect((await api.ask(`/api/v1/customers/${customer}/preferences`, { key })).status).toBe(403);
    expect((await api.ask(`/api/v1/customers/${customer}/timeline`, { key })).status).toBe(403);
    const rows = await api.context.database.pool.query(
      "select from access_log where customer_id = $1 and action = 'preferences read'",
      [customer],
    );
    expect(rows.rowCount).toBe(1);
  });

  it('closing the window records nothing, and leaves the review due', async () => {
    const customer = await newCustomer();
    const before = await open(customer);
    later();
    expect(await open(customer)).toEqual(before);
  });

  it('stored values stay in force until Save', async () => {
    const customer = await newCustomer();
    await save(customer, [smsOffers]);
    later();
    const opened = await open(customer);
    expect(boxOf(opened, smsOffers)).toMatchObject({ state: 'consented', verdict: 'allow' });
    later();
    await save(customer, []);
    expect(boxOf(await open(customer), smsOffers)).toMatchObject({ state: 'said_no', verdict: 'deny' });
  });
});

describe('saving what was answered', () => {
  it('answers with what we may do now, what not, and when the next review is due', async () => {
    const customer = await newCustomer({
      vehicles: [{ registration: 'YX12 CDE', make: 'Ford', model: 'Focus' }],
    });
    const saved = await save(customer, [smsService, emailOffers]);
    expect(saved.status).toBe(201);
    expect(saved.body).toEqual({
      sequence: 2,
      effects: {
        may: [
          "We may now text about YX12 CDE's MOT and service.",
          'We may now email about offers and events.',
        ],
        mayNot: [
          'We will not send letters, phone or use social media.',
          "We will not email about YX12 CDE's MOT and service.",
          'We will not text about offers and events.',
        ],
      },
      nextReviewOn: '2027-05-23',
    });
  });

  it('a tick recorded by an adviser is consent with everything that proves it', async () => {
    const customer = await newCustomer();
    await save(customer, [smsOffers]);
    expect(boxOf(await open(customer), smsOffers)).toMatchObject({
      state: 'consented',
      detail: 'in person, wording 1',
      sequence: 2,
      verdict: 'allow',
      reasons: [{ code: 'CONSENT' }],
      warnings: [],
    });
    expect((await open(customer)).review).toMatchObject({
      status: 'in_date',
      lastMethod: 'in_person',
      lastBy: 'Tests',
    });
  });

  it('a box shown and left unticked at a saved review is recorded as asked and not given', async () => {
    const customer = await newCustomer();
    await save(customer, [smsOffers]);
    const { history } = await permissionsOf(api.context, customer);
    const cells = history.at(-1)?.cells ?? [];
    expect(cells).toHaveLength(12);
    expect(cells.filter(({ after }) => after === 'granted')).toMatchObject([
      { channel: 'sms', category: 'general_marketing', basis: 'consent' },
    ]);
    expect(cells.filter(({ after }) => after === 'not_given')).toHaveLength(11);
    expect(boxOf(await open(customer), 'letter general_marketing')).toMatchObject({
      state: 'said_no',
      reasons: [{ code: 'PERMISSION_REFUSED' }],
    });
  });

  it('one box for Social media sets both of its cells, and recorded calls stay as they were', async () => {
    const customer = await newCustomer();
    await save(customer, ['social_media general_marketing']);
    const { cells } = await permissionsOf(api.context, customer);
    const granted = cells.filter(({ state }) => state === 'granted').map(({ channel }) => channel);
    expect(granted).toEqual(['social_dm', 'social_audience']);
    const recordedCalls = cells.filter(({ channel }) => channel === 'automated_call');
    expect(recordedCalls.map(({ state }) => state)).toEqual(['unset', 'unset', 'unset']);
    expect(boxOf(await open(customer), 'social_media general_marketing')).toMatchObject({
      state: 'consented',
      split: true,
      verdict: 'deny',
      detail: 'yes to audience, no to direct messages',
    });
  });

  it('a yes without how it was given is refused, and nothing is recorded', async () => {
    const customer = await newCustomer();
    const refused = await save(customer, [smsOffers], { method: null });
    expect(refused.status).toBe(422);
    expect(refused.body).toMatchObject({
      code: 'evidence-required',
      detail: 'Say how the customer told us: in person, by phone, on paper or themselves.',
      errors: [{ field: 'method' }],
    });
    expect((await open(customer)).sequence).toBe(1);
  });

  it('a yes without what was read out is refused', async () => {
    const refused = await save(await newCustomer(), [smsOffers], { wordingHash: null });
    expect(refused.body).toMatchObject({ status: 422, errors: [{ field: 'wordingHash' }] });
  });

  it('a no needs nothing', async () => {
    const customer = await newCustomer();
    const saved = await save(customer, [], { method: null, wordingHash: null });
    expect(saved.status).toBe(201);
    expect(saved.at('effects.may')).toEqual([]);
  });

  it('refuses the same box twice, and a box that is not on the screen', async () => {
    const customer = await newCustomer();
    const box = { channel: 'sms', category: 'general_marketing', ticked: false };
    const twice = await save(customer, [], { answers: [box, box] });
    expect(twice.body).toMatchObject({ status: 422, errors: [{ field: 'answers.1' }] });
    const unknown = await save(customer, [], { answers: [{ ...box, channel: 'live_call' }] });
    expect(unknown.body).toMatchObject({ status: 422, errors: [{ field: 'answers.0.channel' }] });
  });

  it('two advisers: the second is told and nothing is lost', async () => {
    const customer = await newCustomer();
    const { sequence } = await open(customer);
    expect((await save(customer, [smsOffers], { expectedSequence: sequence })).status).toBe(201);
    later();
    const second = await save(customer, [], { expectedSequence: sequence });
    expect(second.status).toBe(409);
    expect(second.body).toMatchObject({ code: 'preferences-changed', sequence: 2 });
    const now = await open(customer);
    expect(now.sequence).toBe(2);
    expect(boxOf(now, smsOffers).state).toBe('consented');
  });

  it('two advisers at the very same moment: exactly one is recorded', async () => {
    const customer = await newCustomer();
    const both = await Promise.all([save(customer, [smsOffers]), save(customer, [emailOffers])]);
    expect(both.map(({ status }) => status).sort()).toEqual([201, 409]);
  });

  it('refuses to record over a record that became part of another', async () => {
    const survivorId = await newCustomer();
    const absorbedId = await newCustomer();
    await mergeCustomers(api.context, { survivorId, absorbedId }, adviser);
    expect((await save(absorbedId, [])).body).toMatchObject({ status: 409, code: 'customer-merged' });
    expect((await open(absorbedId)).holds).toEqual(['This record became part of another one: use that one.']);
  });
});

describe('a yes at the counter', () => {
  it('lifts an earlier no of the same box, and no other', async () => {
    const customer = await newCustomer();
    await save(customer, []);
    later();
    const saved = await save(customer, [smsOffers]);
    expect(saved.at('effects.may')).toEqual(['We may now text about offers and events.']);
    expect(boxOf(await open(customer), emailOffers).state).toBe('said_no');
  });

  it('to follow-up about a car lifts an earlier no about that very car, which was read out', async () => {
    const customer = await newCustomer();
    const [car] = (await open(customer)).vehicles;
    await record(customer, {
      kind: 'record',
      cells: [{ channel: 'sms', category: 'service_follow_up', vehicleId: car?.id, answer: 'withdrawn' }],
    });
    later();
    expect(boxOf(await open(customer), smsService).state).toBe('withdrawn');
    await save(customer, [smsService]);
    expect(boxOf(await open(customer), smsService)).toMatchObject({ state: 'consented', verdict: 'allow' });
  });

  it('does not end a wish for no reminders about one car: the effects say so', async () => {
    const customer = await newCustomer();
    const [car] = (await open(customer)).vehicles;
    await record(customer, { kind: 'vehicle_contact', vehicleId: car?.id, permitted: false });
    later();
    const saved = await save(customer, [smsService]);
    expect(saved.at('effects.may')).toEqual([]);
    expect(saved.at('effects.mayNot.0')).toContain('The customer asked for no reminders about this vehicle.');
    expect(boxOf(await open(customer), smsService)).toMatchObject({
      state: 'said_no',
      detail: 'no reminders about this vehicle',
    });
  });

  it('to calls is worth more than a listing with TPS, and the number says that it is listed', async () => {
    const customer = await newCustomer({ contactPoints: [{ kind: 'phone', value: '07700 900888' }] });
    await recordScreenings(api.context, [
      { register: 'tps', number: '+447700900888', listedOn: '2024-02-01', screenedOn: '2026-11-20' },
    ]);
    expect((await open(customer)).channels[2]?.contact).toEqual({
      display: '07700 900888',
      status: 'ok',
      remarks: ['on TPS since 2024'],
    });
    await save(customer, [phoneOffers]);
    expect(boxOf(await open(customer), phoneOffers)).toMatchObject({
      verdict: 'allow',
      reasons: [{ code: 'CONSENT' }, { code: 'TPS_OVERRIDDEN_BY_CONSENT' }],
    });
  });

  it('is not promised where there is no number to use it with', async () => {
    const customer = await newCustomer({ contactPoints: [{ kind: 'email', value: 'only@example.com' }] });
    const saved = await save(customer, [smsOffers]);
    expect(saved.at('effects')).toMatchObject({
      may: [],
      mayNot: [
        'Agreed, but we cannot text about offers and events: We hold no number or address for this channel.',
        expect.any(String),
        expect.any(String),
      ],
    });
  });

  it('stays with the words that were read out when the wording changes', async () => {
    const customer = await newCustomer();
    const { wording, sequence } = await open(customer);
    await readOutFromNow(api.context, {
      text: 'May {dealer} keep in touch about your {car}? You can change your mind at any time.',
    });
    expect((await open(customer)).wording.version).toBe(wording.version + 1);
    await save(customer, [smsOffers], { wordingHash: wording.hash, expectedSequence: sequence });
    expect(boxOf(await open(customer), smsOffers).detail).toBe(`in person, wording ${wording.version}`);
  });

  it('is refused on a wording that was not one for this customer', async () => {
    const customer = await newCustomer();
    const { wording, sequence } = await open(customer);
    await linkVehicle(api.context, customer, { registration: 'CD34 EFG', make: 'Ford', model: 'Fiesta' });
    const refused = await save(customer, [smsOffers], {
      wordingHash: wording.hash,
      expectedSequence: sequence,
    });
    expect(refused.body).toMatchObject({ status: 409, code: 'wording-changed' });
    expect((await open(customer)).wording.text).toContain('your Focus or Fiesta');
  });
});

describe('what is held', () => {
  it('after Stop all marketing is shown as withdrawn or said no, whatever was agreed before', async () => {
    const customer = await newCustomer();
    await save(customer, [smsOffers]);
    later();
    await record(customer, { kind: 'stop_all_marketing', givenBy: 'customer' });
    const shown = await open(customer);
    expect(shown.objectedAt).not.toBeNull();
    expect(boxOf(shown, smsOffers)).toMatchObject({
      state: 'withdrawn',
      detail: 'stopped all marketing',
      verdict: 'deny',
      reasons: [{ code: 'OBJECTION_ALL_MARKETING' }],
    });
    expect(boxOf(shown, emailOffers).state).toBe('said_no');
  });

  it('of an existing customer says since when, and never that they consented', async () => {
    const customer = await newCustomer();
    await record(customer, {
      kind: 'existing_customer',
      obtainedIn: 'sale',
      optOutOffered: true,
      similarProducts: true,
      obtainedOn: '2019-03-12',
    });
    await record(customer, {
      kind: 'record',
      review: false,
      method: 'in_person',
      occurredAt: '2026-11-23T10:00:00Z',
      wording: { text: 'We may write to you about similar services; you can opt out now or any time.' },
      cells: [{ channel: 'sms', category: 'general_marketing', answer: 'granted', basis: 'soft_opt_in' }],
    });
    expect(boxOf(await open(customer), smsOffers)).toMatchObject({
      state: 'existing_customer',
      stateWords: 'Existing customer',
      detail: 'bought 12 March 2019, could opt out',
      verdict: 'allow',
    });
  });

  it('differs by car where the customer said so, and the strictest answer is shown', async () => {
    const customer = await newCustomer({
      vehicles: [
        { registration: 'WX12 CDE', make: 'Ford', model: 'Focus' },
        { registration: 'WX34 EFG', make: 'Ford', model: 'Fiesta' },
      ],
    });
    await save(customer, [smsService]);
    later();
    const fiesta = (await open(customer)).vehicles.find(({ model }) => model === 'Fiesta');
    await record(customer, { kind: 'vehicle_contact', vehicleId: fiesta?.id, permitted: false });
    const shown = await open(customer);
    expect(shown.vehicles.map(({ model, serviceContact }) => [model, serviceContact])).toEqual(
      expect.arrayContaining([
        ['Focus', true],
        ['Fiesta', false],
      ]),
    );
    expect(boxOf(shown, smsService)).toMatchObject({
      split: true,
      verdict: 'deny',
      state: 'said_no',
      detail: 'yes to WX12 CDE, no to WX34 EFG',
    });
  });

  it('comes with what stops contact anyway, and a care note never says why', async () => {
    const customer = await newCustomer();
    await setPersonStatus(api.context, customer, 'care_hold', true, adviser);
    const shown = await open(customer);
    expect(shown.holds).toEqual(['A care note on this record stops marketing.']);
    expect(shown.prompt.open).toBe(false);
  });

  it('asks nothing of the dead, the erased, or anybody whose data is on hold, and says why', async () => {
    const why = {
      deceased: 'We have been told this person has died.',
      erased: 'This person asked us to erase their details.',
      restricted: "Use of this person's data is on hold at their request.",
    } as const;
    for (const status of ['deceased', 'erased', 'restricted'] as const) {
      const customer = await newCustomer();
      await setPersonStatus(api.context, customer, status, true, adviser);
      const { prompt, holds } = await open(customer);
      expect(prompt).toMatchObject({ askable: false, open: false });
      expect(holds).toEqual([why[status]]);
    }
  });

  it('marks a number that another customer has, too', async () => {
    const customer = await newCustomer();
    const other = await newCustomer();
    for (const id of [customer, other]) {
      await addContactPoint(api.context, id, {
        contactPoint: { kind: 'social', value: '@holroyds' },
        givenBy: 'customer',
      });
    }
    expect((await open(customer)).channels[3]?.contact).toEqual({
      display: '@holroyds',
      status: 'ok',
      remarks: ['shared with another customer'],
    });
  });

  it('does not depend on the hour: contact hours are for the moment of sending', async () => {
    const customer = await newCustomer();
    await save(customer, [smsOffers]);
    api.context.clock.set('2026-11-24T03:00:00Z');
    expect(boxOf(await open(customer), smsOffers).verdict).toBe('allow');
    api.context.clock.set('2026-11-24T11:00:00Z');
  });
});

describe('a review that is due', () => {
  it('"Did not ask" rests for the day at that branch and comes back tomorrow', async () => {
    const [entity] = await listLegalEntities(api.context);
    await addBranch(api.context, { legalEntityId: entity?.id ?? 0, code: 'ROTH', name: 'Rotherham' });
    api.context.clock.set('2026-11-24T11:00:00Z');
    const customer = await newCustomer({ branch: 'MAIN' });
    await record(customer, {
      kind: 'review_not_done',
      outcome: 'did_not_ask',
      reason: 'dropped_keys',
      branch: 'Rotherham',
    });
    const at = async (branch: string) => (await open(customer, branch)).prompt;
    const due = {
      askable: true,
      open: true,
      reason: 'never',
      at: 'first_access',
      restingUntil: null,
    };
    expect(await at('ROTH')).toEqual({
      askable: true,
      open: false,
      reason: 'never',
      at: 'first_access',
      restingUntil: '2026-11-25T00:00:00Z',
    });
    expect(await at('MAIN')).toEqual(due);
    api.context.clock.set('2026-11-24T23:59:59Z');
    expect((await at('roth')).open).toBe(false);
    api.context.clock.set('2026-11-25T00:00:00Z');
    expect(await at('ROTH')).toEqual(due);
  });

  it('rests at the branch of the customer where nobody says at which it was tried', async () => {
    const customer = await newCustomer({ branch: 'MAIN' });
    await record(customer, { kind: 'review_not_done', outcome: 'declined_to_answer' });
    expect((await open(customer)).prompt.open).toBe(false);
    expect((await open(customer, 'ROTH')).prompt.open).toBe(true);
    expect((await open(customer)).review.status).toBe('never');
  });

  it('is refused at a branch that does not exist', async () => {
    const customer = await newCustomer({ branch: 'MAIN' });
    const event = { kind: 'review_not_done', outcome: 'did_not_ask', branch: 'Leeds' };
    expect((await record(customer, event)).body).toMatchObject({
      status: 422,
      errors: [{ field: 'branch' }],
    });
    const asked = await api.ask(`/api/v1/customers/${customer}/preferences?branch=Leeds`);
    expect(asked.body).toMatchObject({ status: 422, errors: [{ field: 'branch' }] });
  });

  it('does not ask whoever stopped all marketing again at every visit, but opens on demand', async () => {
    const customer = await newCustomer({ branch: 'MAIN' });
    await record(customer, { kind: 'stop_all_marketing', givenBy: 'customer' });
    expect((await open(customer)).prompt).toEqual({
      askable: true,
      open: false,
      reason: 'never',
      at: 'first_access',
      restingUntil: null,
    });
    later();
    expect((await save(customer, [smsOffers])).at('effects.may')).toEqual([
      'We may now text about offers and events.',
    ]);
  });

  it('asks again six months after it was done', async () => {
    api.context.clock.set('2026-11-26T11:00:00Z');
    const customer = await newCustomer({ branch: 'MAIN' });
    await save(customer, [smsOffers]);
    api.context.clock.set('2027-05-25T11:00:00Z');
    expect((await open(customer)).prompt).toMatchObject({ open: false, reason: null });
    api.context.clock.set('2027-05-26T11:00:00Z');
    expect((await open(customer)).prompt).toMatchObject({ open: true, reason: 'due' });
    api.context.clock.set('2027-05-27T11:00:00Z');
    expect((await open(customer)).prompt).toMatchObject({ open: true, reason: 'overdue' });
  });
});
