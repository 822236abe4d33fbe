import { describe, expect, it } from 'vitest';
import type { AccessFilter } from '../../../src/features/access/log/store.ts';
import { listAccessRows } from '../../../src/features/access/log/store.ts';
import { openDatabase } from '../../../src/platform/database.ts';
import { silentLogger } from '../../../src/platform/logger.ts';
import { givenCustomer } from '../../support/customers.ts';
import { useDatabase } from '../../support/database.ts';
import { useApi } from '../../support/http.ts';
import { browserOn, givenStaff } from '../../support/staff.ts';

const database = useDatabase();
const api = useApi(database);

interface Line {
  readonly id: number;
  readonly what: string;
  readonly kind: string;
  readonly actor: { readonly id: string; readonly name: string };
  readonly customer: { readonly id: string; readonly number: string | null } | null;
}

async function linesOf(ask: (url: string) => Promise<{ body: unknown }>, query: string): Promise<Line[]> {
  return ((await ask(`/accesses${query}`)).body as { accesses: Line[] }).accesses;
}

describe('the access log', () => {
  it('tells the privacy role who looked at a customer, by number, and that this was looked up', async () => {
    const id = await givenCustomer(api.context, { customerNumber: 'LOOK-1', surname: 'Seen' });
    const adviserId = await givenStaff(api.context, 'looker', { fullName: 'Lena Looker' });
    await givenStaff(api.context, 'officer', { fullName: 'Priya Privacy', role: 'privacy' });
    const adviser = browserOn(api);
    await adviser.signIn('looker');
    await adviser.ask(`/customers/${id}`);
    await adviser.ask('/customers:search', { body: { text: 'seen' } });
    const officer = browserOn(api);
    await officer.signIn('officer');
    const [opened] = await linesOf(officer.ask, '?customer=no:look-1');
    expect(opened).toMatchObject({
      what: 'Opened the record',
      kind: 'record',
      actor: { id: adviserId, name: 'Lena Looker' },
      customer: { id, number: 'LOOK-1' },
    });
    const lines = await linesOf(officer.ask, '');
    expect(lines[0]).toMatchObject({ what: 'Looked at the access log', customer: { id } });
    expect(await linesOf(officer.ask, `?actor=${adviserId}&kind=search`)).toMatchObject([
      { what: 'Searched for customers', customer: null },
    ]);
    expect((await adviser.ask('/accesses')).status).toBe(403);
    expect((await adviser.ask('/accesses:export')).status).toBe(403);
  });

  it('is read page by page, without a line twice, by kind, by day and by who looked', async () => {
    await database.query('truncate access_log');
    await database.query(`insert into access_log (accessed_at, actor_kind, actor_id, action)
      select timestamptz '2026-03-01T12:00Z' + (n / 3) * interval '1 hour', 'staff', 'someone-' || n % 2,
        case when n % 5 = 0 then 'export fetched' else 'customer read' end
      from generate_series(1, 100) as n`);
    const read = async (query: string) => {
      const found: Line[] = [];
      for (let cursor = ''; ; ) {
        const page = await api.ask(`/api/v1/accesses?limit=7&${query}${cursor}`);
        found.push(...(page.at('accesses') as Line[]));
        const next = page.at('nextCursor');
        if (next === null) return found;
        cursor = `&cursor=${String(next)}`;
      }
    };
    const exports = await read('kind=export&until=2026-11-01');
    expect(exports).toHaveLength(20);
    expect(new Set(exports.map(({ id }) => id)).size).toBe(20);
    expect(exports.map(({ id }) => id)).toEqual(exports.map(({ id }) => id).sort((a, b) => b - a));
    expect(await read('actor=someone-1&until=2026-11-01')).toHaveLength(50);
    expect(await read('from=2026-03-01&until=2026-03-01')).toHaveLength(35);
    const wrongWay = await api.ask('/api/v1/accesses?from=2026-03-02&until=2026-03-01');
    expect(wrongWay.status).toBe(422);
    const file = await api.ask('/api/v1/accesses:export?kind=export&until=2026-03-03');
    expect(file.headers['content-type']).toContain('text/csv');
    expect(file.text.trim().split('\r\n')).toHaveLength(21);
    const [fetched] = await linesOf((url) => api.ask(`/api/v1${url}`), '?kind=export&limit=1');
    expect(fetched?.what).toBe('Downloaded the access log');
  });

  it('is found by an index, whatever is asked, among many lines', async () => {
    await database.query('truncate access_log');
    await database.query(`insert into access_log (accessed_at, actor_kind, actor_id, action, customer_id)
      select timestamptz '2024-01-01Z' + n * interval '1 minute', 'staff', 'someone-' || n % 40,
        case when n = 500 then 'export fetched' else 'customer read' end, gen_random_uuid()
      from generate_series(1, 120000) as n`);
    await database.query('analyze access_log');
    const questions: AccessFilter[] = [
      {},
      { actions: ['export fetched'] },
      { actorId: 'someone-7' },
      { from: Date.parse('2024-02-01'), before: Date.parse('2024-02-03') },
    ];
    const before = await scansOf();
    // A connection of its own: what it read is counted when it is closed.
    const reader = openDatabase(database.settings(), { role: 'application', logger: silentLogger() });
    for (const question of questions) {
      expect(await listAccessRows(reader.db, question, { after: null, limit: 50 })).not.toEqual([]);
    }
    await reader.close();
    await expect.poll(async () => (await scansOf()).byIndex).toBeGreaterThan(before.byIndex);
    expect((await scansOf()).whole).toBe(before.whole);
  });
});

/** How often the whole table was gone through, and how often one of its indexes. */
async function scansOf(): Promise<{ whole: number; byIndex: number }> {
  const [row = {}] = await database.query(
    'select seq_scan, idx_scan from pg_stat_user_tables where relname = $1',
    ['access_log'],
  );
  return { whole: Number(row['seq_scan']), byIndex: Number(row['idx_scan']) };
}
