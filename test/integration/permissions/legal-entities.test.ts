import { beforeAll, describe, expect, it } from 'vitest';
import { addBranch, addLegalEntity } from '../../../src/features/branches/service.ts';
import { rebuildStanding } from '../../../src/features/standing/service.ts';
import { useDatabase } from '../../support/database.ts';
import { useApi } from '../../support/http.ts';
import { boxOf, usePopUp } from '../../support/pop-up.ts';

/** A group of two companies: MAIN belongs to The dealership, VANS to its sister. */
const database = useDatabase();
const api = useApi(database);
const { newCustomer, open, save, record, timeline } = usePopUp(api);
const sister = 'Hallam Vans Ltd';
const box = 'sms general_marketing';

beforeAll(async () => {
  const legalEntityId = await addLegalEntity(api.context, sister);
  await addBranch(api.context, { legalEntityId, code: 'VANS', name: 'Vans' });
});

/** A yes to offers by text that was given at the sister's branch, by a customer of the other company. */
async function saidYesToTheSister(): Promise<string> {
  const customer = await newCustomer({ branch: 'MAIN' });
  const { wording, sequence } = await open(customer, 'VANS');
  const saved = await save(customer, [box], {
    branch: 'VANS',
    wordingHash: wording.hash,
    expectedSequence: sequence,
  });
  expect(saved.status).toBe(201);
  return customer;
}

const stateAt = async (customer: string, branch: string) => boxOf(await open(customer, branch), box).state;
const verdictAt = async (customer: string, branch?: string) =>
  (
    await api.ask('/api/v1/decisions', {
      body: {
        customer,
        channel: 'sms',
        category: 'general_marketing',
        ...(branch === undefined ? {} : { branch }),
      },
    })
  ).at('verdict');
/** Everybody whom a mailshot of offers by text would reach. */
const onTheList = async (): Promise<string[]> => {
  const criteria = { all: [{ field: 'outcode', is: 'S1' }] };
  const selection = { channel: 'sms', category: 'general_marketing', criteria };
  const answer = await api.ask('/api/v1/selections:list', { body: { selection, part: 'permitted' } });
  return (answer.at('people') as { customerId: string }[]).map(({ customerId }) => customerId);
};

describe('a permission given to one company of a group', () => {
  it('is one for that company in the panel and none for its sister, which is told whose it is', async () => {
    const customer = await saidYesToTheSister();
    expect(await stateAt(customer, 'VANS')).toBe('consented');
    expect(await stateAt(customer, 'MAIN')).toBe('not_asked');
    expect(await open(customer, 'MAIN')).toMatchObject({
      answeringFor: { legalEntity: 'The dealership', several: true },
      elsewhere: [{ legalEntity: sister, given: ['General dealer marketing by SMS'] }],
    });
    expect((await open(customer, 'VANS')).elsewhere).toEqual([]);
  });

  it('is none for its sister when the decision is asked', async () => {
    const customer = await saidYesToTheSister();
    expect(await verdictAt(customer, 'VANS')).toBe('allow');
    expect(await verdictAt(customer, 'MAIN')).toBe('deny');
    expect(await verdictAt(customer)).toBe('deny');
    const batch = await api.ask('/api/v1/decisions:batch', {
      body: {
        questions: ['MAIN', 'VANS'].map((branch) => ({
          customer,
          channel: 'sms',
          category: 'general_marketing',
          branch,
        })),
      },
    });
    expect(batch.at('answers.0.decision.verdict')).toBe('deny');
    expect(batch.at('answers.1.decision.verdict')).toBe('allow');
  });

  it('puts nobody on a list of the company of their own branch, and what is kept for lists is what the engine says', async () => {
    const customer = await saidYesToTheSister();
    const other = await newCustomer({ branch: 'MAIN' });
    await save(other, [box], { branch: 'MAIN' });
    const listed = await onTheList();
    expect(listed).toContain(other);
    expect(listed).not.toContain(customer);
    expect((await rebuildStanding(api.context)).differed).toBe(0);
  });

  it('is given on the words of that company, and a pop-up of the one cannot be saved for the other', async () => {
    const customer = await newCustomer({ branch: 'MAIN' });
    const [own, theirs] = [await open(customer, 'MAIN'), await open(customer, 'VANS')];
    expect(own.wording.text).toContain('The dealership');
    expect(theirs.wording.text).toContain(sister);
    expect(theirs.answeringFor.legalEntity).toBe(sister);
    const swapped = await save(customer, [box], { branch: 'MAIN', wordingHash: theirs.wording.hash });
    expect(swapped.at('code')).toBe('wording-changed');
  });

  it('says on the timeline to whom it was given', async () => {
    const customer = await saidYesToTheSister();
    expect((await timeline(customer, '?kind=permission')).at('entries.0.detail')).toContain(`to ${sister}`);
  });

  it('is no review with its sister, and neither is one confirmed there', async () => {
    const customer = await saidYesToTheSister();
    expect((await open(customer, 'VANS')).review.status).toBe('in_date');
    expect((await open(customer, 'MAIN')).review.status).toBe('never');
    await record(customer, { kind: 'confirm_review', method: 'phone', branch: 'MAIN' });
    expect((await open(customer, 'MAIN')).review.status).toBe('in_date');
  });
});

describe('a no', () => {
  it('to all marketing holds for every company of the group', async () => {
    const customer = await saidYesToTheSister();
    await save(customer, [box], { branch: 'MAIN' });
    api.context.clock.advance({ minutes: 1 });
    await record(customer, { kind: 'stop_all_marketing', branch: 'MAIN' });
    expect([await verdictAt(customer, 'MAIN'), await verdictAt(customer, 'VANS')]).toEqual(['deny', 'deny']);
  });

  it('to a box holds for the company that asked, and says what was held before by that company', async () => {
    const customer = await saidYesToTheSister();
    api.context.clock.advance({ minutes: 1 });
    const { wording } = await open(customer, 'VANS');
    const saved = await save(customer, [], { branch: 'VANS', wordingHash: wording.hash });
    expect(saved.status).toBe(201);
    const [last] = await database.query(
      'select cells from ledger_event where customer_id = $1 order by sequence desc limit 1',
      [customer],
    );
    expect(last?.['cells']).toContainEqual(
      expect.objectContaining({ channel: 'sms', category: 'general_marketing', before: 'granted' }),
    );
    expect(await verdictAt(customer, 'VANS')).toBe('deny');
  });
});
