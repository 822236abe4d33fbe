import type { ImportMapping } from '../../../../src/domain/import-mapping.ts';
import { isFlag, wordsOf } from './field-words.ts';

/** What a person does to a proposed mapping, and what still stands against it. */
export type MappedColumn = ImportMapping['columns'][number];

/** Another field for one column. Whoever chooses it has looked at the column. */
export function withField(mapping: ImportMapping, column: string, field: string | null): ImportMapping {
  return changed(mapping, column, ({ invert, check: _settled, ...rest }) => ({
    ...rest,
    field,
    ...(isFlag(field) && invert === true ? { invert } : {}),
  }));
}

/** Whether a yes in a column of a flag means that contact is allowed. */
export function withMeaning(mapping: ImportMapping, column: string, invert: boolean): ImportMapping {
  return changed(mapping, column, ({ invert: _before, ...rest }) => ({
    ...rest,
    ...(invert ? { invert } : {}),
  }));
}

export function withCheck(mapping: ImportMapping, column: string, isToBeChecked: boolean): ImportMapping {
  return changed(mapping, column, ({ check: _before, ...rest }) => ({
    ...rest,
    ...(isToBeChecked ? { check: true } : {}),
  }));
}

/** Sentences about what has to be settled before a file can be read with this mapping. */
export function faultsOfMapping({ columns }: ImportMapping): string[] {
  const faults: string[] = [];
  for (const { column, check } of columns) {
    if (check === true) faults.push(`Look at “${column}”, and tick that you have.`);
  }
  const taken = new Map<string, string>();
  for (const { column, field } of columns) {
    if (field === null || isFlag(field)) continue;
    const other = taken.get(field);
    if (other !== undefined) {
      faults.push(`“${other}” and “${column}” are both ${wordsOf(field)}: keep one of them.`);
    }
    taken.set(field, column);
  }
  if (!taken.has('customer_no')) {
    faults.push('Say which column is the customer number: records are told apart by it.');
  }
  return faults;
}

function changed(
  mapping: ImportMapping,
  column: string,
  change: (before: MappedColumn) => MappedColumn,
): ImportMapping {
  return {
    ...mapping,
    columns: mapping.columns.map((each) => (each.column === column ? change(each) : each)),
  };
}
