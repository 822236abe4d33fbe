import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { addDays, addMonths } from '../../../src/domain/london.ts';
import type {
  Clause,
  SelectionCondition,
  SelectionCriteria,
  VehicleClause,
} from '../../../src/domain/selection-criteria.ts';
import { clausesOf, selectionCriteriaSchema } from '../../../src/domain/selection-criteria.ts';
import { readCriteria } from '../../../src/domain/selection-english.ts';
import type { CustomerKind } from '../../../src/domain/vocabulary.ts';
import { addBranch, addLegalEntity } from '../../../src/features/branches/service.ts';
import { endKeeping, readCustomer } from '../../../src/features/customers/service.ts';
import { selectionSchema } from '../../../src/features/mailshots/contract.ts';
import { countSelection, listSelection } from '../../../src/features/mailshots/service.ts';
import type { Context } from '../../../src/platform/context.ts';
import { contextOn } from '../../support/context.ts';
import { adviser, givenCustomer } from '../../support/customers.ts';
import { useDatabase } from '../../support/database.ts';
import {
  branches,
  dates,
  makes,
  mileages,
  models,
  outcodes,
  randomCriteria,
} from '../../support/random-criteria.ts';

const database = useDatabase();
const today = '2026-11-23';
let context: Context;

interface Car {
  readonly make: string | null;
  readonly model: string | null;
  readonly firstRegisteredOn: string | null;
  readonly motDueOn: string | null;
  readonly serviceDueOn: string | null;
  readonly lastServiceOn: string | null;
  readonly mileage: number | null;
  readonly sold: boolean;
}

interface Person {
  readonly kind: CustomerKind;
  readonly branch: string;
  readonly prospect: boolean;
  readonly outcode: string | null;
  readonly createdOn: string | null;
  readonly lastContactOn: string | null;
  readonly cars: readonly Car[];
}

const known = <Value>(values: readonly Value[]): fc.Arbitrary<Value | null> =>
  fc.option(fc.constantFrom(...values), { freq: 4 });

const car: fc.Arbitrary<Car> = fc.record({
  make: known(makes),
  model: known(models),
  firstRegisteredOn: known(dates),
  motDueOn: known(dates),
  serviceDueOn: known(dates),
  lastServiceOn: known(dates),
  mileage: known(mileages),
  sold: fc.integer({ min: 0, max: 4 }).map((chance) => chance === 0),
});

const person: fc.Arbitrary<Person> = fc.record({
  kind: fc.constantFrom('individual', 'company', 'sole_trader'),
  branch: fc.constantFrom(...branches),
  prospect: fc.boolean(),
  outcode: known(outcodes),
  createdOn: known(dates),
  lastContactOn: known(dates),
  cars: fc.array(car, { maxLength: 3 }),
});

const people = new Map<string, Person>();
let vins = 0;

beforeAll(async () => {
  context = await contextOn(database);
  const legalEntityId = await addLegalEntity(context, 'Holroyd Motors');
  for (const code of branches) await addBranch(context, { legalEntityId, code, name: `Holroyd ${code}` });
  for (const made of fc.sample(person, { numRuns: 60, seed: 2026 })) people.set(await enter(made), made);
});

async function enter({ cars, outcode, ...profile }: Person): Promise<string> {
  const vehicles = cars.map(({ sold: _, ...vehicle }) => {
    vins += 1;
    return { ...vehicle, vin: `WFX${vins.toString().padStart(14, '0')}` };
  });
  const address = { line1: '1 Mill Lane', ...(outcode === null ? {} : { postcode: `${outcode} 2AA` }) };
  const customerId = await givenCustomer(context, {
    ...profile,
    companyName: 'Holroyd',
    contactPoints: [{ kind: 'postal', address }],
    vehicles,
  });
  const entered = await readCustomer(context, customerId);
  for (const [index, { sold }] of cars.entries()) {
    const vin = vehicles[index]?.vin;
    const link = entered.vehicles.find((vehicle) => vehicle.vin === vin);
    if (sold && link !== undefined) await endKeeping(context, customerId, link.vehicleId, '2026-11-01');
  }
  return customerId;
}

/** What criteria mean, said a second time, without a database. */
function meets(made: Person, clause: Clause): boolean {
  if (clause.kind === 'condition') return personMeets(made, clause.condition);
  if (clause.kind === 'vehicle')
    return made.cars.some((item) => !item.sold && carMeets(item, clause.vehicle));
  const parts = clause.clauses.map((part) => meets(made, part));
  return clause.kind === 'all' ? parts.every(Boolean) : parts.some(Boolean) !== (clause.kind === 'none');
}

function carMeets(item: Car, clause: VehicleClause): boolean {
  if (clause.kind === 'condition')
    return valueMeets(valueOfCar(item, clause.condition.field), clause.condition);
  const parts = clause.clauses.map((part) => carMeets(item, part));
  return clause.kind === 'all' ? parts.every(Boolean) : parts.some(Boolean) !== (clause.kind === 'none');
}

function valueOfCar(item: Car, field: string): string | number | null {
  switch (field) {
    case 'make':
      return item.make;
    case 'model':
      return item.model;
    case 'mileage':
      return item.mileage;
    case 'mot_due_on':
      return item.motDueOn;
    case 'service_due_on':
      return item.serviceDueOn;
    case 'last_service_on':
      return item.lastServiceOn;
    case 'age_in_years':
      return item.firstRegisteredOn === null ? null : fullYearsSince(item.firstRegisteredOn);
    default:
      return item.firstRegisteredOn;
  }
}

function fullYearsSince(date: string): number {
  let years = -1;
  while (addMonths(date, 12 * (years + 1)) <= today) years += 1;
  return years;
}

function personMeets(made: Person, condition: SelectionCondition): boolean {
  const area = made.outcode?.replace(/\d.*/, '') ?? null;
  switch (condition.field) {
    case 'prospect':
      return made.prospect === condition.is;
    case 'has_vehicle':
      return made.cars.some((item) => !item.sold) === condition.is;
    case 'postcode_area':
      return valueMeets(area, condition);
    case 'outcode':
      return valueMeets(made.outcode, condition);
    case 'created_on':
      return valueMeets(made.createdOn, condition);
    case 'last_contact_on':
      return valueMeets(made.lastContactOn, condition);
    default:
      return valueMeets(condition.field === 'kind' ? made.kind : made.branch, condition);
  }
}

function valueMeets(value: string | number | null, condition: SelectionCondition): boolean {
  if (condition.is_missing !== undefined) return (value === null) === condition.is_missing;
  if (value === null) return false;
  const same = (other: unknown): boolean => String(other).toLowerCase() === String(value).toLowerCase();
  const { is, is_not, one_of, none_of, before, after, between, at_least, at_most } = condition;
  if (is !== undefined) return same(is);
  if (is_not !== undefined) return !same(is_not);
  if (one_of !== undefined) return one_of.some(same);
  if (none_of !== undefined) return !none_of.some(same);
  if (before !== undefined) return value < before;
  if (after !== undefined) return value > after;
  if (between !== undefined) {
    const [from = '', to = ''] = between;
    return value >= from && value <= to;
  }
  if (at_least !== undefined) return Number(value) >= at_least;
  if (at_most !== undefined) return Number(value) <= at_most;
  const { within_days, within_past_days, more_than_days_ago } = condition;
  if (within_days !== undefined) return value >= today && value <= addDays(today, within_days);
  if (within_past_days !== undefined) return value <= today && value >= addDays(today, -within_past_days);
  return value < addDays(today, -(more_than_days_ago ?? 0));
}

describe('criteria', () => {
  it('select exactly the people who meet them, whatever is asked', async () => {
    const found = { some: 0, nobody: 0, everybody: 0 };
    await fc.assert(
      fc.asyncProperty(randomCriteria, async (criteria) => {
        const expected = [...people].filter(([, made]) => meets(made, clausesOf(criteria))).map(([id]) => id);
        for (const category of ['general_marketing', 'service_follow_up'] as const) {
          const selection = selectionSchema.parse({ channel: 'letter', category, criteria });
          expect((await countSelection(context, selection)).matching).toBe(expected.length);
        }
        expect((await idsOf(criteria)).sort()).toEqual(expected.sort());
        const kind =
          expected.length === 0 ? 'nobody' : expected.length === people.size ? 'everybody' : 'some';
        found[kind] += 1;
      }),
      { numRuns: 80, seed: 4711 },
    );
    expect(found.some).toBeGreaterThan(25);
  });

  it('carry what people type as values, never as a part of the query', async () => {
    const nasty = "'; drop table customer; -- %_\\";
    const selection = selectionSchema.parse({
      channel: 'letter',
      category: 'general_marketing',
      criteria: { all: [{ field: 'make', one_of: [nasty] }] },
    });
    expect((await countSelection(context, selection)).matching).toBe(0);
    expect((await idsOf({ all: [] })).length).toBe(people.size);
  });

  it('that fit the limits can be read aloud, with every condition said', () => {
    fc.assert(
      fc.property(randomCriteria, (given) => {
        expect(selectionCriteriaSchema.parse(given)).toEqual(given);
        expect(readCriteria(given)).toMatch(/^(People \S|Everybody on file)/);
        expect(readCriteria(given)).not.toMatch(/undefined|NaN|null|\[object/);
        const fields = (value: object): string[] =>
          JSON.stringify(value)
            .match(/"field":"\w+"/g)
            ?.sort() ?? [];
        expect(fields(clausesOf(given))).toEqual(fields(given));
      }),
      { numRuns: 300 },
    );
  });
});

async function idsOf(criteria: SelectionCriteria): Promise<string[]> {
  const selection = selectionSchema.parse({ channel: 'letter', category: 'general_marketing', criteria });
  const { leftOut } = await countSelection(context, selection);
  const ids: string[] = [];
  for (const part of ['permitted' as const, ...leftOut.map(({ reasons }) => ({ leftOutFor: reasons }))]) {
    const page = await listSelection(context, selection, part, { actor: adviser, limit: 500 });
    ids.push(...page.people.map(({ customerId }) => customerId));
  }
  return ids;
}
