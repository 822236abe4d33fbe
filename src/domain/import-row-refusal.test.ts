import { describe, expect, it } from 'vitest';
import { readRefusalOfBrokenRecord, readRefuser } from './import-refusal.ts';
import { readCustomerRow, readVehicleRow } from './import-row.ts';

const context = { today: '2026-11-23', dateOrder: 'day_first' } as const;
const row = { customer_no: '1001', forename: 'Anne', surname: 'Smith', no_follow_up: 'N', no_marketing: 'N' };

describe('a row of a customer file', () => {
  it.each([
    [{ created_on: '31/02/2019' }, [['created_on', '31/02/2019']]],
    [{ created_on: '23/11/2026' }, []],
    [{ created_on: '24/11/2026' }, [['created_on', '24/11/2026']]],
    [{ last_contact_on: '2027-01-01' }, [['last_contact_on', '2027-01-01']]],
  ])('is kept without a date that cannot be, with a warning, and with its no: %j', (changes, expected) => {
    const refused = { ...changes, no_marketing: 'Y' };
    const result = readCustomerRow({ ...row, ...refused }, context);
    if (!result.ok) throw new Error('The row was rejected.');
    expect(result.warnings.map(({ column, original }) => [column, original])).toEqual(expected);
    const { createdOn, lastContactOn, legacy } = result.customer;
    expect(createdOn === null && lastContactOn === null).toBe(expected.length > 0);
    expect(legacy).toBe('no_marketing');
  });

  it.each([
    [
      { forename: '', surname: '', no_marketing: 'Y' },
      { customerNumber: '1001', legacy: 'no_marketing' },
    ],
    [{ no_follow_up: 'STOP' }, { customerNumber: '1001', legacy: 'no_follow_up' }],
    [
      { no_follow_up: 'Y', no_marketing: '?' },
      { customerNumber: '1001', legacy: 'both' },
    ],
    [{ forename: '', surname: '' }, null],
    [{ customer_no: '', no_marketing: 'Y' }, null],
  ])('hands on the no of a rejected row: %j', (changes, refusal) => {
    expect(readCustomerRow({ ...row, ...changes }, context)).toMatchObject({ ok: false, refusal });
  });
});

describe('a record whose values may stand in the wrong columns', () => {
  it('counts as both refusals of its customer, since unknown is no', () => {
    expect(readRefusalOfBrokenRecord(row)).toEqual({ customerNumber: '1001', legacy: 'both' });
    expect(readRefusalOfBrokenRecord({ customer_no: '1001', surname: 'Smith' })).toBeNull();
    expect(readRefusalOfBrokenRecord({ ...row, customer_no: '' })).toBeNull();
  });
});

describe('whom a row says no for', () => {
  it('is told by name, numbers and addresses, whether or not the row is imported', () => {
    const contact = { mobile: '07700 900123', email: 'Anne@Example.com' };
    const refused = readRefuser({ ...row, ...contact, customer_no: '', no_marketing: 'STOP' });
    expect(refused).toMatchObject({ customerNumber: '', forename: 'Anne', surname: 'Smith' });
    expect(refused?.contactPoints.map(({ normalised }) => normalised)).toEqual([
      '+447700900123',
      'anne@example.com',
    ]);
  });

  it('is nobody where the row carries no no, or no flags at all', () => {
    expect(readRefuser(row)).toBeNull();
    expect(readRefuser({ customer_no: '1001', surname: 'Smith' })).toBeNull();
  });
});

describe('a row of a vehicle file', () => {
  const fiesta = { customer_no: '1001', registration: 'AB12 CDE' };

  it.each([
    [{ mot_due_on: '30/02/2027' }, 'mot_due_on'],
    [{ last_service_on: '01/01/2027' }, 'last_service_on'],
    [{ first_registered_on: 'new' }, 'first_registered_on'],
    [{ mileage: 'low' }, 'mileage'],
  ])('is kept without an optional value that cannot be read, with a warning: %j', (changes, column) => {
    const original = Object.values(changes)[0];
    expect(readVehicleRow({ ...fiesta, ...changes }, context)).toMatchObject({
      ok: true,
      warnings: [{ column, original, leftOut: true }],
    });
  });
});
