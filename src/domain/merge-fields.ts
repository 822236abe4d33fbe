/**
 * Merge fields: what a template may say of the person it goes to, as `((first name))`, or with words for those of
 * whom it is not known, as `((first name|there))`. A closed list; whatever else stands in double brackets is a fault,
 * since it would be sent as it stands.
 */
export const mergeFields = [
  { name: 'title', words: 'Their title', example: 'Mrs' },
  { name: 'first name', words: 'Their first name', example: 'Jane' },
  { name: 'last name', words: 'Their last name', example: 'Holroyd' },
  { name: 'full name', words: 'Title, first name and last name', example: 'Mrs Jane Holroyd' },
  { name: 'company', words: 'The company they are', example: 'Holroyd Joinery Ltd' },
  { name: 'registration', words: 'The registration of the vehicle', example: 'AB12 CDE' },
  { name: 'make', words: 'The make of the vehicle', example: 'Ford' },
  { name: 'model', words: 'The model of the vehicle', example: 'Focus' },
  { name: 'vehicle', words: 'Make and model of the vehicle', example: 'Ford Focus' },
  { name: 'MOT due date', words: 'The day its MOT is due', example: '14 December 2026' },
  { name: 'service due date', words: 'The day its service is due', example: '2 January 2027' },
  { name: 'deferred work', words: 'Work of a health check that was put off', example: 'front brake pads' },
  { name: 'finance end date', words: 'The day the finance agreement ends', example: '31 March 2027' },
  { name: 'vehicle of interest', words: 'What an enquiry is about', example: 'Ford Kuga' },
  { name: 'dealer', words: 'The full name of the dealer', example: 'Hallam Motors Ltd' },
  { name: 'branch', words: 'The branch that looks after them', example: 'Sheffield' },
  { name: 'telephone', words: 'The number to ring the dealer on', example: '0114 496 0123' },
] as const;

export type MergeFieldName = (typeof mergeFields)[number]['name'];
export type MergeValues = Readonly<Partial<Record<MergeFieldName, string | null>>>;

export interface MergeFault {
  /** As it stands in the text. */
  readonly written: string;
  readonly sentence: string;
}

/** The made-up customer that a template is shown with when nobody real was chosen. */
export const exampleValues: MergeValues = Object.fromEntries(
  mergeFields.map(({ name, example }) => [name, example]),
);

// why: bounded, so that a text full of brackets is read in linear time.
const placePattern = /\(\(([^()]{0,120})\)\)/g;

/** What is wrong with the merge fields of a text, in the order in which it stands there. */
export function mergeFaults(text: string): MergeFault[] {
  const faults = [...text.matchAll(placePattern)].flatMap((match) => {
    const fault = faultOf(match[1] ?? '');
    return fault === null ? [] : [{ written: match[0], sentence: fault }];
  });
  const rest = text.replaceAll(placePattern, '');
  const loose = /\(\(|\)\)/.exec(rest)?.[0];
  if (loose === undefined) return faults;
  const sentence = `There is ${loose} without its other half: write a field as ((first name)).`;
  return [...faults, { written: loose, sentence }];
}

/** The fields that a text uses, each once. */
export function mergeFieldsIn(text: string): MergeFieldName[] {
  const named = [...text.matchAll(placePattern)].map((match) => readPlace(match[1] ?? '').field);
  return [...new Set(named.filter((field) => field !== undefined))];
}

/**
 * Fills a text for one person. A field of which nothing is known takes its words after the bar; one without such words
 * is `missing`, and then the text is not fit to be sent: nobody is written to as "Dear ,".
 */
export function fillMergeFields(
  text: string,
  values: MergeValues,
): { readonly text: string; readonly missing: readonly MergeFieldName[] } {
  const missing = new Set<MergeFieldName>();
  const filled = text.replaceAll(placePattern, (written: string, inside: string) => {
    const { field, fallback } = readPlace(inside);
    if (field === undefined) return written;
    const value = oneLine(values[field] ?? '');
    if (value !== '') return value;
    if (fallback === undefined) missing.add(field);
    return fallback ?? '';
  });
  return { text: filled, missing: [...missing] };
}

interface Place {
  readonly field: MergeFieldName | undefined;
  readonly fallback: string | undefined;
  readonly written: string;
}

function readPlace(inside: string): Place {
  const bar = inside.indexOf('|');
  const written = (bar < 0 ? inside : inside.slice(0, bar)).trim();
  const wanted = comparable(written);
  return {
    field: mergeFields.find(({ name }) => comparable(name) === wanted)?.name,
    fallback: bar < 0 ? undefined : inside.slice(bar + 1).trim(),
    written,
  };
}

function faultOf(inside: string): string | null {
  const { field, fallback, written } = readPlace(inside);
  if (field !== undefined && fallback?.includes('|')) {
    return `((${inside})) has two bars: write one fallback, as ((${field}|there)).`;
  }
  if (field !== undefined) return null;
  if (written === '') return 'There is a field without a name: write one such as ((first name)).';
  const near = nearest(written);
  return near === null
    ? `There is no field ((${written})): choose one from the list.`
    : `There is no field ((${written})): did you mean ((${near}))?`;
}

/** The field that was most likely meant; null where none is near. */
function nearest(written: string): MergeFieldName | null {
  const wanted = comparable(written).slice(0, 40);
  const [best] = mergeFields
    .map(({ name }) => ({ name, distance: distanceBetween(wanted, comparable(name)) }))
    .sort((a, b) => a.distance - b.distance);
  if (best !== undefined && best.distance <= Math.max(2, Math.floor(best.name.length / 3))) return best.name;
  return synonyms[wanted] ?? null;
}

/** What other systems and people call these fields. */
const synonyms: Readonly<Record<string, MergeFieldName>> = {
  forename: 'first name',
  name: 'full name',
  surname: 'last name',
  customer: 'full name',
  reg: 'registration',
  vrm: 'registration',
  'number plate': 'registration',
  car: 'vehicle',
  mot: 'MOT due date',
  'mot date': 'MOT due date',
  service: 'service due date',
  'service date': 'service due date',
  'dealer name': 'dealer',
  phone: 'telephone',
  'phone number': 'telephone',
  site: 'branch',
};

function comparable(text: string): string {
  return text
    .trim()
    .toLowerCase()
    .replaceAll(/[\s_-]+/g, ' ');
}

/** What is known of a person never brings a line of its own, nor anything that is not seen. */
function oneLine(value: string): string {
  return value.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\s]+/gu, ' ').trim();
}

/** Levenshtein, for two short texts. */
function distanceBetween(a: string, b: string): number {
  let before = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let row = 1; row <= a.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= b.length; column += 1) {
      const changed = (before[column - 1] ?? 0) + (a[row - 1] === b[column - 1] ? 0 : 1);
      current.push(Math.min(changed, (before[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1));
    }
    before = current;
  }
  return before[b.length] ?? 0;
}
