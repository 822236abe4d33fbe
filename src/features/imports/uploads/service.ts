import { createHash } from 'node:crypto';
import type { ImportFileKind } from '../../../domain/import-fields.ts';
import type { ImportMapping } from '../../../domain/import-mapping.ts';
import { ConflictError, InvalidError } from '../../../platform/application-error.ts';
import type { BackgroundWork } from '../../../platform/background-work.ts';
import type { Actor, Context } from '../../../platform/context.ts';
import { nowOf } from '../../../platform/context.ts';
import { inTransaction } from '../../../platform/database.ts';
import type { ReadableFile } from '../../../platform/readable-file.ts';
import type { StoredFile } from '../../../platform/stored-file.ts';
import {
  claimFileId,
  findStoredFile,
  findStoredFileOfContent,
  keepStoredFiles,
  removeForgottenFiles,
  StoredFileWriter,
  storedFileReader,
} from '../../../platform/stored-file.ts';
import type { ImportRequest } from '../opening.ts';
import { reverseImport } from '../reversal/service.ts';
import type { ImportBatch } from '../service.ts';
import { readImport, runImport } from '../service.ts';
import { findBatchFiles } from '../store.ts';

/**
 * Imports of files that come over HTTP.
 * Guarantees that a file is kept whole or not at all, that it is forgotten a week after it came or was last
 * imported from, and a day after it was imported, and that an import goes on by itself after the answer.
 */
const hour = 3_600_000;
const keptFor = 7 * 24 * hour;
/** So that a request to import that is sent again, because its answer was lost, finds what it names. */
const keptAfterImport = 24 * hour;

/** Files as they were uploaded. */
export interface Uploaded {
  /** Ids of files that were uploaded. */
  readonly customersFile: string;
  readonly vehiclesFile?: string | undefined;
  readonly mappings?: readonly ImportMapping[] | undefined;
}

export interface KeptUpload {
  readonly file: StoredFile;
  /** False: the same file was here before. */
  readonly created: boolean;
}

/**
 * Keeps a file under an id that its sender chose, so that sending it again is harmless. One transaction:
 * whatever ends it half-way, nothing of the file is kept.
 *
 * Throws ConflictError when another file has this id or is coming in under it, InvalidError when it is empty,
 * and whatever reading `content` throws.
 */
export async function keepUpload(
  context: Context,
  id: string,
  content: AsyncIterable<Buffer>,
  actor: Actor,
): Promise<KeptUpload> {
  const { db } = context.database;
  const storedAt = nowOf(context);
  await removeForgottenFiles(db, storedAt);
  return inTransaction(db, async (transaction) => {
    if (!(await claimFileId(transaction, id))) {
      throw new ConflictError('A file is just being uploaded under this id: wait until it is whole.', {
        code: 'upload-running',
      });
    }
    const known = await findStoredFile(transaction, id, storedAt);
    if (known !== undefined) return { file: await sameFile(known, content), created: false };
    const storedBy = actor.id ?? actor.kind;
    const forgetAt = storedAt + keptFor;
    const writer = new StoredFileWriter(transaction, { id, purpose: 'import', storedBy, storedAt, forgetAt });
    for await (const piece of content) await writer.write(piece);
    const file = await writer.finish();
    if (file.byteCount === 0) throw new InvalidError('The file is empty.', { code: 'empty', field: 'body' });
    return { file, created: true };
  });
}

/** Answers the file that is here when `content` is the same, else throws ConflictError. */
async function sameFile(known: StoredFile, content: AsyncIterable<Buffer>): Promise<StoredFile> {
  const hash = createHash('sha256');
  for await (const piece of content) hash.update(piece);
  if (known.purpose === 'import' && known.sha256 === hash.digest('hex')) return known;
  throw new ConflictError('Another file was uploaded under this id: choose a new one.', {
    code: 'file-id-taken',
  });
}

/** The files behind their ids, to be read from where they are kept. Throws InvalidError for one that is not there. */
export async function openUploads(
  context: Context,
  { customersFile, vehiclesFile, mappings }: Uploaded,
): Promise<ImportRequest> {
  return {
    customersFile: await openUpload(context, customersFile, fieldOf('customers')),
    ...(vehiclesFile === undefined
      ? {}
      : { vehiclesFile: await openUpload(context, vehiclesFile, fieldOf('vehicles')) }),
    ...(mappings === undefined ? {} : { mappings }),
  };
}

function fieldOf(kind: ImportFileKind): string {
  return `${kind}File`;
}

/**
 * One uploaded file; `field` is where the request names it, and what sentences about the file call it.
 * Throws InvalidError when it is not there.
 */
export async function openUpload(context: Context, id: string, field: string): Promise<ReadableFile> {
  const { db } = context.database;
  const file = await findStoredFile(db, id, nowOf(context));
  if (file?.purpose === 'import') return storedFileReader(db, file, field);
  throw new InvalidError('No file is kept under this id: upload it again. Files are kept for a week.', {
    code: 'file-not-found',
    field,
  });
}

export interface Begun {
  readonly batch: ImportBatch;
  /** False: there was nothing left to do. */
  readonly atWork: boolean;
}

/**
 * Begins an import, or goes on with one that was interrupted, and answers once it is on record; the rest is
 * done afterwards. The same import that is at work already is answered as it is. Whatever `runImport` refuses
 * is thrown.
 */
export async function startImport(
  context: Context,
  uploaded: Uploaded,
  actor: Actor,
  background: BackgroundWork,
): Promise<Begun> {
  return background.begin<Begun>(async (tell) => {
    const request = await openUploads(context, uploaded);
    // why: a file must not be forgotten while it is imported, nor before an interrupted import is gone on with.
    await keepFor(context, uploaded, keptFor);
    const { batch, outcome } = await runImport(context, request, {
      startedBy: actor.id ?? actor.kind,
      signal: background.signal,
      onBegun: (begun) => tell({ batch: begun, atWork: true }),
    });
    if (outcome === 'at_work') return { batch, atWork: true };
    await keepFor(context, uploaded, keptAfterImport);
    return { batch, atWork: false };
  });
}

/**
 * Goes on with an import that was interrupted, from the files that are still kept. Throws NotFoundError, and
 * ConflictError when they are not.
 */
export async function resumeImport(
  context: Context,
  batchId: string,
  actor: Actor,
  background: BackgroundWork,
): Promise<Begun> {
  const { atWork, ...batch } = await readImport(context, batchId);
  if (atWork || batch.status !== 'running') return { batch, atWork };
  const { db } = context.database;
  const files = await findBatchFiles(db, batch.id);
  const keptId = async (sha256: string): Promise<string> => {
    const file = await findStoredFileOfContent(db, sha256, 'import', nowOf(context));
    if (file !== undefined) return file.id;
    throw new ConflictError(
      'The files of this import are no longer kept: upload the same ones again, and it goes on where it ended.',
      { code: 'files-forgotten' },
    );
  };
  if (files === undefined) throw new Error('An import that was just read is gone.');
  const { customersSha256, vehiclesSha256, mapping } = files;
  const uploaded: Uploaded = {
    customersFile: await keptId(customersSha256),
    ...(vehiclesSha256 === null ? {} : { vehiclesFile: await keptId(vehiclesSha256) }),
    mappings: [mapping.customers, mapping.vehicles].filter((each) => each !== null),
  };
  return startImport(context, uploaded, actor, background);
}

async function keepFor(
  context: Context,
  { customersFile, vehiclesFile }: Uploaded,
  milliseconds: number,
): Promise<void> {
  const at = nowOf(context);
  const ids = [customersFile, vehiclesFile].filter((id) => id !== undefined);
  await keepStoredFiles(context.database.db, ids, { at, forgetAt: at + milliseconds });
}

/**
 * Begins to take an import back, or goes on with it; answers once that is on record, and at once when it is
 * being done already. Throws NotFoundError, and ConflictError while the import itself is at work.
 */
export async function startReversal(
  context: Context,
  batchId: string,
  actor: Actor,
  background: BackgroundWork,
): Promise<Begun> {
  return background.begin<Begun>(async (tell) => {
    const { atWork, ...batch } = await readImport(context, batchId);
    if (atWork && batch.status === 'reversing') return { batch, atWork };
    if (atWork) {
      throw new ConflictError('This import is still at work: wait until it is done, then reverse it.', {
        code: 'import-running',
      });
    }
    const reversed = await reverseImport(context, batchId, actor, {
      signal: background.signal,
      onBegun: (begun) => tell({ batch: begun, atWork: true }),
    });
    return { batch: reversed, atWork: false };
  });
}
