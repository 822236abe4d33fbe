import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, it } from 'vitest';
import { readCustomer } from '../../../src/features/customers/service.ts';
import { recordAct, recordPermissionEvent } from '../../../src/features/permissions/service.ts';
import { refreshStanding } from '../../../src/features/standing/service.ts';
import { migrationsFolder } from '../../../src/platform/migrator.ts';
import { contextOn } from '../../support/context.ts';
import { adviser, answers, givenCustomer } from '../../support/customers.ts';
import { useDatabase } from '../../support/database.ts';
import { tamperWith } from '../../support/forging.ts';

const database = useDatabase();

/** What the upgrade runs on the stored answers, the last statement of its migration. */
async function judgingAgain(): Promise<string> {
  const name = (await readdir(migrationsFolder)).find((file) =>
    file.endsWith('_what_was_recorded_by_then.sql'),
  );
  const file = path.join(migrationsFolder, name ?? '');
  const statement = /update permission_standing set policy_version_id = 0[^;]*;/.exec(
    await readFile(file, 'utf8'),
  );
  return statement?.[0] ?? '';
}

it('no reminders about a car, lifted by a tick without evidence before the upgrade, count again after it', async () => {
  const context = await contextOn(database);
  const id = await givenCustomer(context, { vehicles: [{ registration: 'AB12 CDE' }] });
  const untouched = await givenCustomer(context);
  const vehicleId = (await readCustomer(context, id)).vehicles[0]?.vehicleId ?? '';
  await recordPermissionEvent(context, id, answers('service_follow_up', [{ channel: 'sms' }]), adviser);
  for (const permitted of [false, true]) {
    await recordAct(context, {
      customerId: id,
      act: { kind: 'vehicle_contact_set', vehicleId, permitted },
      actor: adviser,
    });
  }
  const stored = () => database.query('select * from keeper_standing where customer_id = $1', [id]);
  const right = await stored();
  // What an earlier version stored for somebody whose tick it believed.
  await tamperWith(
    database,
    'update keeper_standing set sms_service_follow_up = 1000 where customer_id = $1',
    [id],
  );
  await refreshStanding(context);
  expect(await stored()).not.toEqual(right);
  await database.query(await judgingAgain());
  expect(
    await database.query('select customer_id from permission_standing where policy_version_id = 0'),
  ).toEqual([{ customer_id: id }]);
  expect(await refreshStanding(context)).toBe(1);
  expect(await stored()).toEqual(right);
  expect(
    await database.query('select 1 from permission_standing where customer_id = $1', [untouched]),
  ).toHaveLength(1);
});
