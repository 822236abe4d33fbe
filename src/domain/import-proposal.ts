import { normaliseColumnName } from './column-name.ts';
import { parseEmailAddress } from './email-address.ts';
import type { DateOrder, ImportField, ImportFileKind } from './import-fields.ts';
import { isFlagField } from './import-fields.ts';
import type { ImportMapping, MappedColumn } from './import-mapping.ts';
import { columnMeaning, speaksOfContact } from './import-synonyms.ts';
import { parseFlag } from './legacy-flags.ts';
import { parsePhone } from './phone.ts';
import { parsePostcode } from './postcode.ts';
import { parseVin } from './vehicle-registration.ts';

export type ProposalResult =
  | { readonly ok: true; readonly mapping: ImportMapping; readonly notes: readonly string[] }
  | { readonly ok: false; readonly sentence: string };

/**
 * Proposes how an unknown file is to be read, from its headers and the values of its first rows. Whatever is
 * not plain from the header carries `"check": true`, and nothing is imported before a person removed it.
 */
export function proposeMapping(
  headers: readonly string[],
  firstRows: readonly (readonly string[])[],
  file: ImportFileKind = likelyFileKind(headers),
): ProposalResult {
  const samples = headers.map((_, index) =>
    firstRows.map((row) => (row[index] ?? '').trim()).filter((text) => text !== ''),
  );
  const taken = new Set<ImportField>();
  const columns: MappedColumn[] = headers.map((column, index) =>
    byHeader(column, samples[index] ?? [], file, taken),
  );
  for (const [index, column] of columns.entries()) {
    if (column.field === null && column.check !== true)
      columns[index] = orAsked(byValues(column, samples[index] ?? [], file, taken), samples[index] ?? []);
  }
  const named = columns.filter((column) => normaliseColumnName(column.column) !== '');
  if (!taken.has('customer_no')) {
    // why: what is on the first line is not repeated, because a file without a header has somebody's details there.
    return {
      ok: false,
      sentence:
        'No column seems to hold the customer number (customer_no), without which records cannot be told apart: see that the first line has the column names.',
    };
  }
  const dates = dateOrderOf(columns, samples);
  const mapping: ImportMapping = { version: 1, file, dateOrder: dates.order, columns: named };
  return { ok: true, mapping, notes: [...dates.notes, ...notesOn(named, taken, file)] };
}

/** A file with a vehicle's identity and no person's name is a vehicle file. */
function likelyFileKind(headers: readonly string[]): ImportFileKind {
  const hasVehicle = headers.some((header) =>
    ['registration', 'vin'].includes(columnMeaning(header, 'vehicles').field ?? ''),
  );
  const hasName = headers.some((header) => {
    const field = columnMeaning(header, 'customers').field ?? '';
    return ['surname', 'forename', 'company'].includes(field) || wholeNames.has(normaliseColumnName(header));
  });
  return hasVehicle && !hasName ? 'vehicles' : 'customers';
}

const wholeNames: ReadonlySet<string> = new Set([
  'name',
  'full_name',
  'customer_name',
  'contact_name',
  'customer',
]);

function byHeader(
  column: string,
  sample: readonly string[],
  file: ImportFileKind,
  taken: Set<ImportField>,
): MappedColumn {
  const meaning = columnMeaning(column, file);
  if (meaning.field !== null && isFlagField(meaning.field)) {
    taken.add(meaning.field);
    return flagColumn(column, meaning.field, sample, meaning.invert, meaning.doubt);
  }
  if (meaning.isRefusal) {
    return {
      column,
      field: null,
      check: true,
      note: 'This looks like a refusal of contact; a vehicle file cannot hold one.',
    };
  }
  if (meaning.field !== null && !taken.has(meaning.field)) {
    taken.add(meaning.field);
    return { column, field: meaning.field };
  }
  if (file === 'customers' && wholeNames.has(normaliseColumnName(column)) && !taken.has('surname')) {
    taken.add('surname');
    const note = 'The column seems to hold whole names; they will stand under surname as they are.';
    return { column, field: 'surname', check: true, note };
  }
  return { column, field: null };
}

function flagColumn(
  column: string,
  field: ImportField,
  sample: readonly string[],
  invert: boolean,
  doubt: string | null,
): MappedColumn {
  const unreadable = sample.some((text) => !parseFlag(text).ok)
    ? 'Some of its first values are neither yes nor no; rows with such values would be rejected.'
    : null;
  const note = [doubt, unreadable].filter((part) => part !== null).join(' ');
  return {
    column,
    field,
    ...(invert ? { invert: true } : {}),
    ...(note === '' ? {} : { check: true, note }),
  };
}

/** A yes or no under a header that speaks of contact may be a refusal in words nobody foresaw. */
function orAsked(column: MappedColumn, sample: readonly string[]): MappedColumn {
  const isYesOrNo = sample.length > 0 && sample.every((text) => parseFlag(text).ok);
  if (column.field !== null || !isYesOrNo || !speaksOfContact(column.column)) return column;
  const note =
    'Its yes or no may be about contact. If it is, map it to no_follow_up or no_marketing, with "invert": true where yes means allowed.';
  return { ...column, check: true, note };
}

const valueTests: readonly { readonly field: ImportField; readonly passes: (text: string) => boolean }[] = [
  { field: 'email', passes: (text) => parseEmailAddress(text).ok },
  { field: 'postcode', passes: (text) => parsePostcode(text).ok },
  { field: 'vin', passes: (text) => parseVin(text).ok },
  {
    field: 'registration',
    passes: (text) => /^([A-Z]{2}\d{2} ?[A-Z]{3}|[A-Z]\d{1,3} ?[A-Z]{3})$/i.test(text),
  },
  { field: 'mobile', passes: (text) => isPhone(text, 'mobile') },
  { field: 'home_phone', passes: (text) => isPhone(text, 'landline') },
];

function isPhone(text: string, kind: 'mobile' | 'landline'): boolean {
  const phone = parsePhone(text);
  return phone.ok && phone.kind === kind;
}

/** A column whose header says nothing but whose values speak: four in five must agree. */
function byValues(
  column: MappedColumn,
  sample: readonly string[],
  file: ImportFileKind,
  taken: Set<ImportField>,
): MappedColumn {
  if (sample.length < 3) return column;
  for (const { field, passes } of valueTests) {
    const belongs =
      file === 'vehicles'
        ? field === 'vin' || field === 'registration'
        : field !== 'vin' && field !== 'registration';
    if (!belongs || taken.has(field)) continue;
    if (sample.filter(passes).length < sample.length * 0.8) continue;
    taken.add(field);
    return { column: column.column, field, check: true, note: 'Told by its values, not by its header.' };
  }
  return column;
}

const dateFields: ReadonlySet<string> = new Set([
  'created_on',
  'last_contact_on',
  'first_registered_on',
  'mot_due_on',
  'service_due_on',
  'last_service_on',
  'sold_on',
]);

/** Day or month first, by dates that can only be one of the two. British files write the day first. */
function dateOrderOf(
  columns: readonly MappedColumn[],
  samples: readonly (readonly string[])[],
): { readonly order: DateOrder; readonly notes: readonly string[] } {
  let dayFirst = 0;
  let monthFirst = 0;
  for (const [index, column] of columns.entries()) {
    if (!dateFields.has(column.field ?? '')) continue;
    for (const text of samples[index] ?? []) {
      const parts = /^(\d{1,2})[-/. ](\d{1,2})[-/. ]\d{2,4}/.exec(text);
      if (parts === null) continue;
      if (Number(parts[1]) > 12) dayFirst += 1;
      else if (Number(parts[2]) > 12) monthFirst += 1;
    }
  }
  if (dayFirst > 0 && monthFirst > 0) {
    return {
      order: 'day_first',
      notes: ['Some dates have the day first and some the month; correct the file.'],
    };
  }
  return { order: monthFirst > 0 ? 'month_first' : 'day_first', notes: [] };
}

function notesOn(
  columns: readonly MappedColumn[],
  taken: ReadonlySet<ImportField>,
  file: ImportFileKind,
): string[] {
  const notes: string[] = [];
  const left = columns.filter((column) => column.field === null).map((column) => column.column);
  if (left.length > 0) notes.push(`These columns will not be imported: ${left.join(', ')}.`);
  const identities: readonly ImportField[] =
    file === 'customers' ? ['surname', 'company'] : ['registration', 'vin'];
  if (!identities.some((field) => taken.has(field))) {
    notes.push(`No column seems to hold ${identities.join(' or ')}; every row would be rejected.`);
  }
  if (file === 'customers' && !taken.has('no_follow_up') && !taken.has('no_marketing')) {
    notes.push(
      'No column seems to hold the old data-protection flags, so nothing will be assumed about permission.',
    );
  }
  return notes;
}
