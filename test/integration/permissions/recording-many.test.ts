import { describe, expect, it } from 'vitest';
import { permissionsOf } from '../../../src/features/permissions/questions.ts';
import { recordPermissionEvents } from '../../../src/features/permissions/service.ts';
import { contextOn } from '../../support/context.ts';
import { adviser, answers, givenCustomer } from '../../support/customers.ts';
import { useDatabase } from '../../support/database.ts';

const database = useDatabase();

describe('what happened with many customers', () => {
  it('is recorded for all of them, each with their own answer and its evidence', async () => {
    const context = await contextOn(database);
    const [first, second] = [await givenCustomer(context), await givenCustomer(context)];
    const recorded = await recordPermissionEvents(context, [
      {
        customerId: first,
        event: answers('general_marketing', [{ channel: 'sms' }]),
        recordedBy: adviser,
      },
      {
        customerId: second,
        event: answers('general_marketing', [{ channel: 'sms', answer: 'not_given' }]),
        recordedBy: adviser,
      },
    ]);
    expect(recorded.map(({ event }) => [event.customerId, event.sequence, event.method])).toEqual([
      [first, 2, 'in_person'],
      [second, 2, 'in_person'],
    ]);
    expect(recorded[0]?.event.wordingHash).toMatch(/^[0-9a-f]{64}$/);
  });

  it('is recorded for none of them when one yes cannot be proved', async () => {
    const context = await contextOn(database);
    const [first, second] = [await givenCustomer(context), await givenCustomer(context)];
    const event = answers('general_marketing', [{ channel: 'sms' }]);
    const unproved = { ...event, wording: null };
    const together = recordPermissionEvents(context, [
      { customerId: first, event, recordedBy: adviser },
      { customerId: second, event: unproved as typeof event, recordedBy: adviser },
    ]);
    await expect(together).rejects.toMatchObject({ code: 'evidence-required', field: 'wording' });
    expect((await permissionsOf(context, first)).history).toHaveLength(1);
  });
});
