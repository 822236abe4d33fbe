import type { Clause, SelectionCondition, SelectionCriteria, VehicleClause } from './selection-criteria.ts';
import { clausesOf } from './selection-criteria.ts';
import { unitOf } from './selection-field-words.ts';
import type { SelectionFieldName } from './selection-fields.ts';
import { fieldOf } from './selection-fields.ts';

/** Names to show in place of codes; a code without a name is shown as it is. */
export interface CriteriaNames {
  readonly branch?: (code: string) => string;
}

/**
 * Reads criteria back as one plain English sentence part: "People with a Ford or Vauxhall first registered
 * 2016 to 2022, at Sheffield".
 */
export function readCriteria(criteria: SelectionCriteria, names: CriteriaNames = {}): string {
  const clause = clausesOf(criteria);
  if (clause.kind === 'all' && clause.clauses.length === 0) return 'Everybody on file';
  return `People ${readClause(clause, names, true)}`;
}

function readClause(clause: Clause, names: CriteriaNames, outermost = false): string {
  if (clause.kind === 'condition') return readPersonCondition(clause.condition, names);
  if (clause.kind === 'vehicle') return readVehicle(clause.vehicle);
  const parts = clause.clauses.map((part) => readClause(part, names));
  if (clause.kind === 'none') return listed(parts.map(negated), 'and');
  if (clause.kind === 'all' && outermost) return parts.join(', ');
  if (parts.length === 1) return parts[0] ?? '';
  const joined = clause.kind === 'all' ? `both ${listed(parts, 'and')}` : `either ${listed(parts, 'or')}`;
  return outermost ? joined : `(${joined})`;
}

function negated(phrase: string): string {
  if (phrase.startsWith('with ')) return `without ${phrase.slice('with '.length)}`;
  return phrase.startsWith('without ') ? `with ${phrase.slice('without '.length)}` : `not ${phrase}`;
}

const kindNames: Readonly<Record<string, string>> = {
  individual: 'private persons',
  sole_trader: 'sole traders',
  partnership: 'partnerships',
  scottish_partnership: 'Scottish partnerships',
  llp: 'limited liability partnerships',
  company: 'companies',
  government: 'government bodies',
  unknown: 'of unknown kind',
};

function readPersonCondition(condition: SelectionCondition, names: CriteriaNames): string {
  const { field } = condition;
  const { type, words, missingWords } = fieldOf(field);
  if (condition.is_missing !== undefined) return readMissing(condition.is_missing, missingWords);
  if (type === 'yes_or_no') return condition.is === true ? words : negated(words);
  if (type === 'date') return `${words} ${readDate(condition)}`;
  const values = valuesOf(condition).map((value) => {
    if (field === 'branch') return names.branch?.(value) ?? value;
    return field === 'kind' ? (kindNames[value] ?? value) : value.toUpperCase();
  });
  return `${isNegative(condition) ? 'not ' : ''}${words} ${listed(values, 'or')}`;
}

function readMissing(missing: boolean, missingWords: string): string {
  return missing ? `without ${missingWords}` : `with ${missingWords}`;
}

function valuesOf({ is, is_not, one_of, none_of }: SelectionCondition): string[] {
  return [...(one_of ?? none_of ?? [String(is ?? is_not)])];
}

function isNegative({ is_not, none_of }: SelectionCondition): boolean {
  return is_not !== undefined || none_of !== undefined;
}

/** "with a Ford or Vauxhall first registered 2016 to 2022, MOT due in the next 30 days". */
function readVehicle(clause: VehicleClause): string {
  const clauses = clause.kind === 'condition' ? [clause] : clause.clauses;
  if (clause.kind === 'any' && clauses.length > 1) {
    return `with ${listed(
      clauses.map((part) => readVehicle({ kind: 'all', clauses: [part] }).slice('with '.length)),
      'or',
    )}`;
  }
  const isNamed = (part: VehicleClause, field: SelectionFieldName): boolean =>
    part.kind === 'condition' && part.condition.field === field && namesIt(part.condition);
  const make = clauses.find((part) => isNamed(part, 'make'));
  const model = clauses.find((part) => isNamed(part, 'model'));
  const nouns = [make, model].flatMap((part) =>
    part?.kind === 'condition' ? [listed(valuesOf(part.condition), 'or')] : [],
  );
  const noun = nouns.length === 0 ? 'vehicle' : nouns.join(' ');
  const qualities = clauses.filter((part) => part !== make && part !== model).map(readQuality);
  const article = /^[aeiou]/i.test(noun) ? 'an' : 'a';
  return `with ${article} ${noun}${qualities.length === 0 ? '' : ` ${qualities.join(', ')}`}`;
}

function namesIt({ is, one_of }: SelectionCondition): boolean {
  return is !== undefined || one_of !== undefined;
}

function readQuality(clause: VehicleClause): string {
  if (clause.kind === 'condition') return readVehicleCondition(clause.condition);
  const parts = clause.clauses.map(readQuality);
  if (clause.kind === 'none') return listed(parts.map(negated), 'and');
  if (parts.length === 1) return parts[0] ?? '';
  return clause.kind === 'all' ? `(both ${listed(parts, 'and')})` : `(either ${listed(parts, 'or')})`;
}

function readVehicleCondition(condition: SelectionCondition): string {
  const { type, words, missingWords } = fieldOf(condition.field);
  if (condition.is_missing !== undefined) return readMissing(condition.is_missing, missingWords);
  if (type === 'date') return `${words} ${readDate(condition)}`;
  if (type === 'number') {
    return `${words} ${readAmount(condition)} ${unitOf(condition.field)}`;
  }
  return `${isNegative(condition) ? 'not ' : ''}${words} ${listed(valuesOf(condition), 'or')}`;
}

function readAmount({ is, at_least, at_most, between }: SelectionCondition): string {
  if (between !== undefined) return `${grouped(between[0])} to ${grouped(between[1])}`;
  if (at_least !== undefined) return `at least ${grouped(at_least)}`;
  return at_most === undefined ? grouped(is) : `at most ${grouped(at_most)}`;
}

function grouped(amount: unknown): string {
  return Number(amount).toLocaleString('en-GB');
}

function readDate(condition: SelectionCondition): string {
  const { before, after, between, within_days, within_past_days, more_than_days_ago } = condition;
  if (before !== undefined) return `before ${readDay(before)}`;
  if (after !== undefined) return `after ${readDay(after)}`;
  if (between !== undefined) return readPeriod(String(between[0]), String(between[1]));
  if (within_days !== undefined) return `in the next ${days(within_days)}`;
  if (within_past_days !== undefined) return `in the last ${days(within_past_days)}`;
  if (more_than_days_ago !== undefined) return `more than ${days(more_than_days_ago)} ago`;
  return `on ${readDay(String(condition.is))}`;
}

/** Whole years are read as years. */
function readPeriod(from: string, to: string): string {
  if (from.endsWith('-01-01') && to.endsWith('-12-31')) {
    const [first, last] = [from.slice(0, 4), to.slice(0, 4)];
    return first === last ? `in ${first}` : `${first} to ${last}`;
  }
  return `from ${readDay(from)} to ${readDay(to)}`;
}

function days(count: number): string {
  return count === 1 ? 'day' : `${count} days`;
}

function readDay(date: string): string {
  return Temporal.PlainDate.from(date).toLocaleString('en-GB', {
    day: 'numeric',
    month: 'long',
    year: 'numeric',
  });
}

function listed(parts: readonly string[], conjunction: 'and' | 'or'): string {
  if (parts.length < 2) return parts[0] ?? '';
  return `${parts.slice(0, -1).join(', ')} ${conjunction} ${parts.at(-1)}`;
}
