import { z } from 'zod';
import { normaliseColumnName } from './column-name.ts';
import type { ImportField, ImportFileKind, RowFields } from './import-fields.ts';
import { blankFields, dateOrders, fieldsOf, importFileKinds, isFlagField } from './import-fields.ts';
import { columnMeaning } from './import-synonyms.ts';
import { parseFlag } from './legacy-flags.ts';
import { plainFault } from './plain-fault.ts';

const mappedColumnSchema = z.strictObject({
  /** The header in the file; case, spaces and punctuation make no difference. */
  column: z.string().min(1),
  /** What it holds, or null for a column that is knowingly left out. */
  field: z.string().nullable(),
  /** For a flag whose yes means that contact is allowed. A blank then counts as not allowed. */
  invert: z.boolean().optional(),
  /** A person has still to look at this column. Nothing is imported while one stands. */
  check: z.boolean().optional(),
  note: z.string().optional(),
});

/** How the columns of a customer's or a vehicle's file become the fields of the Navigator 2.0 layout. */
export const importMappingSchema = z
  .strictObject({
    version: z.literal(1),
    file: z.enum(importFileKinds),
    /** Only for a file whose encoding cannot be told by its bytes. */
    encoding: z.enum(['utf-8', 'windows-1252']).optional(),
    dateOrder: z.enum(dateOrders),
    columns: z.array(mappedColumnSchema).min(1).max(200),
    /** The same value for every row, for fields that no column holds. */
    constants: z.record(z.string(), z.string()).optional(),
  })
  .superRefine((mapping, refinement) => {
    for (const message of contradictionsIn(mapping)) refinement.addIssue({ code: 'custom', message });
  });

export type ImportMapping = z.infer<typeof importMappingSchema>;
export type MappedColumn = ImportMapping['columns'][number];

function contradictionsIn(mapping: {
  readonly file: ImportFileKind;
  readonly columns: readonly MappedColumn[];
  readonly constants?: Readonly<Record<string, string>> | undefined;
}): string[] {
  const allowed: ReadonlySet<string> = new Set(fieldsOf(mapping.file));
  const messages: string[] = [];
  const taken = new Set<string>();
  const seen = new Set<string>();
  for (const { column, field, invert } of mapping.columns) {
    const name = normaliseColumnName(column);
    if (seen.has(name)) messages.push(`The column "${column}" is mapped twice.`);
    seen.add(name);
    if (field === null) continue;
    if (!allowed.has(field))
      messages.push(`"${field}" is not a field of ${mapping.file}; use one of ${[...allowed].join(', ')}.`);
    const isFlag = isFlagField(field as ImportField);
    if (taken.has(field) && !isFlag) messages.push(`Two columns are mapped to ${field}; keep one of them.`);
    if (invert === true && !isFlag) messages.push(`Only a flag can be inverted, not ${field}.`);
    taken.add(field);
  }
  for (const field of Object.keys(mapping.constants ?? {})) {
    if (!allowed.has(field) || field === 'customer_no')
      messages.push(`"${field}" cannot have a constant value.`);
    if (taken.has(field)) messages.push(`${field} has both a column and a constant value; keep one of them.`);
  }
  if (!taken.has('customer_no'))
    messages.push('No column is mapped to customer_no, the key of every record.');
  return messages;
}

export type MappingResult =
  | { readonly ok: true; readonly mapping: ImportMapping }
  | { readonly ok: false; readonly sentence: string };

/** Reads a mapping from the text of its JSON file. */
export function parseImportMapping(json: string): MappingResult {
  let content: unknown;
  try {
    content = JSON.parse(json);
  } catch {
    return {
      ok: false,
      sentence: 'The mapping is not JSON; check its commas, quotation marks and brackets.',
    };
  }
  const parsed = importMappingSchema.safeParse(content, { error: plainFault });
  if (parsed.success) return { ok: true, mapping: parsed.data };
  const [issue] = parsed.error.issues;
  const place = issue === undefined || issue.path.length === 0 ? '' : ` at ${issue.path.join('.')}`;
  return { ok: false, sentence: `The mapping is wrong${place}: ${issue?.message ?? 'unknown reason'}` };
}

/** A mapping held against the header of one file, ready to read its records. */
export interface BoundMapping {
  readonly mapping: ImportMapping;
  /** One record's values by field. Flags come out as Y, N or blank, or as text that no flag can have. */
  readonly fieldsOf: (values: readonly string[]) => RowFields<ImportField>;
  /** The header of the column that feeds a field, for messages to people. */
  readonly columnNameOf: (field: ImportField) => string;
}

export type BindingResult =
  | { readonly ok: true; readonly bound: BoundMapping }
  | { readonly ok: false; readonly sentence: string };

/**
 * Holds a mapping against a file's header. It is refused while a column stands to be checked, when the file
 * lacks a mapped column, and when the file has a column that looks like a refusal of contact and that the
 * mapping does not mention: leaving it out must be somebody's decision (`"field": null`).
 */
export function bindMapping(mapping: ImportMapping, headers: readonly string[]): BindingResult {
  const toCheck = mapping.columns
    .filter((column) => column.check === true)
    .map((column) => `"${column.column}"`);
  if (toCheck.length > 0) {
    return {
      ok: false,
      sentence: `The mapping asks you to check ${toCheck.join(', ')}: correct what is wrong there and remove "check", then import again.`,
    };
  }
  const positions = new Map(headers.map((header, index) => [normaliseColumnName(header), index]));
  const missing = mapping.columns.filter(
    (column) => column.field !== null && !positions.has(normaliseColumnName(column.column)),
  );
  if (missing.length > 0) {
    const names = missing.map((column) => `"${column.column}"`).join(', ');
    // why: what is on the first line is not repeated, because a file without a header has somebody's details there.
    return {
      ok: false,
      sentence: `The first line of the file has no column ${names}: correct the mapping, or the column names of the file.`,
    };
  }
  const mentioned = new Set(mapping.columns.map((column) => normaliseColumnName(column.column)));
  const unmentioned = headers.filter(
    (header) => !mentioned.has(normaliseColumnName(header)) && columnMeaning(header, mapping.file).isRefusal,
  );
  if (unmentioned.length > 0) {
    return {
      ok: false,
      sentence: `The column "${unmentioned[0]}" looks like a refusal of contact and the mapping does not mention it; map it, or leave it out with "field": null.`,
    };
  }
  return { ok: true, bound: boundTo(mapping, positions) };
}

function boundTo(mapping: ImportMapping, positions: ReadonlyMap<string, number>): BoundMapping {
  const plain: { field: ImportField; position: number }[] = [];
  const flags: { field: ImportField; position: number; invert: boolean }[] = [];
  const names = new Map<ImportField, string>();
  for (const { column, field: name, invert } of mapping.columns) {
    if (name === null) continue;
    const field = name as ImportField;
    const position = positions.get(normaliseColumnName(column)) ?? 0;
    names.set(field, names.has(field) ? `${names.get(field)}, ${column}` : column);
    if (isFlagField(field)) flags.push({ field, position, invert: invert === true });
    else plain.push({ field, position });
  }
  const constants = Object.entries(mapping.constants ?? {}).map(([name, text]) => ({
    field: name as ImportField,
    text,
  }));
  return {
    mapping,
    columnNameOf: (field) => names.get(field) ?? field,
    fieldsOf: (values) => {
      const fields = blankFields();
      for (const { field, text } of constants) fields[field] = text;
      for (const { field, position } of plain) fields[field] = values[position] ?? '';
      for (const { field, position, invert } of flags) {
        const text = values[position] ?? '';
        fields[field] = joinedFlags(fields[field], invert ? inverted(text) : text);
      }
      return fields;
    },
  };
}

/** Turns "marketing allowed" into "no marketing". Unknown is no: a blank is not an allowance. */
function inverted(text: string): string {
  const flag = parseFlag(text);
  if (!flag.ok) return text;
  return flag.set === true ? 'N' : 'Y';
}

/** Two columns of one flag: a yes in either stands; text that cannot be read stands before a no. */
function joinedFlags(before: string | undefined, text: string): string {
  if (before === undefined) return text;
  const [first, second] = [parseFlag(before), parseFlag(text)];
  if (!first.ok) return before;
  if (!second.ok) return text;
  if (first.set === true || second.set === true) return 'Y';
  return first.set === false || second.set === false ? 'N' : '';
}

/**
 * The Navigator 2.0 layout, in any order, any case and with columns missing. A file with columns that the
 * layout does not have is still recognised, unless it lacks some of the layout too or one of them looks like
 * a refusal of contact: then a person must map it.
 */
export function recogniseNavigatorLayout(
  headers: readonly string[],
  file: ImportFileKind,
): ImportMapping | null {
  const layout: ReadonlySet<string> = new Set(fieldsOf(file));
  const named = headers.map((header) => ({ header, name: normaliseColumnName(header) }));
  const known = named.filter(({ name }) => layout.has(name));
  const strange = named.filter(({ name }) => name !== '' && !layout.has(name));
  const names = new Set(known.map(({ name }) => name));
  const identifying = file === 'customers' ? ['surname', 'company'] : ['registration', 'vin'];
  if (!names.has('customer_no') || !identifying.some((name) => names.has(name))) return null;
  if (strange.length > 0 && known.length < layout.size) return null;
  if (strange.some(({ header }) => columnMeaning(header, file).isRefusal)) return null;
  return {
    version: 1,
    file,
    dateOrder: 'day_first',
    columns: known.map(({ header, name }) => ({ column: header, field: name })),
  };
}
