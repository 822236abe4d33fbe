import { describe, expect, it } from 'vitest';
import { bindMapping, importMappingSchema } from './import-mapping.ts';
import { proposeMapping } from './import-proposal.ts';
import { columnMeaning } from './import-synonyms.ts';

describe('a proposed mapping', () => {
  it('has a person look at a yes or no that may be about contact, whatever its header', () => {
    const rows = [
      ['1', 'Smith', 'Yes', 'Y', 'blue'],
      ['2', 'Jones', 'No', 'N', 'red'],
    ];
    const headers = ['Account No', 'Surname', 'Service Reminders?', 'Fleet', 'Reminder colour'];
    const proposal = proposeMapping(headers, rows);
    const toCheck = proposal.ok ? proposal.mapping.columns.filter(({ check }) => check === true) : [];
    expect(toCheck).toMatchObject([
      { column: 'Service Reminders?', field: null, note: expect.stringMatching(/no_follow_up/) },
    ]);
  });

  it('knows the columns of other systems by their usual names', () => {
    const proposal = proposeMapping(
      [
        'Account No',
        'Family name',
        'First Name',
        'Mob No',
        'Tel (Home)',
        'E-mail',
        'Post Code',
        'DPA no marketing',
        'Shoe size',
      ],
      [],
    );
    expect(proposal.ok && proposal.mapping).toEqual({
      version: 1,
      file: 'customers',
      dateOrder: 'day_first',
      columns: [
        { column: 'Account No', field: 'customer_no' },
        { column: 'Family name', field: 'surname' },
        { column: 'First Name', field: 'forename' },
        { column: 'Mob No', field: 'mobile' },
        { column: 'Tel (Home)', field: 'home_phone' },
        { column: 'E-mail', field: 'email' },
        { column: 'Post Code', field: 'postcode' },
        { column: 'DPA no marketing', field: 'no_marketing' },
        { column: 'Shoe size', field: null },
      ],
    });
    expect(proposal.ok && proposal.notes).toContain('These columns will not be imported: Shoe size.');
  });

  it('knows a vehicle file by its columns', () => {
    const proposal = proposeMapping(['Customer ID', 'VRM', 'Chassis No', 'Make', 'MOT Expiry'], []);
    expect(proposal).toMatchObject({ ok: true, mapping: { file: 'vehicles' } });
    expect(proposal.ok && proposal.mapping.columns.map((column) => column.field)).toEqual([
      'customer_no',
      'registration',
      'vin',
      'make',
      'mot_due_on',
    ]);
  });

  it.each([
    'Marketing allowed',
    'Marketing Consent',
    'Email opt-in',
    'OK to contact',
    'GDPR permission',
    'Opted In',
  ])(
    'never takes %s for an opt-out: it is inverted and must be checked before anything is imported',
    (header) => {
      const proposal = proposeMapping(['Cust No', 'Surname', header], [['1', 'Smith', 'Y']]);
      if (!proposal.ok) throw new Error(proposal.sentence);
      expect(proposal.mapping.columns[2]).toMatchObject({ field: 'no_marketing', invert: true, check: true });
      expect(bindMapping(proposal.mapping, ['Cust No', 'Surname', header])).toMatchObject({ ok: false });
    },
  );

  it.each(['GDPR', 'Marketing', 'Data Protection', 'DPA flag'])(
    'leaves the sense of %s to a person',
    (header) => {
      const proposal = proposeMapping(['Cust No', 'Surname', header], [['1', 'Smith', 'Y']]);
      expect(proposal.ok && proposal.mapping.columns[2]).toMatchObject({
        field: 'no_marketing',
        check: true,
      });
      expect(proposal.ok && proposal.mapping.columns[2]).not.toHaveProperty('invert');
    },
  );

  it.each([
    ['No text messages', 'no_marketing'],
    ['Do not call', 'no_marketing'],
    ['Consent refused', 'no_marketing'],
    ['No consent', 'no_marketing'],
    ['TPS', 'no_marketing'],
    ['Stop service reminders', 'no_follow_up'],
  ])('reads %s as a refusal wider than its words, to be checked', (header, field) => {
    const proposal = proposeMapping(['Cust No', 'Surname', header], [['1', 'Smith', 'Y']]);
    expect(proposal.ok && proposal.mapping.columns[2]).toMatchObject({ field, check: true });
    expect(proposal.ok && proposal.mapping.columns[2]).not.toHaveProperty('invert');
  });

  it('asks for a look at a flag whose values are neither yes nor no', () => {
    const proposal = proposeMapping(['Cust No', 'Surname', 'No Marketing'], [['1', 'Smith', 'Mail only']]);
    expect(proposal.ok && proposal.mapping.columns[2]).toMatchObject({ field: 'no_marketing', check: true });
  });

  it('tells a column by its values when its header says nothing, to be checked', () => {
    const rows = [
      ['1', 'Smith', 'anne@example.com', '07700 900123', 'S6 3AA'],
      ['2', 'Jones', 'bob@example.org', '07700 900124', 'LS1 4AB'],
      ['3', 'Patel', 'dev@example.net', '07700 900125', 'M1 1AE'],
    ];
    const proposal = proposeMapping(['Cust No', 'Surname', 'Field 7', 'Field 8', 'Field 9'], rows);
    expect(proposal.ok && proposal.mapping.columns.slice(2)).toMatchObject([
      { field: 'email', check: true },
      { field: 'mobile', check: true },
      { field: 'postcode', check: true },
    ]);
  });

  it('finds the order of day and month in dates that can only be one of the two', () => {
    const order = (...dates: string[]) => {
      const proposal = proposeMapping(
        ['Cust No', 'Surname', 'Date created'],
        dates.map((date) => ['1', 'Smith', date]),
      );
      return proposal.ok ? [proposal.mapping.dateOrder, proposal.notes.length] : [];
    };
    expect(order('03/04/2021', '25/12/2020')).toEqual(['day_first', 1]);
    expect(order('03/04/2021', '12/25/2020')).toEqual(['month_first', 1]);
    expect(order('03/04/2021')).toEqual(['day_first', 1]);
    expect(order('25/12/2020', '12/25/2020')).toEqual(['day_first', 2]);
  });

  it('without a customer number is refused, naming the columns found', () => {
    expect(proposeMapping(['Surname', 'Mobile'], [])).toEqual({
      ok: false,
      sentence:
        'No column seems to hold the customer number (customer_no), without which records cannot be told apart: see that the first line has the column names.',
    });
  });

  it('puts whole names under surname only if a person agrees', () => {
    const proposal = proposeMapping(['Cust No', 'Customer name'], [['1', 'Mrs A Smith']]);
    expect(proposal.ok && proposal.mapping.columns[1]).toMatchObject({ field: 'surname', check: true });
  });

  it('is always a mapping that can be saved and read back', () => {
    const headers = [
      'Cust No',
      'Reg No',
      'Name',
      'Phone',
      'Phone 2',
      'Telephone',
      'Marketing',
      'No mail',
      '',
      'No SMS',
    ];
    for (const file of ['customers', 'vehicles'] as const) {
      const proposal = proposeMapping(headers, [['1', 'AB12 CDE']], file);
      if (!proposal.ok) throw new Error(proposal.sentence);
      expect(importMappingSchema.parse(JSON.parse(JSON.stringify(proposal.mapping)))).toEqual(
        proposal.mapping,
      );
    }
  });
});

describe('a header that only resembles a refusal', () => {
  it.each([
    'Phone No 2',
    'Contact No',
    'Email address 2',
    'Consent date',
    'Opt-out reason',
    'House no',
    'Post town',
    'No of vehicles',
  ])('%s is not taken for one', (header) => {
    expect(columnMeaning(header, 'customers').isRefusal).toBe(false);
  });
});
