import type { FieldType, SelectionFieldName, SelectionOperator } from './selection-fields.ts';
import { fieldOf, operatorsOfType } from './selection-fields.ts';

/** How a person who builds criteria is offered each way of asking about a field. */
export type OperandKind = 'text' | 'texts' | 'date' | 'dates' | 'number' | 'numbers' | 'days' | 'yes_or_no';

export interface OfferedOperator {
  readonly operator: SelectionOperator;
  /** In plain words; three dots stand for a number in the middle of them. */
  readonly label: string;
  readonly value: OperandKind;
}

const labels: Readonly<Record<SelectionOperator, string>> = {
  is: 'is',
  is_not: 'is not',
  one_of: 'is one of',
  none_of: 'is none of',
  before: 'before',
  after: 'after',
  between: 'between',
  within_days: 'in the next … days',
  within_past_days: 'in the last … days',
  more_than_days_ago: 'more than … days ago',
  at_least: 'at least',
  at_most: 'at most',
  is_missing: 'is missing',
};

const valueOfType: Readonly<Record<FieldType, OperandKind>> = {
  text: 'text',
  choice: 'text',
  date: 'date',
  number: 'number',
  yes_or_no: 'yes_or_no',
};

/** The ways in which a field can be asked about, in the order in which they are offered. */
export function offeredOperators(name: SelectionFieldName): OfferedOperator[] {
  const { type } = fieldOf(name);
  return operatorsOfType[type].map((operator) => ({
    operator,
    label: type === 'date' && operator === 'is' ? 'on' : labels[operator],
    value: operandKind(type, operator),
  }));
}

function operandKind(type: FieldType, operator: SelectionOperator): OperandKind {
  if (operator === 'is_missing') return 'yes_or_no';
  if (operator === 'one_of' || operator === 'none_of') return 'texts';
  if (operator === 'between') return type === 'date' ? 'dates' : 'numbers';
  return operator.includes('days') ? 'days' : valueOfType[type];
}

/** What a number counts; null for what is no number. */
export function unitOf(name: SelectionFieldName): 'years' | 'miles' | null {
  if (fieldOf(name).type !== 'number') return null;
  return name === 'age_in_years' ? 'years' : 'miles';
}
