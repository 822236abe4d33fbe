import { z } from 'zod';
import { givenDate } from './given-time.ts';
import { addDays, addMonths } from './london.ts';
import type { SelectionField, SelectionOperator } from './selection-fields.ts';
import { fieldOf, operatorsOfType, selectionFieldNames, selectionOperators } from './selection-fields.ts';

/**
 * Who a selection is about: a tree of groups (`all`, `any`, `none`) of conditions on people and the vehicles
 * they keep. Pure data that is read back in plain English and turned into a query elsewhere.
 *
 * Conditions about vehicles in one group are about one and the same vehicle, and so are groups inside an
 * `all` group that already says something about a vehicle: "a Ford whose MOT or service is due". A vehicle
 * the person no longer keeps is not looked at.
 */
const criteriaDepthMax = 5;
export const criteriaConditionsMax = 50;
const valuesMax = 200;
const daysMax = 36_500;

const text = z.string().trim().min(1).max(100);
const date = givenDate;
const amount = z.number().min(0).max(10_000_000);
const days = z.int().min(0).max(daysMax);

const conditionShape = {
  field: z.enum(selectionFieldNames),
  is: z.union([text, amount, z.boolean()]).optional(),
  is_not: text.optional(),
  one_of: z.array(text).min(1).max(valuesMax).optional(),
  none_of: z.array(text).min(1).max(valuesMax).optional(),
  before: date.optional(),
  after: date.optional(),
  between: z
    .union([z.array(date).length(2), z.array(amount).length(2)])
    .optional()
    .describe('Both ends included.'),
  within_days: days.optional().describe('From today to so many days ahead.'),
  within_past_days: days.optional().describe('From so many days back to today.'),
  more_than_days_ago: days.optional(),
  at_least: amount.optional(),
  at_most: amount.optional(),
  is_missing: z.boolean().optional(),
};

export const selectionConditionSchema = z
  .strictObject(conditionShape)
  .superRefine((condition, issues) => {
    const fault = faultOf(condition);
    if (fault !== null) issues.addIssue({ code: 'custom', message: fault.message, path: fault.path });
  })
  .meta({ id: 'SelectionCondition' });
export type SelectionCondition = z.infer<typeof selectionConditionSchema>;

export type SelectionGroup =
  | { readonly all: readonly SelectionItem[] }
  | { readonly any: readonly SelectionItem[] }
  | { readonly none: readonly SelectionItem[] };
export type SelectionItem = SelectionCondition | SelectionGroup;

const itemSchema: z.ZodType<SelectionItem> = z
  .lazy(() => z.union([groupSchema, selectionConditionSchema]))
  .meta({ id: 'SelectionItem' });
const groupSchema: z.ZodType<SelectionGroup> = z.union(
  [
    z.strictObject({ all: z.array(itemSchema).max(criteriaConditionsMax) }),
    z.strictObject({ any: z.array(itemSchema).min(1).max(criteriaConditionsMax) }),
    z.strictObject({ none: z.array(itemSchema).min(1).max(criteriaConditionsMax) }),
  ],
  'A group is one of all, any and none, with a list of conditions.',
);

/** `{ "all": [] }` is everybody. */
export const selectionCriteriaSchema = groupSchema
  .superRefine((criteria, issues) => {
    const size = sizeOf(criteria);
    if (size.depth > criteriaDepthMax) {
      issues.addIssue({
        code: 'custom',
        message: `Groups lie ${size.depth} deep: use at most ${criteriaDepthMax}.`,
      });
    }
    if (size.conditions > criteriaConditionsMax) {
      issues.addIssue({
        code: 'custom',
        message: `There are ${size.conditions} conditions: use at most ${criteriaConditionsMax}.`,
      });
    }
  })
  .meta({ id: 'SelectionCriteria' });
export type SelectionCriteria = SelectionGroup;

export const everybody: SelectionCriteria = Object.freeze({ all: [] });

function faultOf(condition: z.infer<z.ZodObject<typeof conditionShape>>): {
  message: string;
  path: string[];
} | null {
  const field = fieldOf(condition.field);
  const given = selectionOperators.filter((operator) => condition[operator] !== undefined);
  const [operator] = given;
  if (operator === undefined || given.length > 1) {
    return { message: `Say one thing about ${condition.field}, such as "is".`, path: [] };
  }
  const fitting: readonly string[] = operatorsOfType[field.type];
  if (!fitting.includes(operator)) {
    return {
      message: `${condition.field} cannot be asked with "${operator}": use ${fitting.join(', ')}.`,
      path: [operator],
    };
  }
  const values = [condition[operator]].flat();
  if (!values.every((value) => fits(field, operator, value))) {
    const wanted = field.choices === undefined ? wantedOf[field.type] : `one of ${field.choices.join(', ')}`;
    const formed = operator === 'is_missing' ? 'true or false' : (field.form?.example ?? wanted);
    return { message: `${condition.field} needs ${formed}.`, path: [operator] };
  }
  const [from, to] = values;
  if (operator === 'between' && from !== undefined && to !== undefined && from > to) {
    return { message: `${condition.field} ends before it begins.`, path: ['between'] };
  }
  return null;
}

const wantedOf = {
  text: 'a text',
  choice: 'one of its choices',
  date: 'a date as YYYY-MM-DD',
  number: 'a number',
  yes_or_no: 'true or false',
} as const;

function fits({ type, choices, form }: SelectionField, operator: SelectionOperator, value: unknown): boolean {
  if (operator === 'is_missing') return value === true || value === false;
  if (operator.includes('days')) return typeof value === 'number';
  if (type === 'number') return typeof value === 'number';
  if (type === 'yes_or_no') return typeof value === 'boolean';
  if (type === 'date') return date.safeParse(value).success;
  if (typeof value !== 'string') return false;
  return (
    (choices === undefined || choices.includes(value)) && (form === undefined || form.pattern.test(value))
  );
}

/** Names that stand where a field should, anywhere in criteria that could not be read. */
export function unknownFieldsOf(criteria: unknown): string[] {
  if (Array.isArray(criteria)) return criteria.flatMap(unknownFieldsOf);
  if (typeof criteria !== 'object' || criteria === null) return [];
  const names: readonly string[] = selectionFieldNames;
  return Object.entries(criteria).flatMap(([key, value]) => {
    if (key !== 'field') return unknownFieldsOf(value);
    return typeof value === 'string' && !names.includes(value) ? [value] : [];
  });
}

function sizeOf(item: SelectionItem): { depth: number; conditions: number } {
  const items = itemsOf(item);
  if (items === null) return { depth: 0, conditions: 1 };
  const sizes = items.map(sizeOf);
  return {
    depth: 1 + Math.max(0, ...sizes.map((size) => size.depth)),
    conditions: sizes.reduce((sum, size) => sum + size.conditions, 0),
  };
}

function itemsOf(item: SelectionItem): readonly SelectionItem[] | null {
  if ('all' in item) return item.all;
  if ('any' in item) return item.any;
  if ('none' in item) return item.none;
  return null;
}

/** The criteria with their vehicle conditions gathered: what each part says, of the person or of one vehicle. */
export type Clause =
  | { readonly kind: 'condition'; readonly condition: SelectionCondition }
  /** The person keeps at least one vehicle that meets this. */
  | { readonly kind: 'vehicle'; readonly vehicle: VehicleClause }
  | { readonly kind: 'all' | 'any' | 'none'; readonly clauses: readonly Clause[] };

export type VehicleClause =
  | { readonly kind: 'condition'; readonly condition: SelectionCondition }
  | { readonly kind: 'all' | 'any' | 'none'; readonly clauses: readonly VehicleClause[] };

/** Gathers what is said about one and the same vehicle; see the top of this file. */
export function clausesOf(criteria: SelectionCriteria): Clause {
  const kind = kindOf(criteria);
  const items = itemsOf(criteria) ?? [];
  const direct = items.filter((item) => isCondition(item) && isAboutVehicle(item));
  const carried =
    kind === 'all' && direct.length > 0
      ? items.filter((item) => !isCondition(item) && isAboutVehicle(item))
      : [];
  const ofVehicle = [...direct, ...carried];
  const clauses: Clause[] = [];
  if (ofVehicle.length > 0) {
    const vehicle: VehicleClause = {
      // One vehicle meeting any of them is what neither `any` nor `none` cares to tell apart.
      kind: kind === 'all' ? 'all' : 'any',
      clauses: ofVehicle.map(vehicleClauseOf),
    };
    clauses.push({ kind: 'vehicle', vehicle });
  }
  for (const item of items) {
    if (ofVehicle.includes(item)) continue;
    clauses.push(isCondition(item) ? { kind: 'condition', condition: item } : clausesOf(item));
  }
  return { kind, clauses };
}

function isCondition(item: SelectionItem): item is SelectionCondition {
  return 'field' in item;
}

function isAboutVehicle(item: SelectionItem): boolean {
  if (isCondition(item)) return fieldOf(item.field).about === 'vehicle';
  const items = itemsOf(item) ?? [];
  return items.length > 0 && items.every(isAboutVehicle);
}

function kindOf(group: SelectionGroup): 'all' | 'any' | 'none' {
  return 'all' in group ? 'all' : 'any' in group ? 'any' : 'none';
}

function vehicleClauseOf(item: SelectionItem): VehicleClause {
  if (isCondition(item)) return { kind: 'condition', condition: item };
  return { kind: kindOf(item), clauses: (itemsOf(item) ?? []).map(vehicleClauseOf) };
}

/** What a condition comes to on one day. Ranges include both ends; null is open. */
export type ConditionTest =
  | { readonly kind: 'range'; readonly from: string | number | null; readonly to: string | number | null }
  | { readonly kind: 'values'; readonly values: readonly string[]; readonly among: boolean }
  | { readonly kind: 'yes_or_no'; readonly value: boolean }
  | { readonly kind: 'missing'; readonly value: boolean };

/**
 * Resolves a condition against a day.
 *
 * @param today a local date (Europe/London), YYYY-MM-DD, from which relative dates are counted.
 */
export function testOf(condition: SelectionCondition, today: string): ConditionTest {
  if (condition.is_missing !== undefined) return { kind: 'missing', value: condition.is_missing };
  if (typeof condition.is === 'boolean') return { kind: 'yes_or_no', value: condition.is };
  switch (fieldOf(condition.field).type) {
    case 'date':
      return { kind: 'range', ...dateRange(condition, today) };
    case 'number':
      return numberRange(condition, today);
    default: {
      const { is, is_not, one_of, none_of } = condition;
      const values = one_of ?? none_of ?? [String(is ?? is_not)];
      return { kind: 'values', values, among: is !== undefined || one_of !== undefined };
    }
  }
}

function dateRange(
  { is, before, after, between, within_days, within_past_days, more_than_days_ago }: SelectionCondition,
  today: string,
): { from: string | null; to: string | null } {
  if (before !== undefined) return { from: null, to: addDays(before, -1) };
  if (after !== undefined) return { from: addDays(after, 1), to: null };
  if (between !== undefined) return { from: String(between[0]), to: String(between[1]) };
  if (within_days !== undefined) return { from: today, to: addDays(today, within_days) };
  if (within_past_days !== undefined) return { from: addDays(today, -within_past_days), to: today };
  if (more_than_days_ago !== undefined) return { from: null, to: addDays(today, -more_than_days_ago - 1) };
  return { from: String(is), to: String(is) };
}

function numberRange(condition: SelectionCondition, today: string): ConditionTest {
  const { is, at_least, at_most, between } = condition;
  const from = Number(between?.[0] ?? at_least ?? is ?? Number.NaN);
  const to = Number(between?.[1] ?? at_most ?? is ?? Number.NaN);
  const lowest = Number.isNaN(from) ? null : from;
  const highest = Number.isNaN(to) ? null : to;
  if (condition.field !== 'age_in_years') return { kind: 'range', from: lowest, to: highest };
  // So many full years old: registered on or before that day so many years back.
  return {
    kind: 'range',
    from: highest === null ? null : addDays(addMonths(today, -12 * (Math.floor(highest) + 1)), 1),
    to: lowest === null ? null : addMonths(today, -12 * Math.ceil(lowest)),
  };
}
