import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';
import type { CustomerField, VehicleField } from '../../src/domain/import-fields.ts';
import { customerFields, vehicleFields } from '../../src/domain/import-fields.ts';
import { addDays } from '../../src/domain/london.ts';
import { generatedOn } from '../days.ts';
import { generateCustomerFiles } from '../generate.ts';
import type { Calendar } from './calendar.ts';
import { daysBetween, written } from './calendar.ts';
import { pickHallamPlace } from './organisation.ts';

export type CustomerRecord = Record<CustomerField, string>;
export type VehicleRecord = Record<VehicleField, string>;

export interface DealershipRecords {
  readonly customers: readonly CustomerRecord[];
  readonly vehicles: readonly VehicleRecord[];
}

/** Behind the numbers of the cast, so that those never change with the size. */
const firstCustomerNumber = 20_501;

/**
 * Made-up customers around Sheffield as Navigator 2.0 knew them on the day of the upgrade: what lies in the
 * past is not later than that day, what is due is due around today.
 */
export async function generateRecords(
  folder: string,
  customers: number,
  seed: number,
  calendar: Calendar,
): Promise<DealershipRecords> {
  const files = await generateCustomerFiles({
    customers,
    seed,
    folder,
    firstCustomerNumber,
    placeOf: pickHallamPlace,
  });
  const [customerText, vehicleText] = await Promise.all([
    readFile(files.customersPath, 'utf8'),
    readFile(files.vehiclesPath, 'utf8'),
  ]);
  const past = (text: string): string => moved(text, calendar, calendar.upgradeOn);
  const due = (text: string): string => moved(text, calendar, null);
  return {
    customers: read<CustomerRecord>(customerText).map((record) => ({
      ...record,
      created_on: past(record.created_on),
      last_contact_on: past(record.last_contact_on),
    })),
    vehicles: read<VehicleRecord>(vehicleText).map((record) => ({
      ...record,
      first_registered_on: past(record.first_registered_on),
      last_service_on: past(record.last_service_on),
      sold_on: past(record.sold_on),
      mot_due_on: due(record.mot_due_on),
      service_due_on: due(record.service_due_on),
    })),
  };
}

export interface WrittenFiles {
  readonly customersFile: string;
  readonly vehiclesFile: string;
}

export async function writeRecords(folder: string, records: DealershipRecords): Promise<WrittenFiles> {
  const customersFile = path.join(folder, 'customers-2.0.csv');
  const vehiclesFile = path.join(folder, 'vehicles-2.0.csv');
  await writeFile(
    customersFile,
    stringify([...records.customers], { header: true, columns: [...customerFields] }),
  );
  await writeFile(
    vehiclesFile,
    stringify([...records.vehicles], { header: true, columns: [...vehicleFields] }),
  );
  return { customersFile, vehiclesFile };
}

function read<Row>(text: string): Row[] {
  return parse(text, { columns: true }) as Row[];
}

/** A day of a generated file, moved as far as today is from the day on which files are generated. */
function moved(text: string, { today }: Calendar, latest: string | null): string {
  if (text === '') return '';
  const day = addDays(text.split('/').reverse().join('-'), daysBetween(generatedOn, today));
  return written(latest !== null && day > latest ? latest : day);
}
