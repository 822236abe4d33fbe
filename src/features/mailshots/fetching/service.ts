import { v7 as uuid } from 'uuid';
import { NotFoundError } from '../../../platform/application-error.ts';
import type { Actor, Context } from '../../../platform/context.ts';
import { nowOf } from '../../../platform/context.ts';
import { csvText } from '../../../platform/csv-file.ts';
import type { ReadableFile } from '../../../platform/readable-file.ts';
import {
  findStoredFile,
  removeForgottenFiles,
  StoredFileWriter,
  storedFileReader,
} from '../../../platform/stored-file.ts';
import { recordAccess } from '../../access/service.ts';
import { refreshStanding } from '../../standing/service.ts';
import type { ExportReport, Selection } from '../contract.ts';
import type { ExportOptions, ListFile, OpenListFile } from '../export/service.ts';
import { readExport, writeExport } from '../export/service.ts';

/**
 * Lists that are fetched over HTTP after they were decided.
 * Guarantees that a list and its record come into being together, that each look at one is attributable, and
 * that a list cannot be fetched once what it says may be out of date.
 */

/**
 * How long a list can be fetched, milliseconds. Somebody on it may say no at any time, so that a list is to be
 * made when it is used.
 */
const fetchableFor = 3_600_000;

export type ExportPart = 'list' | 'left_out';

/**
 * Judges again whoever is out of date. Before the transaction of a request begins: inside it, everybody who is
 * judged again would stay locked until the whole list is written.
 */
export async function prepareExport(context: Context): Promise<void> {
  await refreshStanding(context);
}

/** As `writeExport`, with the list, and those left out where asked for, to be fetched for an hour. */
export async function storeExport(
  context: Context,
  selection: Selection,
  options: ExportOptions & { readonly leftOut: boolean },
): Promise<ExportReport & { readonly fetchableUntil: number }> {
  const storedAt = nowOf(context);
  await removeForgottenFiles(context.database.db, storedAt);
  const fetchableUntil = storedAt + fetchableFor;
  const open: OpenListFile = async (transaction, part, header) => {
    if (part === 'left_out' && !options.leftOut) return null;
    const storedBy = options.actor.id ?? options.actor.kind;
    const file = { id: uuid(), purpose: 'export', storedBy, storedAt, forgetAt: fetchableUntil } as const;
    const list = new StoredList(new StoredFileWriter(transaction, file), file.id);
    await list.write([header]);
    return list;
  };
  return { ...(await writeExport(context, selection, options, open)), fetchableUntil };
}

class StoredList implements ListFile {
  readonly #writer: StoredFileWriter;
  readonly storedId: string;

  constructor(writer: StoredFileWriter, storedId: string) {
    this.#writer = writer;
    this.storedId = storedId;
  }

  async write(rows: Parameters<ListFile['write']>[0]): Promise<void> {
    if (rows.length > 0) await this.#writer.write(Buffer.from(csvText(rows)));
  }

  async finish(): Promise<string> {
    return (await this.#writer.finish()).sha256;
  }
}

export interface FetchedFile {
  readonly file: ReadableFile;
  readonly byteCount: number;
}

/** A file of an export, as it was written. Throws NotFoundError, also when it can be fetched no more. */
export async function fetchExport(
  context: Context,
  id: string,
  part: ExportPart,
  actor: Actor,
): Promise<FetchedFile> {
  const { db } = context.database;
  const { listFileId, leftOutFileId } = await readExport(context, id);
  const fileId = part === 'list' ? listFileId : leftOutFileId;
  const file = fileId === null ? undefined : await findStoredFile(db, fileId, nowOf(context));
  if (file === undefined) {
    throw new NotFoundError('This file is kept no more, or never was: export the selection again.', {
      code: 'export-file-not-found',
    });
  }
  await recordAccess(context, actor, 'export fetched', null, { exportId: id, part });
  return { file: storedFileReader(db, file, part), byteCount: file.byteCount };
}
