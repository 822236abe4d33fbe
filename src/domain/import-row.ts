import type { ImportedAddress, ImportedContactPoint } from './import-contact-points.ts';
import { readAddress, readAllContactPoints } from './import-contact-points.ts';
import { parseImportedDate } from './import-date.ts';
import { readCustomerNumber, readEssentials, rejectLongTexts } from './import-essentials.ts';
import type {
  CustomerField,
  DateOrder,
  ImportField,
  RowFields,
  RowRemark,
  VehicleField,
} from './import-fields.ts';
import { readKind } from './import-kind.ts';
import type { CarriedRefusal } from './import-refusal.ts';
import { refusalOf } from './import-refusal.ts';
import { parseMileage, tidy } from './import-text.ts';
import { parseRegistration, parseVin } from './vehicle-registration.ts';
import type { CustomerKind, LegacyFlag } from './vocabulary.ts';

/** Dates are YYYY-MM-DD. */
export interface ImportedCustomer {
  readonly customerNumber: string;
  readonly kind: CustomerKind;
  readonly title: string | null;
  readonly forename: string | null;
  readonly surname: string | null;
  readonly companyName: string | null;
  readonly address: ImportedAddress;
  readonly contactPoints: readonly ImportedContactPoint[];
  readonly branch: string | null;
  /** Null when the file has no flag columns at all: then nothing is known, which is not the same as `none`. */
  readonly legacy: LegacyFlag | null;
  readonly createdOn: string | null;
  readonly lastContactOn: string | null;
}

export interface ImportedVehicle {
  readonly customerNumber: string;
  /** Without spaces, in capitals. A vehicle has a registration, a VIN, or both. */
  readonly registration: string | null;
  readonly vin: string | null;
  readonly make: string | null;
  readonly model: string | null;
  readonly firstRegisteredOn: string | null;
  readonly motDueOn: string | null;
  readonly serviceDueOn: string | null;
  readonly lastServiceOn: string | null;
  readonly mileage: number | null;
  readonly soldOn: string | null;
}

export interface RowContext {
  /** The local date of the import, YYYY-MM-DD: what is said to have happened cannot lie after it. */
  readonly today: string;
  readonly dateOrder: DateOrder;
}

export type CustomerRowResult =
  | { readonly ok: true; readonly customer: ImportedCustomer; readonly warnings: readonly RowRemark[] }
  | { readonly ok: false; readonly rejects: readonly RowRemark[]; readonly refusal: CarriedRefusal | null };

export type VehicleRowResult =
  | { readonly ok: true; readonly vehicle: ImportedVehicle; readonly warnings: readonly RowRemark[] }
  | { readonly ok: false; readonly rejects: readonly RowRemark[] };

/**
 * Reads one row of a customer file. A row is rejected, never repaired, where a guess could make a person
 * reachable who is not: no customer number, no name, a flag that cannot be read. The no of such a row is
 * handed on, for the customer of its number. Contact details that cannot be read are kept as given, unusable,
 * and a day that never was is left out, both with a warning.
 */
export function readCustomerRow(fields: RowFields<CustomerField>, context: RowContext): CustomerRowResult {
  const { customerNumber, forename, surname, company, legacy, rejects } = readEssentials(fields);
  const warnings: RowRemark[] = [];
  const createdOn = readPastDate('created_on', fields.created_on, context, warnings);
  const lastContactOn = readPastDate('last_contact_on', fields.last_contact_on, context, warnings);
  if (rejects.length > 0) return { ok: false, rejects, refusal: refusalOf(customerNumber, legacy) };

  const kind = readKind(tidy(fields.kind), forename !== '' || surname !== '', company);
  if (kind.warning !== null)
    warnings.push({ column: 'kind', reason: kind.warning, original: tidy(fields.kind) });
  const address = readAddress(fields, warnings);
  const contactPoints = readAllContactPoints(fields, address, warnings);
  const customer: ImportedCustomer = {
    customerNumber,
    kind: kind.kind,
    title: tidy(fields.title) || null,
    forename: forename || null,
    surname: surname || null,
    companyName: company || null,
    address,
    contactPoints,
    branch: tidy(fields.branch) || null,
    legacy,
    createdOn,
    lastContactOn,
  };
  return { ok: true, customer, warnings };
}

/** Reads one row of a vehicle file. A vehicle that neither a registration nor a VIN identifies is rejected,
 * and one of which it cannot be told whether it was sold: its customer may not have it any more. */
export function readVehicleRow(fields: RowFields<VehicleField>, context: RowContext): VehicleRowResult {
  const rejects: RowRemark[] = [];
  const warnings: RowRemark[] = [];
  const customerNumber = readCustomerNumber(fields.customer_no, rejects);
  const registration = readIdentity('registration', fields.registration, warnings);
  const vin = readIdentity('vin', fields.vin, warnings);
  if (registration === null && vin === null) {
    const reason = 'The vehicle has neither a registration nor a VIN that can be read.';
    rejects.push({ column: 'registration', reason, original: tidy(fields.registration) || tidy(fields.vin) });
  }
  rejectLongTexts(fields, ['make', 'model'], rejects);
  const vehicle: ImportedVehicle = {
    customerNumber,
    registration,
    vin,
    make: tidy(fields.make) || null,
    model: tidy(fields.model) || null,
    firstRegisteredOn: readOptionalDate('first_registered_on', fields.first_registered_on, context, warnings),
    motDueOn: readOptionalDate('mot_due_on', fields.mot_due_on, context, warnings),
    serviceDueOn: readOptionalDate('service_due_on', fields.service_due_on, context, warnings),
    lastServiceOn: readPastDate('last_service_on', fields.last_service_on, context, warnings),
    mileage: readMileage(fields.mileage, warnings),
    soldOn: readDate('sold_on', fields.sold_on, context, rejects),
  };
  return rejects.length > 0 ? { ok: false, rejects } : { ok: true, vehicle, warnings };
}

function readDate(
  column: ImportField,
  given: string | undefined,
  context: RowContext,
  rejects: RowRemark[],
): string | null {
  if (given === undefined || given === '') return null;
  const result = parseImportedDate(given, context.dateOrder);
  if (result.ok) return result.date;
  rejects.push({ column, reason: result.sentence, original: given });
  return null;
}

/** A date that nobody has to be asked about: one that cannot be read is left out. */
function readOptionalDate(
  column: ImportField,
  given: string | undefined,
  context: RowContext,
  warnings: RowRemark[],
): string | null {
  if (given === undefined || given === '') return null;
  const result = parseImportedDate(given, context.dateOrder);
  if (result.ok) return result.date;
  warnings.push(leftOut({ column, reason: result.sentence, original: given }));
  return null;
}

function readPastDate(
  column: ImportField,
  given: string | undefined,
  context: RowContext,
  warnings: RowRemark[],
): string | null {
  const date = readOptionalDate(column, given, context, warnings);
  if (date === null || date <= context.today) return date;
  warnings.push(leftOut({ column, reason: 'The date lies in the future.', original: given ?? '' }));
  return null;
}

function leftOut({ column, reason, original }: RowRemark): RowRemark {
  return { column, reason: `${reason} It is left out.`, original, leftOut: true };
}

function readIdentity(
  column: 'registration' | 'vin',
  given: string | undefined,
  warnings: RowRemark[],
): string | null {
  const text = tidy(given);
  if (text === '') return null;
  const result = column === 'registration' ? parseRegistration(text) : parseVin(text);
  if (!result.ok) {
    warnings.push(leftOut({ column, reason: result.sentence, original: text }));
    return null;
  }
  return 'vin' in result ? result.vin : result.registration;
}

function readMileage(given: string | undefined, warnings: RowRemark[]): number | null {
  const text = tidy(given);
  if (text === '') return null;
  const mileage = parseMileage(text);
  if (mileage === null) {
    const reason = 'This is not a mileage in miles.';
    warnings.push(leftOut({ column: 'mileage', reason, original: text }));
  }
  return mileage;
}
