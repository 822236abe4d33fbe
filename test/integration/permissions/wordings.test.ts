import { describe, expect, it } from 'vitest';
import { addBranch, addLegalEntity } from '../../../src/features/branches/service.ts';
import { useDatabase } from '../../support/database.ts';
import { useApi } from '../../support/http.ts';
import { usePopUp } from '../../support/pop-up.ts';

const database = useDatabase();
const api = useApi(database);
const { newCustomer, open } = usePopUp(api);

const text = 'May {dealer} keep in touch about your {car}? You can change your mind at any time.';
const list = async () =>
  (await api.ask('/api/v1/wordings')).at('wordings') as {
    version: number;
    text: string;
    example: string;
    inForce: boolean;
    legalEntity: string;
    recordedBy: string | null;
  }[];

describe('the wording of the counter', () => {
  it('is there from the start, with the name of the dealer', async () => {
    expect(await list()).toMatchObject([
      {
        version: 1,
        inForce: true,
        legalEntity: 'The dealership',
        recordedBy: null,
        example: expect.stringContaining('May we, The dealership, remind you when your Focus is due'),
      },
    ]);
  });

  it('changes by a new version, and the old one stays as it was', async () => {
    const [first] = await list();
    const recorded = await api.ask('/api/v1/wordings', { body: { text } });
    expect(recorded.status).toBe(201);
    expect(recorded.body).toMatchObject({ version: 2, inForce: true, recordedBy: 'Tests' });
    expect(await list()).toEqual([recorded.body, { ...first, inForce: false }]);
    const customer = await newCustomer();
    expect((await open(customer)).wording).toMatchObject({
      version: 2,
      text: 'May The dealership keep in touch about your Focus? You can change your mind at any time.',
    });
  });

  it('can be written down before it is read out', async () => {
    const inForceFrom = '2026-11-24T09:00:00Z';
    const recorded = await api.ask('/api/v1/wordings', { body: { text: `${text} Soon.`, inForceFrom } });
    expect(recorded.body).toMatchObject({ version: 3, inForce: false, inForceFrom });
    const customer = await newCustomer();
    expect((await open(customer)).wording.version).toBe(2);
    api.context.clock.set(inForceFrom);
    expect((await open(customer)).wording.version).toBe(3);
  });

  it.each([
    ['does not say who asks', { text: text.replace('{dealer}', 'we') }, 'text'],
    ['misspells a placeholder', { text: `${text} {Car}` }, 'text'],
    ['was in force before it was written', { text, inForceFrom: '2020-01-01T00:00:00Z' }, 'inForceFrom'],
    ['is for a dealer who does not exist', { text, legalEntity: 'Nobody Ltd' }, 'legalEntity'],
    ['is too short to be one', { text: 'May we?' }, 'text'],
  ])('is refused when it %s', async (_, body, field) => {
    const refused = await api.ask('/api/v1/wordings', { body });
    expect(refused.body).toMatchObject({ status: 422, errors: [{ field }] });
  });

  it('is changed by those who may change the policy alone', async () => {
    const key = await api.keyWith('policy:read', 'permissions:write');
    expect((await api.ask('/api/v1/wordings', { key, body: { text } })).status).toBe(403);
    expect((await api.ask('/api/v1/wordings', { key })).status).toBe(200);
  });

  it('cannot be changed or taken away in the database by the program either', async () => {
    for (const statement of ["update wording_version set text = 'x'", 'delete from wording_version']) {
      await expect(api.context.database.pool.query(statement)).rejects.toThrow('permission denied');
    }
  });

  it('is one of its own for each legal entity', async () => {
    const legalEntityId = await addLegalEntity(api.context, 'Hallam Vans Ltd');
    await addBranch(api.context, { legalEntityId, code: 'VANS', name: 'Vans' });
    const customer = await newCustomer({ branch: 'VANS' });
    expect((await open(customer)).wording).toMatchObject({ version: 1, legalEntity: 'Hallam Vans Ltd' });
    const unsaid = await api.ask('/api/v1/wordings', { body: { text } });
    expect(unsaid.body).toMatchObject({ status: 422, errors: [{ field: 'legalEntity' }] });
    const said = await api.ask('/api/v1/wordings', { body: { text, legalEntity: 'hallam vans ltd' } });
    expect(said.body).toMatchObject({ version: 2, legalEntity: 'Hallam Vans Ltd' });
  });
});
