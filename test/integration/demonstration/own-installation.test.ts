import { describe, expect, it } from 'vitest';
import { fillDemonstration, isDemonstrationWhole } from '../../../seeds/demonstration.ts';
import {
  claimForDemonstration,
  isDemonstration,
  mayDemonstrate,
} from '../../../src/features/demonstration/service.ts';
import { runImport } from '../../../src/features/imports/service.ts';
import { recordAssessment } from '../../../src/features/privacy/service.ts';
import { policyAt } from '../../../src/features/settings/service.ts';
import { createApiKey } from '../../../src/features/users/service.ts';
import { within } from '../../../src/platform/context.ts';
import { contextOn } from '../../support/context.ts';
import { givenCustomer } from '../../support/customers.ts';
import { useDatabase } from '../../support/database.ts';
import { choosePolicy, customersCsv, useImportFolder } from '../../support/imports.ts';
import { givenStaff } from '../../support/staff.ts';

const database = useDatabase();
const folder = useImportFolder();

type TestContext = Awaited<ReturnType<typeof contextOn>>;

class TakenBack extends Error {}

/** Does it all in one transaction and takes it back, so that each test finds an untouched database. */
async function onUntouched(work: (context: TestContext) => Promise<void>): Promise<void> {
  const context = await contextOn(database);
  const done = context.database.db.transaction().execute(async (transaction) => {
    await work({ ...within(context, transaction), clock: context.clock });
    throw new TakenBack();
  });
  await expect(done).rejects.toBeInstanceOf(TakenBack);
}

const touches: [what: string, touch: (context: TestContext) => Promise<unknown>][] = [
  ['a policy was chosen', (context) => choosePolicy(context, 'assume_legitimate_interest')],
  ['somebody has an account', (context) => givenStaff(context, 'ruth.odell')],
  ['a program has a key', (context) => createApiKey(context, 'Website', ['customers:read'])],
  ['a customer was entered', (context) => givenCustomer(context)],
  [
    'an assessment was recorded',
    (context) =>
      recordAssessment(context, {
        legalEntityId: 1,
        channels: ['letter'],
        categories: ['service_follow_up'],
        purpose: 'Keeping customers of the workshop informed.',
        necessity: 'There is no less intrusive way.',
        balance: 'Customers expect to hear from their garage.',
        approvedBy: 'Jo Holroyd',
        reviewOn: '2027-06-01',
      }),
  ],
];

it('a demonstration that was stopped while it was filled is known not to be complete', async () => {
  await onUntouched(async (context) => {
    await claimForDemonstration(context);
    expect(await isDemonstrationWhole(context)).toBe(false);
    await createApiKey(context, 'Demonstration', ['customers:read']);
    expect(await isDemonstrationWhole(context)).toBe(true);
  });
});

describe("an installation of one's own", () => {
  it.each(touches)('is not filled with made-up people once %s', async (_what, touch) => {
    await onUntouched(async (context) => {
      expect(await mayDemonstrate(context)).toBe(true);
      await touch(context);
      const chosen = await policyAt(context);
      expect(await mayDemonstrate(context)).toBe(false);
      expect(await fillDemonstration(context)).toBeNull();
      expect(await isDemonstration(context)).toBe(false);
      expect(await policyAt(context)).toEqual(chosen);
    });
  });

  it('becomes a demonstration once only, while it is untouched, and says so from then on', async () => {
    await onUntouched(async (context) => {
      expect(await isDemonstration(context)).toBe(false);
      expect(await claimForDemonstration(context)).toBe(true);
      expect(await isDemonstration(context)).toBe(true);
      expect(await claimForDemonstration(context)).toBe(false);
      await choosePolicy(context);
      expect(await mayDemonstrate(context)).toBe(true);
      expect(await fillDemonstration(context)).toBeNull();
    });
  });

  it('is not filled with made-up people once a file without a single customer was imported', async () => {
    const context = await contextOn(database);
    const customersFile = await folder.write(customersCsv([], ['customer_no', 'surname']));
    await runImport(context, { customersFile }, { startedBy: 'test' });
    expect(await mayDemonstrate(context)).toBe(false);
  });
});
