import { createHash } from 'node:crypto';
import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Kysely } from 'kysely';
import { sql } from 'kysely';
import { toTimestamp } from './database.ts';
import type { Tables } from './tables.ts';

/**
 * Files in the database, for what is uploaded and fetched over HTTP: any process can read what another one
 * was given, and a crash loses none of it. Each is forgotten after a while, because most hold personal data
 * (UK GDPR 5(1)(e)).
 */
export interface StoredFile {
  readonly id: string;
  /** Hexadecimal. */
  readonly sha256: string;
  readonly byteCount: number;
}

export interface NewStoredFile {
  readonly id: string;
  readonly purpose: 'import' | 'export';
  readonly storedBy: string;
  /** Milliseconds since 1970. */
  readonly storedAt: number;
  /** From then on it cannot be read, and the next file that is stored removes it. */
  readonly forgetAt: number;
}

// why: large enough that a file of a million rows is a few hundred rows here, small enough to hold in memory.
const partBytes = 512 * 1024;

/** A file that is being written, part by part, inside the transaction it is given. */
export class StoredFileWriter {
  readonly #db: Kysely<Tables>;
  readonly #file: NewStoredFile;
  readonly #hash = createHash('sha256');
  #waiting: Buffer[] = [];
  #waitingBytes = 0;
  #byteCount = 0;
  #part = 0;

  constructor(transaction: Kysely<Tables>, file: NewStoredFile) {
    this.#db = transaction;
    this.#file = file;
  }

  get byteCount(): number {
    return this.#byteCount;
  }

  async write(content: Buffer): Promise<void> {
    this.#hash.update(content);
    this.#byteCount += content.length;
    this.#waiting.push(content);
    this.#waitingBytes += content.length;
    if (this.#waitingBytes >= partBytes) await this.#flush();
  }

  /** The file is there when the transaction commits. */
  async finish(): Promise<StoredFile> {
    await this.#flush();
    const { id, purpose, storedBy, storedAt, forgetAt } = this.#file;
    const sha256 = this.#hash.digest();
    await this.#db
      .insertInto('storedFile')
      .values({
        id,
        purpose,
        storedBy,
        sha256,
        byteCount: this.#byteCount,
        storedAt: toTimestamp(storedAt),
        forgetAt: toTimestamp(forgetAt),
      })
      .execute();
    await sql`delete from stored_file where forget_at <= ${toTimestamp(storedAt)}`.execute(this.#db);
    return { id, sha256: sha256.toString('hex'), byteCount: this.#byteCount };
  }

  async #flush(): Promise<void> {
    if (this.#waitingBytes === 0) return;
    const content = Buffer.concat(this.#waiting);
    this.#waiting = [];
    this.#waitingBytes = 0;
    await this.#db
      .insertInto('storedFilePart')
      .values({ fileId: this.#file.id, part: this.#part, content })
      .execute();
    this.#part += 1;
  }
}

/** Undefined when it was never stored, or is forgotten at `at`. */
export async function findStoredFile(
  db: Kysely<Tables>,
  id: string,
  purpose: NewStoredFile['purpose'],
  at: number,
): Promise<StoredFile | undefined> {
  const row = await db
    .selectFrom('storedFile')
    .select(['id', 'sha256', 'byteCount'])
    .where('id', '=', id)
    .where('purpose', '=', purpose)
    .where(sql<boolean>`forget_at > ${toTimestamp(at)}`)
    .executeTakeFirst();
  return row === undefined ? undefined : { ...row, sha256: row.sha256.toString('hex') };
}

/** The content of a file, a part at a time. */
export async function* readStoredFile(db: Kysely<Tables>, id: string): AsyncGenerator<Buffer> {
  for (let part = 0; ; part += 1) {
    const row = await db
      .selectFrom('storedFilePart')
      .select('content')
      .where('fileId', '=', id)
      .where('part', '=', part)
      .executeTakeFirst();
    if (row === undefined) return;
    yield row.content;
  }
}

export async function forgetStoredFiles(db: Kysely<Tables>, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await db
    .deleteFrom('storedFile')
    .where('id', 'in', [...ids])
    .execute();
}

/**
 * Runs `work` with these files on the disk, by their names, in a folder that only this user may enter and
 * that is gone afterwards.
 */
export async function withFilesOnDisk<Result>(
  db: Kysely<Tables>,
  files: ReadonlyMap<string, StoredFile>,
  work: (pathOf: (name: string) => string) => Promise<Result>,
): Promise<Result> {
  const folder = await mkdtemp(path.join(tmpdir(), 'navigator-files-'));
  const pathOf = (name: string): string => path.join(folder, name);
  try {
    for (const [name, { id }] of files) {
      const handle = await open(pathOf(name), 'wx', 0o600);
      try {
        for await (const content of readStoredFile(db, id)) await handle.write(content);
      } finally {
        await handle.close();
      }
    }
    return await work(pathOf);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
