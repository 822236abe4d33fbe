import { beforeAll, describe, expect, it } from 'vitest';
import { runImport } from '../../../src/features/imports/service.ts';
import { rebuildStanding } from '../../../src/features/standing/service.ts';
import type { ManualClock } from '../../../src/platform/clock.ts';
import type { Context } from '../../../src/platform/context.ts';
import { contextOn } from '../../support/context.ts';
import { useDatabase } from '../../support/database.ts';
import { choosePolicy, customersCsv, useImportFolder, vehiclesCsv } from '../../support/imports.ts';

const database = useDatabase();
const folder = useImportFolder();
const vehicles = 2_200;
let context: Context & { readonly clock: ManualClock };

beforeAll(async () => {
  context = await contextOn(database);
  await choosePolicy(context);
  // Counted by a sequence, which a transaction that is taken back does not turn back.
  await database.query('create sequence written');
  await database.query(`
    create function stumble() returns trigger language plpgsql security definer as $$
    begin
      if nextval('written') = 2 then
        raise exception 'Somebody was first.' using errcode = tg_argv[0];
      end if;
      return null;
    end;
    $$`);
});

/** An import of three batches of vehicles, of which the second stumbles at first. */
async function importStumblingOver(code: string, name: string) {
  await database.query('drop trigger if exists stumbling on vehicle');
  await database.query(`select setval('written', 1, false)`);
  await database.query(`
    create trigger stumbling before insert on vehicle for each statement execute function stumble('${code}')`);
  const rows = Array.from({ length: vehicles }, (_, index) => ({
    customer_no: `${name}${index % 3}`,
    registration: `${name}${String(1_000 + index)}`,
    make: ['FORD', 'Škoda', 'CITROËN', ''][index % 4] ?? '',
    model: index % 2 === 0 ? 'Model X' : '',
    ...(index % 5 === 0 ? { sold_on: '2024-03-04' } : {}),
  }));
  const customersFile = await folder.write(
    customersCsv([0, 1, 2].map((index) => ({ customer_no: `${name}${index}`, surname: 'Holroyd' }))),
  );
  const vehiclesFile = await folder.write(vehiclesCsv(rows));
  return () => runImport(context, { customersFile, vehiclesFile }, { startedBy: 'test' });
}

async function batchesWritten(): Promise<unknown> {
  const [row] = await database.query('select last_value::integer as written from written');
  return row?.written;
}

describe('a batch of vehicles that somebody else was in the way of', () => {
  it.each([
    ['linked one of them meanwhile', '23505', 'BA'],
    ['held a lock for long', '55P03', 'BB'],
    ['waited in a circle', '40P01', 'BC'],
  ])('is begun anew where they %s, with the batch after it', async (_what, code, name) => {
    const run = await importStumblingOver(code, name);
    const { batch, outcome } = await run();
    expect(outcome).toBe('imported');
    expect(batch.totals.vehicles).toEqual({
      rows: vehicles,
      created: vehicles,
      linked: vehicles,
      alreadyLinked: 0,
      rejected: 0,
    });
    expect(await batchesWritten()).toBe(4);
  });

  it('ends the import at any other fault, which goes on behind the last batch when it is run again', async () => {
    const run = await importStumblingOver('P0001', 'BD');
    await expect(run()).rejects.toMatchObject({ code: 'P0001' });
    const { batch, outcome } = await run();
    expect(outcome).toBe('resumed');
    expect(batch.totals.vehicles).toMatchObject({ rows: vehicles, created: vehicles, linked: vehicles });
  });

  it('leaves the answers and what criteria ask as if they had been written one by one', async () => {
    expect(await rebuildStanding(context)).toMatchObject({ differed: 0 });
    const wrong = await database.query(`
      select vehicle.make from keeper
      join vehicle on vehicle.id = keeper.vehicle_id
      left join keeper_standing standing
        on standing.customer_id = keeper.customer_id and standing.vehicle_id = keeper.vehicle_id
      where (standing.make, standing.model, standing.first_registered_on, standing.mot_due_on,
          standing.service_due_on, standing.last_service_on, standing.mileage, standing.until_on)
        is distinct from (lower(vehicle.make), lower(vehicle.model), vehicle.first_registered_on,
          vehicle.mot_due_on, vehicle.service_due_on, vehicle.last_service_on, vehicle.mileage, keeper.until_on)`);
    expect(wrong).toEqual([]);
  });
});
