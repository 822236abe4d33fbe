import { createHash } from 'node:crypto';
import type { Kysely, Transaction } from 'kysely';
import { sql } from 'kysely';
import { toTimestamp } from './database.ts';
import type { ReadableFile } from './readable-file.ts';
import { UnreadableFileError } from './readable-file.ts';
import type { Tables } from './tables.ts';

/**
 * Files in the database, for what is uploaded and fetched over HTTP: any process can read what another one
 * was given, a crash loses none of it, and nothing of it lies about on a disk. Each is forgotten after a while,
 * because most hold personal data (UK GDPR 5(1)(e)).
 */
export interface StoredFile {
  readonly id: string;
  readonly purpose: FilePurpose;
  /** Hexadecimal. */
  readonly sha256: string;
  readonly byteCount: number;
}

export type FilePurpose = 'import' | 'export';

export interface NewStoredFile {
  readonly id: string;
  readonly purpose: FilePurpose;
  readonly storedBy: string;
  /** Milliseconds since 1970. */
  readonly storedAt: number;
  /** From then on it cannot be read, and `removeForgottenFiles` removes it. */
  readonly forgetAt: number;
}

// why: large enough that a file of a million rows is a few hundred rows here, small enough to hold in memory.
const partBytes = 512 * 1024;

/** A file that is being written, part by part, inside the transaction it is given. */
export class StoredFileWriter {
  readonly #transaction: Kysely<Tables>;
  readonly #file: NewStoredFile;
  readonly #hash = createHash('sha256');
  #waiting: Buffer[] = [];
  #waitingBytes = 0;
  #byteCount = 0;
  #part = 0;

  constructor(transaction: Kysely<Tables>, file: NewStoredFile) {
    this.#transaction = transaction;
    this.#file = file;
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
    await this.#transaction
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
    return { id, purpose, sha256: sha256.toString('hex'), byteCount: this.#byteCount };
  }

  async #flush(): Promise<void> {
    if (this.#waitingBytes === 0) return;
    const content = Buffer.concat(this.#waiting);
    this.#waiting = [];
    this.#waitingBytes = 0;
    await this.#transaction
      .insertInto('storedFilePart')
      .values({ fileId: this.#file.id, part: this.#part, content })
      .execute();
    this.#part += 1;
  }
}

/** Takes an id until the transaction ends; false while somebody else is storing a file under it. */
export async function claimFileId(transaction: Transaction<Tables>, id: string): Promise<boolean> {
  const { rows } = await sql<{ taken: boolean }>`
    select pg_try_advisory_xact_lock(hashtextextended(${`stored file ${id.toLowerCase()}`}, 0)) as taken`.execute(
    transaction,
  );
  return rows[0]?.taken === true;
}

/** Undefined when it was never stored, or is forgotten at `at`, milliseconds since 1970. */
export async function findStoredFile(
  db: Kysely<Tables>,
  id: string,
  at: number,
): Promise<StoredFile | undefined> {
  const row = await db
    .selectFrom('storedFile')
    .select(['id', 'purpose', 'sha256', 'byteCount'])
    .where('id', '=', id)
    .where(sql<boolean>`forget_at > ${toTimestamp(at)}`)
    .executeTakeFirst();
  if (row === undefined) return undefined;
  return { ...row, purpose: row.purpose as FilePurpose, sha256: row.sha256.toString('hex') };
}

/** A file with this content, whatever its id; the one that is kept longest. */
export async function findStoredFileOfContent(
  db: Kysely<Tables>,
  sha256: string,
  purpose: FilePurpose,
  at: number,
): Promise<StoredFile | undefined> {
  const row = await db
    .selectFrom('storedFile')
    .select('id')
    .where('sha256', '=', Buffer.from(sha256, 'hex'))
    .where('purpose', '=', purpose)
    .where(sql<boolean>`forget_at > ${toTimestamp(at)}`)
    .orderBy('forgetAt', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row === undefined ? undefined : findStoredFile(db, row.id, at);
}

/** A stored file under the name that people know it by; holds one part of it at a time. */
export function storedFileReader(db: Kysely<Tables>, file: StoredFile, name: string): ReadableFile {
  return { name, read: () => partsOf(db, file, name) };
}

// why: a file can be forgotten while it is read, and half of it must never pass for the whole.
async function* partsOf(
  db: Kysely<Tables>,
  { id, byteCount }: StoredFile,
  name: string,
): AsyncGenerator<Buffer> {
  let bytesLeft = byteCount;
  for (let part = 0; bytesLeft > 0; part += 1) {
    const row = await db
      .selectFrom('storedFilePart')
      .select('content')
      .where('fileId', '=', id)
      .where('part', '=', part)
      .executeTakeFirst();
    if (row === undefined) throw new UnreadableFileError(`${name} is kept no more.`);
    bytesLeft -= row.content.length;
    yield row.content;
  }
}

/** Files that are forgotten already stay so. */
export async function keepStoredFiles(
  db: Kysely<Tables>,
  ids: readonly string[],
  times: { readonly at: number; readonly forgetAt: number },
): Promise<void> {
  await sql`
    update stored_file set forget_at = ${toTimestamp(times.forgetAt)}
    where id = any(${ids}::uuid[]) and forget_at > ${toTimestamp(times.at)}`.execute(db);
}

/** Removes what is forgotten at `at`; answers how many files. Whatever somebody else is removing is left to them. */
export async function removeForgottenFiles(db: Kysely<Tables>, at: number): Promise<number> {
  const { rows } = await sql`
    delete from stored_file
    where id in (
      select id from stored_file where forget_at <= ${toTimestamp(at)} for update skip locked
    )
    returning id`.execute(db);
  return rows.length;
}
