import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { verifyLedger } from '../../../src/features/audit/service.ts';
import { readCustomer } from '../../../src/features/customers/service.ts';
import { reverseImport } from '../../../src/features/imports/reversal/service.ts';
import { runImport } from '../../../src/features/imports/service.ts';
import type { NewPermissionEvent } from '../../../src/features/permissions/contract.ts';
import { permissionsOf } from '../../../src/features/permissions/questions.ts';
import { recordPermissionEvent } from '../../../src/features/permissions/service.ts';
import type { ManualClock } from '../../../src/platform/clock.ts';
import type { Actor, Context } from '../../../src/platform/context.ts';
import { contextOn } from '../../support/context.ts';
import { adviser, answers, givenCustomer } from '../../support/customers.ts';
import { useDatabase } from '../../support/database.ts';
import { choosePolicy, customersCsv, useImportFolder } from '../../support/imports.ts';

const database = useDatabase();
const folder = useImportFolder();
const administrator: Actor = { kind: 'staff', id: 'administrator' };
let context: Context & { readonly clock: ManualClock };

beforeAll(async () => {
  context = await contextOn(database);
});

const channel = fc.constantFrom('sms', 'letter', 'live_call', 'email');
const category = fc.constantFrom('service_follow_up', 'general_marketing');
const answer = fc.constantFrom('granted', 'not_given', 'withdrawn');
const act: fc.Arbitrary<NewPermissionEvent> = fc.oneof(
  fc
    .record({ category, cell: fc.record({ channel, answer }) })
    .map((given) => answers(given.category, [given.cell])),
  fc.constant<NewPermissionEvent>({ kind: 'stop_all_marketing', givenBy: 'customer' }),
);
const flag = fc.constantFrom('Y', 'N', '');
const row = fc.record({ no_follow_up: flag, no_marketing: flag });
const step = fc.oneof(
  fc.record({ kind: fc.constant('act' as const), act }),
  fc.record({ kind: fc.constant('import' as const), row }),
);
const policy = fc.constantFrom('pecr_strict' as const, 'assume_legitimate_interest' as const);

async function verdicts(customer: string): Promise<string[]> {
  const { cells } = await permissionsOf(context, customer);
  return cells.map((cell) => `${cell.channel} ${cell.category} ${cell.decision.verdict}`);
}

describe('whatever was said before', () => {
  it('an import never turns a no into a yes, and taking it back restores every answer', async () => {
    await fc.assert(
      fc.asyncProperty(
        policy,
        fc.array(step, { minLength: 1, maxLength: 6 }),
        row,
        async (chosen, steps, last) => {
          await choosePolicy(context, chosen);
          const customer = await givenCustomer(context);
          const { customerNumber } = await readCustomer(context, customer);
          const importRow = async (flags: typeof last) => {
            const customersFile = await folder.write(
              customersCsv([{ customer_no: customerNumber, surname: 'Other', ...flags }]),
            );
            return runImport(context, { customersFile }, { startedBy: 'test' });
          };
          for (const each of steps) {
            context.clock.advance('PT1M');
            if (each.kind === 'act') await recordPermissionEvent(context, customer, each.act, adviser);
            else await importRow(each.row);
          }
          context.clock.advance('PT1M');
          const before = await verdicts(customer);
          const { outcome, batch } = await importRow(last);
          const after = await verdicts(customer);
          for (const [index, verdict] of after.entries()) {
            if (before[index]?.endsWith('deny')) expect(verdict).toBe(before[index]);
          }
          if (outcome === 'imported') {
            await reverseImport(context, batch.id, administrator);
            expect(await verdicts(customer)).toEqual(before);
          }
        },
      ),
      { numRuns: 60 },
    );
    expect((await verifyLedger(context)).faults).toEqual([]);
  }, 120_000);
});
