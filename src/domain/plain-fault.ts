import type { z } from 'zod';

/**
 * What is wrong with a value that a schema does not allow, as a sentence for a person: what it has to be, never
 * what was given. Handed to a schema as `error` when it reads something that came from outside.
 */
export const plainFault: z.core.$ZodErrorMap = (issue) => {
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined
        ? `This is missing; it has to be ${nounOf(issue.expected)}.`
        : `This has to be ${nounOf(issue.expected)}.`;
    case 'invalid_value':
      return `This has to be ${issue.values.length === 1 ? '' : 'one of '}${issue.values.map(String).join(', ')}.`;
    case 'too_big':
      return tooBig(issue);
    case 'too_small':
      return tooSmall(issue);
    case 'invalid_format':
      return `This has to be ${formats[issue.format] ?? 'written as the description of the API says'}.`;
    case 'unrecognized_keys':
      return `${issue.keys.join(', ')} is not known: leave it out or correct its name.`;
    case 'invalid_union':
      return 'This has none of the forms it may have: see what the description of the API says of it.';
    case 'not_multiple_of':
      return `This has to be a multiple of ${issue.divisor}.`;
    default:
      return 'This value is not allowed.';
  }
};

type TooBig = z.core.$ZodIssueTooBig;
type TooSmall = z.core.$ZodIssueTooSmall;

function tooBig({
  origin,
  maximum,
  inclusive,
  exact,
}: Pick<TooBig, 'origin' | 'maximum' | 'inclusive' | 'exact'>): string {
  const unit = units[origin];
  if (unit !== undefined)
    return `This has ${exact === true ? 'exactly' : 'at most'} ${counted(maximum, unit)}.`;
  return `This has to be ${inclusive === false ? 'less than' : 'at most'} ${maximum}.`;
}

function tooSmall({
  origin,
  minimum,
  inclusive,
  exact,
}: Pick<TooSmall, 'origin' | 'minimum' | 'inclusive' | 'exact'>): string {
  const unit = units[origin];
  if (unit !== undefined) {
    if (minimum === 1 && exact !== true) return 'This must not be empty.';
    return `This has ${exact === true ? 'exactly' : 'at least'} ${counted(minimum, unit)}.`;
  }
  return `This has to be ${inclusive === false ? 'more than' : 'at least'} ${minimum}.`;
}

function counted(count: number | bigint, unit: string): string {
  return `${count.toLocaleString('en-GB')} ${unit}${count === 1 ? '' : 's'}`;
}

function nounOf(expected: string): string {
  return nouns[expected] ?? 'another kind of value';
}

const nouns: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object with named fields',
  record: 'an object with named fields',
  null: 'null',
};

const units: Readonly<Record<string, string>> = { string: 'character', array: 'item' };

const formats: Readonly<Record<string, string>> = {
  uuid: 'an id, such as 0195f3c0-0000-7000-8000-000000000000',
  date: 'a date, such as 2027-01-31',
  datetime: 'an instant, such as 2027-01-31T09:00:00Z',
  email: 'an email address',
};
