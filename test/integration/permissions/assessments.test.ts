import { expect, it } from 'vitest';
import { decideFor } from '../../../src/features/permissions/questions.ts';
import { recordPermissionEvent } from '../../../src/features/permissions/service.ts';
import { recordAssessment } from '../../../src/features/privacy/service.ts';
import { contextOn } from '../../support/context.ts';
import { adviser, answers, givenCustomer } from '../../support/customers.ts';
import { useDatabase } from '../../support/database.ts';

const database = useDatabase();

it('an assessment counts until the day of its review is over, and not a moment longer', async () => {
  const context = await contextOn(database);
  await recordAssessment(context, {
    legalEntityId: 1,
    channels: ['letter'],
    categories: ['general_marketing'],
    purpose: 'Keep customers informed.',
    necessity: 'There is no less intrusive way.',
    balance: 'Customers expect it and can stop it.',
    approvedBy: 'Data protection lead',
    reviewOn: '2027-05-04',
  });
  const customer = await givenCustomer(context);
  const event = answers('general_marketing', []);
  if (event.kind !== 'record') throw new Error('Preferences were expected.');
  const letters = { channel: 'letter', category: 'general_marketing' } as const;
  await recordPermissionEvent(
    context,
    customer,
    { ...event, cells: [{ ...letters, answer: 'granted', basis: 'legitimate_interest' }] },
    adviser,
  );
  const askedAt = async (at: string): Promise<string[]> => {
    context.clock.set(at);
    const { decision } = await decideFor(context, customer, letters);
    return [decision.verdict, ...decision.reasons];
  };
  // British summer time: the local day is over an hour before midnight UTC.
  expect(await askedAt('2027-05-04T22:59:59.999Z')).toEqual(['allow', 'LEGITIMATE_INTEREST']);
  expect(await askedAt('2027-05-04T23:00:00Z')).toEqual(['deny', 'LIA_MISSING']);
});
