import { beforeAll, describe, expect, it } from 'vitest';
import type { NewCustomer } from '../../../src/features/customers/contract.ts';
import {
  addContactPoint,
  confirmContactPoint,
  createCustomer,
  customerIdOf,
  customerIdsOf,
  editCustomer,
  endKeeping,
  linkVehicle,
  markBounced,
  readCustomer,
  removeContactPoint,
  replaceContactPoint,
} from '../../../src/features/customers/service.ts';
import { decideFor } from '../../../src/features/permissions/questions.ts';
import { recordPermissionEvent } from '../../../src/features/permissions/service.ts';
import { contextOn } from '../../support/context.ts';
import { adviser, answers } from '../../support/customers.ts';
import { useDatabase } from '../../support/database.ts';

const database = useDatabase();
let context: Awaited<ReturnType<typeof contextOn>>;

beforeAll(async () => {
  context = await contextOn(database);
});

async function enter(given: NewCustomer): Promise<string> {
  const created = await createCustomer(context, { ...given, confirmDuplicate: true }, adviser);
  if (!created.created) throw new Error('The customer was not entered.');
  return created.customerId;
}

describe('a new customer', () => {
  it('has a ledger, a standing decision and contact points in their proper form', async () => {
    const id = await enter({
      title: 'Ms',
      forename: 'Oluwaseun',
      surname: "O'Brien-Smith",
      contactPoints: [
        { kind: 'phone', value: '07700 900 101' },
        { kind: 'phone', value: '(0114) 496-0101' },
        { kind: 'email', value: 'Olu@Example.COM' },
        { kind: 'postal', address: { line1: '1 Mill Lane', town: 'Sheffield', postcode: 's12he' } },
      ],
      vehicles: [{ registration: 'ab12 cde', make: 'Ford', motDueOn: '2027-03-01' }],
    });
    const customer = await readCustomer(context, id);
    expect(customer).toMatchObject({ kind: 'individual', prospect: false, version: 1, branch: 'MAIN' });
    expect(
      customer.contactPoints.map(({ kind, value, normalised, status }) => [kind, value, normalised, status]),
    ).toEqual([
      ['email', 'Olu@example.com', 'olu@example.com', 'ok'],
      ['landline', '0114 496 0101', '+441144960101', 'ok'],
      ['mobile', '07700 900101', '+447700900101', 'ok'],
      ['postal', '1 Mill Lane, Sheffield, S1 2HE', '1 mill lane|S1 2HE', 'ok'],
    ]);
    expect(customer.vehicles).toMatchObject([{ registration: 'AB12CDE', make: 'Ford', untilOn: null }]);
    const rows = await database.query(
      'select kind, sequence, ledger_sequence from ledger_event join permission_standing using (customer_id) where customer_id = $1',
      [id],
    );
    expect(rows).toEqual([{ kind: 'opened', sequence: 1, ledger_sequence: 1 }]);
  });

  it('may be sent nothing that needs permission, for nobody asked them yet', async () => {
    const id = await enter({ surname: 'Unasked', contactPoints: [{ kind: 'phone', value: '07700 900102' }] });
    const { decision } = await decideFor(context, id, { channel: 'sms', category: 'general_marketing' });
    expect(decision).toMatchObject({ verdict: 'deny', reasons: ['NO_PERMISSION'] });
  });

  it('gets a number of their own where none is given, never one that is taken', async () => {
    const next = await database.query('select last_value from customer_number_sequence');
    const coming = String(Number(next[0]?.['last_value']) + 1);
    await enter({ customerNumber: coming, surname: 'Imported' });
    const { customerNumber } = await readCustomer(context, await enter({ surname: 'Counted' }));
    expect(Number(customerNumber)).toBeGreaterThan(Number(coming));
    expect(Number(customerNumber)).toBeLessThan(Number(coming) + 5);
  });

  it('is refused a number that another customer has, in any case', async () => {
    await enter({ customerNumber: 'A-77', surname: 'First' });
    await expect(enter({ customerNumber: 'a-77', surname: 'Second' })).rejects.toMatchObject({
      status: 409,
      code: 'customer-number-taken',
      field: 'customerNumber',
    });
  });

  it.each([
    [{}, 'surname'],
    [{ surname: 'X', branch: 'Nowhere' }, 'branch'],
    [{ surname: 'X', contactPoints: [{ kind: 'phone', value: '12' }] }, 'contactPoints.0.value'],
    [{ surname: 'X', contactPoints: [{ kind: 'email', value: 'nobody' }] }, 'contactPoints.0.value'],
    [
      { surname: 'X', contactPoints: [{ kind: 'postal', address: { line1: 'A', postcode: 'ZZZ' } }] },
      'contactPoints.0.address.postcode',
    ],
    [{ surname: 'X', vehicles: [{ make: 'Ford' }] }, 'vehicles.0.registration'],
    [{ surname: 'X', vehicles: [{ vin: 'short' }] }, 'vehicles.0.vin'],
  ] satisfies [NewCustomer, string][])('with %j is refused, naming the field', async (given, field) => {
    const before = await database.query('select count(*)::int as customers from customer');
    await expect(enter(given)).rejects.toMatchObject({ status: 422, field });
    expect(await database.query('select count(*)::int as customers from customer')).toEqual(before);
  });
});

describe('the duplicate warning', () => {
  it.each([
    ['phone', { surname: 'Other', contactPoints: [{ kind: 'phone', value: '+44 7700 900110' }] }],
    ['email', { surname: 'Other', contactPoints: [{ kind: 'email', value: 'DOUBLE@example.com' }] }],
    ['vehicle', { surname: 'Other', vehicles: [{ registration: 'DB11 LEE' }] }],
    [
      'name_and_postcode',
      {
        forename: 'dóra',
        surname: 'double',
        contactPoints: [{ kind: 'postal', address: { line1: 'Elsewhere', postcode: 'S6 3AA' } }],
      },
    ],
  ] satisfies [string, NewCustomer][])(
    'names who has the same %s, and writes nothing',
    async (reason, given) => {
      const known = await database.query("select id from customer where surname = 'Double'");
      const id =
        known[0]?.['id'] ??
        (await enter({
          forename: 'Dora',
          surname: 'Double',
          contactPoints: [
            { kind: 'phone', value: '07700 900110' },
            { kind: 'email', value: 'double@example.com' },
            { kind: 'postal', address: { line1: '9 High Street', postcode: 'S6 3AA' } },
          ],
          vehicles: [{ registration: 'DB11LEE' }],
        }));
      const before = await database.query('select count(*)::int as customers from customer');
      const answer = await createCustomer(context, given, adviser);
      expect(answer).toMatchObject({ created: false, duplicates: [{ customerId: id, matchedOn: [reason] }] });
      expect(await database.query('select count(*)::int as customers from customer')).toEqual(before);
    },
  );

  it('is raised for one of two people who enter the same customer at the same moment', async () => {
    const given: NewCustomer = {
      surname: 'Twice',
      contactPoints: [{ kind: 'phone', value: '07700 900111' }],
    };
    const both = await Promise.all([
      createCustomer(context, given, adviser),
      createCustomer(context, given, adviser),
    ]);
    expect(both.map(({ created }) => created).sort()).toEqual([false, true]);
  });
});

describe('a customer', () => {
  it('is found by id and by number in any case, and nobody else is', async () => {
    const id = await enter({ customerNumber: 'K-1/2', surname: 'Found' });
    expect(await customerIdOf(context, 'no:k-1/2')).toBe(id);
    expect(await customerIdOf(context, id.toUpperCase())).toBe(id);
    expect(await customerIdsOf(context, ['no:K-1/2', id, 'no:nobody', 'nonsense'])).toEqual(
      new Map([
        ['no:K-1/2', id],
        [id, id],
      ]),
    );
    for (const reference of ['no:nobody', 'nonsense', '12']) {
      await expect(customerIdOf(context, reference)).rejects.toMatchObject({ status: 404 });
    }
  });

  it('is edited against the version that was read, and judged again', async () => {
    const id = await enter({ surname: 'Before', contactPoints: [{ kind: 'phone', value: '07700 900120' }] });
    await editCustomer(context, id, { surname: 'After', birthOn: '2015-01-01' }, 1);
    expect(await readCustomer(context, id)).toMatchObject({
      surname: 'After',
      birthOn: '2015-01-01',
      version: 2,
    });
    await expect(editCustomer(context, id, { surname: 'Late' }, 1)).rejects.toMatchObject({
      status: 409,
      code: 'version-changed',
    });
    const { decision } = await decideFor(context, id, { channel: 'sms', category: 'general_marketing' });
    expect(decision.reasons).toContain('CHILD_MARKETING_BLOCK');
    await expect(editCustomer(context, id, { surname: null }, 2)).rejects.toMatchObject({ field: 'surname' });
  });
});

describe('a contact point', () => {
  it('that somebody else gave carries no marketing until the customer confirms it', async () => {
    const id = await enter({ surname: 'Changed' });
    const point = await addContactPoint(context, id, {
      contactPoint: { kind: 'phone', value: '07700 900130' },
      givenBy: 'other',
    });
    await recordPermissionEvent(context, id, answers('general_marketing', [{ channel: 'sms' }]), adviser);
    const ask = async () =>
      (await decideFor(context, id, { channel: 'sms', category: 'general_marketing' })).decision;
    expect((await ask()).reasons).toEqual(['CONTACT_POINT_UNVERIFIED']);
    await confirmContactPoint(context, id, point);
    expect((await ask()).verdict).toBe('allow');
    await markBounced(context, id, point);
    expect((await ask()).reasons).toEqual(['CONTACT_POINT_INVALID']);
    await removeContactPoint(context, id, point);
    expect((await ask()).reasons).toEqual(['CONTACT_POINT_MISSING']);
  });

  it('that is replaced keeps its place and stays as history; the new one is in use from then on', async () => {
    const id = await enter({
      surname: 'Moved',
      contactPoints: [
        { kind: 'phone', value: '07700 900140' },
        { kind: 'phone', value: '07700 900141' },
      ],
    });
    const [first] = (await readCustomer(context, id)).contactPoints;
    if (first === undefined) throw new Error('There is no contact point.');
    context.clock.advance({ minutes: 5 });
    const change = { contactPoint: { kind: 'phone', value: '07700 900142' }, givenBy: 'customer' } as const;
    const replaced = await replaceContactPoint(context, id, first.id, change);
    const { contactPoints } = await readCustomer(context, id);
    expect(contactPoints.map(({ normalised, rank }) => [normalised, rank])).toEqual([
      ['+447700900142', 0],
      ['+447700900141', 1],
    ]);
    expect(contactPoints[0]).toMatchObject({
      id: replaced,
      inUseSince: context.clock.now().epochMilliseconds,
      status: 'ok',
    });
    expect(await replaceContactPoint(context, id, replaced, change)).toBe(replaced);
    const old = await database.query(
      'select removed_at is not null as removed from contact_point where id = $1',
      [first.id],
    );
    expect(old).toEqual([{ removed: true }]);
    await expect(replaceContactPoint(context, id, first.id, change)).rejects.toMatchObject({ status: 404 });
  });

  it('that two people have is flagged shared on both, until one gives it up', async () => {
    const phone = { kind: 'phone', value: '07700 900150' } as const;
    const first = await enter({ surname: 'Family', contactPoints: [phone] });
    const second = await enter({ surname: 'Family', contactPoints: [phone] });
    const shared = async (id: string) =>
      (await readCustomer(context, id)).contactPoints.map((point) => point.shared);
    expect([await shared(first), await shared(second)]).toEqual([[true], [true]]);
    const [point] = (await readCustomer(context, second)).contactPoints;
    await removeContactPoint(context, second, point?.id ?? '');
    expect([await shared(first), await shared(second)]).toEqual([[false], []]);
  });
});

describe('a vehicle', () => {
  it('is found by its registration or VIN instead of being entered twice', async () => {
    const vin = 'WF0AXXGCDA1234567';
    const first = await enter({ surname: 'Keeper', vehicles: [{ registration: 'AB66 XYZ', vin }] });
    const second = await enter({ surname: 'Next' });
    const [kept] = (await readCustomer(context, first)).vehicles;
    expect(await linkVehicle(context, second, { registration: 'ab66xyz', mileage: 41_000 })).toBe(
      kept?.vehicleId,
    );
    expect(await linkVehicle(context, second, { vin: vin.toLowerCase() })).toBe(kept?.vehicleId);
    expect((await readCustomer(context, second)).vehicles).toMatchObject([{ vin, mileage: 41_000 }]);
  });

  it('with another VIN is another vehicle, although it carries the same mark now', async () => {
    const first = await enter({
      surname: 'Plate',
      vehicles: [{ registration: 'P1 ATE', vin: 'WF0AXXGCDA1111111' }],
    });
    const second = await enter({
      surname: 'Plate',
      vehicles: [{ registration: 'P1 ATE', vin: 'WF0AXXGCDA2222222' }],
    });
    const [one] = (await readCustomer(context, first)).vehicles;
    const [other] = (await readCustomer(context, second)).vehicles;
    expect(one?.vehicleId).not.toBe(other?.vehicleId);
  });

  it('that is no longer owned ends service reminders about it', async () => {
    const id = await enter({
      surname: 'Seller',
      contactPoints: [{ kind: 'phone', value: '07700 900160' }],
      vehicles: [{ registration: 'SO11 LDD' }],
    });
    await recordPermissionEvent(context, id, answers('service_follow_up', [{ channel: 'sms' }]), adviser);
    const vehicleId = (await readCustomer(context, id)).vehicles[0]?.vehicleId ?? '';
    const ask = async () =>
      (await decideFor(context, id, { channel: 'sms', category: 'service_follow_up', vehicleId })).decision;
    expect((await ask()).verdict).toBe('allow');
    await endKeeping(context, id, vehicleId);
    expect((await ask()).reasons).toEqual(['VEHICLE_NOT_OWNED']);
    expect((await readCustomer(context, id)).vehicles).toMatchObject([{ untilOn: '2026-11-23' }]);
    await expect(endKeeping(context, id, vehicleId, '2027-01-01')).rejects.toMatchObject({
      field: 'untilOn',
    });
    await linkVehicle(context, id, { registration: 'SO11LDD' });
    expect((await ask()).verdict).toBe('allow');
  });
});
