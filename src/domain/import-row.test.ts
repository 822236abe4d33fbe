import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CustomerField, RowFields, VehicleField } from './import-fields.ts';
import { customerFields, vehicleFields } from './import-fields.ts';
import type { ImportedCustomer, ImportedVehicle } from './import-row.ts';
import { readCustomerRow, readVehicleRow } from './import-row.ts';
import { strongerLegacy } from './legacy-flags.ts';

const context = { today: '2026-11-23', dateOrder: 'day_first' } as const;

const anne: RowFields<CustomerField> = {
  customer_no: '1001',
  kind: 'Individual',
  title: 'Mrs',
  forename: 'Anne',
  surname: "O'Brien-Smith",
  company: '',
  address1: '12 High Street',
  address2: 'Walkley',
  address3: '',
  town: 'Sheffield',
  county: 'South Yorkshire',
  postcode: 's63aa',
  home_phone: '01144960123',
  work_phone: '',
  mobile: '07700 900123',
  email: 'Anne@Example.COM',
  branch: 'SHEF',
  no_follow_up: 'N',
  no_marketing: '',
  created_on: '12/03/2019',
  last_contact_on: '2026-05-04',
};

function customer(changes: RowFields<CustomerField>): ImportedCustomer {
  const result = readCustomerRow({ ...anne, ...changes }, context);
  if (!result.ok) throw new Error(result.rejects.map((reject) => reject.reason).join(' '));
  return result.customer;
}

function rejects(changes: RowFields<CustomerField>): (string | undefined)[][] {
  const result = readCustomerRow({ ...anne, ...changes }, context);
  return result.ok ? [] : result.rejects.map((reject) => [reject.column, reject.original]);
}

function warnings(changes: RowFields<CustomerField>): (string | undefined)[][] {
  const result = readCustomerRow({ ...anne, ...changes }, context);
  return result.ok ? result.warnings.map((warning) => [warning.column, warning.original]) : [['rejected']];
}

describe('a row of a customer file', () => {
  it('becomes a customer, normalised and as people wrote their names', () => {
    expect(customer({})).toEqual({
      customerNumber: '1001',
      kind: 'individual',
      title: 'Mrs',
      forename: 'Anne',
      surname: "O'Brien-Smith",
      companyName: null,
      address: {
        line1: '12 High Street',
        line2: 'Walkley',
        line3: null,
        town: 'Sheffield',
        county: 'South Yorkshire',
        postcode: 'S6 3AA',
        complete: true,
      },
      contactPoints: [
        { kind: 'mobile', value: '07700 900123', normalised: '+447700900123' },
        { kind: 'landline', value: '0114 496 0123', normalised: '+441144960123' },
        { kind: 'email', value: 'Anne@example.com', normalised: 'anne@example.com' },
        {
          kind: 'postal',
          value: '12 High Street, Walkley, Sheffield, South Yorkshire, S6 3AA',
          normalised: '12 high street|S6 3AA',
        },
      ],
      branch: 'SHEF',
      legacy: 'none',
      createdOn: '2019-03-12',
      lastContactOn: '2026-05-04',
    });
    expect(warnings({})).toEqual([]);
  });

  it('keeps the case of names and loses only stray spaces and line breaks', () => {
    expect(customer({ forename: '  DE  VERE\n', surname: 'mac\u00a0donald ' })).toMatchObject({
      forename: 'DE VERE',
      surname: 'mac donald',
    });
  });

  it.each([
    ['N', 'N', 'none'],
    ['Y', 'N', 'no_follow_up'],
    ['', 'true', 'no_marketing'],
    ['1', 'T', 'both'],
  ] as const)('with flags %j and %j refuses %s', (noFollowUp, noMarketing, legacy) => {
    expect(customer({ no_follow_up: noFollowUp, no_marketing: noMarketing }).legacy).toBe(legacy);
  });

  it('says nothing about old flags when the file has no column for them', () => {
    const { no_follow_up: _, no_marketing: __, ...withoutFlags } = anne;
    const result = readCustomerRow(withoutFlags, context);
    expect(result.ok && result.customer.legacy).toBeNull();
  });

  it.each([
    [{ customer_no: ' ' }, [['customer_no', '']]],
    [{ customer_no: '1'.repeat(41) }, [['customer_no', '1'.repeat(41)]]],
    [{ forename: '', surname: ' ', company: '' }, [['surname', '']]],
    [{ no_follow_up: 'maybe' }, [['no_follow_up', 'maybe']]],
    [{ no_marketing: 'X' }, [['no_marketing', 'X']]],
    [{ address1: 'a'.repeat(201) }, [['address1', 'a'.repeat(201)]]],
    [
      { customer_no: '', no_marketing: '?' },
      [
        ['customer_no', ''],
        ['no_marketing', '?'],
      ],
    ],
  ])('is rejected only for what is wrong, naming every column at fault: %j', (changes, expected) => {
    expect(rejects(changes)).toEqual(expected);
  });

  it('finds a mobile in whichever column it stands, the mobile column first, and each number once', () => {
    const points = customer({
      mobile: '07700 900111',
      home_phone: '07700 900222',
      work_phone: '01632 960001',
    }).contactPoints;
    expect(points.slice(0, 3)).toEqual([
      { kind: 'mobile', value: '07700 900111', normalised: '+447700900111' },
      { kind: 'mobile', value: '07700 900222', normalised: '+447700900222' },
      { kind: 'landline', value: '01632 960001', normalised: '+441632960001' },
    ]);
    const once = customer({ home_phone: '07700900123', work_phone: '+44 7700 900123' }).contactPoints;
    expect(once.filter((point) => point.kind === 'mobile')).toHaveLength(1);
  });

  it('keeps what cannot be read as given, unusable, with a warning', () => {
    const changes = { mobile: '07700 900123 (wife)', email: 'none@home', postcode: 'S6', home_phone: '' };
    expect(warnings(changes)).toEqual([
      ['postcode', 'S6'],
      ['mobile', '07700 900123 (wife)'],
      ['email', 'none@home'],
    ]);
    expect(customer(changes).contactPoints).toEqual([
      { kind: 'mobile', value: '07700 900123 (wife)', normalised: null },
      { kind: 'email', value: 'none@home', normalised: null },
      { kind: 'postal', value: '12 High Street, Walkley, Sheffield, South Yorkshire, S6', normalised: null },
    ]);
    expect(customer(changes).address).toMatchObject({ postcode: 'S6', complete: false });
  });

  it('warns that a landline in the mobile column will not be texted', () => {
    expect(warnings({ mobile: '0114 496 0999' })).toEqual([['mobile', '0114 496 0999']]);
    expect(customer({ mobile: '0114 496 0999' }).contactPoints[0]).toMatchObject({ kind: 'landline' });
  });

  it('takes no placeholder for a contact point', () => {
    const blank = {
      mobile: 'n/a',
      home_phone: '-',
      work_phone: 'TBC',
      email: 'None',
      address1: '',
      address2: '',
      town: '',
      county: '',
      postcode: '',
    };
    expect(customer(blank).contactPoints).toEqual([]);
    expect(warnings(blank)).toEqual([]);
  });

  it('moves address lines up over blank ones', () => {
    expect(customer({ address1: '', address2: 'Flat 2', address3: 'Mill Lane' }).address).toMatchObject({
      line1: 'Flat 2',
      line2: 'Mill Lane',
      line3: null,
    });
  });
});

describe('a row of a vehicle file', () => {
  const fiesta: RowFields<VehicleField> = {
    customer_no: '1001',
    registration: 'ab12 cde',
    vin: 'wf0axxgcda1234567',
    make: 'Ford',
    model: 'Fiesta  Zetec',
    first_registered_on: '01/03/2012',
    mot_due_on: '28-Feb-2027',
    service_due_on: '',
    last_service_on: '2026-03-01',
    mileage: '62,431 miles',
    sold_on: '',
  };

  function vehicle(changes: RowFields<VehicleField>): ImportedVehicle {
    const result = readVehicleRow({ ...fiesta, ...changes }, context);
    if (!result.ok) throw new Error(result.rejects.map((reject) => reject.reason).join(' '));
    return result.vehicle;
  }

  it('becomes a vehicle', () => {
    expect(vehicle({})).toEqual({
      customerNumber: '1001',
      registration: 'AB12CDE',
      vin: 'WF0AXXGCDA1234567',
      make: 'Ford',
      model: 'Fiesta Zetec',
      firstRegisteredOn: '2012-03-01',
      motDueOn: '2027-02-28',
      serviceDueOn: null,
      lastServiceOn: '2026-03-01',
      mileage: 62_431,
      soldOn: null,
    });
  });

  it('needs a registration or a VIN that can be read; one of them is enough', () => {
    expect(vehicle({ registration: '' }).vin).toBe('WF0AXXGCDA1234567');
    expect(vehicle({ vin: 'unknown' }).vin).toBeNull();
    const result = readVehicleRow({ ...fiesta, registration: 'NEW', vin: '' }, context);
    expect(result).toMatchObject({ ok: false, rejects: [{ column: 'registration', original: 'NEW' }] });
  });

  it.each([
    [{ customer_no: '' }, 'customer_no'],
    [{ sold_on: 'sold' }, 'sold_on'],
    [{ model: 'x'.repeat(201) }, 'model'],
  ])('is rejected for %j', (changes, column) => {
    expect(readVehicleRow({ ...fiesta, ...changes }, context)).toMatchObject({
      ok: false,
      rejects: [{ column }],
    });
  });

  it.each([
    ['62431', 62_431],
    ['62,431', 62_431],
    ['62431.0', 62_431],
    ['0', 0],
    ['', null],
    ['-5', null],
    ['62 thousand', null],
    ['100000 km', null],
    ['99999999', null],
  ])('with the mileage %j has %s miles', (mileage, miles) => {
    expect(vehicle({ mileage }).mileage).toBe(miles);
  });
});

describe('properties of rows', () => {
  const value = fc.oneof(fc.constantFrom('', 'Y', 'N', '1001', '03/04/2021', 'Smith'), fc.string());
  const customerRow = fc.record(Object.fromEntries(customerFields.map((field) => [field, value])), {
    requiredKeys: [],
  });
  const vehicleRow = fc.record(Object.fromEntries(vehicleFields.map((field) => [field, value])), {
    requiredKeys: [],
  });

  it('no text makes a row throw, and every remark is a sentence', () => {
    fc.assert(
      fc.property(customerRow, vehicleRow, (customerFieldsGiven, vehicleFieldsGiven) => {
        const results = [
          readCustomerRow(customerFieldsGiven, context),
          readVehicleRow(vehicleFieldsGiven, context),
        ];
        for (const result of results) {
          for (const remark of result.ok ? result.warnings : result.rejects) {
            expect(remark.reason).toMatch(/^[A-Z].*\.$/);
          }
        }
      }),
      { numRuns: 500 },
    );
  });

  it('a flag that is set is never lost, whatever else the row holds', () => {
    fc.assert(
      fc.property(customerRow, fc.constantFrom('Y', 'yes', 'TRUE', '1', 't'), (fields, yes) => {
        const result = readCustomerRow({ ...fields, no_marketing: yes }, context);
        if (!result.ok) return;
        const legacy = result.customer.legacy ?? 'none';
        expect(strongerLegacy(legacy, 'no_marketing')).toBe(legacy);
      }),
    );
  });
});
