import { describe, expect, it } from 'vitest';
import { addBranch, listLegalEntities } from '../../../src/features/branches/service.ts';
import { mergeCustomers } from '../../../src/features/customers/service.ts';
import { setPersonStatus } from '../../../src/features/permissions/service.ts';
import { adviser, givenCustomer } from '../../support/customers.ts';
import { useDatabase } from '../../support/database.ts';
import { useApi } from '../../support/http.ts';

const api = useApi(useDatabase());

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
      { branch: 'MAIN', branchName: 'Main branch', never: 2, due: 1, overdue: 0 },
      { branch: 'ROTH', branchName: 'Rotherham', never: 0, due: 0, overdue: 1 },
    ]);
    const second = await api.ask(`/api/v1/reviews?status=never&limit=1&cursor=${first.at('nextCursor')}`);
    expect(second.at('counts')).toBeNull();
    const one = await api.ask('/api/v1/reviews?status=never&branch=rotherham');
    expect(one.body).toMatchObject({ reviews: [], counts: [{ branch: 'ROTH', overdue: 1 }] });
  });
});
