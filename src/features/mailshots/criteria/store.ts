import type { RawBuilder } from 'kysely';
import { sql } from 'kysely';
import type {
  Clause,
  ConditionTest,
  SelectionCondition,
  VehicleClause,
} from '../../../domain/selection-criteria.ts';
import { testOf } from '../../../domain/selection-criteria.ts';
import type { SelectionFieldName } from '../../../domain/selection-fields.ts';

/**
 * Criteria as conditions of a query over `permission_standing standing` and `customer`, and over
 * `keeper_standing kept`, which has what they ask of a vehicle and its keeper. Every value is a bound parameter. A missing value meets `is_missing` and nothing else, and under
 * `none` what is unknown does not hold.
 */
type Predicate = RawBuilder<unknown>;
type PersonField = 'kind' | 'created_on' | 'last_contact_on';
type VehicleField = Exclude<
  SelectionFieldName,
  PersonField | 'branch' | 'prospect' | 'postcode_area' | 'outcode' | 'has_vehicle'
>;

const personColumns: Readonly<Record<PersonField, Predicate>> = {
  kind: sql`customer.kind`,
  created_on: sql`customer.created_on`,
  last_contact_on: sql`customer.last_contact_on`,
};

const vehicleColumns: Readonly<Record<VehicleField, Predicate>> = {
  make: sql`kept.make`,
  model: sql`kept.model`,
  first_registered_on: sql`kept.first_registered_on`,
  age_in_years: sql`kept.first_registered_on`,
  mileage: sql`kept.mileage`,
  mot_due_on: sql`kept.mot_due_on`,
  service_due_on: sql`kept.service_due_on`,
  last_service_on: sql`kept.last_service_on`,
};

/**
 * Who matches.
 *
 * @param assured a vehicle clause that a join sees to already.
 */
export function peoplePredicate(clause: Clause, today: string, assured: VehicleClause | null): Predicate {
  switch (clause.kind) {
    case 'condition':
      return personPredicate(clause.condition, today);
    case 'vehicle':
      if (clause.vehicle === assured) return sql`true`;
      return sql`standing.customer_id in (
        select kept.customer_id from keeper_standing kept
        where ${vehiclePredicate(clause.vehicle, today)})`;
    default:
      return combined(
        clause.kind,
        clause.clauses.map((part) => peoplePredicate(part, today, assured)),
      );
  }
}

/** Whether a clause asks nothing but one about a vehicle that a join sees to already. */
export function asksVehicleOnly(clause: Clause, assured: VehicleClause): boolean {
  if (clause.kind === 'vehicle') return clause.vehicle === assured;
  return clause.kind === 'all' && clause.clauses.every((part) => asksVehicleOnly(part, assured));
}

/** Whether the customer's own row is looked at: it is wide, so it is joined only then. */
export function asksProfile(clause: Clause): boolean {
  if (clause.kind === 'vehicle') return false;
  if (clause.kind !== 'condition') return clause.clauses.some(asksProfile);
  return clause.condition.field === 'prospect' || clause.condition.field in personColumns;
}

/** Which vehicles meet a clause: only such as the person still keeps. */
export function vehiclePredicate(clause: VehicleClause, today: string): Predicate {
  return sql`(${keptOn(today)} and ${vehicleQuality(clause, today)})`;
}

function keptOn(today: string): Predicate {
  return sql`(kept.until_on is null or kept.until_on > ${today}::date)`;
}

function vehicleQuality(clause: VehicleClause, today: string): Predicate {
  if (clause.kind !== 'condition') {
    return combined(
      clause.kind,
      clause.clauses.map((part) => vehicleQuality(part, today)),
    );
  }
  const { condition } = clause;
  const column = vehicleColumns[condition.field as VehicleField];
  return tested(column, lowered(testOf(condition, today)));
}

function combined(kind: 'all' | 'any' | 'none', parts: readonly Predicate[]): Predicate {
  if (parts.length === 0) return kind === 'any' ? sql`false` : sql`true`;
  const joined = sql`(${sql.join(parts, kind === 'all' ? sql` and ` : sql` or `)})`;
  return kind === 'none' ? sql`not coalesce(${joined}, false)` : joined;
}

/** The clause that everybody who matches meets with some vehicle; null where there is no single such clause. */
export function requiredVehicle(clause: Clause): VehicleClause | null {
  const all = vehicleClauses(clause);
  if (clause.kind !== 'all' || all.length !== 1) return null;
  const [direct] = clause.clauses.filter((part) => part.kind === 'vehicle');
  return direct?.kind === 'vehicle' ? direct.vehicle : null;
}

/** Vehicles that meet any clause that asks for one; null where none is asked for. */
export function writtenVehicles(clause: Clause): VehicleClause | null {
  const clauses = vehicleClauses(clause);
  return clauses.length === 0 ? null : { kind: 'any', clauses };
}

function vehicleClauses(clause: Clause): readonly VehicleClause[] {
  if (clause.kind === 'vehicle') return [clause.vehicle];
  if (clause.kind === 'condition' || clause.kind === 'none') return [];
  return clause.clauses.flatMap(vehicleClauses);
}

function personPredicate(condition: SelectionCondition, today: string): Predicate {
  const test = testOf(condition, today);
  switch (condition.field) {
    case 'branch':
      return branchPredicate(lowered(test));
    case 'postcode_area':
    case 'outcode':
      return postcodePredicate(condition.field, test);
    case 'prospect':
      return test.kind === 'yes_or_no' && test.value ? sql`customer.prospect` : sql`not customer.prospect`;
    case 'has_vehicle': {
      const keeps = sql`standing.customer_id in (select kept.customer_id from keeper_standing kept where ${keptOn(today)})`;
      return test.kind === 'yes_or_no' && test.value ? keeps : sql`not ${keeps}`;
    }
    default:
      return tested(personColumns[condition.field as PersonField], test);
  }
}

/** Everybody has a branch. */
function branchPredicate(test: ConditionTest): Predicate {
  if (test.kind === 'missing') return test.value ? sql`false` : sql`true`;
  if (test.kind !== 'values') return sql`false`;
  const ids = sql`array(select id from branch where lower(code) = any(${test.values}::text[]))`;
  return test.among ? sql`standing.branch_id = any(${ids})` : sql`standing.branch_id <> all(${ids})`;
}

const postcode = sql`upper(replace(address ->> 'postcode', ' ', '')) collate "C"`;
const inwardLength = 3;

function postcodePredicate(field: 'postcode_area' | 'outcode', test: ConditionTest): Predicate {
  const holders = (condition: Predicate): Predicate => sql`standing.customer_id in (
    select customer_id from contact_point
    where address is not null and removed_at is null and ${condition})`;
  const written = holders(sql`address ->> 'postcode' is not null`);
  if (test.kind === 'missing') return test.value ? sql`not ${written}` : written;
  if (test.kind !== 'values') return sql`false`;
  // why: written with the start of the postcode, which the index on postcodes is made for.
  const places = test.values.map((value) => {
    const place = value.toUpperCase();
    return field === 'postcode_area'
      ? sql`${postcode} ~ ${`^${place}[0-9]`}`
      : sql`(${postcode} like ${`${place}%`} and length(address ->> 'postcode') > 0
          and length(${postcode}) = ${place.length + inwardLength})`;
  });
  const there = holders(combined('any', places));
  return test.among ? there : sql`(${written} and not ${there})`;
}

function lowered(test: ConditionTest): ConditionTest {
  return test.kind === 'values' ? { ...test, values: test.values.map((value) => value.toLowerCase()) } : test;
}

function tested(column: Predicate, test: ConditionTest): Predicate {
  switch (test.kind) {
    case 'missing':
      return test.value ? sql`${column} is null` : sql`${column} is not null`;
    case 'yes_or_no':
      return test.value ? column : sql`not ${column}`;
    case 'values':
      return test.among
        ? sql`${column} = any(${test.values}::text[])`
        : sql`${column} <> all(${test.values}::text[])`;
    case 'range': {
      const ends: Predicate[] = [];
      if (test.from !== null) ends.push(sql`${column} >= ${test.from}${castOf(test.from)}`);
      if (test.to !== null) ends.push(sql`${column} <= ${test.to}${castOf(test.to)}`);
      return combined('all', ends);
    }
  }
}

function castOf(end: string | number): Predicate {
  return typeof end === 'string' ? sql`::date` : sql`::numeric`;
}
