import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { searchFormOfName, searchNamesOf } from './person-name.ts';

describe('the search form of a name', () => {
  it.each([
    ['Smith', 'smith'],
    ["O'Brien", 'obrien'],
    ['O’Brien', 'obrien'],
    ['Siobhán', 'siobhan'],
    ['Zoë', 'zoe'],
    ['Łukasz Wójcik', 'lukasz wojcik'],
    ['Bjørn Strauß', 'bjorn strauss'],
    ['Parker-Bowles', 'parker bowles'],
    ['Parker – Bowles', 'parker bowles'],
    ['  van   der Berg ', 'van der berg'],
    ['St. John', 'st john'],
    ['', ''],
    ['李', '李'],
  ])('of %j is %j', (name, form) => {
    expect(searchFormOfName(name)).toBe(form);
  });

  it('is stable: the form of a form is itself, and case makes no difference to plain letters', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (name) => {
        const form = searchFormOfName(name);
        expect(searchFormOfName(form)).toBe(form);
      }),
    );
    fc.assert(
      fc.property(fc.stringMatching(/^[a-zA-Z' -]{0,30}$/), (name) => {
        expect(searchFormOfName(name.toUpperCase())).toBe(searchFormOfName(name));
      }),
    );
  });
});

describe('the search forms of a customer', () => {
  it.each([
    [
      { forename: 'Siân', surname: "O'Brien-Smith", companyName: null },
      { searchName: 'obrien smith sian', searchGivenName: 'sian obrien smith', searchCompany: null },
    ],
    [
      { forename: null, surname: 'Holroyd', companyName: 'Holroyd Motors' },
      { searchName: 'holroyd', searchGivenName: 'holroyd', searchCompany: 'holroyd motors' },
    ],
    [
      { forename: null, surname: null, companyName: 'Holroyd Motors' },
      { searchName: 'holroyd motors', searchGivenName: 'holroyd motors', searchCompany: 'holroyd motors' },
    ],
  ])('of %j are %j', (customer, names) => {
    expect(searchNamesOf(customer)).toEqual(names);
  });
});
