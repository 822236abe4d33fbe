import { describe, expect, it } from 'vitest';
import { inTransaction } from '../../../src/platform/database.ts';
import { useDatabase } from '../../support/database.ts';

const database = useDatabase();

const names = async () =>
  (await database.query('select name from legal_entity order by name')).map((row) => row['name']);

describe('a transaction inside another', () => {
  it('is a part of it: what the part did is undone when the part fails, and the rest stays', async () => {
    await inTransaction(database.db, async (whole) => {
      await whole.insertInto('legalEntity').values({ name: 'Whole' }).execute();
      const part = inTransaction(whole, async (inner) => {
        await inner.insertInto('legalEntity').values({ name: 'Part' }).execute();
        throw new Error('The part fails.');
      });
      await expect(part).rejects.toThrow('The part fails.');
      await inTransaction(whole, (inner) =>
        inner.insertInto('legalEntity').values({ name: 'Second part' }).execute(),
      );
    });
    expect(await names()).toEqual(['Second part', 'Whole']);
  });

  it('is undone with the whole, although it was done itself', async () => {
    const whole = inTransaction(database.db, async (outer) => {
      await inTransaction(outer, (inner) =>
        inner.insertInto('legalEntity').values({ name: 'Lost' }).execute(),
      );
      throw new Error('The whole fails.');
    });
    await expect(whole).rejects.toThrow('The whole fails.');
    expect(await names()).not.toContain('Lost');
  });
});
