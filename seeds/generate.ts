import { access, constants, open, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { customerFields, vehicleFields } from '../src/domain/import-fields.ts';
import { InvalidError } from '../src/platform/application-error.ts';
import { makeFolder } from '../src/platform/make-folder.ts';
import type { Household } from './customer-rows.ts';
import { generateCustomer } from './customer-rows.ts';
import { pickPlace } from './places.ts';
import { chanceFrom } from './random.ts';
import { generateVehicle, pickVehicleCount } from './vehicle-rows.ts';

export interface GenerateRequest {
  readonly customers: number;
  readonly seed: number;
  /** Made when it does not exist; customers.csv and vehicles.csv in it are replaced. */
  readonly folder: string;
  /** Default 100,001. */
  readonly firstCustomerNumber?: number;
  /** Where they live; by default all over the country. */
  readonly placeOf?: typeof pickPlace;
  readonly onProgress?: (customersWritten: number) => void;
}

export interface GeneratedFiles {
  readonly customersPath: string;
  readonly vehiclesPath: string;
  readonly customers: number;
  readonly vehicles: number;
}

const usualFirstNumber = 100_001;
const customersPerPiece = 5_000;

async function openFolder(folder: string): Promise<void> {
  try {
    await makeFolder(resolve(folder), 0o755);
    await access(folder, constants.W_OK);
  } catch (cause) {
    throw new InvalidError(`The folder ${folder} cannot be written to: choose one that you may write to.`, {
      cause,
    });
  }
}

interface WrittenFile extends AsyncDisposable {
  write(text: string): Promise<void>;
}

// why: the handle's own write may write less than it is given, as on a disk that is getting full, and call that
// done; its writeFile goes on until everything is written, or throws.
async function openFile(file: string): Promise<WrittenFile> {
  const refuse = (cause: unknown): never => {
    throw new InvalidError(
      `${file} cannot be written: see that it is no folder and that the disk has room.`,
      {
        cause,
      },
    );
  };
  const handle = await open(file, 'w').catch(refuse);
  return {
    write: (text) => handle.writeFile(text).catch(refuse),
    [Symbol.asyncDispose]: () => handle.close(),
  };
}

/**
 * Writes customers.csv and vehicles.csv in the Navigator 2.0 layout: made-up people in the proportions of a
 * British dealer's records. The same seed and count give the same bytes on every machine. Memory is bounded
 * by a piece of 5,000 customers, whatever the count.
 */
export async function generateCustomerFiles(request: GenerateRequest): Promise<GeneratedFiles> {
  await openFolder(request.folder);
  const customersPath = join(request.folder, 'customers.csv');
  const vehiclesPath = join(request.folder, 'vehicles.csv');
  await using customersFile = await openFile(customersPath);
  await using vehiclesFile = await openFile(vehiclesPath);
  try {
    const vehicles = await writeRows(request, customersFile, vehiclesFile);
    return { customersPath, vehiclesPath, customers: request.customers, vehicles };
  } catch (error) {
    // Half a file looks like a whole one.
    await Promise.all([customersPath, vehiclesPath].map((file) => rm(file, { force: true })));
    throw error;
  }
}

/** Answers how many vehicles there are. */
async function writeRows(
  request: GenerateRequest,
  customersFile: WrittenFile,
  vehiclesFile: WrittenFile,
): Promise<number> {
  const { firstCustomerNumber = usualFirstNumber, placeOf = pickPlace } = request;
  await customersFile.write(`${customerFields.join(',')}\n`);
  await vehiclesFile.write(`${vehicleFields.join(',')}\n`);

  const chance = chanceFrom(request.seed);
  let household: Household | null = null;
  let vehicles = 0;
  for (let written = 0; written < request.customers; ) {
    const end = Math.min(written + customersPerPiece, request.customers);
    let customerText = '';
    let vehicleText = '';
    for (; written < end; written += 1) {
      const customerNumber = firstCustomerNumber + written;
      const customer = generateCustomer(chance, customerNumber, household, placeOf);
      household = customer.household;
      customerText += customer.row;
      for (let count = pickVehicleCount(chance); count > 0; count -= 1) {
        vehicles += 1;
        vehicleText += generateVehicle(chance, vehicles, customerNumber, customer.lastContactOn);
      }
    }
    await customersFile.write(customerText);
    await vehiclesFile.write(vehicleText);
    request.onProgress?.(written);
  }
  return vehicles;
}
