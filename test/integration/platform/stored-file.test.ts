import { createHash, randomBytes } from 'node:crypto';
import { v7 as uuid } from 'uuid';
import { describe, expect, it } from 'vitest';
import { inTransaction } from '../../../src/platform/database.ts';
import {
  claimFileId,
  findStoredFile,
  keepStoredFiles,
  removeForgottenFiles,
  StoredFileWriter,
  storedFileReader,
} from '../../../src/platform/stored-file.ts';
import { useDatabase } from '../../support/database.ts';

const database = useDatabase();

async function stored(content: Buffer, times = { storedAt: 1_000, forgetAt: 2_000 }) {
  return inTransaction(database.db, async (transaction) => {
    const file = { id: uuid(), purpose: 'import', storedBy: 'test', ...times } as const;
    const writer = new StoredFileWriter(transaction, file);
    for (let start = 0; start < content.length; start += 100_000) {
      await writer.write(content.subarray(start, start + 100_000));
    }
    return writer.finish();
  });
}

const rows = async () =>
  (
    await database.query(
      'select (select count(*) from stored_file)::int as files, (select count(*) from stored_file_part)::int as parts',
    )
  )[0];

describe('a file in the database', () => {
  it('is read as it was written, however large, as often as it takes', async () => {
    const content = randomBytes(2_000_000);
    const file = await stored(content);
    expect(file).toMatchObject({
      byteCount: 2_000_000,
      sha256: createHash('sha256').update(content).digest('hex'),
    });
    const reader = storedFileReader(database.db, file, 'file');
    for (let time = 0; time < 2; time += 1) {
      expect(Buffer.concat(await Array.fromAsync(reader.read())).equals(content)).toBe(true);
    }
    const empty = storedFileReader(database.db, await stored(Buffer.alloc(0)), 'empty');
    expect(await Array.fromAsync(empty.read())).toEqual([]);
  });

  it('cannot be found once its time is over, unless somebody kept it before', async () => {
    const file = await stored(Buffer.from('a'));
    expect(await findStoredFile(database.db, file.id, 1_999)).toEqual(file);
    expect(await findStoredFile(database.db, file.id, 2_000)).toBeUndefined();
    await keepStoredFiles(database.db, [file.id], { at: 1_999, forgetAt: 3_000 });
    expect(await findStoredFile(database.db, file.id, 2_000)).toEqual(file);
    await keepStoredFiles(database.db, [file.id], { at: 3_000, forgetAt: 9_000 });
    expect(await findStoredFile(database.db, file.id, 3_000)).toBeUndefined();
  });

  it('is removed whole once its time is over, and no other is', async () => {
    await removeForgottenFiles(database.db, 100_000);
    const staying = await stored(Buffer.from('a'), { storedAt: 1_000, forgetAt: 5_000 });
    await stored(randomBytes(1_200_000));
    expect(await removeForgottenFiles(database.db, 2_000)).toBe(1);
    expect(await rows()).toEqual({ files: 1, parts: 1 });
    expect(await findStoredFile(database.db, staying.id, 2_000)).toEqual(staying);
  });

  it('is not waited for while somebody else removes it', async () => {
    await stored(Buffer.from('a'));
    await inTransaction(database.db, async (transaction) => {
      await removeForgottenFiles(transaction, 10_000);
      expect(await removeForgottenFiles(database.db, 10_000)).toBe(0);
    });
  });

  it('that is removed while it is read never passes for the whole', async () => {
    const file = await stored(randomBytes(1_200_000));
    const reading = storedFileReader(database.db, file, 'The file').read()[Symbol.asyncIterator]();
    await reading.next();
    await removeForgottenFiles(database.db, 10_000);
    await expect(reading.next()).rejects.toThrow('The file is kept no more.');
  });

  it('is not there at all when the transaction fails', async () => {
    const before = await rows();
    const failing = inTransaction(database.db, async (transaction) => {
      const writer = new StoredFileWriter(transaction, {
        id: uuid(),
        purpose: 'export',
        storedBy: 'test',
        storedAt: 1_000,
        forgetAt: 2_000,
      });
      await writer.write(randomBytes(1_200_000));
      throw new Error('The sender left.');
    });
    await expect(failing).rejects.toThrow('The sender left.');
    expect(await rows()).toEqual(before);
  });

  it('can be stored under an id by one at a time', async () => {
    const id = uuid();
    await inTransaction(database.db, async (transaction) => {
      expect(await claimFileId(transaction, id)).toBe(true);
      const other = inTransaction(database.db, (second) => claimFileId(second, id));
      expect(await other).toBe(false);
    });
    expect(await inTransaction(database.db, (transaction) => claimFileId(transaction, id))).toBe(true);
  });
});
