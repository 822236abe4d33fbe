import { beforeAll, describe, expect, it } from 'vitest';
import { mergeCustomers } from '../../../src/features/customers/service.ts';
import { planImport } from '../../../src/features/imports/plan/service.ts';
import { runImport } from '../../../src/features/imports/service.ts';
import { decideFor } from '../../../src/features/permissions/questions.ts';
import { recordPermissionEvent } from '../../../src/features/permissions/service.ts';
import type { ManualClock } from '../../../src/platform/clock.ts';
import type { Context } from '../../../src/platform/context.ts';
import { contextOn } from '../../support/context.ts';
import { adviser } from '../../support/customers.ts';
import { useDatabase } from '../../support/database.ts';
import type { CustomerText } from '../../support/imports.ts';
import { choosePolicy, customersCsv, idOf, useImportFolder } from '../../support/imports.ts';

const database = useDatabase();
const folder = useImportFolder();
let context: Context & { readonly clock: ManualClock };

beforeAll(async () => {
  context = await contextOn(database);
  await choosePolicy(context, 'assume_legitimate_interest');
});

/** Imports a file, and sees that the dry run before it had told the same. */
async function importOf(rows: readonly CustomerText[]) {
  const customersFile = await folder.write(customersCsv(rows));
  const { totals: planned } = await planImport(context, { customersFile });
  const { batch } = await runImport(context, { customersFile }, { startedBy: 'test' });
  const { sharedContactPoints: _, ...totals } = batch.totals;
  expect(totals).toEqual({ ...planned, sharedContactPoints: undefined });
  return totals;
}

async function reasonsFor(customerNumber: string): Promise<readonly string[]> {
  const question = { channel: 'sms', category: 'general_marketing' } as const;
  return (await decideFor(context, await idOf(context, customerNumber), question)).decision.reasons;
}

/** Somebody of this surname; the same one under every customer number. */
function person(surname: string, customerNumber: string, changes: CustomerText = {}): CustomerText {
  const name = { forename: 'Ada', surname };
  const flags = { no_follow_up: 'N', no_marketing: 'N' };
  return { customer_no: customerNumber, ...name, mobile: '07700 900321', ...flags, ...changes };
}

const refused = { no_follow_up: 'Y', no_marketing: 'Y' };
const noted = { reason: 'said_no_under_another_number' };

describe('somebody on file with a no, under another customer number', () => {
  it.each([
    ['a stop to all marketing', 'Ashworth', {}],
    ['old flags', 'Birtles', refused],
  ])(
    'with %s, nothing is assumed of them, though the number differs by zeros alone',
    async (_, surname, flags) => {
      const number = `${surname.length}00086`;
      await importOf([person(surname, number, flags)]);
      if (flags !== refused) {
        const stop = { kind: 'stop_all_marketing', givenBy: 'customer' } as const;
        await recordPermissionEvent(context, await idOf(context, number), stop, adviser);
      }
      const totals = await importOf([person(surname, `0${number}`)]);
      expect(totals.firstAmbiguous).toMatchObject([{ customerNumber: `0${number}`, ...noted }]);
      expect(await reasonsFor(`0${number}`)).toEqual(['NO_PERMISSION']);
    },
  );

  it('is found by an email address alone, and not by a name alone', async () => {
    const email = 'ada@croft.example';
    await importOf([person('Croft', 'C1', { ...refused, mobile: '', email })]);
    await importOf([
      person('Croft', 'C2', { email: email.toUpperCase() }),
      person('Croft', 'C3', { mobile: '07700 900322' }),
    ]);
    expect(await reasonsFor('C2')).toEqual(['NO_PERMISSION']);
    expect(await reasonsFor('C3')).toEqual(['MIGRATED_LI_ASSUMED']);
  });

  it('counts with a no that was said on the record theirs became part of', async () => {
    await importOf([person('Carr', 'K1'), person('Kerr', 'K2', { mobile: '07700 900323' })]);
    const [absorbedId, survivorId] = [await idOf(context, 'K1'), await idOf(context, 'K2')];
    await mergeCustomers(context, { survivorId, absorbedId }, adviser);
    const stop = { kind: 'stop_all_marketing', givenBy: 'customer' } as const;
    await recordPermissionEvent(context, survivorId, stop, adviser);
    await importOf([person('Carr', 'K3')]);
    expect(await reasonsFor('K3')).toEqual(['NO_PERMISSION']);
  });

  it('counts with a no that this very file adds to them, whichever row comes first', async () => {
    await importOf([person('Dyson', 'D1')]);
    const nameless = { customer_no: 'D1', ...refused };
    await importOf([person('Dyson', 'D2'), nameless, person('Dyson', 'D3')]);
    expect(await reasonsFor('D2')).toEqual(['NO_PERMISSION']);
    expect(await reasonsFor('D3')).toEqual(['NO_PERMISSION']);
  });
});

describe('one person under two customer numbers of a file, with one no', () => {
  const others = Array.from({ length: 1_100 }, (_, index) => person(`Other ${index}`, `O${index}`));

  it('is assumed nothing of, whichever row comes first and however far away the other one is', async () => {
    const totals = await importOf([
      person('Eccles', 'E1'),
      ...others,
      person('Eccles', 'E2', refused),
      person('Eccles', 'E3'),
    ]);
    expect(totals.firstAmbiguous).toMatchObject([
      { customerNumber: 'E1', ...noted },
      { customerNumber: 'E3', ...noted },
    ]);
    expect(await reasonsFor('E1')).toEqual(['NO_PERMISSION']);
    expect(await reasonsFor('E3')).toEqual(['NO_PERMISSION']);
    expect(await reasonsFor('O1')).toEqual(['MIGRATED_LI_ASSUMED']);
  });

  it('counts with the no of a row that is rejected, even for want of a customer number', async () => {
    await importOf([person('Firth', 'F1'), person('Firth', '', refused)]);
    expect(await reasonsFor('F1')).toEqual(['NO_PERMISSION']);
  });

  it('adds the one refusal of the other number to a refusal of follow-up alone', async () => {
    await importOf([
      person('Grimshaw', 'G1', { no_follow_up: 'Y' }),
      person('Grimshaw', 'G2', { no_marketing: 'Y' }),
    ]);
    expect(await reasonsFor('G1')).toEqual(['NO_PERMISSION']);
  });

  it('takes a no of the same number for what it is, and no other person for them', async () => {
    const totals = await importOf([
      person('Hirst', 'H1', { no_follow_up: 'Y' }),
      person('Hirst', 'H2', { ...refused, forename: 'Bob' }),
      person('Hirst', 'H3', { forename: 'Cyd' }),
    ]);
    expect(totals.ambiguous).not.toHaveProperty('said_no_under_another_number');
    expect(await reasonsFor('H1')).toEqual(['MIGRATED_LI_ASSUMED']);
    expect(await reasonsFor('H3')).toEqual(['MIGRATED_LI_ASSUMED']);
  });
});
