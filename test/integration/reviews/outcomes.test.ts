import { describe, expect, it } from 'vitest';
import { recordPermissionEvent } from '../../../src/features/permissions/service.ts';
import { answers, givenCustomer } from '../../support/customers.ts';
import { useDatabase } from '../../support/database.ts';
import { useApi } from '../../support/http.ts';
import { givenStaff } from '../../support/staff.ts';

const database = useDatabase();
const api = useApi(database);

describe('the outcomes of reviews', () => {
  it('say who went through whose preferences, with which outcome, and how often nobody was asked', async () => {
    const tess = await givenStaff(api.context, 'tess', { fullName: 'Tess Ward' });
    const actor = { kind: 'staff', id: tess } as const;
    const record = async (surname: string, event: Parameters<typeof recordPermissionEvent>[2]) => {
      const id = await givenCustomer(api.context, { title: 'Mr', forename: 'Tom', surname });
      await recordPermissionEvent(api.context, id, event, actor);
    };
    await record('Saved', answers('general_marketing', [{ channel: 'sms' }]));
    await record('Confirmed', { kind: 'confirm_review', givenBy: 'staff' });
    const notDone = { kind: 'review_not_done', givenBy: 'staff' } as const;
    await record('Declined', { ...notDone, outcome: 'declined_to_answer', reason: null });
    await record('Hurried', { ...notDone, outcome: 'did_not_ask', reason: 'dropped_keys' });
    const page = await api.ask('/api/v1/review-outcomes');
    expect(page.body).toMatchObject({ from: '2026-10-27', to: '2026-11-23', nextCursor: null });
    expect(page.at('tallies')).toEqual([
      {
        branch: 'MAIN',
        branchName: 'Main branch',
        adviserId: tess,
        adviser: 'Tess Ward',
        saved: 1,
        confirmed: 1,
        customersOwn: 0,
        declined: 1,
        didNotAsk: 1,
        sentToPhone: 0,
        didNotAskPercent: 25,
      },
    ]);
    expect(page.at('reasons')).toEqual([{ reason: 'dropped_keys', times: 1 }]);
    const outcomes = page.at('outcomes') as { displayName: string; outcome: string; reason: string | null }[];
    expect(outcomes.map((one) => [one.displayName, one.outcome, one.reason]).sort()).toEqual([
      ['Mr Tom Confirmed', 'confirmed', null],
      ['Mr Tom Declined', 'declined_to_answer', null],
      ['Mr Tom Hurried', 'did_not_ask', 'dropped_keys'],
      ['Mr Tom Saved', 'saved', null],
    ]);
  });

  it('are read page by page, each once, by branch, by who it was and by the days asked for', async () => {
    const seen = new Set<unknown>();
    let cursor = '';
    let pages = 0;
    do {
      const page = await api.ask(`/api/v1/review-outcomes?limit=1&branch=MAIN${cursor}`);
      seen.add(page.at('outcomes.0.displayName'));
      cursor = page.at('nextCursor') === null ? '' : `&cursor=${page.at('nextCursor')}`;
      pages += 1;
    } while (cursor !== '' && pages < 10);
    expect([seen.size, pages]).toEqual([4, 4]);
    const of = async (query: string) => (await api.ask(`/api/v1/review-outcomes?${query}`)).at('outcomes');
    expect(await of('adviser=01900000-0000-7000-8000-000000000000')).toEqual([]);
    expect(await of('from=2026-10-01&to=2026-11-22')).toEqual([]);
    const backwards = await api.ask('/api/v1/review-outcomes?from=2026-11-23&to=2026-11-22');
    expect(backwards.body).toMatchObject({ status: 422, errors: [{ field: 'from' }] });
  });

  it('count what the customer did as theirs, and need the right to see answers; each look is on record', async () => {
    const id = await givenCustomer(api.context, { surname: 'Themselves' });
    const themselves = { kind: 'customer', id } as const;
    await recordPermissionEvent(api.context, id, { kind: 'confirm_review', givenBy: 'customer' }, themselves);
    const page = await api.ask('/api/v1/review-outcomes');
    expect(page.at('tallies')).toMatchObject([
      { adviser: 'Tess Ward', customersOwn: 0 },
      { adviserId: null, adviser: 'The customer', customersOwn: 1, didNotAskPercent: null },
    ]);
    const key = await api.keyWith('reviews:read', 'customers:read');
    expect((await api.ask('/api/v1/review-outcomes', { key })).status).toBe(403);
    const looks = "select 1 from access_log where action = 'review outcomes looked at'";
    expect((await database.query(looks)).length).toBeGreaterThan(0);
  });
});
