import { normaliseColumnName } from '../domain/column-name.ts';
import type { Evidence } from './csv-evidence.ts';
import { hasByteOrderMark, lookAt, newEvidence } from './csv-evidence.ts';
import type { FileRecord, LineEnd, Separator } from './csv-records.ts';
import { RecordCutter, recordCharactersMax } from './csv-records.ts';
import type { ReadableFile } from './readable-file.ts';
import { fileOnDisk, UnreadableFileError } from './readable-file.ts';

/** A file that can be read as a table, as its first reading from end to end found it. */
export interface TableFile {
  readonly source: ReadableFile;
  readonly bytes: number;
  /** SHA-256 of the whole file, in hexadecimal. */
  readonly sha256: string;
  readonly encoding: TextEncoding;
  readonly separator: Separator;
  readonly lineEnd: LineEnd;
  /** The column names as the file writes them. */
  readonly headers: readonly string[];
}

export type TextEncoding = 'utf-8' | 'windows-1252';

export type FileError =
  | 'cannot_be_read'
  | 'empty'
  | 'not_csv'
  | 'encoding_unknown'
  | 'too_many_columns'
  | 'column_twice';

export type InspectionResult =
  | { readonly ok: true; readonly file: TableFile }
  | { readonly ok: false; readonly code: FileError; readonly sentence: string };

export interface InspectionOptions {
  readonly encoding?: TextEncoding;
  /** A list of one column is a table, too: it has no separator to be told by. */
  readonly oneColumn?: boolean;
}

type Refusal = Extract<InspectionResult, { ok: false }>;

const columnsMax = 200;

/**
 * Reads the whole file once and says what it is, before any of it is believed.
 *
 * Encoding: every byte is looked at. A file that is UTF-8 throughout is UTF-8. A file with no UTF-8 sequence
 * and other bytes above 127 is Windows-1252. A file with both was put together from two: it is refused, with
 * a line of each kind, because either reading would garble names silently. `encoding` overrules that.
 *
 * @param file a path, or what reads the file from where it is kept.
 */
export async function inspectFile(
  file: string | ReadableFile,
  options: InspectionOptions = {},
): Promise<InspectionResult> {
  const source = typeof file === 'string' ? fileOnDisk(file) : file;
  const evidence = newEvidence();
  try {
    for await (const piece of source.read()) lookAt(evidence, piece);
  } catch (error) {
    if (error instanceof UnreadableFileError) return refusal('cannot_be_read', error.message);
    throw error;
  }
  lookAt(evidence, Buffer.alloc(0), true);

  const foreign = foreignSentence(evidence);
  if (foreign !== null) return foreign;
  const encoding = await encodingOf(source, evidence, options.encoding);
  if (typeof encoding !== 'string') return encoding;
  const table = tableOf(new TextDecoder(encoding).decode(evidence.head), options.oneColumn === true);
  if ('ok' in table) return table;
  return {
    ok: true,
    file: { source, bytes: evidence.bytes, sha256: evidence.hash.digest('hex'), encoding, ...table },
  };
}

const resave = 'open it in Excel and save it as "CSV UTF-8"';
const exportInstead = 'export the list as CSV instead';

/** Files that are something else altogether, by their first bytes in hexadecimal … */
const binaryForms: readonly { readonly begins: string; readonly is: string; readonly remedy: string }[] = [
  { begins: '504b0304', is: 'an Excel workbook or a ZIP archive', remedy: resave },
  { begins: 'd0cf11e0', is: 'an old Excel workbook', remedy: resave },
  { begins: '25504446', is: 'a PDF document', remedy: exportInstead },
  { begins: 'fffe', is: 'text in UTF-16', remedy: 'save it as "CSV UTF-8"' },
  { begins: 'feff', is: 'text in UTF-16', remedy: 'save it as "CSV UTF-8"' },
  { begins: '1f8b', is: 'a compressed file', remedy: 'unpack it first' },
];

/** … and by their first characters. */
const textForms: readonly { readonly begins: RegExp; readonly is: string; readonly remedy: string }[] = [
  { begins: /^\s*<(!doctype|html|\?xml|table|!--)/i, is: 'a web page or XML', remedy: exportInstead },
  { begins: /^\s*[{[]/, is: 'JSON or another format with brackets', remedy: exportInstead },
];

function foreignSentence(evidence: Evidence): Refusal | null {
  const head = hasByteOrderMark(evidence.head) ? evidence.head.subarray(3) : evidence.head;
  if (head.length === 0) return refusal('empty', 'The file is empty.');
  const bytes = head.subarray(0, 8).toString('hex');
  const text = head.subarray(0, 512).toString('latin1');
  const form =
    binaryForms.find((known) => bytes.startsWith(known.begins)) ??
    textForms.find((known) => known.begins.test(text));
  if (form !== undefined) return refusal('not_csv', `The file is ${form.is}, not CSV; ${form.remedy}.`);
  if (evidence.firstNullAt === null) return null;
  return refusal(
    'not_csv',
    `The file is not text: byte ${evidence.firstNullAt + 1} is a zero; ${exportInstead}.`,
  );
}

async function encodingOf(
  source: ReadableFile,
  evidence: Evidence,
  wanted: TextEncoding | undefined,
): Promise<TextEncoding | Refusal> {
  const { firstUtf8At, firstOtherAt, firstUndefinedAt } = evidence;
  if (wanted === 'utf-8' || (wanted === undefined && firstOtherAt === null)) {
    if (firstOtherAt === null) return 'utf-8';
    const line = await lineOf(source, firstOtherAt);
    return refusal('encoding_unknown', `Line ${line} is not UTF-8; save the file as "CSV UTF-8".`);
  }
  if (wanted === undefined && firstUtf8At !== null) {
    const [utf8Line, otherLine] = [
      await lineOf(source, firstUtf8At),
      await lineOf(source, firstOtherAt ?? 0),
    ];
    return refusal(
      'encoding_unknown',
      `The file mixes two encodings: line ${utf8Line} is UTF-8 and line ${otherLine} is not; save it as "CSV UTF-8" and check the names on both lines.`,
    );
  }
  if (firstUndefinedAt !== null) {
    const line = await lineOf(source, firstUndefinedAt);
    return refusal(
      'encoding_unknown',
      `Line ${line} is neither UTF-8 nor Windows-1252; save the file as "CSV UTF-8".`,
    );
  }
  return 'windows-1252';
}

/** The line of the file on which a byte stands. */
async function lineOf(source: ReadableFile, offset: number): Promise<number> {
  let line = 1;
  let left = offset;
  for await (const piece of source.read()) {
    const bytes = piece.subarray(0, left);
    for (let at = bytes.indexOf(0x0a); at !== -1; at = bytes.indexOf(0x0a, at + 1)) line += 1;
    left -= bytes.length;
    if (left === 0) break;
  }
  return line;
}

function tableOf(
  head: string,
  oneColumn: boolean,
): Pick<TableFile, 'separator' | 'lineEnd' | 'headers'> | Refusal {
  if (head.trim() === '') return refusal('empty', 'The file holds nothing but blank lines.');
  const lineEnd: LineEnd = !head.includes('\n') && head.includes('\r') ? '\r' : '\n';
  const firstLine = head.trimStart().split(lineEnd, 1)[0] ?? '';
  if (firstLine.length > recordCharactersMax) {
    return refusal('not_csv', 'The first line is longer than 1 MB, so this is not a customer list in CSV.');
  }
  const separator = separatorOf(firstLine) ?? (oneColumn ? ',' : null);
  if (separator === null) {
    return refusal(
      'not_csv',
      'The first line has no comma, semicolon or tab between column names, so this is not CSV.',
    );
  }
  const header = firstRecord(head, separator, lineEnd);
  if (header === undefined || header.problem !== null) {
    return refusal('not_csv', 'The first line cannot be read as column names; check its quotation marks.');
  }
  return checkedHeaders(header.values) ?? { separator, lineEnd, headers: header.values };
}

function firstRecord(head: string, separator: Separator, lineEnd: LineEnd): FileRecord | undefined {
  const cutter = new RecordCutter({ separator, lineEnd, columns: null });
  const stepCharacters = 4096;
  for (let start = 0; start < head.length; start += stepCharacters) {
    const [record] = cutter.push(head.slice(start, start + stepCharacters));
    if (record !== undefined) return record;
  }
  return cutter.finish()[0];
}

function separatorOf(firstLine: string): Separator | null {
  const outsideQuotes = firstLine.replace(/"[^"]*"/g, '');
  const counts = ([',', ';', '\t'] as const).map((separator) => ({
    separator,
    count: outsideQuotes.split(separator).length - 1,
  }));
  const best = counts.reduce((most, next) => (next.count > most.count ? next : most));
  return best.count === 0 ? null : best.separator;
}

function checkedHeaders(headers: readonly string[]): Refusal | null {
  if (headers.length > columnsMax) {
    return refusal(
      'too_many_columns',
      `The file has ${headers.length} columns; at most ${columnsMax} are read.`,
    );
  }
  const positions = new Map<string, number>();
  for (const [index, header] of headers.entries()) {
    const name = normaliseColumnName(header);
    const first = positions.get(name);
    if (name !== '' && first !== undefined) {
      // why: by their places, because a file without a header has somebody's details here.
      return refusal(
        'column_twice',
        `Columns ${first + 1} and ${index + 1} have the same name; rename or remove one of them.`,
      );
    }
    positions.set(name, index);
  }
  return null;
}

function refusal(code: FileError, sentence: string): Refusal {
  return { ok: false, code, sentence };
}
