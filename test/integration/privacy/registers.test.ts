import { beforeEach, describe, expect, it } from 'vitest';
import { markBounced, readCustomer } from '../../../src/features/customers/service.ts';
import { selectionSchema } from '../../../src/features/mailshots/contract.ts';
import { countSelection } from '../../../src/features/mailshots/service.ts';
import { decideFor } from '../../../src/features/permissions/questions.ts';
import { recordPermissionEvent } from '../../../src/features/permissions/service.ts';
import { changeStatus, statusesOf } from '../../../src/features/permissions/statuses/service.ts';
import { importScreenings } from '../../../src/features/privacy/deliveries/service.ts';
import { recordResults, screeningState } from '../../../src/features/privacy/screenings/service.ts';
import { recordAssessment } from '../../../src/features/privacy/service.ts';
import {
  addSuppression,
  listSuppressions,
  removeSuppression,
} from '../../../src/features/privacy/suppressions/service.ts';
import { contextOn } from '../../support/context.ts';
import { adviser, answers, givenCustomer } from '../../support/customers.ts';
import { useDatabase } from '../../support/database.ts';
import { useImportFolder } from '../../support/imports.ts';

const database = useDatabase();
const folder = useImportFolder();
let context: Awaited<ReturnType<typeof contextOn>>;

beforeEach(async () => {
  context = await contextOn(database);
});

const call = { channel: 'live_call', category: 'general_marketing', message: identified() } as const;

function identified() {
  return { identity: true, optOutMeans: true, callerNumber: true };
}

/** Somebody with one number, whose calls rest on an assessment and not on consent. */
async function callable(number: string, given: Parameters<typeof givenCustomer>[1] = {}): Promise<string> {
  const id = await givenCustomer(context, {
    contactPoints: [
      { kind: 'phone', value: number },
      { kind: 'postal', address: { line1: '4 Mill Lane', postcode: 'S11 8TP' } },
    ],
    ...given,
  });
  await recordPermissionEvent(
    context,
    id,
    {
      ...answers('general_marketing', [{ channel: 'live_call' }, { channel: 'letter' }]),
      cells: (['live_call', 'letter'] as const).map((channel) => ({
        channel,
        category: 'general_marketing',
        answer: 'granted',
        basis: 'legitimate_interest',
      })),
    } as Parameters<typeof recordPermissionEvent>[2],
    adviser,
  );
  return id;
}

async function assess(): Promise<void> {
  await recordAssessment(context, {
    legalEntityId: 1,
    channels: ['live_call', 'letter'],
    categories: ['general_marketing'],
    purpose: 'Telling customers of the workshop about offers.',
    necessity: 'There is no less intrusive way.',
    balance: 'Customers expect to hear from their garage.',
    approvedBy: 'Jo Holroyd',
    reviewOn: '2027-06-01',
  });
}

async function reasons(id: string, question: Parameters<typeof decideFor>[2] = call, at?: number) {
  return (await decideFor(context, id, question, at)).decision.reasons;
}

describe('a delivery of the Telephone Preference Service', () => {
  it('opens calls to a clear number for 28 days, and closes them to a listed one from its day on', async () => {
    await assess();
    const clear = await callable('07700 900801');
    const listed = await callable('07700 900802');
    expect(await reasons(clear)).toEqual(['TPS_SCREEN_STALE']);
    const file = await folder.write(
      'Telephone Number,Listed,Listed On\r\n07700 900801,N,\r\n07700 900802,Y,01/11/2026\r\n0123,N,\r\n07700900899,,\r\n',
    );
    const report = await importScreenings(context, file, { register: 'tps', screenedOn: '2026-11-20' });
    expect(report).toMatchObject({ rows: 4, listed: 1, clear: 1, refused: 2, people: 2 });
    expect(report.firstRefused).toMatchObject([
      { row: 4, field: 'number' },
      { row: 5, field: 'listed' },
    ]);
    expect(JSON.stringify(report)).not.toContain('900899');
    expect(await reasons(clear)).toEqual(['LEGITIMATE_INTEREST']);
    expect(await reasons(listed)).toEqual(['TPS_REGISTERED']);
    context.clock.set('2026-12-18T11:00:00Z');
    expect(await reasons(clear)).toEqual(['LEGITIMATE_INTEREST']);
    context.clock.set('2026-12-21T11:00:00Z');
    expect(await reasons(clear)).toEqual(['TPS_SCREEN_STALE']);
  });

  it('is seen by bulk work at once, in the standing answers', async () => {
    await assess();
    await callable('07700 900803', { branch: 'MAIN', kind: 'individual' });
    const calls = selectionSchema.parse({ channel: 'live_call', category: 'general_marketing' });
    const before = await countSelection(context, calls);
    await recordResults(context, { register: 'tps', results: [{ number: '07700 900803', listed: false }] });
    const after = await countSelection(context, calls);
    expect(after.permitted).toBe(before.permitted + 1);
  });

  it('protects a sole trader and a partnership by TPS and a company by CTPS; listed on either, nobody is called', async () => {
    await assess();
    const number = '07700 900804';
    const trader = await callable(number, { kind: 'sole_trader' });
    const partnership = await callable(number, { kind: 'partnership' });
    const company = await callable(number, { kind: 'company', companyName: 'Hallam Tyres Ltd' });
    await recordResults(context, { register: 'tps', results: [{ number, listed: false }] });
    expect(await reasons(trader)).toEqual(['LEGITIMATE_INTEREST']);
    expect(await reasons(partnership)).toEqual(['LEGITIMATE_INTEREST']);
    expect(await reasons(company)).toEqual(['TPS_SCREEN_STALE']);
    context.clock.set('2026-11-23T11:01:00Z');
    await recordResults(context, { register: 'ctps', results: [{ number, listed: false }] });
    expect(await reasons(company)).toEqual(['LEGITIMATE_INTEREST']);
    context.clock.set('2026-11-23T11:02:00Z');
    await recordResults(context, { register: 'ctps', results: [{ number, listed: true }] });
    expect(await reasons(company)).toEqual(['TPS_REGISTERED']);
    expect(await reasons(trader)).toEqual(['TPS_REGISTERED']);
  });

  it('says listed where one delivery says both of a number', async () => {
    await assess();
    const id = await callable('07700 900805');
    await recordResults(context, {
      register: 'tps',
      results: [
        { number: '07700 900805', listed: true },
        { number: '+44 7700 900805', listed: false },
      ],
    });
    expect(await reasons(id)).toEqual(['TPS_REGISTERED']);
  });

  it('that names no column for its result is read only when somebody says what all of it is', async () => {
    const file = await folder.write('number\n07700 900806\n');
    await expect(importScreenings(context, file, { register: 'tps' })).rejects.toMatchObject({
      field: 'found',
    });
    expect(await importScreenings(context, file, { register: 'tps', found: 'clear' })).toMatchObject({
      clear: 1,
    });
  });

  it('without a header, of a day in the future, or of no day is refused whole', async () => {
    const bare = await folder.write('07700 900806\n07700 900807\n');
    await expect(importScreenings(context, bare, { register: 'tps', found: 'clear' })).rejects.toMatchObject({
      code: 'key-column-missing',
    });
    const results = [{ number: '07700 900806', listed: false }];
    for (const screenedOn of ['2026-11-24', '2026-02-30', 'yesterday']) {
      await expect(recordResults(context, { register: 'tps', screenedOn, results })).rejects.toMatchObject({
        field: 'screenedOn',
      });
    }
  });

  it('is counted: how many numbers on file are still to screen', async () => {
    const before = await screeningState(context);
    await callable('07700 900808');
    await callable('07700 900809', { kind: 'company', companyName: 'Rother Vans Ltd' });
    const toScreen = async (register: string) =>
      (await screeningState(context)).registers.find((one) => one.register === register)?.toScreen;
    const was = (register: string) =>
      before.registers.find((one) => one.register === register)?.toScreen ?? 0;
    expect(await toScreen('tps')).toBe(was('tps') + 1);
    expect(await toScreen('ctps')).toBe(was('ctps') + 1);
    await recordResults(context, { register: 'tps', results: [{ number: '07700 900808', listed: false }] });
    expect(await toScreen('tps')).toBe(was('tps'));
    expect(await toScreen('mps')).toBeNull();
  });
});

describe('a delivery of the Mailing Preference Service', () => {
  const letter = { channel: 'letter', category: 'general_marketing', message: identified() } as const;

  it('stops letters to prospects at a listed address, and clears nobody by postcode alone', async () => {
    await assess();
    const at = (line1: string) => [{ kind: 'postal' as const, address: { line1, postcode: 'S10 2TN' } }];
    const prospect = await callable('07700 900810', { prospect: true, contactPoints: at('7 Crookes Road') });
    const neighbour = await callable('07700 900811', { prospect: true, contactPoints: at('9 Crookes Road') });
    const customer = await callable('07700 900812', { contactPoints: at('7 Crookes Road') });
    const file = await folder.write(
      'Address1,Postcode,MPS\n7 Crookes Rd.,s102tn,yes\n7 Crookes Road,S10 2TN,yes\n',
    );
    const report = await importScreenings(context, file, { register: 'mps' });
    expect(report).toMatchObject({ listed: 1, refused: 1, people: 2 });
    expect(await reasons(prospect, letter)).toEqual(['MPS_REGISTERED']);
    expect(await reasons(neighbour, letter)).toEqual(['LEGITIMATE_INTEREST']);
    expect(await reasons(customer, letter)).toEqual(['LEGITIMATE_INTEREST']);
    context.clock.set('2026-11-24T11:00:00Z');
    const cleared = await recordResults(context, {
      register: 'mps',
      results: [{ postcode: 'S10 2TN', listed: false }],
    });
    expect(cleared).toMatchObject({ refused: 1, firstRefused: [{ field: 'line1' }] });
    expect(await reasons(prospect, letter)).toEqual(['MPS_REGISTERED']);
    await recordResults(context, {
      register: 'mps',
      results: [{ postcode: 'S10 2TN', line1: '7 Crookes Road', listed: false }],
    });
    expect(await reasons(prospect, letter)).toEqual(['LEGITIMATE_INTEREST']);
  });
});

describe('the do-not-contact list', () => {
  const sms = { channel: 'sms', category: 'general_marketing', message: identified() } as const;
  const number = { kind: 'phone', value: '07700 900820' } as const;

  it('stops a number for everybody who has it, until it is taken off with a reason, and as of then', async () => {
    const id = await givenCustomer(context, { contactPoints: [number] });
    await recordPermissionEvent(context, id, answers('general_marketing', [{ channel: 'sms' }]), adviser);
    expect(await reasons(id, sms)).toEqual(['CONSENT']);
    const change = await addSuppression(context, { contactPoint: number, reason: 'objection' }, adviser);
    expect(change).toEqual({ contactPoints: 1, people: 1 });
    expect(await reasons(id, sms)).toEqual(['SUPPRESSION_LIST_MATCH']);
    context.clock.set('2026-11-23T12:00:00Z');
    await removeSuppression(context, { contactPoint: number, reason: 'entered_in_error' }, adviser);
    expect(await reasons(id, sms)).toEqual(['CONSENT']);
    expect(await reasons(id, sms, Date.parse('2026-11-23T11:30:00Z'))).toEqual(['SUPPRESSION_LIST_MATCH']);
    const [entry] = await listSuppressions(context, { after: null, limit: 10 });
    expect(entry).toMatchObject({
      reason: 'objection',
      recordedBy: 'adviser',
      removedAt: context.clock.now().epochMilliseconds,
    });
  });

  it('has a number again that is put on it again, of whatever day the objection is', async () => {
    context.clock.set('2026-11-23T13:00:00Z');
    const suppressedAt = '2026-11-23T11:00:00Z';
    await addSuppression(context, { contactPoint: number, reason: 'objection', suppressedAt }, adviser);
    const id = await givenCustomer(context, { contactPoints: [number] });
    await recordPermissionEvent(
      context,
      id,
      { ...answers('general_marketing', [{ channel: 'sms' }]), occurredAt: '2026-11-23T10:00:00Z' },
      adviser,
    );
    expect(await reasons(id, sms)).toEqual(['SUPPRESSION_LIST_MATCH']);
  });

  it('takes all of a customer, and says when there is nothing to take off', async () => {
    const id = await givenCustomer(context);
    expect(await addSuppression(context, { customer: id, reason: 'complaint' }, adviser)).toMatchObject({
      contactPoints: 3,
    });
    await expect(
      removeSuppression(
        context,
        { contactPoint: { kind: 'email', value: 'nobody@example.com' }, reason: 'another_holder' },
        adviser,
      ),
    ).rejects.toMatchObject({ code: 'suppression-not-found' });
    await expect(addSuppression(context, { reason: 'complaint' }, adviser)).rejects.toMatchObject({
      field: 'contactPoint',
    });
  });
});

describe('what is known of a person', () => {
  const service = { channel: 'sms', category: 'service_message' } as const;

  it('stops all contact when somebody is reported dead, and none when that was a mistake', async () => {
    const id = await givenCustomer(context);
    expect(await statusesOf(context, id)).toEqual([]);
    const held = await changeStatus(
      context,
      id,
      { status: 'deceased', value: true, note: 'Told by phone' },
      adviser,
    );
    expect(held).toEqual([{ status: 'deceased', since: context.clock.now().epochMilliseconds }]);
    expect(await reasons(id, service)).toEqual(['PERSON_DECEASED']);
    const again = await changeStatus(context, id, { status: 'deceased', value: true }, adviser);
    expect(again).toEqual(held);
    context.clock.set('2026-11-23T12:00:00Z');
    expect(await changeStatus(context, id, { status: 'deceased', value: false }, adviser)).toEqual([]);
    expect(await reasons(id, service)).toEqual(['SERVICE_MESSAGE']);
  });

  it('keeps a care note from stopping what is no marketing', async () => {
    const id = await givenCustomer(context);
    await changeStatus(context, id, { status: 'care_hold', value: true }, adviser);
    expect(await reasons(id, service)).toEqual(['SERVICE_MESSAGE']);
    const { contactPoints } = await readCustomer(context, id);
    for (const { id: point } of contactPoints) await markBounced(context, id, point);
    expect(await reasons(id, service)).toEqual(['CONTACT_POINT_INVALID']);
  });
});
