import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BulkTransactions, limitWaiting } from '../../../src/platform/bulk-transaction.ts';
import { lockBulkWork, withBulkConnection } from '../../../src/platform/bulk-writing.ts';
import { copyLine, readyRows } from '../../../src/platform/copying.ts';
import { identifiersAt } from '../../../src/platform/identifiers.ts';
import {
  createCopiedTable,
  emptyCopiedTable,
  lockTheOnlyOne,
  readCopied,
} from '../../support/copied-rows.ts';
import { useDatabase } from '../../support/database.ts';

const database = useDatabase();

describe('copying rows', () => {
  it('keeps every character of every text, and tells a blank from nothing', async () => {
    const text = fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.string({ unit: fc.constantFrom('\\', '\t', '\n', '\r', '\b', '\f', '\v', 'N', '.', '"', 'x', '’') }),
    );
    const storable = text.filter((value) => !value.includes('\u0000'));
    await withBulkConnection(database.application, async (connection) => {
      await createCopiedTable(connection);
      await fc.assert(
        fc.asyncProperty(fc.array(fc.option(storable), { maxLength: 20 }), async (texts) => {
          await emptyCopiedTable(connection);
          const lines = texts.map((value, index) =>
            copyLine([value, index, { value }, Buffer.from(value ?? '')]),
          );
          await connection.copy('copied (given, place, document, bytes)', lines);
          const rows = await readCopied(connection);
          expect(rows.map(({ given }) => given)).toEqual(texts);
          expect(rows.map(({ document }) => document)).toEqual(texts.map((value) => ({ value })));
          expect(rows.map(({ bytes }) => bytes.toString())).toEqual(texts.map((value) => value ?? ''));
        }),
        { numRuns: 200 },
      );
    });
  });

  it('is part of the transaction around it', async () => {
    await withBulkConnection(database.application, async (connection) => {
      await createCopiedTable(connection);
      const undone = connection.db.transaction().execute(async () => {
        await connection.copy('copied (given, place)', [copyLine(['kept?', 1])]);
        throw new Error('thought better of it');
      });
      await expect(undone).rejects.toThrow('thought better of it');
      expect(await readCopied(connection)).toEqual([]);
    });
  });

  it('reports a row that the table refuses', async () => {
    await withBulkConnection(database.application, async (connection) => {
      await createCopiedTable(connection);
      await expect(connection.copy('copied (place)', [copyLine(['no number'])])).rejects.toMatchObject({
        code: '22P02',
      });
    });
  });
});

describe('copying rows of several tables at once', () => {
  it('reports one fault, writes nothing, and leaves the connection as it was', async () => {
    await withBulkConnection(database.application, async (connection) => {
      await createCopiedTable(connection);
      const given = (text: string) => readyRows('copied (given)', [copyLine([text])]);
      const refused = readyRows('copied (place)', [copyLine(['no number'])]);
      const copied = connection.copyReady([given('before'), refused, given('after')]);
      await expect(copied).rejects.toMatchObject({ code: '22P02' });
      expect(await readCopied(connection)).toEqual([]);
      await connection.copyReady([given('one'), readyRows('copied (given)', []), given('two')]);
      expect((await readCopied(connection)).map((row) => row.given).sort()).toEqual(['one', 'two']);
    });
  });
});

describe('transactions that are prepared while another is written', () => {
  it('let go of everything when they are left, and give up waiting for a lock in time', async () => {
    const { application } = database;
    await withBulkConnection(application, async (one) => {
      await withBulkConnection(application, async (other) => {
        const [first, second] = [new BulkTransactions(one), new BulkTransactions(other)];
        await lockTheOnlyOne(await first.begin());
        await limitWaiting(other, 1);
        await expect(lockTheOnlyOne(await second.begin())).rejects.toMatchObject({ code: '55P03' });
        await second.leave();
        await first.leave();
        await lockTheOnlyOne(await second.begin());
        await expect(second.begin()).rejects.toThrow('still open');
        await second.commit();
        await second.leave();
      });
    });
  });
});

describe('the lock of bulk work', () => {
  it('is free again as soon as its holder is gone, however that ended', async () => {
    await expect(
      withBulkConnection(database.application, async (connection) => {
        await lockBulkWork(connection);
        throw new Error('killed');
      }),
    ).rejects.toThrow('killed');
    await withBulkConnection(database.application, lockBulkWork);
  });
});

describe('identifiers made in bulk', () => {
  it('are UUIDs of version 7, each greater than the one before', () => {
    const next = identifiersAt(Date.UTC(2026, 10, 23, 11));
    const made = Array.from({ length: 20_000 }, next);
    expect(
      made.every((id) => /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/.test(id)),
    ).toBe(true);
    expect(made).toEqual([...made].sort());
    expect(Number.parseInt((made[0] ?? '').replace('-', '').slice(0, 12), 16)).toBe(
      Date.UTC(2026, 10, 23, 11),
    );
  });

  it('differ between makers of the same instant', () => {
    const [one, other] = [identifiersAt(1), identifiersAt(1)];
    const made = Array.from({ length: 1_000 }, () => [one(), other()]).flat();
    expect(new Set(made).size).toBe(made.length);
  });
});
