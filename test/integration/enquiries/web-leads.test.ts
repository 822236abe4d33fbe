import { beforeAll, describe, expect, it } from 'vitest';
import { fileWebLeads } from '../../../src/features/enquiries/leads/jobs.ts';
import { decideFor, permissionsOf } from '../../../src/features/permissions/questions.ts';
import { recordPermissionEvent } from '../../../src/features/permissions/service.ts';
import { adviser, answers, givenCustomer } from '../../support/customers.ts';
import { useDatabase } from '../../support/database.ts';
import type { Answer } from '../../support/http.ts';
import { useApi } from '../../support/http.ts';

const database = useDatabase();
const api = useApi(database);
const wording = {
  text: 'May Holroyd Motors text or email you about our offers? You can change your mind at any time.',
};
const everyTick = [
  { channel: 'sms', category: 'general_marketing', ticked: true },
  { channel: 'email', category: 'general_marketing', ticked: true },
];
let website: string;
let people = 0;

beforeAll(async () => {
  website = await api.keyWith('enquiries:submit');
  await api.ask('/api/v1/web-wordings', { body: wording });
});

interface Visitor {
  readonly surname: string;
  readonly phone: string;
  readonly email: string;
}

function visitor(): Visitor {
  people += 1;
  const number = String(500 + people);
  return {
    surname: `Visitor ${number}`,
    phone: `07700 900${number}`,
    email: `visitor-${number}@example.com`,
  };
}

function send(who: Partial<Visitor>, more: Record<string, unknown> = {}): Promise<Answer> {
  return api.ask('/api/v1/enquiries', {
    key: website,
    body: {
      source: 'web_form',
      visitor: who,
      vehicleOfInterest: 'Ford Puma',
      wording,
      ticks: everyTick,
      ...more,
    },
  });
}

/** Sends it, waits until it is filed, and reads the enquiry it became. */
async function filed(who: Partial<Visitor>, more: Record<string, unknown> = {}): Promise<Answer> {
  const { status, text, at } = await send(who, more);
  if (status !== 202) throw new Error(`It was not taken in: ${text}`);
  await fileWebLeads(api.context);
  return api.ask(`/api/v1/enquiries/${String(at('reference'))}`);
}

function onFile({ surname, phone, email }: Visitor): Promise<string> {
  return givenCustomer(api.context, {
    surname,
    contactPoints: [
      { kind: 'phone', value: phone },
      { kind: 'email', value: email },
    ],
  });
}

async function verdict(
  customer: unknown,
  channel: 'sms' | 'email' | 'live_call',
): Promise<readonly string[]> {
  const question = { channel, category: 'general_marketing' } as const;
  return (await decideFor(api.context, String(customer), question)).decision.reasons;
}

const outcomes = (enquiry: Answer): unknown =>
  (enquiry.at('web.ticks') as { outcome: string }[]).map(({ outcome }) => outcome);

describe('an enquiry from a website', () => {
  it('is answered alike for somebody who is on file and somebody who is not', async () => {
    const known = visitor();
    await onFile(known);
    const [first, second] = [await send(known), await send(visitor())];
    expect(first.status).toBe(202);
    expect(second.status).toBe(202);
    const shape = ({ body }: Answer) =>
      Object.entries(body as object).map(([name, value]) => [name, typeof value]);
    expect(shape(first)).toEqual([
      ['received', 'boolean'],
      ['reference', 'string'],
    ]);
    expect(shape(second)).toEqual(shape(first));
    expect(Object.keys(first.headers).sort()).toEqual(Object.keys(second.headers).sort());
    // Nobody is looked for before the answer: there is nothing whose time could tell.
    const rows = await database.query('select count(*)::int as waiting from web_lead where filed_at is null');
    expect(rows).toEqual([{ waiting: 2 }]);
    await fileWebLeads(api.context);
  });

  it('needs a key of its own, which opens nothing else, and which staff keys do not stand in for', async () => {
    expect((await send(visitor(), {})).status).toBe(202);
    const staff = await api.keyWith('enquiries:write');
    const body = { source: 'web_form', visitor: visitor() };
    expect((await api.ask('/api/v1/enquiries', { key: staff, body })).status).toBe(403);
    const entered = { source: 'phone', customer: 'no:1' };
    expect((await api.ask('/api/v1/enquiries', { key: website, body: entered })).status).toBe(403);
    expect((await api.ask('/api/v1/enquiries', { key: website })).status).toBe(403);
    await fileWebLeads(api.context);
  });

  it('makes a prospect of somebody new, whose ticks are consent on the very words they saw', async () => {
    const who = visitor();
    const enquiry = await filed(who, { message: 'Is it still there?' });
    expect(enquiry.body).toMatchObject({
      source: 'web_form',
      stage: 'new',
      nextAction: { what: 'Answer the visitor', on: '2026-11-23' },
      displayName: who.surname,
      notes: [{ text: 'Is it still there?' }],
      web: { matchedOn: [], lookalikes: [], wording: { ...wording, state: 'accepted' } },
    });
    expect(outcomes(enquiry)).toEqual(['recorded_yes', 'recorded_yes']);
    const customer = enquiry.at('customerId');
    expect(await verdict(customer, 'sms')).toEqual(['CONSENT']);
    const { history, review } = await permissionsOf(api.context, String(customer));
    expect(history.at(-1)).toMatchObject({ method: 'web_form', actor: { kind: 'system' } });
    expect(review.status).toBe('never');
  });

  it('finds who is on file by number or address and name, and by the vehicle and name', async () => {
    const who = visitor();
    const customer = await onFile(who);
    const byPhone = await filed({ surname: who.surname, phone: who.phone });
    expect(byPhone.body).toMatchObject({ customerId: customer, web: { matchedOn: ['phone'] } });
    const keeper = await givenCustomer(api.context, {
      surname: 'Keeper',
      vehicles: [{ registration: 'WL12 CAR' }],
    });
    const byVehicle = await filed(
      { surname: 'Keeper', email: 'keeper-elsewhere@example.com' },
      { partExchangeRegistration: 'wl12car' },
    );
    expect(byVehicle.body).toMatchObject({ customerId: keeper, web: { matchedOn: ['vehicle'] } });
  });

  it('never lifts a no: a refusal, an objection or one on a record of the same number', async () => {
    const refused = visitor();
    const customer = await onFile(refused);
    const no = answers('general_marketing', [{ channel: 'sms', answer: 'not_given' }]);
    await recordPermissionEvent(api.context, customer, no, adviser);
    const enquiry = await filed(refused);
    expect(enquiry.at('customerId')).toBe(customer);
    expect(outcomes(enquiry)).toEqual(['no_stands', 'recorded_yes']);
    expect(await verdict(customer, 'sms')).toEqual(['PERMISSION_REFUSED']);

    const objecting = visitor();
    const objector = await onFile(objecting);
    const stop = { kind: 'stop_all_marketing', givenBy: 'staff' } as const;
    await recordPermissionEvent(api.context, objector, stop, adviser);
    expect(outcomes(await filed(objecting))).toEqual(['no_stands', 'no_stands']);
    expect(await verdict(objector, 'email')).toEqual(['OBJECTION_ALL_MARKETING']);

    const stranger = await filed({ ...objecting, surname: 'Somebody Else', email: 'else@example.com' });
    expect(stranger.at('customerId')).not.toBe(objector);
    expect(stranger.at('web.lookalikes')).toMatchObject([{ customerId: objector }]);
    expect(outcomes(stranger)).toEqual(['no_stands', 'no_stands']);
  });

  it('stands against no earlier no that is written down later', async () => {
    const who = visitor();
    const enquiry = await filed(who, { submittedAt: '2026-11-23T10:58:00Z' });
    const customer = String(enquiry.at('customerId'));
    expect(await verdict(customer, 'sms')).toEqual(['CONSENT']);
    // The adviser was told at 10:55, before the form was sent, and writes it down now.
    const no = answers('general_marketing', [{ channel: 'sms', answer: 'not_given' }]);
    await recordPermissionEvent(api.context, customer, no, adviser);
    expect(await verdict(customer, 'sms')).toEqual(['PERMISSION_REFUSED']);
  });

  it('records a box that was shown and left unticked as a no', async () => {
    const who = visitor();
    const customer = await onFile(who);
    const yes = answers('general_marketing', [{ channel: 'email' }]);
    await recordPermissionEvent(api.context, customer, yes, adviser);
    const ticks = [{ channel: 'email', category: 'general_marketing', ticked: false }];
    expect(outcomes(await filed(who, { ticks }))).toEqual(['recorded_no']);
    expect(await verdict(customer, 'email')).toEqual(['PERMISSION_REFUSED']);
  });

  it('records a yes for the number or address that was typed, and for no other on the record', async () => {
    const who = visitor();
    const customer = await onFile(who);
    const enquiry = await filed({ ...who, email: 'somewhere-else@example.com' });
    expect(enquiry.at('customerId')).toBe(customer);
    expect(outcomes(enquiry)).toEqual(['recorded_yes', 'other_contact']);
    expect(await verdict(customer, 'email')).toEqual(['NO_PERMISSION']);
  });

  it('waits longer each time it cannot be filed, holds nobody up, and is seen by people who can have it tried again', async () => {
    const stuck = await send(visitor());
    const id = String(stuck.at('reference'));
    // What no program of ours writes: a lead without a visitor cannot be filed.
    const [kept] = await database.query('select lead from web_lead where id = $1', [id]);
    const lead = kept?.['lead'] as { visitor: unknown };
    const broken = JSON.stringify({ ...lead, partExchangeRegistration: 7 });
    await database.query('update web_lead set lead = $2 where id = $1', [id, broken]);
    const attempts = async () =>
      (await database.query('select attempts from web_lead where id = $1', [id]))[0]?.['attempts'];
    await fileWebLeads(api.context);
    await fileWebLeads(api.context);
    expect(await attempts()).toBe(1);
    expect((await filed(visitor())).status).toBe(200);
    api.context.clock.advance({ seconds: 11 });
    await fileWebLeads(api.context);
    api.context.clock.advance({ seconds: 11 });
    await fileWebLeads(api.context);
    expect(await attempts()).toBe(2);
    const shown = await api.ask('/api/v1/web-lead-faults');
    expect(shown.at('faults')).toMatchObject([{ reference: id, attempts: 2 }]);
    await database.query('update web_lead set lead = $2 where id = $1', [id, JSON.stringify(lead)]);
    expect((await api.ask(`/api/v1/web-lead-faults/${id}:try-again`, { method: 'POST' })).status).toBe(200);
    await fileWebLeads(api.context);
    expect((await api.ask(`/api/v1/enquiries/${id}`)).status).toBe(200);
    expect((await api.ask('/api/v1/web-lead-faults')).at('faults')).toEqual([]);
    expect((await api.ask(`/api/v1/web-lead-faults/${id}:try-again`, { method: 'POST' })).status).toBe(404);
  });

  it('is filed once, however many processes are at it', async () => {
    await send(visitor());
    const filings = await Promise.all([fileWebLeads(api.context), fileWebLeads(api.context)]);
    expect(filings[0] + filings[1]).toBe(1);
  });

  it('takes nobody of two who fit alike: a household is several people', async () => {
    const who = visitor();
    const both = [await onFile(who), await onFile(who)];
    const enquiry = await filed(who);
    expect(both).not.toContain(enquiry.at('customerId'));
    expect(enquiry.at('web.lookalikes')).toHaveLength(2);
  });

  it.each([
    [{ ticks: everyTick, wording: undefined }, 'wording'],
    [{ visitor: { surname: 'Nobody' } }, 'visitor.email'],
    [{ visitor: { email: 'a@example.com' } }, 'visitor.surname'],
    [{ visitor: { surname: 'X', phone: '12' } }, 'visitor.phone'],
    [
      { visitor: { surname: 'X', email: 'a@example.com' }, submittedAt: '2026-11-23T12:00:00Z' },
      'submittedAt',
    ],
    [{ visitor: { surname: 'X', email: 'a@example.com' }, branch: 'Nowhere' }, 'branch'],
  ])('with %j is refused, naming the field', async (more, field) => {
    const answer = await send(visitor(), more);
    expect(answer.status).toBe(422);
    expect(answer.text).toContain(`"field":"${field}"`);
  });
});

describe('a wording that nobody has accepted', () => {
  const unknown = {
    text: 'Tick here and we will tell you about everything that we and others have to offer.',
  };
  const judge = async (verb: 'accept' | 'refuse', text: string): Promise<Answer> => {
    const list = await api.ask('/api/v1/web-wordings');
    const wordings = list.at('wordings') as { hash: string; text: string }[];
    const hash = wordings.find((each) => each.text === text)?.hash;
    return api.ask(`/api/v1/web-wordings/${hash}:${verb}`, { body: {} });
  };

  it('is kept and shown to whoever answers for the data, while its yes waits and its no counts', async () => {
    const ticks = [...everyTick, { channel: 'telephone', category: 'general_marketing', ticked: false }];
    const enquiry = await filed(visitor(), { wording: unknown, ticks });
    const customer = enquiry.at('customerId');
    expect(outcomes(enquiry)).toEqual(['wording_unknown', 'wording_unknown', 'recorded_no']);
    expect(await verdict(customer, 'sms')).toEqual(['NO_PERMISSION']);
    expect(await verdict(customer, 'live_call')).toEqual(['PERMISSION_REFUSED']);
    const list = await api.ask('/api/v1/web-wordings');
    expect(list.at('wordings.0')).toMatchObject({ ...unknown, state: 'unknown', enquiries: 1 });
    const no = answers('general_marketing', [{ channel: 'email', answer: 'not_given' }]);
    await recordPermissionEvent(api.context, String(customer), no, adviser);
    const accepted = await judge('accept', unknown.text);
    expect(accepted.body).toMatchObject({ state: 'accepted' });
    expect(await verdict(customer, 'sms')).toEqual(['CONSENT']);
    expect(await verdict(customer, 'email')).toEqual(['PERMISSION_REFUSED']);
    const after = await api.ask(`/api/v1/enquiries/${String(enquiry.at('id'))}`);
    expect(outcomes(after)).toEqual(['recorded_yes', 'no_stands', 'recorded_no']);
  });

  it('carries no yes once it was refused', async () => {
    const refused = {
      text: 'By sending this form you agree to be contacted by us and by selected partners.',
    };
    const enquiry = await filed(visitor(), { wording: refused });
    await judge('refuse', refused.text);
    const after = await api.ask(`/api/v1/enquiries/${String(enquiry.at('id'))}`);
    expect(outcomes(after)).toEqual(['wording_refused', 'wording_refused']);
    expect(outcomes(await filed(visitor(), { wording: refused }))).toEqual([
      'wording_refused',
      'wording_refused',
    ]);
  });

  it('is judged by nobody at the counter', async () => {
    const counter = await api.keyWith('enquiries:write', 'policy:read');
    const answer = await api.ask('/api/v1/web-wordings', { key: counter, body: wording });
    expect(answer.status).toBe(403);
  });
});
