import type { NewAppointment } from '../../src/features/appointments/contract.ts';
import { bookAppointment } from '../../src/features/appointments/service.ts';
import { readCustomer } from '../../src/features/customers/service.ts';
import type { Context } from '../../src/platform/context.ts';
import { adviser, givenCustomer } from './customers.ts';

let cars = 0;

/** A customer with one car of their own; answers both ids. */
export async function givenKeeper(
  context: Context,
  vehicle: Readonly<Record<string, string | number>> = {},
  customer: Parameters<typeof givenCustomer>[1] = {},
): Promise<{ customerId: string; vehicleId: string }> {
  cars += 1;
  const customerId = await givenCustomer(context, {
    // why: journeys share a dealership, and another one looks for its Holroyds there.
    surname: `Carkeeper ${cars}`,
    vehicles: [
      { registration: `WK${10 + (cars % 80)} ${letters(cars)}`, make: 'Ford', model: 'Focus', ...vehicle },
    ],
    ...customer,
  });
  const { vehicles } = await readCustomer(context, customerId);
  return { customerId, vehicleId: vehicles[0]?.vehicleId ?? '' };
}

function letters(count: number): string {
  const letter = (place: number): string => String.fromCharCode(65 + (Math.floor(count / 26 ** place) % 20));
  return `${letter(2)}${letter(1)}${letter(0)}`;
}

/** Books a car in for Wednesday at half past eight, unless it says otherwise; answers the id. */
export async function givenAppointment(
  context: Context,
  given: Partial<NewAppointment> = {},
): Promise<string> {
  const keeper = given.customerId === undefined ? await givenKeeper(context) : {};
  return bookAppointment(
    context,
    {
      branch: 'MAIN',
      customerId: '',
      vehicleId: '',
      arrivesOn: '2026-11-25',
      arrivalTime: '08:30',
      jobs: [{ jobType: 'service' }],
      ...keeper,
      ...given,
    },
    adviser,
  );
}
