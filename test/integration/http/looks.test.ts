import { beforeEach, describe, expect, it } from 'vitest';
import { givenCustomer } from '../../support/customers.ts';
import { useDatabase } from '../../support/database.ts';
import { useApi } from '../../support/http.ts';

const database = useDatabase();
const api = useApi(database);

beforeEach(() => database.query('truncate access_log'));

const looks = () => database.query('select action, customer_id from access_log order by id');

const question = { channel: 'letter', category: 'general_marketing' };

describe('every look at a customer can be put down to somebody', () => {
  it('a warning of duplicates names each of those it shows, whoever is shown them', async () => {
    const email = { contactPoints: [{ kind: 'email' as const, value: 'twice@example.com' }] };
    const first = await givenCustomer(api.context, { ...email, surname: 'First' });
    const second = await givenCustomer(api.context, { ...email, surname: 'Second', confirmDuplicate: true });
    const key = await api.keyWith('customers:write');
    const warned = await api.ask('/api/v1/customers', { key, body: { ...email, surname: 'Third' } });
    expect(warned.at('duplicates')).toHaveLength(2);
    const shown = await looks();
    expect(shown).toHaveLength(2);
    for (const customer_id of [first, second]) {
      expect(shown).toContainEqual({ action: 'duplicates shown', customer_id });
    }
    const actors = await database.query('select distinct actor_id from access_log');
    expect(actors).toEqual(
      await database.query("select id as actor_id from api_key where name = 'Few scopes'"),
    );
  });

  it('a decision names the customer it was asked of', async () => {
    const id = await givenCustomer(api.context);
    await api.ask('/api/v1/decisions', { body: { customer: id, ...question } });
    expect(await looks()).toEqual([{ action: 'decision asked', customer_id: id }]);
  });

  it('many decisions name each customer once, and nobody who is not there', async () => {
    const first = await givenCustomer(api.context);
    const second = await givenCustomer(api.context);
    const customers = [first, second, first, 'no:nobody', '0195f3c0-0000-7000-8000-000000000000'];
    await api.ask('/api/v1/decisions:batch', {
      body: { questions: customers.map((customer) => ({ customer, ...question })) },
    });
    expect(await looks()).toEqual([
      { action: 'decision asked', customer_id: first },
      { action: 'decision asked', customer_id: second },
    ]);
  });

  it('a change that answers with the customer names them', async () => {
    const id = await givenCustomer(api.context, { contactPoints: [] });
    const address = `/api/v1/customers/${id}`;
    const key = await api.keyWith('customers:write');
    await api.ask(address, {
      key,
      method: 'PATCH',
      body: { forename: 'Ann' },
      headers: { 'if-match': '"1"' },
    });
    await api.ask(`${address}/vehicles`, { key, body: { registration: 'LO12 OKS' } });
    expect(await looks()).toEqual([
      { action: 'customer changed', customer_id: id },
      { action: 'customer changed', customer_id: id },
    ]);
  });

  it('a look that cannot be written down is not answered', async () => {
    const id = await givenCustomer(api.context);
    await database.query('revoke insert on access_log from navigator_app');
    const refused = await api.ask('/api/v1/decisions', { body: { customer: id, ...question } });
    await database.query('grant insert on access_log to navigator_app');
    expect(refused.status).toBe(500);
    expect(refused.text).not.toContain('verdict');
  });
});
