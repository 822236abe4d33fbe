import type pg from 'pg';

/** Rows of a table as COPY takes them, made while the connection is still busy with others. */
export interface ReadyRows {
  readonly target: string;
  readonly bytes: Buffer;
}

/** A value of a row to be copied; a Buffer becomes bytea, an object jsonb. */
export type CopyValue = string | number | boolean | null | Buffer | object;

/** Lines made by `copyLine`, for a table with its columns. */
export function readyRows(target: string, lines: readonly string[]): ReadyRows {
  return { target, bytes: Buffer.from(lines.join('')) };
}

/**
 * Copies rows of several tables, in their order, with one turn between program and database for all of them: the
 * statements and everything that they ask for are sent at once. Either all of it is written, or nothing.
 */
export function copyReady(client: pg.PoolClient, rows: readonly ReadyRows[]): Promise<void> {
  const filled = rows.filter(({ bytes }) => bytes.length > 0);
  if (filled.length === 0) return Promise.resolve();
  return new Promise((resolve, reject) => {
    client.query(new Copies(filled, resolve, reject));
  });
}

/** Copying as the connection takes a query. What is sent after a fault is thrown away by the server, and reported once. */
class Copies implements pg.Submittable {
  readonly #rows: readonly ReadyRows[];
  readonly #resolve: () => void;
  readonly #reject: (error: Error) => void;

  constructor(rows: readonly ReadyRows[], resolve: () => void, reject: (error: Error) => void) {
    this.#rows = rows;
    this.#resolve = resolve;
    this.#reject = reject;
  }

  submit(connection: pg.Connection): void {
    connection.stream.cork();
    connection.query(this.#rows.map(({ target }) => `copy ${target} from stdin`).join(';'));
    for (const { bytes } of this.#rows) {
      connection.stream.write(dataHeader(bytes.length));
      connection.stream.write(bytes);
      connection.stream.write(copyDone);
    }
    connection.stream.uncork();
  }

  handleCopyInResponse(): void {
    // What it asks for is on its way already.
  }

  handleCommandComplete(): void {
    // Counted by nobody.
  }

  handleReadyForQuery(): void {
    this.#resolve();
  }

  handleError(error: Error): void {
    this.#reject(error);
  }
}

/** Of a message of the protocol: its kind and its length, which counts itself. */
function dataHeader(length: number): Buffer {
  const header = Buffer.from('d\0\0\0\0');
  header.writeUInt32BE(length + 4, 1);
  return header;
}

const copyDone = Buffer.from('c\0\0\0\u0004');

/** One row in the text form of COPY, with its line end. */
export function copyLine(values: readonly CopyValue[]): string {
  let line = copyText(values[0] ?? null);
  for (let index = 1; index < values.length; index += 1) line += `\t${copyText(values[index] ?? null)}`;
  return `${line}\n`;
}

function copyText(value: CopyValue): string {
  if (value === null) return '\\N';
  if (typeof value === 'string') return escaped(value);
  if (typeof value === 'number') return String(value);
  if (typeof value === 'boolean') return value ? 't' : 'f';
  if (Buffer.isBuffer(value)) return `\\\\x${value.toString('hex')}`;
  return escaped(JSON.stringify(value));
}

const special = /[\\\t\n\r\b\f\v]/;
const escapes: Readonly<Record<string, string>> = {
  '\\': '\\\\',
  '\t': '\\t',
  '\n': '\\n',
  '\r': '\\r',
  '\b': '\\b',
  '\f': '\\f',
  '\v': '\\v',
};

// why: in the text form a backslash begins an escape, a tab ends a value and a line end ends the row.
function escaped(text: string): string {
  if (!special.test(text)) return text;
  return text.replaceAll(/[\\\t\n\r\b\f\v]/g, (character) => escapes[character] ?? character);
}
