import type {
  SelectionCondition,
  SelectionCriteria,
  SelectionGroup,
  SelectionItem,
} from '../../../../src/domain/selection-criteria.ts';
import type { OperandKind } from '../../../../src/domain/selection-field-words.ts';
import { offeredOperators } from '../../../../src/domain/selection-field-words.ts';
import type { SelectionFieldName, SelectionOperator } from '../../../../src/domain/selection-fields.ts';
import { fieldOf, selectionFieldNames, selectionOperators } from '../../../../src/domain/selection-fields.ts';
import type { Channel, Purpose } from '../../../../src/domain/vocabulary.ts';
import type { GivenSelection } from '../../../../src/features/mailshots/contract.ts';
import type { MailshotSearch } from './search.ts';

/**
 * A mailshot while it is being put together: like a selection, but with gaps. A condition that is not finished
 * stands in the draft and is not asked about.
 */
export interface Draft {
  readonly category: Purpose | null;
  readonly channel: Channel | null;
  readonly company: string;
  readonly recall: boolean;
  readonly promotion: boolean;
  readonly claimsManagement: boolean;
  readonly criteria: DraftGroup;
}

export type Mode = 'all' | 'any' | 'none';

export interface DraftGroup {
  readonly key: string;
  readonly mode: Mode;
  readonly items: readonly DraftItem[];
}

/** A value on its way; an end of a range that is still open is an empty text. */
export type Operand = string | number | boolean | readonly (string | number)[] | null;

export interface DraftCondition {
  readonly key: string;
  readonly field: SelectionFieldName;
  readonly operator: SelectionOperator;
  readonly operand: Operand;
}

export type DraftItem = DraftGroup | DraftCondition;

let keys = 0;

function newKey(): string {
  keys += 1;
  return `item-${keys}`;
}

export function isGroup(item: DraftItem): item is DraftGroup {
  return 'items' in item;
}

export function newGroup(mode: Mode, items: readonly DraftItem[] = []): DraftGroup {
  return { key: newKey(), mode, items };
}

const usualOperators: Partial<Record<SelectionFieldName, SelectionOperator>> = {
  first_registered_on: 'between',
  created_on: 'within_past_days',
  last_contact_on: 'more_than_days_ago',
  last_service_on: 'more_than_days_ago',
  mot_due_on: 'within_days',
  service_due_on: 'within_days',
};

/** Begins with what is asked most often about this field. */
export function newCondition(field: SelectionFieldName): DraftCondition {
  const { type } = fieldOf(field);
  const usual = type === 'text' || type === 'choice' ? 'one_of' : type === 'number' ? 'at_least' : 'is';
  const operator = usualOperators[field] ?? usual;
  return { key: newKey(), field, operator, operand: emptyOperand(kindOf(field, operator)) };
}

/** The same condition asked another way; the value stays where it still fits. */
export function askedBy(condition: DraftCondition, operator: SelectionOperator): DraftCondition {
  const from = kindOf(condition.field, condition.operator);
  const to = kindOf(condition.field, operator);
  const isAnotherQuestion = (condition.operator === 'is_missing') !== (operator === 'is_missing');
  if (from === to && !isAnotherQuestion) return { ...condition, operator };
  const [first] = [condition.operand].flat();
  const isMoreOfIt = (from === 'text' && to === 'texts') || (from === 'texts' && to === 'text');
  const kept = to === 'texts' ? [first].filter((value) => value !== undefined && value !== '') : first;
  const operand = isMoreOfIt ? ((kept ?? null) as Operand) : emptyOperand(to);
  return { ...condition, operator, operand };
}

function emptyOperand(kind: OperandKind): Operand {
  if (kind === 'texts') return [];
  if (kind === 'dates' || kind === 'numbers') return ['', ''];
  return kind === 'yes_or_no' ? true : null;
}

export function kindOf(field: SelectionFieldName, operator: SelectionOperator): OperandKind {
  return offeredOperators(field).find((offered) => offered.operator === operator)?.value ?? 'text';
}

/** What is still wanted, as a sentence; null when the condition can be asked. */
export function gapOf({ field, operator, operand }: DraftCondition): string | null {
  const kind = kindOf(field, operator);
  const values = [operand]
    .flat()
    .filter((value) => value !== null)
    .filter((value) => value !== '');
  if (kind === 'dates' || kind === 'numbers') {
    const [from, to] = values;
    if (from === undefined || to === undefined) return 'Give the first and the last.';
    return from > to ? 'It ends before it begins.' : null;
  }
  if (values.length === 0) return wanted[kind];
  const { form } = fieldOf(field);
  const isForm = operator !== 'is_missing' && form !== undefined;
  if (isForm && !values.every((value) => form.pattern.test(String(value)))) return `Write ${form.example}.`;
  return null;
}

const wanted: Readonly<Record<Exclude<OperandKind, 'dates' | 'numbers'>, string>> = {
  text: 'Say which.',
  texts: 'Say which: one or several.',
  date: 'Give the date.',
  number: 'Give a number.',
  days: 'Give the number of days.',
  yes_or_no: 'Say yes or no.',
};

/** Puts something else in the place of one item, wherever it is; null takes it out. */
export function changeItem(
  group: DraftGroup,
  key: string,
  change: (item: DraftItem) => DraftItem | null,
): DraftGroup {
  const items = group.items.flatMap((item): DraftItem[] => {
    if (item.key === key) {
      const changed = change(item);
      return changed === null ? [] : [changed];
    }
    return [isGroup(item) ? changeItem(item, key, change) : item];
  });
  return { ...group, items };
}

/** Every condition, at any depth. */
export function conditionsIn(item: DraftItem): DraftCondition[] {
  return isGroup(item) ? item.items.flatMap(conditionsIn) : [item];
}

/** What is asked of the server; null until both category and channel are chosen. */
export function selectionOf(draft: Draft): GivenSelection | null {
  const { category, channel, company, recall, promotion, claimsManagement } = draft;
  if (category === null || channel === null) return null;
  return {
    channel,
    category,
    ...(category === 'third_party_marketing' && company !== '' ? { company } : {}),
    ...(recall ? { recall } : {}),
    ...(promotion ? { promotion } : {}),
    ...(claimsManagement ? { claimsManagement } : {}),
    criteria: criteriaOf(draft.criteria),
  };
}

function criteriaOf(group: DraftGroup): SelectionCriteria {
  const asked = askedOf(group);
  return asked === null || 'field' in asked ? { all: [] } : asked;
}

function askedOf(item: DraftItem): SelectionItem | null {
  if (!isGroup(item)) {
    const { field, operator, operand } = item;
    return gapOf(item) === null ? ({ field, [operator]: operand } as unknown as SelectionCondition) : null;
  }
  const items = item.items.map(askedOf).filter((asked) => asked !== null);
  return items.length === 0 ? null : ({ [item.mode]: items } as unknown as SelectionGroup);
}

/** The draft of what an address or a saved selection says; without either, an empty one. */
export function draftOf(given: Partial<GivenSelection> | MailshotSearch): Draft {
  return {
    category: given.category ?? null,
    channel: given.channel ?? null,
    company: given.company ?? '',
    recall: given.recall ?? false,
    promotion: given.promotion ?? false,
    claimsManagement: given.claimsManagement ?? false,
    criteria: groupOf(given.criteria) ?? newGroup('all'),
  };
}

function groupOf(value: unknown): DraftGroup | null {
  if (typeof value !== 'object' || value === null) return null;
  for (const mode of ['all', 'any', 'none'] as const) {
    const items: unknown = (value as Record<string, unknown>)[mode];
    if (Array.isArray(items))
      return newGroup(
        mode,
        items.map(itemOf).filter((item) => item !== null),
      );
  }
  return null;
}

function itemOf(value: unknown): DraftItem | null {
  if (typeof value !== 'object' || value === null) return null;
  const given = value as Record<string, unknown>;
  const field = selectionFieldNames.find((name) => name === given['field']);
  if (field === undefined) return groupOf(value);
  const operator = selectionOperators.find((name) => given[name] !== undefined);
  if (operator === undefined) return null;
  return { key: newKey(), field, operator, operand: given[operator] as Operand };
}

/** The draft as an address holds it. */
export function searchOf(draft: Draft): MailshotSearch {
  const { category, channel, company, recall, promotion, claimsManagement } = draft;
  const criteria = criteriaOf(draft.criteria);
  const isEverybody = 'all' in criteria && criteria.all.length === 0;
  return {
    ...(category === null ? {} : { category }),
    ...(channel === null ? {} : { channel }),
    ...(company === '' ? {} : { company }),
    ...(recall ? { recall } : {}),
    ...(promotion ? { promotion } : {}),
    ...(claimsManagement ? { claimsManagement } : {}),
    ...(isEverybody ? {} : { criteria }),
  };
}
