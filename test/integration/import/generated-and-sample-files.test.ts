import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { generateCustomerFiles } from '../../../seeds/generate.ts';
import { chanceFrom, pickerOf } from '../../../seeds/random.ts';
import type { ImportFileKind } from '../../../src/domain/import-fields.ts';
import { bindMapping, recogniseNavigatorLayout } from '../../../src/domain/import-mapping.ts';
import type { ImportedCustomer, ImportedVehicle } from '../../../src/domain/import-row.ts';
import { readCustomerRow, readVehicleRow } from '../../../src/domain/import-row.ts';
import { inspectFile } from '../../../src/platform/csv-inspection.ts';
import { readRecords } from '../../../src/platform/csv-reading.ts';

const context = { today: '2026-11-23', dateOrder: 'day_first' } as const;
const sample = fileURLToPath(new URL('../../../seeds/sample/', import.meta.url));

interface ReadFile {
  readonly customers: ImportedCustomer[];
  readonly vehicles: ImportedVehicle[];
  /** Line and column of each remark; the column is null where the whole record could not be read. */
  readonly warnings: (readonly [number, string])[];
  readonly rejects: (readonly [number, string | null])[];
}

async function read(path: string, kind: ImportFileKind): Promise<ReadFile> {
  const inspection = await inspectFile(path);
  if (!inspection.ok) throw new Error(inspection.sentence);
  const mapping = recogniseNavigatorLayout(inspection.file.headers, kind);
  if (mapping === null) throw new Error('The layout was not recognised.');
  const binding = bindMapping(mapping, inspection.file.headers);
  if (!binding.ok) throw new Error(binding.sentence);
  const found: ReadFile = { customers: [], vehicles: [], warnings: [], rejects: [] };
  for await (const batch of readRecords(inspection.file)) {
    for (const record of batch.records) {
      if (record.problem !== null) {
        found.rejects.push([record.line, null]);
        continue;
      }
      const fields = binding.bound.fieldsOf(record.values);
      const row = kind === 'customers' ? readCustomerRow(fields, context) : readVehicleRow(fields, context);
      if (!row.ok) found.rejects.push(...row.rejects.map((reject) => [record.line, reject.column] as const));
      else if ('customer' in row) found.customers.push(row.customer);
      else found.vehicles.push(row.vehicle);
      if (row.ok)
        found.warnings.push(...row.warnings.map((warning) => [record.line, warning.column] as const));
    }
  }
  return found;
}

function share<Item>(items: readonly Item[], has: (item: Item) => boolean): number {
  return items.filter(has).length / items.length;
}

/** Within a sixth of what is expected. */
function near(expected: number): (actual: number) => boolean {
  return (actual) => Math.abs(actual - expected) < expected / 6;
}

describe('generated files', () => {
  const size = 12_000;
  let folder = '';
  let customers: readonly ImportedCustomer[] = [];
  let vehicles: readonly ImportedVehicle[] = [];
  let remarks: Pick<ReadFile, 'warnings' | 'rejects'> = { warnings: [], rejects: [] };

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'navigator-generated-'));
    const files = await generateCustomerFiles({ customers: size, seed: 1, folder });
    const readCustomers = await read(files.customersPath, 'customers');
    const readVehicles = await read(files.vehiclesPath, 'vehicles');
    customers = readCustomers.customers;
    vehicles = readVehicles.vehicles;
    remarks = {
      warnings: [...readCustomers.warnings, ...readVehicles.warnings],
      rejects: [...readCustomers.rejects, ...readVehicles.rejects],
    };
    expect(vehicles.length).toBe(files.vehicles);
  });

  afterAll(async () => {
    await rm(folder, { recursive: true });
  });

  it('are the same bytes for the same seed, and others for another', async () => {
    const bytesOf = async (seed: number) => {
      const files = await generateCustomerFiles({ customers: 700, seed, folder: join(folder, String(seed)) });
      return (await readFile(files.customersPath, 'utf8')) + (await readFile(files.vehiclesPath, 'utf8'));
    };
    const first = await bytesOf(42);
    expect(await bytesOf(42)).toBe(first);
    expect(await bytesOf(43)).not.toBe(first);
  });

  it('tell how far they are', async () => {
    const progress: number[] = [];
    await generateCustomerFiles({
      customers: 12_500,
      seed: 3,
      folder: join(folder, 'p'),
      onProgress: (done) => progress.push(done),
    });
    expect(progress).toEqual([5_000, 10_000, 12_500]);
  });

  it('hold no row that is rejected, and a few that draw a warning', () => {
    expect(customers).toHaveLength(size);
    expect(remarks.rejects).toEqual([]);
    expect(remarks.warnings.length / size).toBeGreaterThan(0.002);
    expect(remarks.warnings.length / size).toBeLessThan(0.03);
  });

  it('carry the old flags in the proportions of a real dealer', () => {
    expect(share(customers, ({ legacy }) => legacy === 'no_follow_up')).toSatisfy(near(0.12));
    expect(share(customers, ({ legacy }) => legacy === 'no_marketing')).toSatisfy(near(0.09));
    expect(share(customers, ({ legacy }) => legacy === 'both')).toSatisfy(near(0.04));
  });

  it('give about 1.3 vehicles to a customer, each with a registration and a VIN of its own', () => {
    expect(vehicles.length / size).toSatisfy(near(1.3));
    expect(new Set(vehicles.map((vehicle) => vehicle.registration)).size).toBe(vehicles.length);
    const vins = vehicles.flatMap((vehicle) => vehicle.vin ?? []);
    expect(new Set(vins).size).toBe(vins.length);
    expect(share(vehicles, (vehicle) => vehicle.soldOn !== null)).toSatisfy(near(0.01));
    expect(
      share(vehicles, (vehicle) => vehicle.motDueOn !== null && vehicle.motDueOn < context.today),
    ).toBeLessThan(0.1);
  });

  it('let most people have a mobile of their own, and some share one', () => {
    const holders = new Map<string, number>();
    for (const customer of customers) {
      for (const { kind, normalised } of customer.contactPoints) {
        if (kind === 'mobile' && normalised !== null)
          holders.set(normalised, (holders.get(normalised) ?? 0) + 1);
      }
    }
    const shared = [...holders.values()].filter((count) => count > 1).length;
    expect(shared).toBeGreaterThan(20);
    expect(shared / holders.size).toBeLessThan(0.05);
  });

  it('send nothing to a real mailbox or mobile: example domains, drama numbers and a range not given out', () => {
    for (const { contactPoints } of customers) {
      for (const { kind, normalised } of contactPoints) {
        if (normalised === null) continue;
        if (kind === 'email') expect(normalised).toMatch(/@example\.(com|org|net)$/);
        if (kind === 'mobile') expect(normalised).toMatch(/^\+44(7700900|71)/);
      }
    }
  });
});

describe('chance', () => {
  it('picks in proportion to the weights', () => {
    const chance = chanceFrom(9);
    const pick = pickerOf([
      ['a', 70],
      ['b', 25],
      ['c', 5],
    ]);
    const picks = Array.from({ length: 20_000 }, () => pick(chance));
    expect(share(picks, (item) => item === 'a')).toSatisfy(near(0.7));
    expect(share(picks, (item) => item === 'b')).toSatisfy(near(0.25));
    expect(share(picks, (item) => item === 'c')).toSatisfy(near(0.05));
  });
});

describe('the sample that ships with Navigator', () => {
  it('shows every sort of customer, of reject and of warning', async () => {
    const { customers, warnings, rejects } = await read(`${sample}customers.csv`, 'customers');
    expect(rejects).toEqual([
      [59, 'customer_no'],
      [60, 'surname'],
      [61, 'no_follow_up'],
      [63, null],
    ]);
    expect(warnings).toEqual([
      [39, 'kind'],
      [41, 'kind'],
      [42, 'mobile'],
      [43, 'mobile'],
      [44, 'postcode'],
      [44, 'email'],
      [62, 'created_on'],
    ]);
    expect(customers).toHaveLength(57);
    const count = (legacy: string) => customers.filter((customer) => customer.legacy === legacy).length;
    expect([count('none'), count('no_follow_up'), count('no_marketing'), count('both')]).toEqual([
      38, 7, 9, 3,
    ]);
  });

  it('holds the two scenarios of the source document', async () => {
    const { customers } = await read(`${sample}customers.csv`, 'customers');
    const byNumber = (number: string) => customers.find((customer) => customer.customerNumber === number);
    expect(byNumber('1001')).toMatchObject({ surname: 'Ashworth', legacy: 'no_follow_up' });
    expect(byNumber('1002')).toMatchObject({ surname: 'Hargreaves', legacy: 'no_marketing' });
  });

  it('holds one customer twice, the second time with a no that the first lacks', async () => {
    const { customers } = await read(`${sample}customers.csv`, 'customers');
    const twice = customers.filter((customer) => customer.customerNumber === '1007');
    expect(twice.map((customer) => customer.legacy)).toEqual(['none', 'no_marketing']);
  });

  it('holds vehicles, one of them rejected, one with an impossible date, one of a customer who is not in the file', async () => {
    const { vehicles, warnings, rejects } = await read(`${sample}vehicles.csv`, 'vehicles');
    expect(vehicles).toHaveLength(69);
    expect(rejects).toEqual([[68, 'registration']]);
    expect(warnings).toEqual([
      [67, 'registration'],
      [69, 'mot_due_on'],
    ]);
    expect(vehicles.filter((vehicle) => vehicle.customerNumber === '1099')).toHaveLength(1);
  });
});
