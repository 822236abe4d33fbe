import { beforeAll, describe, expect, it } from 'vitest';
import { editCustomer, mergeCustomers, readCustomer } from '../../../src/features/customers/service.ts';
import { decideFor } from '../../../src/features/permissions/questions.ts';
import { recordPermissionEvent } from '../../../src/features/permissions/service.ts';
import { timelineOf } from '../../../src/features/timeline/service.ts';
import { contextOn } from '../../support/context.ts';
import { adviser, answers, givenCustomer } from '../../support/customers.ts';
import { useDatabase } from '../../support/database.ts';

const database = useDatabase();
let context: Awaited<ReturnType<typeof contextOn>>;

beforeAll(async () => {
  context = await contextOn(database);
});

type Given = Parameters<typeof givenCustomer>[1];

async function twoRecords(survivor: Given, absorbed: Given) {
  return {
    survivorId: await givenCustomer(context, survivor),
    absorbedId: await givenCustomer(context, absorbed),
  };
}

const dryRun = { dryRun: true };

async function suggestions(survivor: Given, absorbed: Given) {
  const { details } = await mergeCustomers(context, await twoRecords(survivor, absorbed), adviser, dryRun);
  return new Map(
    details.map(({ detail, chosen, because, mayChoose }) => [detail, { chosen, because, mayChoose }]),
  );
}

describe('of two records side by side', () => {
  it('the fuller name is suggested, and what only one of them knows, with the reason said', async () => {
    const suggested = await suggestions(
      { forename: 'J', surname: 'Ackroyd' },
      { forename: 'Josephine', surname: 'Ackroyd', birthOn: '1980-02-29' },
    );
    expect(suggested.get('name')).toEqual({
      chosen: 'absorbed',
      because: 'It is the fuller name.',
      mayChoose: true,
    });
    expect(suggested.get('birthOn')).toMatchObject({ chosen: 'absorbed', mayChoose: false });
    expect(suggested.get('branch')).toMatchObject({
      because: 'Both records say the same.',
      mayChoose: false,
    });
  });

  it('the one that is chosen stays, and is found by its name; the rest goes as it is suggested', async () => {
    const pair = await twoRecords(
      { forename: 'P', surname: 'Birkenshaw', birthOn: '1970-05-01' },
      { forename: 'Phyllis', surname: 'Birkenshaw', birthOn: '1971-05-01', kind: 'sole_trader' },
    );
    const choices = { name: 'survivor', kind: 'absorbed', birthOn: 'survivor' } as const;
    const planned = await mergeCustomers(context, pair, adviser, { ...dryRun, choices });
    const merged = await mergeCustomers(context, pair, adviser, { choices });
    expect({ ...planned, dryRun: false }).toEqual(merged);
    expect(await readCustomer(context, pair.survivorId)).toMatchObject({
      forename: 'P',
      kind: 'sole_trader',
      birthOn: '1970-05-01',
    });
  });

  it.each([
    { what: 'a child grow up', choices: { birthOn: 'absorbed' }, field: 'choices.birthOn' },
    { what: 'a company of a person', choices: { kind: 'survivor' }, field: 'choices.kind' },
  ] as const)('no choice makes $what', async ({ choices, field }) => {
    const pair = await twoRecords(
      { companyName: 'Ackroyd Ltd', kind: 'company', birthOn: '2012-06-01' },
      { birthOn: '1980-02-29' },
    );
    await expect(mergeCustomers(context, pair, adviser, { choices })).rejects.toMatchObject({
      status: 422,
      field,
    });
    expect(await readCustomer(context, pair.absorbedId)).toMatchObject({ mergedIntoId: null });
  });

  it('a number or address that is left out is in use on neither afterwards', async () => {
    const email = { kind: 'email', value: 'both-have-it@example.com' } as const;
    const pair = await twoRecords(
      { contactPoints: [email, { kind: 'phone', value: '07700 900871' }] },
      { contactPoints: [email, { kind: 'phone', value: '07700 900872' }] },
    );
    const own = (await readCustomer(context, pair.survivorId)).contactPoints;
    const other = (await readCustomer(context, pair.absorbedId)).contactPoints;
    const idOf = (points: typeof own, kind: string): string =>
      points.find((point) => point.kind === kind)?.id ?? '';
    const leaveOut = [idOf(own, 'email'), idOf(other, 'email'), idOf(own, 'mobile')];
    await mergeCustomers(context, pair, adviser, { leaveOut });
    const { contactPoints } = await readCustomer(context, pair.survivorId);
    expect(contactPoints.map(({ id }) => id)).toEqual([idOf(other, 'mobile')]);
    expect((await readCustomer(context, pair.absorbedId)).contactPoints).toEqual([]);
  });

  it('nothing can be left out that neither of them has', async () => {
    const pair = await twoRecords({}, {});
    const strange = await readCustomer(context, await givenCustomer(context));
    const leaveOut = strange.contactPoints.map(({ id }) => id);
    await expect(mergeCustomers(context, pair, adviser, { leaveOut })).rejects.toMatchObject({
      status: 422,
      field: 'leaveOut',
    });
  });

  it('every disagreement is said in words with what follows, and every vehicle is answered for', async () => {
    const vehicles = [{ registration: 'SB24 SYD', make: 'Ford', model: 'Focus' }];
    const pair = await twoRecords({}, { vehicles });
    const sms = { channel: 'sms' as const };
    await recordPermissionEvent(context, pair.survivorId, answers('general_marketing', [sms]), adviser);
    const no = { ...sms, answer: 'withdrawn' as const };
    await recordPermissionEvent(context, pair.absorbedId, answers('general_marketing', [no]), adviser);
    const { conflicts, vehicles: about } = await mergeCustomers(context, pair, adviser, dryRun);
    expect(conflicts).toContain(
      'General dealer marketing by SMS: yes on the record that stays, no on the other (the customer withdrew permission for this kind of message on this channel). Afterwards: no.',
    );
    expect(about).toMatchObject([{ name: 'Ford Focus SB24 SYD' }]);
    const [first] = about[0]?.cells ?? [];
    expect(first).toMatchObject({ survivorReasons: [], mergedAllowed: false });
    expect(first?.absorbedReasons).not.toEqual([]);
  });

  it('a yes about a vehicle of one record that the other one takes away is said, too', async () => {
    const vehicles = [{ registration: 'SB25 SYD', make: 'Ford', model: 'Puma' }];
    const pair = await twoRecords({}, { vehicles });
    const sms = { channel: 'sms' as const };
    const no = { ...sms, answer: 'withdrawn' as const };
    await recordPermissionEvent(context, pair.survivorId, answers('service_follow_up', [no]), adviser);
    await recordPermissionEvent(context, pair.absorbedId, answers('service_follow_up', [sms]), adviser);
    const { conflicts } = await mergeCustomers(context, pair, adviser, dryRun);
    expect(conflicts).toContain(
      'Service follow-up about Ford Puma SB25 SYD by SMS: yes on the other, which alone has this vehicle. Afterwards: no (the customer withdrew permission for this kind of message on this channel).',
    );
  });
});

describe('both histories', () => {
  it('are readable for ever, and each record answers for the time before the merge by its own facts', async () => {
    const pair = await twoRecords({}, { forename: 'Winifred', surname: 'Oldroyd' });
    const email = { channel: 'email' as const };
    const { survivorId, absorbedId } = pair;
    await recordPermissionEvent(context, survivorId, answers('general_marketing', [email]), adviser);
    const refused = answers('general_marketing', [{ ...email, answer: 'withdrawn' }]);
    await recordPermissionEvent(context, absorbedId, refused, adviser);
    const before = context.clock.now().epochMilliseconds;
    const sentencesOf = async (id: string): Promise<string[]> => {
      const { entries } = await timelineOf(context, id, { kind: null, limit: 50, after: null });
      return entries.map(({ sentence }) => sentence);
    };
    const history = await sentencesOf(absorbedId);
    context.clock.advance({ hours: 1 });
    await mergeCustomers(context, pair, adviser);
    context.clock.advance({ hours: 24 * 400 });
    expect(await sentencesOf(absorbedId)).toEqual(expect.arrayContaining(history));
    expect(await readCustomer(context, absorbedId)).toMatchObject({
      forename: 'Winifred',
      mergedIntoId: survivorId,
    });
    await expect(editCustomer(context, absorbedId, { forename: 'W' }, 2)).rejects.toMatchObject({
      status: 409,
    });
    const question = { channel: 'email', category: 'general_marketing' } as const;
    const reasons = async (id: string, at?: number) =>
      (await decideFor(context, id, question, at)).decision.reasons;
    expect(await reasons(survivorId, before)).toEqual(['CONSENT']);
    expect(await reasons(absorbedId, before)).toEqual(['PERMISSION_WITHDRAWN']);
    expect(await reasons(survivorId)).toContain('PERMISSION_WITHDRAWN');
  });
});
