import { customerKinds } from './vocabulary.ts';

/**
 * What a selection can ask about people and the vehicles they keep: one table, from which the checks, the
 * plain English and the choice of operators follow. A further field is one more line here, and the place
 * where its value lies in the store of mailshots.
 */
export type FieldType = 'text' | 'choice' | 'date' | 'number' | 'yes_or_no';

export interface SelectionField {
  /** `vehicle`: about a vehicle the person keeps; `person`: about the person themselves. */
  readonly about: 'person' | 'vehicle';
  readonly type: FieldType;
  /** As a list of fields names it. */
  readonly label: string;
  /** How a sentence begins that says something about this field, such as "MOT due" in "MOT due in the next 30 days". */
  readonly words: string;
  /** As in "with no MOT date". */
  readonly missingWords: string;
  readonly choices?: readonly string[];
  /** What a text must look like, and how to say so. */
  readonly form?: { readonly pattern: RegExp; readonly example: string };
}

function field(
  about: SelectionField['about'],
  type: FieldType,
  label: string,
  words: string,
  missingWords: string,
  choices?: readonly string[],
): SelectionField {
  const known = { about, type, label, words, missingWords };
  return choices === undefined ? known : { ...known, choices };
}

export const selectionFields = {
  branch: field('person', 'text', 'Branch', 'at', 'a branch'),
  kind: field('person', 'choice', 'Kind of customer', 'listed as', 'a kind', customerKinds),
  prospect: field('person', 'yes_or_no', 'Prospect', 'listed as prospects', 'a mark of a prospect'),
  postcode_area: {
    ...field('person', 'text', 'Postcode area', 'in postcode area', 'a postcode'),
    form: { pattern: /^[a-z]{1,2}$/i, example: 'letters such as S or SW' },
  },
  outcode: {
    ...field('person', 'text', 'Postcode district', 'in postcode district', 'a postcode'),
    form: { pattern: /^[a-z]{1,2}\d[a-z\d]?$/i, example: 'a district such as S11 or SW1A' },
  },
  created_on: field('person', 'date', 'On file since', 'added', 'a date of being added'),
  last_contact_on: field('person', 'date', 'Last contact', 'last in contact', 'a date of last contact'),
  has_vehicle: field('person', 'yes_or_no', 'Has a vehicle', 'with a vehicle', 'a vehicle'),
  make: field('vehicle', 'text', 'Make', 'of make', 'a make'),
  model: field('vehicle', 'text', 'Model', 'of model', 'a model'),
  first_registered_on: field(
    'vehicle',
    'date',
    'First registered',
    'first registered',
    'a registration date',
  ),
  age_in_years: field('vehicle', 'number', 'Age in years', 'aged', 'a registration date'),
  mileage: field('vehicle', 'number', 'Mileage', 'with a mileage of', 'a mileage'),
  mot_due_on: field('vehicle', 'date', 'MOT due', 'MOT due', 'an MOT date'),
  service_due_on: field('vehicle', 'date', 'Service due', 'service due', 'a service date'),
  last_service_on: field('vehicle', 'date', 'Last service', 'last serviced', 'a date of last service'),
} as const satisfies Record<string, SelectionField>;

export type SelectionFieldName = keyof typeof selectionFields;
export const selectionFieldNames = Object.keys(selectionFields) as [
  SelectionFieldName,
  ...SelectionFieldName[],
];

/** The operators that fit each type of field. What is missing meets `is_missing` and no other condition. */
export const operatorsOfType = {
  text: ['is', 'is_not', 'one_of', 'none_of', 'is_missing'],
  choice: ['is', 'is_not', 'one_of', 'none_of'],
  date: [
    'is',
    'before',
    'after',
    'between',
    'within_days',
    'within_past_days',
    'more_than_days_ago',
    'is_missing',
  ],
  number: ['is', 'at_least', 'at_most', 'between', 'is_missing'],
  yes_or_no: ['is'],
} as const satisfies Record<FieldType, readonly string[]>;

export const selectionOperators = [
  'is',
  'is_not',
  'one_of',
  'none_of',
  'before',
  'after',
  'between',
  'within_days',
  'within_past_days',
  'more_than_days_ago',
  'at_least',
  'at_most',
  'is_missing',
] as const;
export type SelectionOperator = (typeof selectionOperators)[number];

export function fieldOf(name: SelectionFieldName): SelectionField {
  return selectionFields[name];
}
