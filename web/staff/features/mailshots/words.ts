import { offeredOperators } from '../../../../src/domain/selection-field-words.ts';
import { fieldOf } from '../../../../src/domain/selection-fields.ts';
import type { Channel, Purpose } from '../../../../src/domain/vocabulary.ts';
import { sayWholeDay } from '../../shared/days.ts';
import type { DraftCondition } from './draft.ts';
import { kindOf } from './draft.ts';
import type { Field } from './fields.ts';

/** What these screens call things. */
export const purposeWords: Readonly<Record<Purpose, string>> = {
  service_message: 'Service message',
  service_follow_up: 'Service follow-up',
  general_marketing: 'General dealer marketing',
  third_party_marketing: 'Third-party marketing',
  permission_request: 'Asking for permission',
};

export const channelWords: Readonly<Record<Channel, string>> = {
  sms: 'SMS',
  letter: 'Letter',
  live_call: 'Telephone',
  automated_call: 'Recorded call',
  social_dm: 'Social media message',
  social_audience: 'Social media audience',
  email: 'Email',
};

/** In a sentence: "may be contacted by …". */
export const byChannelWords: Readonly<Record<Channel, string>> = {
  sms: 'SMS',
  letter: 'letter',
  live_call: 'telephone',
  automated_call: 'recorded call',
  social_dm: 'social media',
  social_audience: 'social media',
  email: 'email',
};

export function grouped(number: number): string {
  return number.toLocaleString('en-GB');
}

export function peopleWords(people: number): string {
  return people === 1 ? '1 person' : `${grouped(people)} people`;
}

/** What a condition says of its field, in the fewest words: "is Ford or Vauxhall", "more than 365 days ago". */
export function sayCondition(condition: DraftCondition, field: Field | undefined): string {
  const { operator, operand } = condition;
  const values = [operand].flat();
  const unit = field?.unit ?? null;
  const counted = (amount: unknown): string => `${grouped(Number(amount))}${unit === null ? '' : ` ${unit}`}`;
  switch (kindOf(condition.field, operator)) {
    case 'text':
    case 'texts': {
      const isNot = operator === 'is_not' || operator === 'none_of';
      return `${isNot ? 'is not' : 'is'} ${listed(values.map((value) => labelOf(field, String(value))))}`;
    }
    case 'date':
      return `${labelOfOperator(condition)} ${sayWholeDay(String(operand))}`;
    case 'dates':
      return sayPeriod(String(values[0]), String(values[1]));
    case 'days':
      return labelOfOperator(condition).replace('…', grouped(Number(operand)));
    case 'number':
      return `${operator === 'is' ? '' : `${labelOfOperator(condition)} `}${counted(operand)}`;
    case 'numbers':
      return `${grouped(Number(values[0]))} to ${counted(values[1])}`;
    case 'yes_or_no':
      if (operator === 'is_missing') return operand === true ? 'is not recorded' : 'is recorded';
      return operand === true ? 'yes' : 'no';
  }
}

function labelOfOperator({ field, operator }: DraftCondition): string {
  return offeredOperators(field).find((offered) => offered.operator === operator)?.label ?? operator;
}

function labelOf(field: Field | undefined, value: string): string {
  const wanted = value.toLowerCase();
  const choice = field?.choices?.find((known) => known.value.toLowerCase() === wanted);
  if (choice !== undefined) return choice.label;
  return field?.example === null || field === undefined ? value : value.toUpperCase();
}

function listed(parts: readonly string[]): string {
  return parts.length < 2 ? (parts[0] ?? '') : `${parts.slice(0, -1).join(', ')} or ${parts.at(-1)}`;
}

/** Whole years are said as years. */
function sayPeriod(from: string, to: string): string {
  if (from.endsWith('-01-01') && to.endsWith('-12-31')) {
    const [first, last] = [from.slice(0, 4), to.slice(0, 4)];
    return first === last ? `in ${first}` : `${first} to ${last}`;
  }
  return `${sayWholeDay(from)} to ${sayWholeDay(to)}`;
}

/** As lists of fields name it, with whose it is where that is not plain. */
export function sayField(condition: DraftCondition): string {
  return fieldOf(condition.field).label;
}
