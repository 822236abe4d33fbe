import { expect, it } from 'vitest';
import { fillDealership } from '../../../seeds/dealership/fill.ts';
import { listBranches } from '../../../src/features/branches/service.ts';
import { permissionsOf } from '../../../src/features/permissions/questions.ts';
import { contextOn } from '../../support/context.ts';
import { useDatabase } from '../../support/database.ts';
import { idOf } from '../../support/imports.ts';

const database = useDatabase();

it('a dealership of two legal entities has an assessment for each, and staff of its own at each branch', async () => {
  const context = await contextOn(database);
  await fillDealership(context, {
    customers: 10,
    legalEntities: 2,
    seed: 1,
    staff: async () => ({ SHEF: { kind: 'staff', id: 'amira' }, BARN: { kind: 'staff', id: 'martin' } }),
  });
  const entityOf = new Map(
    (await listBranches(context)).map(({ name, legalEntityId }) => [name, legalEntityId]),
  );
  expect(entityOf.get('Rotherham')).toBe(entityOf.get('Sheffield'));
  expect(entityOf.get('Barnsley')).not.toBe(entityOf.get('Sheffield'));
  const { cells, history } = await permissionsOf(context, await idOf(context, '20421'));
  const letter = cells.find(
    ({ channel, category }) => channel === 'letter' && category === 'service_follow_up',
  );
  expect(letter?.decision).toMatchObject({ verdict: 'allow', reasons: ['LEGITIMATE_INTEREST'] });
  expect(history).toHaveLength(1);
  const jane = await permissionsOf(context, await idOf(context, '20418'));
  expect(jane.history.map(({ actor }) => actor.id)).toEqual([null, 'amira', 'amira', null]);
}, 60_000);
