import type { Hash } from 'node:crypto';
import { createHash } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import { open, rename, rm, stat } from 'node:fs/promises';
import { stringify } from 'csv-stringify/sync';
import { InvalidError } from './application-error.ts';

export type CsvRow = readonly (string | number | null)[];

/**
 * Rows as text. Comma, quotes where they are needed, lines ended as RFC 4180 says; values that a spreadsheet
 * would run as a formula are escaped.
 */
export function csvText(rows: readonly CsvRow[]): string {
  return stringify(
    rows.map((row) => [...row]),
    { escape_formulas: true, record_delimiter: 'windows' },
  );
}

/** A CSV file in UTF-8 that is being written: it appears under its name only when it is complete. */
export class CsvFile {
  readonly #file: string;
  readonly #handle: FileHandle;
  readonly #hash: Hash = createHash('sha256');
  #closed = false;
  #digest = '';

  private constructor(file: string, handle: FileHandle) {
    this.#file = file;
    this.#handle = handle;
  }

  /** Throws InvalidError when the file cannot be written there. */
  static async create(file: string, header: readonly string[]): Promise<CsvFile> {
    let handle: FileHandle;
    try {
      // why: a folder of that name would be noticed only when everything is written.
      if ((await stat(file).catch(() => null))?.isDirectory() === true)
        throw new TypeError('It is a folder.');
      // why: only the one who writes it reads it, because it is a list of people.
      handle = await open(unfinished(file), 'w', 0o600);
    } catch (cause) {
      throw new InvalidError(
        `The file ${file} cannot be written: check its folder and that you may write there.`,
        {
          field: 'file',
          cause,
        },
      );
    }
    const csv = new CsvFile(file, handle);
    try {
      await csv.write([header]);
    } catch (error) {
      await csv.discard();
      throw error;
    }
    return csv;
  }

  /** Throws InvalidError when the disk does not take all of it. */
  async write(rows: readonly CsvRow[]): Promise<void> {
    if (rows.length === 0) return;
    const text = csvText(rows);
    this.#hash.update(text);
    // why: write may write less than it is given and call that done; writeFile goes on until all is written.
    await this.#handle.writeFile(text).catch((cause: unknown) => {
      throw new InvalidError(
        `The file ${this.#file} cannot be written to its end: see that the disk has room.`,
        {
          field: 'file',
          cause,
        },
      );
    });
  }

  /** Makes sure that what was written is on the disk. Answers the SHA-256 of the whole file, hexadecimal. */
  async finish(): Promise<string> {
    await this.#handle.sync();
    await this.#close();
    this.#digest = this.#hash.digest('hex');
    return this.#digest;
  }

  /** Gives the finished file its name, in the place of one that was there. */
  async publish(): Promise<void> {
    if (this.#digest === '') throw new Error('A file that is not finished cannot be published.');
    await rename(unfinished(this.#file), this.#file);
  }

  /** Leaves nothing behind; does nothing to a file that was published. */
  async discard(): Promise<void> {
    await this.#close();
    await rm(unfinished(this.#file), { force: true });
  }

  async #close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    await this.#handle.close();
  }
}

function unfinished(file: string): string {
  return `${file}.part`;
}
