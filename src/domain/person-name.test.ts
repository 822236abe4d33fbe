import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { displayNameOf, searchFormOfName, searchNamesOf, shortNameOf } from './person-name.ts';

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

describe('the name of a customer', () => {
  const jane = { title: 'Mrs', forename: 'Jane', surname: 'Holroyd', companyName: null };
  it.each([
    [jane, 'Mrs Jane Holroyd', 'Mrs Holroyd'],
    [{ ...jane, title: null }, 'Jane Holroyd', 'Jane Holroyd'],
    [{ ...jane, forename: null }, 'Mrs Holroyd', 'Mrs Holroyd'],
    [{ ...jane, surname: null }, 'Jane', 'Jane'],
    [{ ...jane, companyName: 'Holroyd Motors' }, 'Mrs Jane Holroyd', 'Mrs Holroyd'],
    [
      { title: null, forename: null, surname: null, companyName: 'Holroyd Motors' },
      'Holroyd Motors',
      'Holroyd Motors',
    ],
  ])('of %j is shown as %s, and spoken of as %s', (customer, displayName, shortName) => {
    expect(displayNameOf(customer)).toBe(displayName);
    expect(shortNameOf(customer)).toBe(shortName);
  });
});
