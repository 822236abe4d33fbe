import { createHash } from 'node:crypto';
import type { ImportFileKind } from '../../../domain/import-fields.ts';
import type { ImportMapping } from '../../../domain/import-mapping.ts';
import { ConflictError, InvalidError } from '../../../platform/application-error.ts';
import type { BackgroundWork } from '../../../platform/background-work.ts';
import type { Actor, Context } from '../../../platform/context.ts';
import { nowOf } from '../../../platform/context.ts';
import { inTransaction } from '../../../platform/database.ts';
import type { StoredFile } from '../../../platform/stored-file.ts';
import {
  findStoredFile,
  forgetStoredFiles,
  StoredFileWriter,
  withFilesOnDisk,
} from '../../../platform/stored-file.ts';
import type { ImportRequest } from '../opening.ts';
import { reverseImport } from '../reversal/service.ts';
import type { ImportBatch } from '../service.ts';
import { runImport } from '../service.ts';

/**
 * Imports of files that come over HTTP.
 * Guarantees that a file is kept whole or not at all, is forgotten when its import is done or after a week, and
 * that an import goes on by itself after the answer.
 */
const keptFor = 7 * 24 * 3_600_000;
/** 1 GB: several million rows. */
export const uploadBytesMax = 1024 ** 3;

export interface Uploaded {
  /** Ids of files that were uploaded. */
  readonly customersFile: string;
  readonly vehiclesFile?: string | undefined;
  readonly mappings?: readonly ImportMapping[] | undefined;
}

/**
 * Keeps a file under an id that its sender chose, so that sending it again is harmless.
 *
 * Throws ConflictError when another file has this id, InvalidError when it is larger than 1 GB.
 */
export async function keepUpload(
  context: Context,
  id: string,
  content: AsyncIterable<Buffer>,
  actor: Actor,
): Promise<{ readonly file: StoredFile; readonly created: boolean }> {
  const storedAt = nowOf(context);
  const known = await findStoredFile(context.database.db, id, 'import', storedAt);
  if (known !== undefined) {
    if ((await sha256Of(content)) === known.sha256) return { file: known, created: false };
    throw otherFile();
  }
  try {
    const file = await inTransaction(context.database.db, async (transaction) => {
      const storedBy = actor.id ?? actor.kind;
      const forgetAt = storedAt + keptFor;
      const writer = new StoredFileWriter(transaction, {
        id,
        purpose: 'import',
        storedBy,
        storedAt,
        forgetAt,
      });
      for await (const piece of content) {
        await writer.write(piece);
        if (writer.byteCount > uploadBytesMax) {
          throw new InvalidError('The file is larger than 1 GB: split it.', { code: 'file-too-large' });
        }
      }
      return writer.finish();
    });
    return { file, created: true };
  } catch (error) {
    const isTaken = (error as { code?: unknown }).code === '23505';
    throw isTaken ? otherFile() : error;
  }
}

function otherFile(): ConflictError {
  return new ConflictError('Another file was uploaded under this id: choose a new one.', {
    code: 'file-id-taken',
  });
}

async function sha256Of(content: AsyncIterable<Buffer>): Promise<string> {
  const hash = createHash('sha256');
  for await (const piece of content) hash.update(piece);
  return hash.digest('hex');
}

/** Throws InvalidError for a file that was not uploaded or is forgotten. */
export async function withUploads<Result>(
  context: Context,
  { customersFile, vehiclesFile, mappings }: Uploaded,
  work: (request: ImportRequest) => Promise<Result>,
): Promise<Result> {
  const files = new Map([['customers.csv', await known(context, customersFile, 'customers')]]);
  if (vehiclesFile !== undefined) files.set('vehicles.csv', await known(context, vehiclesFile, 'vehicles'));
  return withFilesOnDisk(context.database.db, files, (pathOf) =>
    work({
      customersFile: pathOf('customers.csv'),
      ...(vehiclesFile === undefined ? {} : { vehiclesFile: pathOf('vehicles.csv') }),
      ...(mappings === undefined ? {} : { mappings }),
    }),
  );
}

async function known(context: Context, id: string, kind: ImportFileKind): Promise<StoredFile> {
  const file = await findStoredFile(context.database.db, id, 'import', nowOf(context));
  if (file !== undefined) return file;
  throw new InvalidError(
    'No file is kept under this id: upload it again. Files are kept for a week, or until they are imported.',
    { code: 'file-not-found', field: `${kind}File` },
  );
}

export interface Begun {
  readonly batch: ImportBatch;
  /** False: there was nothing left to do. */
  readonly started: boolean;
}

/**
 * Begins an import, or goes on with one that was interrupted, and answers once it is on record; the rest is
 * done afterwards. Whatever `runImport` refuses is thrown.
 */
export async function startImport(
  context: Context,
  uploaded: Uploaded,
  actor: Actor,
  background: BackgroundWork,
): Promise<Begun> {
  return background.begin<Begun>(async (tell) => {
    const { batch } = await withUploads(context, uploaded, (request) =>
      runImport(context, request, {
        startedBy: actor.id ?? actor.kind,
        signal: background.signal,
        onBegun: (begun) => tell({ batch: begun, started: true }),
      }),
    );
    const { customersFile, vehiclesFile } = uploaded;
    await forgetStoredFiles(
      context.database.db,
      [customersFile, vehiclesFile].filter((id) => id !== undefined),
    );
    return { batch, started: false };
  });
}

/** Begins to take an import back, or goes on with it; answers once that is on record. */
export async function startReversal(
  context: Context,
  batchId: string,
  actor: Actor,
  background: BackgroundWork,
): Promise<Begun> {
  return background.begin<Begun>(async (tell) => {
    const batch = await reverseImport(context, batchId, actor, {
      signal: background.signal,
      onBegun: (begun) => tell({ batch: begun, started: true }),
    });
    return { batch, started: false };
  });
}
