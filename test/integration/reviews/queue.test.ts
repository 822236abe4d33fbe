import { describe, expect, it } from 'vitest';
import { addBranch, listLegalEntities } from '../../../src/features/branches/service.ts';
import { linkVehicle, mergeCustomers } from '../../../src/features/customers/service.ts';
import { setPersonStatus } from '../../../src/features/permissions/service.ts';
import { adviser, givenCustomer } from '../../support/customers.ts';
import { useDatabase } from '../../support/database.ts';
import { givenEnquiry } from '../../support/enquiries.ts';
import { useApi } from '../../support/http.ts';
import { givenStaff } from '../../support/staff.ts';
import { givenAppointment } from '../../support/workshop.ts';

const database = useDatabase();
const api = useApi(database);

async function reviewed(at: string | null, branch: string, surname: string): Promise<string> {
  const given = { title: 'Mr', forename: 'Tom', surname, branch };
  const id = await givenCustomer(api.context, given);
  if (at !== null) {
    const body = { kind: 'confirm_review', occurredAt: at };
    await api.ask(`/api/v1/customers/${id}/permission-events`, { body });
  }
  return id;
}

describe('the queue of reviews', () => {
  it('names who is to be asked, at which branch, and for how long the review has been overdue', async () => {
    const [entity] = await listLegalEntities(api.context);
    await addBranch(api.context, { legalEntityId: entity?.id ?? 0, code: 'ROTH', name: 'Rotherham' });
    await reviewed('2026-05-13T09:00:00Z', 'ROTH', 'Overdue');
    await reviewed('2026-05-23T09:00:00Z', 'MAIN', 'Due');
    await reviewed('2026-05-24T09:00:00Z', 'MAIN', 'Intime');
    await reviewed(null, 'MAIN', 'Never');
    for (const status of ['deceased', 'restricted'] as const) {
      await setPersonStatus(api.context, await reviewed(null, 'MAIN', 'Dead'), status, true, adviser);
    }
    const pair = {
      survivorId: await reviewed(null, 'MAIN', 'Same'),
      absorbedId: await reviewed(null, 'MAIN', 'Same'),
    };
    await mergeCustomers(api.context, pair, adviser, { dryRun: false });
    const overdue = await api.ask('/api/v1/reviews?status=overdue');
    expect(overdue.at('reviews')).toMatchObject([
      { displayName: 'Mr Tom Overdue', branch: 'ROTH', branchName: 'Rotherham', overdueDays: 10 },
    ]);
    const due = await api.ask('/api/v1/reviews?status=due');
    expect(due.at('reviews')).toMatchObject([{ displayName: 'Mr Tom Due', overdueDays: 0 }]);
    const never = await api.ask('/api/v1/reviews?status=never');
    expect(never.at('reviews')).toMatchObject([
      { displayName: 'Mr Tom Never', overdueDays: null },
      { displayName: 'Mr Tom Same', overdueDays: null },
    ]);
  });

  it('counts them by branch and status, without the dead, those on hold and the merged, on the first page alone', async () => {
    const first = await api.ask('/api/v1/reviews?status=never&limit=1');
    expect(first.at('counts')).toEqual([
      { branch: 'MAIN', branchName: 'Main branch', never: 2, due: 1, thisWeek: 2, overdue: 0 },
      { branch: 'ROTH', branchName: 'Rotherham', never: 0, due: 0, thisWeek: 0, overdue: 1 },
    ]);
    const second = await api.ask(`/api/v1/reviews?status=never&limit=1&cursor=${first.at('nextCursor')}`);
    expect(second.at('counts')).toBeNull();
    const one = await api.ask('/api/v1/reviews?status=never&branch=rotherham');
    expect(one.body).toMatchObject({ reviews: [], counts: [{ branch: 'ROTH', overdue: 1 }] });
  });

  it('holds from today until Sunday for this week, each page after the other, and nothing of the week after', async () => {
    await reviewed('2026-05-29T09:00:00Z', 'MAIN', 'Sunday');
    await reviewed('2026-05-30T09:00:00Z', 'MAIN', 'Monday');
    const seen: unknown[] = [];
    let cursor = '';
    do {
      const page = await api.ask(`/api/v1/reviews?status=this_week&limit=1${cursor}`);
      seen.push(page.at('reviews.0.displayName'), page.at('reviews.0.dueOn'));
      cursor = page.at('nextCursor') === null ? '' : `&cursor=${page.at('nextCursor')}`;
    } while (cursor !== '');
    expect(seen).toEqual([
      ...['Mr Tom Due', '2026-11-23'],
      ...['Mr Tom Intime', '2026-11-24'],
      ...['Mr Tom Sunday', '2026-11-29'],
    ]);
  });

  it('is of the adviser of the next appointment, else of the latest, else of whoever owns the open enquiry', async () => {
    const tess = await givenStaff(api.context, 'tess', { fullName: 'Tess Ward' });
    const omar = await givenStaff(api.context, 'omar', { fullName: 'Omar Reid' });
    const both = await reviewed('2026-05-01T09:00:00Z', 'MAIN', 'Both');
    const asks = await reviewed('2026-05-02T09:00:00Z', 'MAIN', 'Asks');
    for (const customer of [both, asks]) {
      await givenEnquiry(api, { customer, ownerId: omar });
    }
    const vehicleId = await linkVehicle(api.context, both, { registration: 'RQ12 ABC' });
    await givenAppointment(api.context, { customerId: both, vehicleId, adviserId: tess });
    const namesOf = async (adviser: string) => {
      const page = await api.ask(`/api/v1/reviews?status=overdue&adviser=${adviser}`);
      const reviews = page.at('reviews') as { displayName: string; adviser: string | null }[];
      return reviews.map((review) => `${review.displayName}: ${review.adviser}`);
    };
    expect(await namesOf(tess)).toEqual(['Mr Tom Both: Tess Ward']);
    expect(await namesOf(omar)).toEqual(['Mr Tom Asks: Omar Reid']);
    expect(await namesOf('nobody')).toEqual(['Mr Tom Overdue: null']);
    const advisers = await api.ask('/api/v1/review-advisers?branch=MAIN');
    expect(advisers.at('advisers')).toEqual([
      { id: omar, fullName: 'Omar Reid', never: 0, due: 0, thisWeek: 0, overdue: 1 },
      { id: tess, fullName: 'Tess Ward', never: 0, due: 0, thisWeek: 0, overdue: 1 },
    ]);
  });

  it('is searched by what is typed, within the queue, for whoever may look at customers, and every look is on record', async () => {
    const search = (body: object, key = api.key) => api.ask('/api/v1/reviews:search', { body, key });
    const looks = async () =>
      (await database.query("select 1 from access_log where action = 'reviews listed'")).length;
    const before = await looks();
    const found = await search({ status: 'overdue', text: 'asks' });
    expect(found.at('reviews')).toMatchObject([{ displayName: 'Mr Tom Asks', adviser: 'Omar Reid' }]);
    expect((await search({ status: 'never', text: 'asks' })).body).toEqual({ reviews: [] });
    const refused = await search({ status: 'overdue', text: 'asks' }, await api.keyWith('reviews:read'));
    expect(refused.status).toBe(403);
    expect(await looks()).toBe(before + 2);
  });
});
