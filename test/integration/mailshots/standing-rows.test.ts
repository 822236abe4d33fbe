import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { verifyLedger } from '../../../src/features/audit/service.ts';
import {
  endKeeping,
  linkVehicle,
  mergeCustomers,
  readCustomer,
} from '../../../src/features/customers/service.ts';
import { runImport } from '../../../src/features/imports/service.ts';
import { recordAct, recordPermissionEvent } from '../../../src/features/permissions/service.ts';
import type { ManualClock } from '../../../src/platform/clock.ts';
import type { Context } from '../../../src/platform/context.ts';
import { contextOn } from '../../support/context.ts';
import { adviser } from '../../support/customers.ts';
import { useDatabase } from '../../support/database.ts';
import type { CustomerText } from '../../support/imports.ts';
import { choosePolicy, customersCsv, idOf, useImportFolder, vehiclesCsv } from '../../support/imports.ts';

const database = useDatabase();
const folder = useImportFolder();
let context: Context & { readonly clock: ManualClock };
let rounds = 0;

beforeAll(async () => {
  context = await contextOn(database);
  await choosePolicy(context, 'assume_legitimate_interest');
});

const person = fc.constantFrom(0, 1, 2);
const car = fc.constantFrom(0, 1, 2, 3);
const details = fc.record({
  make: fc.constantFrom('Ford', 'ŠKODA', 'Audi'),
  motDueOn: fc.constantFrom('2026-12-01', '2027-03-04'),
});
const step = fc.oneof(
  fc.record({ kind: fc.constant('link' as const), person, car, details }),
  fc.record({ kind: fc.constant('end' as const), person, car }),
  fc.record({ kind: fc.constant('opt out' as const), person, car }),
  fc.record({ kind: fc.constant('stop' as const), person }),
  fc.record({ kind: fc.constant('merge' as const), person, other: person }),
  fc.record({ kind: fc.constant('import' as const), person, car, details, sold: fc.boolean() }),
);
type Step = typeof step extends fc.Arbitrary<infer Value> ? Value : never;

/** Three people and four vehicles of this round alone, as an import brings them; what one step does to them. */
class Round {
  readonly #round = rounds;
  readonly #ids: string[] = [];

  async begin(): Promise<void> {
    rounds += 1;
    const customersFile = await folder.write(customersCsv([0, 1, 2].map((index) => this.#row(index))));
    await runImport(context, { customersFile }, { startedBy: 'test' });
    for (const index of [0, 1, 2]) this.#ids.push(await idOf(context, this.#number(index)));
  }

  async take(taken: Step): Promise<void> {
    context.clock.advance({ hours: 5 });
    const customerId = this.#ids[taken.person] ?? '';
    const { mergedIntoId, vehicles } = await readCustomer(context, customerId);
    if (mergedIntoId !== null) return;
    const vehicleId =
      'car' in taken ? vehicles.find(({ vin }) => vin === this.#vin(taken.car))?.vehicleId : undefined;
    switch (taken.kind) {
      case 'link':
        await linkVehicle(context, customerId, { vin: this.#vin(taken.car), ...taken.details });
        return;
      case 'end':
        if (vehicleId !== undefined) await endKeeping(context, customerId, vehicleId);
        return;
      case 'opt out':
        if (vehicleId === undefined) return;
        await recordAct(context, {
          customerId,
          act: { kind: 'vehicle_contact_set', vehicleId, permitted: false },
          actor: adviser,
        });
        return;
      case 'stop':
        await recordPermissionEvent(
          context,
          customerId,
          { kind: 'stop_all_marketing', givenBy: 'customer' },
          adviser,
        );
        return;
      case 'merge':
        await this.#merge(customerId, this.#ids[taken.other] ?? '');
        return;
      case 'import':
        await this.#import(taken);
    }
  }

  async #merge(survivorId: string, absorbedId: string): Promise<void> {
    const other = await readCustomer(context, absorbedId);
    if (survivorId === absorbedId || other.mergedIntoId !== null) return;
    await mergeCustomers(context, { survivorId, absorbedId }, adviser);
  }

  async #import(taken: Extract<Step, { kind: 'import' }>): Promise<void> {
    const vehiclesFile = await folder.write(
      vehiclesCsv([
        {
          customer_no: this.#number(taken.person),
          vin: this.#vin(taken.car),
          make: taken.details.make,
          mot_due_on: taken.details.motDueOn,
          ...(taken.sold ? { sold_on: '2026-01-02' } : {}),
        },
      ]),
    );
    const customersFile = await folder.write(customersCsv([this.#row(taken.person)]));
    await runImport(context, { customersFile, vehiclesFile }, { startedBy: 'test' });
  }

  /** Reached by email and by letter, so that the answer about a vehicle differs from the one about none. */
  #row(index: number): CustomerText {
    return {
      customer_no: this.#number(index),
      surname: 'Holroyd',
      email: `${this.#number(index)}@example.com`,
      address1: `${index + 1} Mill Lane`,
      town: 'Sheffield',
      postcode: 'S1 2HE',
    };
  }

  #number(index: number): string {
    return `R${this.#round}P${index}`;
  }

  #vin(index: number): string {
    return `WFX${this.#round.toString().padStart(7, '0')}${index.toString().padStart(7, '0')}`;
  }
}

describe('whatever happens to people and their vehicles, what a selection reads', () => {
  it('is what the engine says, and what vehicles and keepers are', async () => {
    let linked = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 2, maxLength: 8 }), async (steps) => {
        const round = new Round();
        await round.begin();
        for (const taken of steps) await round.take(taken);
        expect(await strayVehicles()).toEqual([]);
        expect(await strayAnswers()).toEqual([]);
        const [counted] = await database.query('select count(*)::integer as links from keeper_standing');
        linked = Number(counted?.['links']);
      }),
      { numRuns: 30 },
    );
    expect(linked).toBeGreaterThan(20);
    expect((await verifyLedger(context)).faults).toEqual([]);
  }, 240_000);
});

/** Keeper links without a row of answers, or with one that says something else of the vehicle. */
function strayVehicles(): Promise<unknown[]> {
  return database.query(`
    select keeper.customer_id, keeper.vehicle_id
    from keeper
    join vehicle on vehicle.id = keeper.vehicle_id
    left join keeper_standing kept
      on kept.customer_id = keeper.customer_id and kept.vehicle_id = keeper.vehicle_id
    where kept.customer_id is null
      or (kept.make, kept.model, kept.first_registered_on, kept.mot_due_on, kept.service_due_on,
        kept.last_service_on, kept.mileage, kept.until_on)
      is distinct from
      (lower(vehicle.make), lower(vehicle.model), vehicle.first_registered_on, vehicle.mot_due_on,
        vehicle.service_due_on, vehicle.last_service_on, vehicle.mileage, keeper.until_on)`);
}

/** People whose answer about any vehicle is not the greatest of their vehicles, or whose packed answers differ. */
function strayAnswers(): Promise<unknown[]> {
  return database.query(`
    select standing.customer_id
    from permission_standing standing
    left join (
      select customer_id, max(sms_service_follow_up) as sms, max(letter_service_follow_up) as letter,
        max(email_service_follow_up) as email
      from keeper_standing group by customer_id
    ) best on best.customer_id = standing.customer_id
    where (standing.sms_about_vehicles, standing.letter_about_vehicles, standing.email_about_vehicles)
      is distinct from (
        coalesce(best.sms, standing.sms_service_follow_up),
        coalesce(best.letter, standing.letter_service_follow_up),
        coalesce(best.email, standing.email_service_follow_up)
      )
      or (get_byte(answers, 2) << 8 | get_byte(answers, 3)) <> sms_general_marketing
      or (get_byte(answers, 42) << 8 | get_byte(answers, 43)) <> sms_about_vehicles
      or length(answers) <> 57`);
}
