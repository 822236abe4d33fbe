import { londonDateOf } from '../../../domain/london.ts';
import { InvalidError } from '../../../platform/application-error.ts';
import type { Context } from '../../../platform/context.ts';
import { nowOf } from '../../../platform/context.ts';
import { editCustomer, endKeeping, linkVehicle, readCustomer } from '../../customers/service.ts';
import type { EnquiryChanges } from '../contract.ts';

/**
 * What a sale changes on the record of the customer.
 * Guarantees that the vehicle is theirs from the day of the sale, and that whoever bought is no prospect any more.
 */
export interface RecordedSale {
  readonly vehicleId: string;
  readonly soldOn: string;
}

/** Throws InvalidError for a day in the future or a vehicle that cannot be read. */
export async function recordSale(
  context: Context,
  enquiry: { readonly customerId: string; readonly partExchangeRegistration: string | null },
  { vehicle, soldOn: given, partExchangeTaken = false }: NonNullable<EnquiryChanges['sale']>,
): Promise<RecordedSale> {
  const { customerId, partExchangeRegistration } = enquiry;
  const today = londonDateOf(nowOf(context));
  const soldOn = given ?? today;
  if (soldOn > today) {
    throw new InvalidError('This lies in the future: give the day on which it was sold.', {
      field: 'sale.soldOn',
    });
  }
  const vehicleId = await linkNamed(context, customerId, { ...vehicle, fromOn: soldOn });
  const customer = await readCustomer(context, customerId);
  if (customer.prospect) await editCustomer(context, customerId, { prospect: false }, customer.version);
  if (partExchangeTaken) {
    const taken = customer.vehicles.find(
      ({ registration, untilOn }) => registration === partExchangeRegistration && untilOn === null,
    );
    if (taken === undefined) {
      throw new InvalidError(
        'The part-exchange is not one of their vehicles: add it to their record first.',
        {
          field: 'sale.partExchangeTaken',
        },
      );
    }
    await endKeeping(context, customerId, taken.vehicleId, soldOn);
  }
  return { vehicleId, soldOn };
}

/** Says the field of the sale that cannot be read, where the vehicle names its own. */
async function linkNamed(
  context: Context,
  customerId: string,
  vehicle: Parameters<typeof linkVehicle>[2],
): Promise<string> {
  try {
    return await linkVehicle(context, customerId, vehicle);
  } catch (error) {
    if (!(error instanceof InvalidError) || error.field === undefined) throw error;
    throw new InvalidError(error.message, { field: `sale.vehicle.${error.field}`, cause: error });
  }
}
