import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  addContactPoint,
  endKeeping,
  markBounced,
  mergeCustomers,
  readCustomer,
} from '../../../src/features/customers/service.ts';
import type { GivenSelection } from '../../../src/features/mailshots/contract.ts';
import { selectionSchema } from '../../../src/features/mailshots/contract.ts';
import { countSelection, listSelection } from '../../../src/features/mailshots/service.ts';
import { recordHandOvers } from '../../../src/features/messages/service.ts';
import {
  recordAct,
  recordPermissionEvent,
  setPersonStatus,
} from '../../../src/features/permissions/service.ts';
import { recordScreenings } from '../../../src/features/privacy/service.ts';
import { changePolicy } from '../../../src/features/settings/service.ts';
import type { ManualClock } from '../../../src/platform/clock.ts';
import type { Context } from '../../../src/platform/context.ts';
import { contextOn, mondayMorning } from '../../support/context.ts';
import { adviser, answers, givenCustomer, wording } from '../../support/customers.ts';
import { useDatabase } from '../../support/database.ts';

const database = useDatabase();
let context: Context & { readonly clock: ManualClock };
let numbers = 0;
let districts = 0;
/** Each test has a postcode district of its own, so that it counts its own people. */
let outcode = '';

beforeAll(async () => {
  context = await contextOn(database);
  await changePolicy(context, {
    settings: { policy: 'assume_legitimate_interest' },
    reason: 'As the source document has it.',
    recordedBy: 'manager',
    warningAcceptedBy: 'Jo Holroyd',
  });
});

beforeEach(() => {
  districts += 1;
  outcode = `ZE${districts}`;
});

async function setCap(frequencyCapPer30Days: number | null): Promise<void> {
  await changePolicy(context, {
    settings: { frequencyCapPer30Days },
    reason: null,
    recordedBy: 'manager',
    warningAcceptedBy: 'Jo Holroyd',
  });
}

async function person(given: Parameters<typeof givenCustomer>[1] = {}): Promise<string> {
  numbers += 1;
  return givenCustomer(context, {
    contactPoints: [
      { kind: 'phone', value: `07700 900${numbers.toString().padStart(3, '0')}` },
      { kind: 'email', value: `person-${numbers}@example.com` },
      {
        kind: 'postal',
        address: { line1: `${numbers} Mill Lane`, town: 'Lerwick', postcode: `${outcode} 0AA` },
      },
    ],
    vehicles: [{ vin: `WFX${numbers.toString().padStart(14, '0')}`, make: 'Ford', model: 'Focus' }],
    ...given,
  });
}

async function old(flag: 'none' | 'no_follow_up' | 'no_marketing' | 'both'): Promise<string> {
  const customerId = await person();
  await recordAct(context, {
    customerId,
    act: { kind: 'imported', legacy: flag, assumed: true },
    actor: { kind: 'import', id: 'upgrade' },
  });
  return customerId;
}

function here(selection: Omit<GivenSelection, 'criteria'>, ...more: object[]) {
  return selectionSchema.parse({
    ...selection,
    criteria: { all: [{ field: 'outcode', is: outcode }, ...more] },
  });
}

async function figures(selection: Parameters<typeof countSelection>[1]) {
  const { matching, permitted, leftOut } = await countSelection(context, selection);
  return {
    matching,
    permitted,
    leftOut: leftOut.map(({ reasons, people }) => `${reasons.join(' ')}: ${people}`),
  };
}

async function listed(selection: Parameters<typeof countSelection>[1]): Promise<string[]> {
  const page = await listSelection(context, selection, 'permitted', { actor: adviser });
  return page.people.map(({ customerId }) => customerId);
}

const offersBySms = { channel: 'sms', category: 'general_marketing' } as const;
const remindersBySms = { channel: 'sms', category: 'service_follow_up' } as const;

describe('the example scenarios of the source document', () => {
  it('a customer marked No Follow-Up receives no service marketing', async () => {
    await old('no_follow_up');
    const neither = await old('none');
    expect(await figures(here(remindersBySms))).toEqual({
      matching: 2,
      permitted: 1,
      leftOut: ['LEGACY_NO_FOLLOW_UP: 1'],
    });
    expect(await listed(here(remindersBySms))).toEqual([neither]);
  });

  it('a customer marked No Marketing receives neither service nor general marketing by mailshot', async () => {
    await old('no_marketing');
    for (const selection of [remindersBySms, offersBySms, { ...offersBySms, channel: 'letter' } as const]) {
      expect(await figures(here(selection))).toEqual({
        matching: 1,
        permitted: 0,
        leftOut: ['LEGACY_NO_MARKETING: 1'],
      });
    }
  });

  it('customers not opted out are assumed opted in, and the screen says that they never agreed', async () => {
    await old('none');
    const { permitted, warnings } = await countSelection(context, here(offersBySms));
    expect(permitted).toBe(1);
    expect(warnings).toContainEqual(
      expect.objectContaining({
        code: 'ASSUMED_AT_UPGRADE',
        people: 1,
        sentence: expect.stringMatching(/^1 of these people never agreed/),
      }),
    );
    expect(warnings).toContainEqual(
      expect.objectContaining({
        code: 'WARN_PECR_BASIS_WEAK',
        people: 1,
        sentence: expect.stringMatching(/^1 person did not opt out/),
      }),
    );
  });

  it('a warning reads as a sentence about one person and about several', async () => {
    const sentences = async (): Promise<string> =>
      (await countSelection(context, here(offersBySms))).warnings.map(({ sentence }) => sentence).join('\n');
    await old('none');
    expect(await sentences()).toMatch(/^1 of these people never agreed, but was assumed at upgrade\./m);
    await old('none');
    expect(await sentences()).toMatch(/^2 of these people never agreed; they were assumed at upgrade\./m);
    expect(await sentences()).toMatch(/^2 people did not opt out, and that is all that is known\./m);
  });
});

describe('the figures of a selection', () => {
  it('add up: everybody who matches is permitted or left out for one set of reasons', async () => {
    await old('both');
    await old('none');
    await person();
    const refused = await person();
    await recordPermissionEvent(
      context,
      refused,
      answers('general_marketing', [{ channel: 'sms', answer: 'not_given' }]),
      adviser,
    );
    const dead = await person();
    await setPersonStatus(context, dead, 'deceased', true, adviser);
    const count = await countSelection(context, here(offersBySms));
    expect(count.matching).toBe(5);
    expect(count.permitted + count.leftOut.reduce((sum, { people }) => sum + people, 0)).toBe(5);
    expect(count.leftOut.map(({ reasons }) => reasons.join()).sort()).toEqual([
      'LEGACY_NO_MARKETING',
      'NO_PERMISSION',
      'PERMISSION_REFUSED',
      'PERSON_DECEASED',
    ]);
  });

  it('open down to the person and the rule, a page at a time', async () => {
    const people = [await person(), await person(), await person()].sort();
    const part = { leftOutFor: ['NO_PERMISSION'] } as const;
    const first = await listSelection(context, here(offersBySms), part, { actor: adviser, limit: 2 });
    const second = await listSelection(context, here(offersBySms), part, {
      actor: adviser,
      limit: 2,
      after: first.next,
    });
    expect(first.people.map(({ customerId }) => customerId)).toEqual(people.slice(0, 2));
    expect(second.people.map(({ customerId }) => customerId)).toEqual(people.slice(2));
    expect(second.next).toBeNull();
    expect(second.people[0]).toMatchObject({
      name: expect.stringMatching(/^Holroyd/),
      sentences: ['The customer has never been asked about this, so it stays off.'],
    });
  });

  it('say which branch does not exist', async () => {
    await expect(
      countSelection(context, here(offersBySms, { field: 'branch', is: 'NOWHERE' })),
    ).rejects.toThrow('There is no branch NOWHERE');
  });

  it('count a record that was merged into another as nobody', async () => {
    const [survivorId, absorbedId] = [await old('none'), await old('none')];
    await mergeCustomers(context, { survivorId, absorbedId }, adviser);
    expect(await figures(here(offersBySms))).toMatchObject({ matching: 1, permitted: 1 });
  });

  it('are for service follow-up counted in people: one permitted vehicle is enough', async () => {
    const customerId = await person({
      vehicles: [
        { vin: `WFKT${numbers.toString().padStart(13, '0')}`, make: 'Ford' },
        { vin: `WSKD${numbers.toString().padStart(13, '0')}`, make: 'Audi' },
      ],
    });
    await recordPermissionEvent(
      context,
      customerId,
      answers('service_follow_up', [{ channel: 'sms' }]),
      adviser,
    );
    const { vehicles } = await readCustomer(context, customerId);
    const audi = vehicles.find(({ make }) => make === 'Audi')?.vehicleId ?? '';
    await recordPermissionEvent(
      context,
      customerId,
      { kind: 'vehicle_contact', vehicleId: audi, permitted: false, givenBy: 'staff' },
      adviser,
    );
    expect(await figures(here(remindersBySms))).toMatchObject({ matching: 1, permitted: 1 });
    expect(await figures(here(remindersBySms, { field: 'make', is: 'audi' }))).toEqual({
      matching: 1,
      permitted: 0,
      leftOut: ['VEHICLE_OPT_OUT: 1'],
    });
    expect(await figures(here(remindersBySms, { field: 'make', is: 'Ford' }))).toMatchObject({
      permitted: 1,
    });
  });

  it('leave a vehicle the customer no longer has out of the criteria', async () => {
    const customerId = await person();
    const { vehicles } = await readCustomer(context, customerId);
    await endKeeping(context, customerId, vehicles[0]?.vehicleId ?? '', '2026-11-01');
    expect(await figures(here(offersBySms, { field: 'make', is: 'Ford' }))).toMatchObject({ matching: 0 });
    expect(await figures(here(offersBySms, { none: [{ field: 'make', is: 'Ford' }] }))).toMatchObject({
      matching: 1,
    });
    expect((await figures(here(remindersBySms))).leftOut).toEqual(['VEHICLE_NOT_OWNED: 1']);
  });

  it('follow the clock: a screening that runs out is judged again before it is counted', async () => {
    const customerId = await old('none');
    const { contactPoints } = await readCustomer(context, customerId);
    const number = contactPoints.find(({ kind }) => kind === 'mobile')?.normalised ?? '';
    await recordScreenings(context, [{ register: 'tps', number, listedOn: null, screenedOn: '2026-11-23' }]);
    const calls = here({ channel: 'live_call', category: 'general_marketing' });
    const { permitted } = await countSelection(context, calls);
    const later = await countSelection(context, calls, { at: Date.parse('2026-12-22T00:00:00Z') });
    context.clock.set('2026-12-22T00:00:00Z');
    const then = await countSelection(context, calls);
    context.clock.set(mondayMorning);
    expect(permitted).toBe(1);
    expect(later.leftOut.map(({ reasons }) => reasons)).toEqual([['TPS_SCREEN_STALE']]);
    expect(then.leftOut).toEqual(later.leftOut);
    expect(await figures(calls)).toMatchObject({ permitted: 1 });
  });
});

describe('what the stored answers do not know is asked from the facts', () => {
  it('a service message goes to whoever can be reached, whatever they said of marketing', async () => {
    await old('both');
    const bounced = await person();
    const { contactPoints } = await readCustomer(context, bounced);
    await markBounced(context, bounced, contactPoints.find(({ kind }) => kind === 'mobile')?.id ?? '');
    expect(await figures(here({ channel: 'sms', category: 'service_message' }))).toEqual({
      matching: 2,
      permitted: 1,
      leftOut: ['CONTACT_POINT_INVALID: 1'],
    });
  });

  it('a safety recall goes to the keeper although they stopped all marketing', async () => {
    const keeper = await old('both');
    await recordPermissionEvent(
      context,
      keeper,
      { kind: 'stop_all_marketing', givenBy: 'customer' },
      adviser,
    );
    const recall = here(
      { channel: 'letter', category: 'service_message', recall: true },
      { field: 'make', is: 'Ford' },
    );
    expect(await figures(recall)).toEqual({ matching: 1, permitted: 1, leftOut: [] });
  });

  it('another company is named in full, and only those who agreed to that company are on its list', async () => {
    const agreed = await person();
    await person();
    const cell = {
      channel: 'email',
      category: 'third_party_marketing',
      answer: 'granted',
      basis: 'consent',
    } as const;
    await recordPermissionEvent(
      context,
      agreed,
      {
        kind: 'record',
        cells: [{ ...cell, thirdPartyName: 'Acme Finance Limited' }],
        review: true,
        previousSystem: false,
        occurredAt: '2026-11-20T15:00:00Z',
        method: 'paper',
        wording,
        givenBy: 'customer',
      },
      adviser,
    );
    const offer = { channel: 'email', category: 'third_party_marketing' } as const;
    expect(await figures(here({ ...offer, company: 'Acme Finance Limited' }))).toEqual({
      matching: 2,
      permitted: 1,
      leftOut: ['THIRD_PARTY_NOT_NAMED: 1'],
    });
    expect(await figures(here({ ...offer, company: 'Acme Insurance Limited' }))).toMatchObject({
      permitted: 0,
    });
    expect(() => here(offer)).toThrow('Name the company');
  });

  it('a mailshot that asks for permission is itself marketing, and says so', async () => {
    await old('no_marketing');
    const count = await countSelection(context, here({ channel: 'email', category: 'permission_request' }));
    expect(count).toMatchObject({ matching: 1, permitted: 0 });
    expect(count.warnings.map(({ code }) => code)).toContain('PERMISSION_REQUEST_IS_MARKETING');
  });

  it('a service message with an offer in it is judged as marketing', async () => {
    await old('no_marketing');
    const count = await countSelection(
      context,
      here({ channel: 'sms', category: 'service_message', promotion: true }),
    );
    expect(count.leftOut[0]?.reasons).toEqual(['LEGACY_NO_MARKETING']);
    expect(count.warnings.map(({ code }) => code)).toContain('PROMOTION_MAKES_MARKETING');
  });

  it('whoever had enough messages this month is left out', async () => {
    const customerId = await old('none');
    await setCap(1);
    const sent = { customerId, channel: 'email', purpose: 'general_marketing', marketing: true } as const;
    expect(await figures(here(offersBySms))).toMatchObject({ permitted: 1 });
    await recordHandOvers(context, [sent]);
    expect(await figures(here(offersBySms))).toEqual({
      matching: 1,
      permitted: 0,
      leftOut: ['FREQUENCY_CAP: 1'],
    });
    const opened = await listSelection(
      context,
      here(offersBySms),
      { leftOutFor: ['FREQUENCY_CAP'] },
      { actor: adviser },
    );
    expect(opened.people.map((found) => found.customerId)).toEqual([customerId]);
    await setCap(null);
  });

  it('nobody is lost when contact hours are closed: they are for whoever sends the list', async () => {
    await old('none');
    context.clock.set('2026-11-29T03:00:00Z');
    const { permitted, warnings } = await countSelection(context, here(offersBySms));
    context.clock.set(mondayMorning);
    expect(permitted).toBe(1);
    expect(warnings.map(({ code }) => code)).toContain('CONTACT_HOURS_AT_SENDING');
  });
});

describe('changing a contact point', () => {
  it('takes a number somebody else gave out of marketing until it is confirmed', async () => {
    const customerId = await old('none');
    const { contactPoints } = await readCustomer(context, customerId);
    const social = { kind: 'social', value: `@holroyd${numbers}` } as const;
    await addContactPoint(context, customerId, { contactPoint: social, givenBy: 'other', confirmed: false });
    expect(contactPoints.length).toBe(3);
    expect((await figures(here({ channel: 'social_dm', category: 'general_marketing' }))).leftOut).toEqual([
      'CONTACT_POINT_UNVERIFIED: 1',
    ]);
  });
});
