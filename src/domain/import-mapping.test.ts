import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { customerFields, vehicleFields } from './import-fields.ts';
import type { ImportMapping } from './import-mapping.ts';
import { bindMapping, parseImportMapping, recogniseNavigatorLayout } from './import-mapping.ts';

const plain: ImportMapping = {
  version: 1,
  file: 'customers',
  dateOrder: 'day_first',
  columns: [
    { column: 'Cust No', field: 'customer_no' },
    { column: 'Last name', field: 'surname' },
    { column: 'Marketing allowed', field: 'no_marketing', invert: true },
    { column: 'Notes', field: null },
  ],
};

function boundFields(mapping: ImportMapping, headers: readonly string[], values: readonly string[]): object {
  const result = bindMapping(mapping, headers);
  if (!result.ok) throw new Error(result.sentence);
  return result.bound.fieldsOf(values);
}

describe('the Navigator 2.0 layout', () => {
  it('is recognised whatever the order, the case and the spelling of its headers', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray([...customerFields], { minLength: 21 }), (fields) => {
        const headers = fields.map((field, index) =>
          index % 2 === 0 ? field.toUpperCase() : field.replaceAll('_', ' '),
        );
        const mapping = recogniseNavigatorLayout(headers, 'customers');
        expect(mapping?.columns.map((column) => column.field)).toEqual(fields);
      }),
    );
    expect(recogniseNavigatorLayout([...vehicleFields], 'vehicles')?.columns).toHaveLength(11);
  });

  it('may lack columns, but not the key and not every name', () => {
    expect(recogniseNavigatorLayout(['customer_no', 'surname'], 'customers')).not.toBeNull();
    expect(recogniseNavigatorLayout(['surname', 'mobile'], 'customers')).toBeNull();
    expect(recogniseNavigatorLayout(['customer_no', 'mobile'], 'customers')).toBeNull();
    expect(recogniseNavigatorLayout(['customer_no', 'make'], 'vehicles')).toBeNull();
  });

  it('may have more columns only when it is complete', () => {
    expect(
      recogniseNavigatorLayout([...customerFields, 'loyalty points'], 'customers')?.columns,
    ).toHaveLength(21);
    expect(recogniseNavigatorLayout(['customer_no', 'surname', 'loyalty points'], 'customers')).toBeNull();
  });

  it.each(['Do not call', 'opt_out_sms', 'TPS', 'Email consent', 'Marketing allowed'])(
    'is left to a person when another column, %s, may refuse contact',
    (header) => {
      expect(recogniseNavigatorLayout([...customerFields, header], 'customers')).toBeNull();
    },
  );
});

describe('a mapping', () => {
  it('reads the values of a record by field, and turns an allowance into a refusal', () => {
    const headers = ['last_name', 'Notes', 'CUST-NO', 'marketing allowed'];
    expect(boundFields(plain, headers, ['Smith', 'x', '17', 'Y'])).toEqual({
      customer_no: '17',
      surname: 'Smith',
      no_marketing: 'N',
    });
    expect(boundFields(plain, headers, ['Smith', 'x', '17', 'no'])).toMatchObject({ no_marketing: 'Y' });
  });

  it('reads a blank allowance as a no, and leaves what it cannot read to be rejected', () => {
    const headers = ['Cust No', 'Last name', 'Marketing allowed', 'Notes'];
    expect(boundFields(plain, headers, ['17', 'Smith', '', ''])).toMatchObject({ no_marketing: 'Y' });
    expect(boundFields(plain, headers, ['17', 'Smith', 'perhaps', ''])).toMatchObject({
      no_marketing: 'perhaps',
    });
  });

  it('joins several columns of one flag so that no yes is lost', () => {
    const mapping: ImportMapping = {
      ...plain,
      columns: [
        { column: 'id', field: 'customer_no' },
        { column: 'no mail', field: 'no_marketing' },
        { column: 'no text', field: 'no_marketing' },
      ],
    };
    const flagOf = (mail: string, text: string) =>
      (boundFields(mapping, ['id', 'no mail', 'no text'], ['1', mail, text]) as { no_marketing: string })
        .no_marketing;
    expect(flagOf('N', 'Y')).toBe('Y');
    expect(flagOf('Y', 'N')).toBe('Y');
    expect(flagOf('N', '')).toBe('N');
    expect(flagOf('', '')).toBe('');
    expect(flagOf('Y', '?')).toBe('?');
    expect(flagOf('?', 'Y')).toBe('?');
  });

  it('gives every row its constant values', () => {
    const mapping = { ...plain, constants: { branch: 'SHEF' } };
    const headers = ['Cust No', 'Last name', 'Marketing allowed', 'Notes'];
    expect(boundFields(mapping, headers, ['17', 'Smith', 'Y', ''])).toMatchObject({ branch: 'SHEF' });
  });

  it('names the column that feeds a field, for messages', () => {
    const result = bindMapping(plain, ['Cust No', 'Last name', 'Marketing allowed', 'Notes']);
    expect(result.ok && result.bound.columnNameOf('no_marketing')).toBe('Marketing allowed');
    expect(result.ok && result.bound.columnNameOf('branch')).toBe('branch');
  });

  it('imports nothing while a column stands to be checked', () => {
    const columns = plain.columns.map((column) =>
      column.invert === true ? { ...column, check: true } : column,
    );
    const result = bindMapping({ ...plain, columns }, ['Cust No', 'Last name', 'Marketing allowed', 'Notes']);
    expect(result).toMatchObject({ ok: false, sentence: expect.stringContaining('"Marketing allowed"') });
  });

  it('is refused for a file without one of its columns, without repeating what may be a customer', () => {
    expect(bindMapping(plain, ['1001', 'Holroyd', 'Cust No', 'Marketing allowed'])).toEqual({
      ok: false,
      sentence:
        'The first line of the file has no column "Last name": correct the mapping, or the column names of the file.',
    });
  });

  it('is refused when it passes over a column that looks like a refusal, until it says so', () => {
    const headers = ['Cust No', 'Last name', 'Marketing allowed', 'Notes', 'Do not call'];
    expect(bindMapping(plain, headers)).toMatchObject({
      ok: false,
      sentence: expect.stringContaining('"Do not call"'),
    });
    const said = { ...plain, columns: [...plain.columns, { column: 'Do not call', field: null }] };
    expect(bindMapping(said, headers).ok).toBe(true);
  });
});

describe('the JSON of a mapping', () => {
  it('reads back as it was written', () => {
    expect(parseImportMapping(JSON.stringify(plain))).toEqual({ ok: true, mapping: plain });
  });

  it.each([
    ['{', 'not JSON'],
    ['[]', 'The mapping is wrong'],
    [JSON.stringify({ ...plain, version: 2 }), 'version'],
    [JSON.stringify({ ...plain, file: 'enquiries' }), 'file'],
    [JSON.stringify({ ...plain, surprise: 1 }), 'surprise'],
    [JSON.stringify({ ...plain, columns: [{ column: 'a', field: 'surname' }] }), 'customer_no'],
    [
      JSON.stringify({ ...plain, columns: [...plain.columns, { column: 'b', field: 'vin' }] }),
      '"vin" is not a field',
    ],
    [
      JSON.stringify({ ...plain, columns: [...plain.columns, { column: 'b', field: 'surname' }] }),
      'Two columns',
    ],
    [
      JSON.stringify({ ...plain, columns: [...plain.columns, { column: 'NOTES', field: 'town' }] }),
      'mapped twice',
    ],
    [
      JSON.stringify({ ...plain, columns: [...plain.columns, { column: 'b', field: 'town', invert: true }] }),
      'Only a flag',
    ],
    [JSON.stringify({ ...plain, constants: { customer_no: '1' } }), 'cannot have a constant'],
    [JSON.stringify({ ...plain, constants: { surname: 'Smith' } }), 'both a column and a constant'],
  ])('%s is refused in a sentence', (json, part) => {
    const result = parseImportMapping(json);
    expect(result.ok ? '' : result.sentence).toContain(part);
  });
});
