import { parse } from 'csv-parse/sync';

/** One record of a file, as it stands there. */
export interface FileRecord {
  /** Line of the file on which the record begins; the header is line 1. */
  readonly line: number;
  readonly values: readonly string[];
  /** The text of the record without its line end, for the file of rejects. Cut after 10,000 characters. */
  readonly original: string;
  /** Why the record cannot be used, as a sentence; null when it can. */
  readonly problem: string | null;
}

export interface RecordForm {
  readonly separator: Separator;
  readonly lineEnd: LineEnd;
  /** Values that every record must have; null while the header itself is being read. */
  readonly columns: number | null;
}

export type Separator = ',' | ';' | '\t';
/** A lone carriage return ends the lines of files from old Macintosh programs. CR LF counts as LF. */
export type LineEnd = '\n' | '\r';

export const recordCharactersMax = 1024 * 1024;
const originalCharactersMax = 10_000;

/**
 * Cuts text that arrives in pieces into records.
 *
 * The cutting is done here, because the line, the original text and the recovery after a broken record are
 * needed; values between quotation marks are csv-parse's. A record without a quotation mark (nearly all of
 * them) is only split at its separators, which is what csv-parse would do, fifteen times as fast.
 *
 * A broken record costs the line on which it begins; reading goes on with the next line. So one stray
 * quotation mark never swallows the customers after it.
 */
export class RecordCutter {
  readonly #form: RecordForm;
  #text = '';
  #line = 1;
  #isDiscarding = false;

  constructor(form: RecordForm) {
    this.#form = form;
  }

  /** The records that are complete with this piece of text. Holds at most one record (1 MB) and a piece. */
  push(piece: string): FileRecord[] {
    this.#text = this.#text === '' ? piece : this.#text + piece;
    return this.#cut(false);
  }

  /** The records left over at the end of the file. */
  finish(): FileRecord[] {
    return this.#cut(true);
  }

  #cut(isLast: boolean): FileRecord[] {
    const found: FoundRecord[] = [];
    const text = this.#text;
    let start = this.#isDiscarding ? this.#afterDiscarded(text) : 0;
    let nextQuote = text.indexOf('"', start);
    while (start < text.length) {
      const lineEnd = text.indexOf(this.#form.lineEnd, start);
      if (lineEnd === -1 && !isLast && text.length - start <= recordCharactersMax) break;
      if (nextQuote !== -1 && nextQuote < start) nextQuote = text.indexOf('"', start);
      const end = lineEnd === -1 ? text.length : lineEnd;
      if (end - start > recordCharactersMax) {
        found.push({
          line: this.#line,
          text: text.slice(start, start + originalCharactersMax),
          form: 'too_long',
        });
        this.#isDiscarding = lineEnd === -1;
        start = this.#next(end, text);
        continue;
      }
      if (nextQuote === -1 || nextQuote > end) {
        found.push({ line: this.#line, text: text.slice(start, end), form: 'plain' });
        start = this.#next(end, text);
        continue;
      }
      const quotedEnd = endOfQuotedRecord(text, start, this.#form, isLast);
      if (quotedEnd === 'incomplete' && text.length - start <= recordCharactersMax && !isLast) break;
      if (typeof quotedEnd === 'number') {
        const record = text.slice(start, quotedEnd);
        found.push({ line: this.#line, text: record, form: 'quoted' });
        this.#line += countOf(record, this.#form.lineEnd);
        start = this.#next(quotedEnd, text);
      } else {
        found.push({ line: this.#line, text: text.slice(start, end), form: 'broken' });
        start = this.#next(end, text);
      }
    }
    this.#text = text.slice(start);
    return this.#valued(found);
  }

  /** Steps over a line end and counts it. */
  #next(end: number, text: string): number {
    if (end < text.length) this.#line += 1;
    return Math.min(end + 1, text.length);
  }

  #afterDiscarded(text: string): number {
    const lineEnd = text.indexOf(this.#form.lineEnd);
    if (lineEnd === -1) return text.length;
    this.#isDiscarding = false;
    return this.#next(lineEnd, text);
  }

  #valued(found: readonly FoundRecord[]): FileRecord[] {
    const quoted = found
      .filter((record) => record.form === 'quoted')
      .map((record) => withoutReturn(record.text));
    const quotedValues = parseQuoted(quoted, this.#form);
    const records: FileRecord[] = [];
    let nextQuoted = 0;
    for (const { line, text, form } of found) {
      if (form === 'too_long') {
        records.push({ line, values: [], original: text, problem: sentences.tooLong });
        continue;
      }
      const original = withoutReturn(text);
      if (form === 'broken') {
        records.push({
          line,
          values: [],
          original: original.slice(0, originalCharactersMax),
          problem: sentences.broken,
        });
        continue;
      }
      const values = form === 'plain' ? original.split(this.#form.separator) : quotedValues[nextQuoted];
      if (form === 'quoted') nextQuoted += 1;
      if (values === undefined) throw new Error(`csv-parse lost the record of line ${line}`);
      if (values.every(isBlank)) continue;
      records.push(this.#fitted(line, values, original.slice(0, originalCharactersMax)));
    }
    return records;
  }

  /** Holds the record against the header: values under the wrong column could turn a no into a yes. */
  #fitted(line: number, values: readonly string[], original: string): FileRecord {
    const columns = this.#form.columns;
    if (columns === null || values.length === columns) return { line, values, original, problem: null };
    if (values.length > columns && values.slice(columns).every(isBlank)) {
      return { line, values: values.slice(0, columns), original, problem: null };
    }
    return { line, values, original, problem: sentences.ragged(values.length, columns) };
  }
}

interface FoundRecord {
  readonly line: number;
  readonly text: string;
  readonly form: 'plain' | 'quoted' | 'broken' | 'too_long';
}

const sentences = {
  tooLong: 'The record is longer than 1 MB; check that the file is a customer list.',
  broken:
    'A quotation mark on this line is not closed, or one inside quoted text is not doubled; write "" for a quotation mark inside quotation marks.',
  ragged: (values: number, columns: number) =>
    `The record has ${values} ${values === 1 ? 'value' : 'values'} where the header has ${columns} columns, so its values cannot be told apart; check for a missing or an extra separator.`,
};

/**
 * Where a record with quotation marks ends. A mark opens quoted text at the start of a value only; anywhere
 * else it is a character like others (5" wheel). Inside, it is doubled.
 */
function endOfQuotedRecord(
  text: string,
  start: number,
  form: RecordForm,
  isLast: boolean,
): number | 'incomplete' | 'broken' {
  let at = start;
  for (;;) {
    if (text[at] === '"') {
      at = endOfQuotedValue(text, at);
      if (at === -1) return 'incomplete';
      if (at === text.length && !isLast) return 'incomplete';
      if (text[at] === '\r' && form.lineEnd === '\n') {
        if (at + 1 === text.length && !isLast) return 'incomplete';
        if (at + 1 === text.length || text[at + 1] === '\n') return Math.min(at + 1, text.length);
      }
    } else {
      while (at < text.length && text[at] !== form.separator && text[at] !== form.lineEnd) at += 1;
      if (at === text.length && !isLast) return 'incomplete';
    }
    if (at === text.length || text[at] === form.lineEnd) return at;
    if (text[at] !== form.separator) return 'broken';
    at += 1;
  }
}

/** The place after the closing mark of the value that opens here, or -1 when it is not closed. */
function endOfQuotedValue(text: string, opening: number): number {
  let mark = text.indexOf('"', opening + 1);
  while (mark !== -1 && text[mark + 1] === '"') mark = text.indexOf('"', mark + 2);
  return mark === -1 ? -1 : mark + 1;
}

function parseQuoted(records: readonly string[], form: RecordForm): readonly (readonly string[])[] {
  if (records.length === 0) return [];
  return parse(records.join('\n'), {
    delimiter: form.separator,
    record_delimiter: '\n',
    relax_column_count: true,
    relax_quotes: true,
  });
}

function withoutReturn(record: string): string {
  return record.endsWith('\r') ? record.slice(0, -1) : record;
}

function countOf(text: string, character: string): number {
  let count = 0;
  for (let at = text.indexOf(character); at !== -1; at = text.indexOf(character, at + 1)) count += 1;
  return count;
}

function isBlank(value: string): boolean {
  return value === '' || value.trim() === '';
}
