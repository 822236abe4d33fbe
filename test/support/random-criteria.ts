import fc from 'fast-check';
import type { SelectionCriteria } from '../../src/domain/selection-criteria.ts';
import { selectionCriteriaSchema } from '../../src/domain/selection-criteria.ts';
import type { SelectionFieldName } from '../../src/domain/selection-fields.ts';
import { operatorsOfType, selectionFieldNames, selectionFields } from '../../src/domain/selection-fields.ts';
import type { customerKinds } from '../../src/domain/vocabulary.ts';

/** Random criteria over few values, so that people meet them often; every one of them is valid. */
export const makes = ['Ford', 'Vauxhall', 'Kia'] as const;
export const models = ['Focus', 'Corsa', 'Ceed'] as const;
export const branches = ['NORTH', 'SOUTH'] as const;
export const outcodes = ['S1', 'S11', 'SW1A'] as const;
export const dates = ['2016-01-01', '2019-06-30', '2022-12-31', '2026-11-01', '2026-12-10'] as const;
export const mileages = [0, 9_000, 60_000] as const;

const textOf: Partial<Record<SelectionFieldName, readonly string[]>> = {
  branch: [...branches, 'north'],
  kind: ['individual', 'company', 'sole_trader'] satisfies (typeof customerKinds)[number][],
  postcode_area: ['S', 'SW', 'sw'],
  outcode: [...outcodes, 's11'],
  make: [...makes, 'ford'],
  model: models,
};

function valueFor(name: SelectionFieldName, operator: string): fc.Arbitrary<unknown> {
  const { type } = selectionFields[name];
  if (operator === 'is_missing' || type === 'yes_or_no') return fc.boolean();
  if (operator.includes('days')) return fc.constantFrom(0, 1, 30, 400, 4000);
  if (type === 'number') {
    return name === 'mileage' ? amount(operator, mileages) : amount(operator, [0, 3, 4.5, 10]);
  }
  if (type === 'date') {
    const pair = fc.tuple(fc.constantFrom(...dates), fc.constantFrom(...dates)).map((two) => two.sort());
    return operator === 'between' ? pair : fc.constantFrom(...dates);
  }
  const texts = fc.constantFrom(...(textOf[name] ?? ['Ford']));
  return operator.endsWith('_of') ? fc.array(texts, { minLength: 1, maxLength: 2 }) : texts;
}

function amount(operator: string, among: readonly number[]): fc.Arbitrary<unknown> {
  if (operator !== 'between') return fc.constantFrom(...among);
  return fc
    .tuple(fc.constantFrom(...among), fc.constantFrom(...among))
    .map((two) => two.sort((a, b) => a - b));
}

const condition = fc
  .constantFrom(...selectionFieldNames)
  .chain((name) =>
    fc
      .constantFrom(...(operatorsOfType[selectionFields[name].type] as readonly string[]))
      .chain((operator) => valueFor(name, operator).map((value) => ({ field: name, [operator]: value }))),
  );

export const randomCriteria: fc.Arbitrary<SelectionCriteria> = fc
  .letrec((tie) => ({
    group: fc.oneof(
      fc.array(tie('item'), { maxLength: 4 }).map((items) => ({ all: items })),
      fc.array(tie('item'), { minLength: 1, maxLength: 3 }).map((items) => ({ any: items })),
      fc.array(tie('item'), { minLength: 1, maxLength: 3 }).map((items) => ({ none: items })),
    ),
    item: fc.oneof({ maxDepth: 2 }, condition, tie('group')),
  }))
  .group.filter((given) => selectionCriteriaSchema.safeParse(given).success)
  .map((given) => given as SelectionCriteria);
