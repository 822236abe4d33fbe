import { beforeAll, describe, expect, it } from 'vitest';
import { searchCustomers } from '../../../src/features/customers/search/service.ts';
import { endKeeping, mergeCustomers, readCustomer } from '../../../src/features/customers/service.ts';
import { setPersonStatus } from '../../../src/features/permissions/service.ts';
import { contextOn } from '../../support/context.ts';
import { adviser, givenCustomer } from '../../support/customers.ts';
import { useDatabase } from '../../support/database.ts';

const database = useDatabase();
let context: Awaited<ReturnType<typeof contextOn>>;
let wanted = '';

beforeAll(async () => {
  context = await contextOn(database);
  wanted = await givenCustomer(context, {
    customerNumber: 'HK-4711',
    forename: 'Siân Mary',
    surname: "O'Brien-Smith",
    companyName: 'Brightwell & Sons Ltd',
    contactPoints: [
      { kind: 'phone', value: '07700 900310' },
      { kind: 'phone', value: '0114 496 0310' },
      { kind: 'email', value: 'Sian.Obrien@Example.com' },
      { kind: 'postal', address: { line1: '3 Mill Lane', town: 'Leeds', postcode: 'LS6 2AB' } },
    ],
    vehicles: [{ registration: 'YK19 ABC' }],
  });
  for (let index = 0; index < 60; index += 1) {
    await givenCustomer(context, { forename: 'Alan', surname: `Crowd ${String(index).padStart(2, '0')}` });
  }
});

const idsFor = async (text: string) =>
  (await searchCustomers(context, text)).map(({ customerId }) => customerId);

describe('searching customers as one types', () => {
  it.each([
    ['the surname', "O'Brien"],
    ['the surname without its apostrophe', 'obrien smi'],
    ['the surname in capitals', "O'BRIEN-SMITH"],
    ['the forename', 'siân'],
    ['the forename without its accent', 'sian'],
    ['forename and surname', "Sian Mary O'Brien"],
    ['surname and forename', 'OBrien-Smith, Sian'],
    ['the beginnings of both names', 'sian obr'],
    ['the beginnings of both names, surname first', 'obr sia'],
    ['the company', 'brightwell'],
    ['the company with its sign', 'Brightwell & S'],
    ['the mobile', '07700 900310'],
    ['the mobile, partly', '07700 9003 10'.slice(0, 10)],
    ['the mobile from abroad', '+44 7700 900310'],
    ['the mobile from abroad with noughts', '0044 7700900310'],
    ['the landline', '(0114) 496 0310'],
    ['the landline from abroad', '+44 (0)114 496 0310'],
    ['the email address', 'sian.obrien@example.com'],
    ['the email address, partly and in capitals', 'SIAN.OB'],
    ['the registration', 'YK19 ABC'],
    ['the registration, partly', 'yk19a'],
    ['the postcode', 'LS6 2AB'],
    ['the postcode without its space', 'ls62ab'],
    ['the district', 'LS6'],
    ['the customer number', 'hk-4711'],
    ['the customer number, partly', 'HK-47'],
    ['spaces around it', '   obrien   smith '],
  ])('finds one by %s', async (_, text) => {
    expect(await idsFor(text)).toContain(wanted);
  });

  it.each([
    'obrien jones',
    'YK19ABD',
    '07700 900311',
    'ls6 2ac',
    'hk-4712',
    'xyz',
    '%',
    '_',
    '\\',
    "'",
    '',
    '   ',
  ])('does not find one by %j, which is another', async (text) => {
    expect(await idsFor(text)).not.toContain(wanted);
  });

  it('says by what it found them, and shows enough to tell them apart', async () => {
    expect(await searchCustomers(context, 'YK19 ABC')).toEqual([
      {
        customerId: wanted,
        customerNumber: 'HK-4711',
        kind: 'individual',
        title: null,
        forename: 'Siân Mary',
        surname: "O'Brien-Smith",
        companyName: 'Brightwell & Sons Ltd',
        branch: 'MAIN',
        postcode: 'LS6 2AB',
        foundBy: ['registration'],
      },
    ]);
  });

  it('puts the exact before the beginning, and answers with fifty at most', async () => {
    const exact = await givenCustomer(context, { surname: 'Crowd' });
    expect((await idsFor('crowd'))[0]).toBe(exact);
    expect(await idsFor('crowd')).toHaveLength(50);
    expect(await searchCustomers(context, 'crowd', 5)).toHaveLength(5);
    expect(await searchCustomers(context, 'crowd', 5_000)).toHaveLength(50);
  });

  it('puts who has a vehicle now before who had it', async () => {
    const before = await givenCustomer(context, { vehicles: [{ registration: 'KP66 XYZ' }] });
    const after = await givenCustomer(context, { vehicles: [{ registration: 'KP66 XYZ' }] });
    await endKeeping(context, before, (await readCustomer(context, before)).vehicles[0]?.vehicleId ?? '');
    expect(await idsFor('KP66XYZ')).toEqual([after, before]);
  });

  it('finds neither a record that became part of another, nor somebody who was erased', async () => {
    const survivorId = await givenCustomer(context, { surname: 'Gonebury' });
    const absorbedId = await givenCustomer(context, { surname: 'Gonebury', customerNumber: 'GONE-1' });
    const erased = await givenCustomer(context, { surname: 'Gonebury' });
    expect((await idsFor('gonebury')).sort()).toEqual([survivorId, absorbedId, erased].sort());
    await mergeCustomers(context, { survivorId, absorbedId }, adviser);
    await setPersonStatus(context, erased, 'erased', true, adviser);
    expect(await idsFor('gonebury')).toEqual([survivorId]);
    expect(await idsFor('gone-1')).toEqual([]);
  });
});
