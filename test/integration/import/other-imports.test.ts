import { beforeAll, describe, expect, it } from 'vitest';
import type { CustomerField } from '../../../src/domain/import-fields.ts';
import { createCustomer, readCustomer } from '../../../src/features/customers/service.ts';
import { planImport } from '../../../src/features/imports/plan/service.ts';
import { reverseImport } from '../../../src/features/imports/reversal/service.ts';
import { runImport } from '../../../src/features/imports/service.ts';
import { decideFor } from '../../../src/features/permissions/questions.ts';
import { recordPermissionEvent } from '../../../src/features/permissions/service.ts';
import type { ManualClock } from '../../../src/platform/clock.ts';
import type { Actor, Context } from '../../../src/platform/context.ts';
import { contextOn } from '../../support/context.ts';
import { adviser, answers } from '../../support/customers.ts';
import { useDatabase } from '../../support/database.ts';
import type { CustomerText } from '../../support/imports.ts';
import { choosePolicy, customersCsv, idOf, useImportFolder } from '../../support/imports.ts';

const database = useDatabase();
const folder = useImportFolder();
const administrator: Actor = { kind: 'staff', id: 'administrator' };
let context: Context & { readonly clock: ManualClock };

beforeAll(async () => {
  context = await contextOn(database);
  await choosePolicy(context);
});

let minutes = 0;
/** Imports are minutes apart, as they are at a dealer. */
async function imported(rows: readonly CustomerText[], columns?: readonly CustomerField[]): Promise<string> {
  minutes += 1;
  context.clock.set(`2026-11-23T11:${minutes.toString().padStart(2, '0')}:00Z`);
  const customersFile = await folder.write(customersCsv(rows, columns));
  return (await runImport(context, { customersFile }, { startedBy: 'test' })).batch.id;
}

async function reasons(customerNumber: string): Promise<readonly string[]> {
  const question = { channel: 'letter', category: 'general_marketing' } as const;
  return (await decideFor(context, await idOf(context, customerNumber), question)).decision.reasons;
}

const lane = { address1: '4 Mill Lane', postcode: 'S1 2HE' };

describe('taking back one import of several', () => {
  it('keeps the no that another one carried, too, whichever found it on file', async () => {
    const first = await imported([{ customer_no: 'O1', surname: 'Holroyd', ...lane, no_marketing: 'Y' }]);
    const second = await imported([
      { customer_no: 'o1', surname: 'Holroyd', no_marketing: 'Y', no_follow_up: 'Y' },
    ]);
    const third = await imported([{ customer_no: 'O1', surname: 'Holroyd', ...lane, no_marketing: 'yes' }]);
    await reverseImport(context, first, administrator);
    expect(await reasons('O1')).toEqual(['LEGACY_NO_MARKETING']);
    await reverseImport(context, second, administrator);
    expect(await reasons('O1')).toEqual(['LEGACY_NO_MARKETING']);
    await reverseImport(context, third, administrator);
    expect(await reasons('O1')).toEqual(['NO_PERMISSION']);
  });

  it('leaves a consent standing that was given after the other import said no', async () => {
    const first = await imported([{ customer_no: 'O2', surname: 'Holroyd', ...lane, no_marketing: 'Y' }]);
    await imported([{ customer_no: 'O2', surname: 'Holroyd', ...lane, title: 'Mx', no_marketing: 'Y' }]);
    minutes += 5;
    context.clock.set(`2026-11-23T11:${minutes}:00Z`);
    await recordPermissionEvent(
      context,
      await idOf(context, 'O2'),
      {
        ...answers('general_marketing', [{ channel: 'letter' }]),
        occurredAt: `2026-11-23T11:${minutes}:00Z`,
      },
      adviser,
    );
    minutes += 5;
    context.clock.set(`2026-11-23T11:${minutes}:00Z`);
    await reverseImport(context, first, administrator);
    expect(await reasons('O2')).toEqual(['CONSENT']);
  });

  it('keeps customers whom another one names, and removes those nobody else does', async () => {
    const first = await imported([
      { customer_no: 'O3', surname: 'Holroyd' },
      { customer_no: 'O4', surname: 'Holroyd' },
    ]);
    const second = await imported([{ customer_no: 'O3', surname: 'Holroyd' }]);
    const { totals } = await reverseImport(context, first, administrator);
    expect(totals.reversal).toMatchObject({ removed: 1, kept: 1, keptCustomerNumbers: ['O3'] });
    await reverseImport(context, second, administrator);
    expect((await readCustomer(context, await idOf(context, 'O3'))).customerNumber).toBe('O3');
  });

  it('removes a customer again whom only an import names that was taken back', async () => {
    const first = await imported([{ customer_no: 'O5', surname: 'Holroyd' }]);
    const second = await imported([{ customer_no: 'O5', surname: 'Holroyd', title: 'Mx' }]);
    await reverseImport(context, second, administrator);
    expect((await reverseImport(context, first, administrator)).totals.reversal).toMatchObject({
      removed: 1,
    });
  });
});

describe('the no of a rejected row', () => {
  it('waits for its customer: a later file, in which nothing is said, enters them with it', async () => {
    await imported([{ customer_no: 'W1', no_marketing: 'Y' }]);
    const columns: CustomerField[] = ['customer_no', 'surname', 'address1', 'postcode'];
    const later = [{ customer_no: 'w1', surname: 'Holroyd', ...lane }];
    await imported(later, columns);
    expect(await reasons('w1')).toEqual(['LEGACY_NO_MARKETING']);
  });

  it('counts in the dry run of the later file, too', async () => {
    await choosePolicy(context, 'assume_legitimate_interest');
    await imported([{ customer_no: 'W2', no_marketing: 'Y' }]);
    const customersFile = await folder.write(
      customersCsv([
        { customer_no: 'W2', surname: 'Holroyd', ...lane, no_marketing: 'N', no_follow_up: 'N' },
        { customer_no: 'W3', surname: 'Hart', ...lane, no_marketing: 'N', no_follow_up: 'N' },
      ]),
    );
    const plan = await planImport(context, { customersFile });
    expect(plan.permitted.assume_legitimate_interest.letter.general_marketing).toBe(1);
    await runImport(context, { customersFile }, { startedBy: 'test' });
    expect(await reasons('W2')).toEqual(['LEGACY_NO_MARKETING']);
    expect(await reasons('W3')).toEqual(['MIGRATED_LI_ASSUMED']);
    await choosePolicy(context);
  });

  it('is entered for a customer whom somebody enters by hand under that number', async () => {
    await imported([{ customer_no: 'W4', no_marketing: 'Y', no_follow_up: 'Y' }]);
    await createCustomer(
      context,
      { customerNumber: 'W4', surname: 'Holroyd', confirmDuplicate: true },
      adviser,
    );
    expect(await reasons('W4')).toEqual(['LEGACY_NO_MARKETING']);
  });

  it('is forgotten with the import that carried it, and stays where another one carries it', async () => {
    const first = await imported([{ customer_no: 'W5', no_marketing: 'Y' }]);
    const second = await imported([
      { customer_no: 'W6', no_marketing: 'Y' },
      { customer_no: 'W7', surname: 'X' },
    ]);
    await reverseImport(context, first, administrator);
    await imported([
      { customer_no: 'W5', surname: 'Holroyd', ...lane },
      { customer_no: 'W6', surname: 'Holroyd', ...lane },
    ]);
    expect(await reasons('W5')).not.toContain('LEGACY_NO_MARKETING');
    expect(await reasons('W6')).toEqual(['LEGACY_NO_MARKETING']);
    await reverseImport(context, second, administrator);
    expect(await reasons('W6')).not.toContain('LEGACY_NO_MARKETING');
  });
});
