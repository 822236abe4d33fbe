import { describe, expect, it } from 'vitest';
import { selectionConditionSchema } from './selection-criteria.ts';
import type { OperandKind } from './selection-field-words.ts';
import { offeredOperators, unitOf } from './selection-field-words.ts';
import { fieldOf, selectionFieldNames } from './selection-fields.ts';

const operands: Readonly<Record<OperandKind, unknown>> = {
  text: 's',
  texts: ['s', 's'],
  date: '2026-11-23',
  dates: ['2026-01-01', '2026-12-31'],
  number: 3,
  numbers: [3, 10],
  days: 30,
  yes_or_no: true,
};

describe('what a builder of criteria is offered', () => {
  it.each(selectionFieldNames)('%s can be asked in every way that is offered', (field) => {
    const { choices, form } = fieldOf(field);
    const known = choices?.[0] ?? (form === undefined ? 's' : field === 'outcode' ? 's11' : 's');
    for (const { operator, value } of offeredOperators(field)) {
      const operand = value === 'text' ? known : value === 'texts' ? [known] : operands[value];
      const condition = { field, [operator]: operand };
      expect(selectionConditionSchema.safeParse(condition).error?.issues, operator).toBeUndefined();
    }
  });

  it('says a date as a person would', () => {
    expect(offeredOperators('mot_due_on').map(({ label }) => label)).toEqual([
      'on',
      'before',
      'after',
      'between',
      'in the next … days',
      'in the last … days',
      'more than … days ago',
      'is missing',
    ]);
  });

  it('counts mileage in miles, age in years, and nothing else', () => {
    expect(selectionFieldNames.flatMap((name) => unitOf(name) ?? [])).toEqual(['years', 'miles']);
  });
});
