import { describe, expect, it } from 'vitest';
import { plainFault } from './plain-fault.ts';
import type { SelectionCondition } from './selection-criteria.ts';
import { clausesOf, criteriaConditionsMax, selectionCriteriaSchema, testOf } from './selection-criteria.ts';
import { readCriteria } from './selection-english.ts';

const today = '2026-11-23';

const ford: SelectionCondition = { field: 'make', one_of: ['Ford', 'Vauxhall'] };
const yearsOf2016To2022: SelectionCondition = {
  field: 'first_registered_on',
  between: ['2016-01-01', '2022-12-31'],
};
const atSheffield: SelectionCondition = { field: 'branch', is: 'SHF' };
const motDue: SelectionCondition = { field: 'mot_due_on', within_days: 30 };

function read(criteria: unknown): string {
  return readCriteria(selectionCriteriaSchema.parse(criteria), {
    branch: (code) => (code === 'SHF' ? 'Sheffield' : code),
  });
}

describe('criteria are read back in plain English', () => {
  it.each([
    [{ all: [] }, 'Everybody on file'],
    [
      { all: [ford, yearsOf2016To2022, atSheffield] },
      'People with a Ford or Vauxhall first registered 2016 to 2022, at Sheffield',
    ],
    [
      {
        all: [
          { field: 'make', is: 'Audi' },
          { field: 'model', is: 'A3' },
        ],
      },
      'People with an Audi A3',
    ],
    [
      { any: [atSheffield, motDue] },
      'People either with a vehicle MOT due in the next 30 days or at Sheffield',
    ],
    [{ none: [ford] }, 'People without a Ford or Vauxhall'],
    [
      { all: [ford, { any: [motDue, { field: 'service_due_on', within_days: 30 }] }] },
      'People with a Ford or Vauxhall (either MOT due in the next 30 days or service due in the next 30 days)',
    ],
    [
      {
        all: [
          { field: 'make', is: 'Ford' },
          { none: [{ field: 'model', is: 'Ka' }] },
          { none: [atSheffield] },
        ],
      },
      'People with a Ford not of model Ka, not at Sheffield',
    ],
    [
      {
        all: [
          { field: 'mileage', at_least: 60_000 },
          { field: 'age_in_years', between: [3, 5] },
        ],
      },
      'People with a vehicle with a mileage of at least 60,000 miles, aged 3 to 5 years',
    ],
    [
      {
        all: [
          { field: 'kind', one_of: ['sole_trader', 'company'] },
          { field: 'outcode', is: 's11' },
          { field: 'last_contact_on', more_than_days_ago: 730 },
          { field: 'has_vehicle', is: false },
          { field: 'created_on', before: '2018-05-25' },
        ],
      },
      'People listed as sole traders or companies, in postcode district S11, last in contact more than 730 days ago, without a vehicle, added before 25 May 2018',
    ],
    [{ all: [{ field: 'mot_due_on', is_missing: true }] }, 'People with a vehicle without an MOT date'],
  ])('%j', (criteria, sentence) => {
    expect(read(criteria)).toBe(sentence);
  });
});

describe('criteria that cannot be meant are refused with a sentence', () => {
  it.each([
    [{ all: [{ field: 'colour', is: 'red' }] }, /colour|field|Invalid/],
    [{ all: [{ field: 'make' }] }, /Say one thing about make/],
    [{ all: [{ field: 'make', is: 'Ford', is_not: 'Audi' }] }, /Say one thing about make/],
    [{ all: [{ field: 'make', at_least: 3 }] }, /make cannot be asked with/],
    [{ all: [{ field: 'mileage', is: 'many' }] }, /mileage needs a number/],
    [{ all: [{ field: 'kind', is: 'martian' }] }, /kind needs one of individual/],
    [{ all: [{ field: 'mot_due_on', is: '30/11/2026' }] }, /mot_due_on needs a date/],
    [{ all: [{ field: 'mot_due_on', between: [1, 2] }] }, /mot_due_on needs a date/],
    [{ all: [{ field: 'mileage', between: [9, 1] }] }, /mileage ends before it begins/],
    [{ all: [{ field: 'outcode', is: '%' }] }, /outcode needs a district such as S11/],
    [{ any: [] }, /must not be empty/],
    [{}, /one of all, any and none/],
  ])('%j', (criteria, sentence) => {
    const result = selectionCriteriaSchema.safeParse(criteria, { error: plainFault });
    expect(result.success).toBe(false);
    expect(JSON.stringify(result.error?.issues)).toMatch(sentence);
  });

  it('too many conditions, and groups too deep', () => {
    const many = { all: [{ all: new Array(30).fill(atSheffield) }, { all: new Array(30).fill(ford) }] };
    expect(selectionCriteriaSchema.safeParse(many).error?.issues[0]?.message).toBe(
      `There are 60 conditions: use at most ${criteriaConditionsMax}.`,
    );
    let deep: unknown = { all: [atSheffield] };
    for (let level = 0; level < 5; level += 1) deep = { any: [deep] };
    expect(selectionCriteriaSchema.safeParse(deep).error?.issues[0]?.message).toMatch('6 deep');
  });
});

describe('vehicle conditions of one group are about one and the same vehicle', () => {
  it('gathers them, and the groups inside that say more of that vehicle', () => {
    const clause = clausesOf({ all: [ford, yearsOf2016To2022, atSheffield, { none: [motDue] }] });
    expect(clause).toEqual({
      kind: 'all',
      clauses: [
        {
          kind: 'vehicle',
          vehicle: {
            kind: 'all',
            clauses: [
              { kind: 'condition', condition: ford },
              { kind: 'condition', condition: yearsOf2016To2022 },
              { kind: 'none', clauses: [{ kind: 'condition', condition: motDue }] },
            ],
          },
        },
        { kind: 'condition', condition: atSheffield },
      ],
    });
  });

  it('leaves a group that stands alone to itself: nobody with a Ford, rather than somebody with another car', () => {
    expect(clausesOf({ all: [atSheffield, { none: [ford] }] })).toMatchObject({
      kind: 'all',
      clauses: [
        { kind: 'condition' },
        { kind: 'none', clauses: [{ kind: 'vehicle', vehicle: { kind: 'any' } }] },
      ],
    });
  });
});

describe('relative dates are counted from the day of the question', () => {
  it.each([
    [{ field: 'mot_due_on', within_days: 30 }, '2026-11-23', '2026-12-23'],
    [{ field: 'last_contact_on', within_past_days: 7 }, '2026-11-16', '2026-11-23'],
    [{ field: 'last_contact_on', more_than_days_ago: 7 }, null, '2026-11-15'],
    [{ field: 'last_contact_on', before: '2026-03-01' }, null, '2026-02-28'],
    [{ field: 'last_contact_on', after: '2026-02-28' }, '2026-03-01', null],
    [{ field: 'age_in_years', at_least: 3 }, null, '2023-11-23'],
    [{ field: 'age_in_years', at_most: 3 }, '2022-11-24', null],
    [{ field: 'age_in_years', is: 3 }, '2022-11-24', '2023-11-23'],
    [{ field: 'mileage', at_most: 100 }, null, 100],
  ] as const)('%j', (condition, from, to) => {
    expect(testOf(condition as never, today)).toEqual({ kind: 'range', from, to });
  });
});
