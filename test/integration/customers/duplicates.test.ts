import { beforeAll, describe, expect, it } from 'vitest';
import { searchDuplicates } from '../../../src/features/customers/duplicates/jobs.ts';
import { listDuplicates } from '../../../src/features/customers/duplicates/service.ts';
import { judgePair } from '../../../src/features/customers/pairs/service.ts';
import {
  editCustomer,
  endKeeping,
  mergeCustomers,
  readCustomer,
} from '../../../src/features/customers/service.ts';
import { setPersonStatus } from '../../../src/features/permissions/service.ts';
import { nowOf } from '../../../src/platform/context.ts';
import { contextOn } from '../../support/context.ts';
import { adviser, givenCustomer } from '../../support/customers.ts';
import { useDatabase } from '../../support/database.ts';

const database = useDatabase();
let context: Awaited<ReturnType<typeof contextOn>>;

beforeAll(async () => {
  context = await contextOn(database);
});

type Given = Parameters<typeof givenCustomer>[1];

async function pairOf(one: Given, other: Given): Promise<[string, string]> {
  const a = await givenCustomer(context, { contactPoints: [], ...one });
  return [a, await givenCustomer(context, { contactPoints: [], ...other })];
}

/** What is suggested of these two, compared anew. */
async function groundsOf(...ids: readonly string[]): Promise<string[] | null> {
  await searchDuplicates(context);
  const all = { branch: null, ground: null, after: null, limit: 200 };
  const { pairs } = await listDuplicates(context, all);
  const found = pairs.find(({ lowId, highId }) => ids.includes(lowId) && ids.includes(highId));
  return (
    found?.grounds.map((ground) => (found.weakGrounds.includes(ground) ? `${ground} (weak)` : ground)) ?? null
  );
}

async function nextDay(): Promise<void> {
  context.clock.set(new Date(nowOf(context) + 25 * 3_600_000).toISOString());
}

const phone = (value: string) => ({ contactPoints: [{ kind: 'phone' as const, value }] });

describe('records are suggested as one person', () => {
  it('for the same mobile, landline or email address', async () => {
    for (const [value, ground] of [
      ['07700 900501', 'mobile'],
      ['0114 496 0501', 'landline'],
    ] as const) {
      const name = { surname: `Ashdown ${ground}` };
      expect(
        await groundsOf(...(await pairOf({ ...name, ...phone(value) }, { ...name, ...phone(value) }))),
      ).toEqual([ground]);
    }
    const email = {
      surname: 'Ashdown',
      contactPoints: [{ kind: 'email' as const, value: 'ashdown@example.com' }],
    };
    expect(await groundsOf(...(await pairOf(email, email)))).toEqual(['email']);
  });

  it('weakly for what people of other names share, or more than two records', async () => {
    const pair = await pairOf(
      { forename: 'Tom', surname: 'Bexley', ...phone('0114 496 0502') },
      { forename: 'Ann', surname: 'Bexley', ...phone('0114 496 0502') },
    );
    expect(await groundsOf(...pair)).toEqual(['landline (weak)']);
    const works = { surname: null, companyName: 'Colne Works', ...phone('0114 496 0503') };
    const [first, second] = await pairOf(works, works);
    await givenCustomer(context, works);
    await nextDay();
    expect(await groundsOf(first, second)).toEqual(['landline (weak)']);
  });

  it('for the same vehicle kept at the same time, and not for one that changed hands', async () => {
    const vehicles = (fromOn: string) => [{ registration: 'DU12 PLI', fromOn }];
    const [before, owner] = await pairOf(
      { surname: 'Corwen', vehicles: vehicles('2020-01-01') },
      { surname: 'Corwen', vehicles: vehicles('2022-01-01') },
    );
    expect(await groundsOf(before, owner)).toEqual(['vehicle']);
    const [car] = (await readCustomer(context, before)).vehicles;
    await endKeeping(context, before, car?.vehicleId ?? '', '2021-12-01');
    await nextDay();
    expect(await groundsOf(before, owner)).toBeNull();
  });

  it('for the same name at the same postcode, or with the same date of birth', async () => {
    const at = (line1: string) => ({
      forename: 'Jo',
      surname: 'Dunmore',
      contactPoints: [{ kind: 'postal' as const, address: { line1, town: 'Leeds', postcode: 'LS1 4AP' } }],
    });
    expect(await groundsOf(...(await pairOf(at('1 High Street'), at('1, High St'))))).toEqual([
      'name_and_postcode',
    ]);
    const born = { forename: 'Jo', surname: 'Elmswell', birthOn: '1980-02-29' };
    expect(await groundsOf(...(await pairOf(born, born)))).toEqual(['name_and_birth_date']);
  });
});

describe('records are not suggested', () => {
  const same = (surname: string) => ({ surname, birthOn: '1971-05-05' });

  it('once somebody said that they are two people, until that is taken back', async () => {
    const pair = await pairOf(same('Fenwick'), same('Fenwick'));
    expect(await groundsOf(...pair)).toEqual(['name_and_birth_date']);
    await judgePair(context, pair, 'different', adviser);
    await nextDay();
    expect(await groundsOf(...pair)).toBeNull();
    await judgePair(context, pair, 'undecided', adviser);
    expect(await groundsOf(...pair)).toEqual(['name_and_birth_date']);
  });

  it('once they are merged, or either was erased or has died', async () => {
    const merged = await pairOf(same('Garside'), same('Garside'));
    expect(await groundsOf(...merged)).not.toBeNull();
    await mergeCustomers(context, { survivorId: merged[0], absorbedId: merged[1] }, adviser);
    expect(await groundsOf(...merged)).toBeNull();
    for (const status of ['erased', 'deceased'] as const) {
      const pair = await pairOf(same(`Hexham ${status}`), same(`Hexham ${status}`));
      await setPersonStatus(context, pair[1], status, true, adviser);
      expect(await groundsOf(...pair)).toBeNull();
    }
  });

  it('any longer when what they had in common was a mistake', async () => {
    const pair = await pairOf(same('Inglewood'), same('Inglewood'));
    expect(await groundsOf(...pair)).not.toBeNull();
    await editCustomer(context, pair[0], { birthOn: '1981-05-05' }, 1);
    await nextDay();
    expect(await groundsOf(...pair)).toBeNull();
  });
});

describe('the list of records that may be one person', () => {
  it('is read page by page without a gap, by ground and branch, and counted', async () => {
    await searchDuplicates(context);
    const all = { branch: null, ground: null, after: null, limit: 200 };
    const whole = await listDuplicates(context, all);
    const seen: string[] = [];
    for (let after: typeof whole.next = null, more = true; more; ) {
      const page = await listDuplicates(context, { ...all, after, limit: 2 });
      seen.push(...page.pairs.map(({ lowId, highId }) => lowId + highId));
      after = page.next;
      more = after !== null;
    }
    expect(seen).toEqual(whole.pairs.map(({ lowId, highId }) => lowId + highId));
    expect(whole.count).toEqual({ pairs: seen.length, orMore: false });
    const vehicles = await listDuplicates(context, { ...all, ground: 'email' });
    expect(vehicles.pairs.every(({ grounds }) => grounds.includes('email'))).toBe(true);
    expect((await listDuplicates(context, { ...all, branch: 'MAIN' })).count).toEqual(whole.count);
  });

  it('says how far the comparison is, and goes on where it was', async () => {
    await nextDay();
    await givenCustomer(context);
    await searchDuplicates(context);
    const { search } = await listDuplicates(context, { branch: null, ground: null, after: null, limit: 1 });
    const [{ count } = { count: 0 }] = await database.query('select count(*)::int as count from customer');
    expect(search).toMatchObject({ examined: count });
    expect(search?.finishedAt).not.toBeNull();
    expect(await searchDuplicates(context)).toBe(0);
  });
});
