import { normaliseColumnName } from '../../../domain/column-name.ts';
import { parseImportedDate } from '../../../domain/import-date.ts';
import { InvalidError } from '../../../platform/application-error.ts';
import type { Context } from '../../../platform/context.ts';
import { inspectFile } from '../../../platform/csv-inspection.ts';
import { readRecords } from '../../../platform/csv-reading.ts';
import type { FileRecord } from '../../../platform/csv-records.ts';
import type { Register, ScreeningReport } from '../screenings/contract.ts';
import type { DeliveredRow } from '../screenings/service.ts';
import { recordDelivery } from '../screenings/service.ts';

/**
 * The file in which a register, or whoever screens for the dealer, gives the numbers or addresses back.
 * Guarantees that a row which does not say whether it is listed clears nobody, and that a file whose columns are not
 * understood changes nothing.
 */
const columnsOf = {
  number: ['number', 'phone', 'telephone', 'telephone_number', 'phone_number', 'mobile', 'tel'],
  postcode: ['postcode', 'post_code', 'pcode'],
  line1: ['line1', 'line_1', 'address1', 'address_1', 'address_line_1', 'address_line1', 'address'],
  surname: ['surname', 'last_name', 'lastname'],
  listed: ['listed', 'registered', 'match', 'matched', 'result', 'status', 'tps', 'ctps', 'mps', 'flag'],
  listedOn: ['listed_on', 'listed_since', 'registered_on', 'date_registered', 'registration_date'],
} as const;
type Column = keyof typeof columnsOf;

const listedWords = new Set([
  'y',
  'yes',
  'true',
  't',
  '1',
  'listed',
  'registered',
  'match',
  'matched',
  'tps',
  'ctps',
  'mps',
  'x',
]);
const clearWords = new Set([
  'n',
  'no',
  'false',
  'f',
  '0',
  'clear',
  'not listed',
  'not registered',
  'no match',
  'unmatched',
]);

export interface DeliveredFile {
  readonly register: Register;
  /** The London day on which the register was asked; default today. */
  readonly screenedOn?: string;
  /** What every row of a file is that has no column saying so. */
  readonly found?: 'listed' | 'clear';
}

/** Throws InvalidError with one sentence for a file that cannot be understood; nothing was changed then. */
export async function importScreenings(
  context: Context,
  file: string,
  { register, screenedOn, found }: DeliveredFile,
): Promise<ScreeningReport> {
  const inspection = await inspectFile(file, { oneColumn: true });
  if (!inspection.ok) throw new InvalidError(inspection.sentence, { code: inspection.code, field: 'file' });
  const table = inspection.file;
  const places = placesOf(table.headers);
  requireColumn(places, register === 'mps' ? 'postcode' : 'number');
  if (places.listed === undefined && found === undefined) {
    throw new InvalidError(
      'The file has no column that says which are listed, such as "listed" with yes or no: say what all of them are ' +
        'with --found listed or --found clear.',
      { field: 'found' },
    );
  }
  async function* pages(): AsyncGenerator<DeliveredRow[]> {
    for await (const { records } of readRecords(table)) {
      yield records.map((record) => rowOf(record, places, found));
    }
  }
  return recordDelivery(context, register, screenedOn, pages());
}

type Places = Readonly<Partial<Record<Column, number>>>;

function placesOf(headers: readonly string[]): Places {
  const names = headers.map(normaliseColumnName);
  return Object.fromEntries(
    Object.entries(columnsOf).flatMap(([column, known]) => {
      const place = names.findIndex((name) => (known as readonly string[]).includes(name));
      return place === -1 ? [] : [[column, place]];
    }),
  );
}

function requireColumn(places: Places, column: 'number' | 'postcode'): void {
  if (places[column] !== undefined) return;
  throw new InvalidError(
    `The first line of the file must name its columns, and one of them must be "${column}".`,
    { field: 'file', code: 'key-column-missing' },
  );
}

function rowOf(record: FileRecord, places: Places, found: DeliveredFile['found']): DeliveredRow {
  const text = (column: Column): string => {
    const place = places[column];
    return place === undefined ? '' : (record.values[place] ?? '').trim();
  };
  const date = parseImportedDate(text('listedOn'), 'day_first');
  const said = text('listed').toLowerCase();
  const isListed = listedWords.has(said) || (date.ok && date.date !== null);
  const result = {
    number: text('number'),
    postcode: text('postcode'),
    line1: text('line1'),
    surname: text('surname'),
    listed: isListed || (places.listed === undefined && found === 'listed'),
    listedOn: date.ok ? date.date : null,
  };
  const row = { row: record.line, result };
  if (record.problem !== null) return { ...row, fault: { field: '(record)', sentence: record.problem } };
  if (!date.ok) return { ...row, fault: { field: 'listedOn', sentence: date.sentence } };
  const isSaid = places.listed === undefined || result.listed || clearWords.has(said);
  if (isSaid) return row;
  const sentence = 'It does not say whether it is listed: write yes or no.';
  return { ...row, fault: { field: 'listed', sentence } };
}
