import type { ImportedContactPoint } from './import-contact-points.ts';
import { readAddress, readAllContactPoints } from './import-contact-points.ts';
import { readCustomerNumber, readEssentials, readLegacy } from './import-essentials.ts';
import type { CustomerField, RowFields } from './import-fields.ts';
import { customerNumberCharactersMax } from './import-text.ts';
import type { NamedCustomer } from './person-name.ts';
import type { LegacyFlag } from './vocabulary.ts';

/** What a rejected row still says of the customer of its number: at least one no. */
export interface CarriedRefusal {
  readonly customerNumber: string;
  readonly legacy: LegacyFlag;
}

/** Somebody for whom a row says no, as they can be told from others. */
export interface Refuser extends NamedCustomer {
  /** Blank where the row has none. */
  readonly customerNumber: string;
  readonly contactPoints: readonly ImportedContactPoint[];
}

/** What a row refuses that is not imported, without looking at what can only be left out of it. */
export function readRefusalOfRejectedRow(fields: RowFields<CustomerField>): CarriedRefusal | null {
  const refusal = refusalOf(readCustomerNumber(fields.customer_no, []), readLegacy(fields, []));
  return refusal === null || readEssentials(fields).rejects.length === 0 ? null : refusal;
}

/**
 * What is made of a record whose values may stand in the wrong columns, in a file with flags: which of them
 * is a flag cannot be told, and unknown is no.
 */
export function readRefusalOfBrokenRecord(fields: RowFields<CustomerField>): CarriedRefusal | null {
  const legacy = readLegacy(fields, []) === null ? null : 'both';
  return refusalOf(readCustomerNumber(fields.customer_no, []), legacy);
}

/** Whom a row says no for, imported or not; null where it carries no no. */
export function readRefuser(fields: RowFields<CustomerField>): Refuser | null {
  if ((readLegacy(fields, []) ?? 'none') === 'none') return null;
  const { customerNumber, forename, surname, company } = readEssentials(fields);
  return {
    customerNumber,
    forename,
    surname,
    companyName: company,
    contactPoints: readAllContactPoints(fields, readAddress(fields, []), []),
  };
}

/** What a row refuses for its customer number; null where it refuses nothing, or has none. */
export function refusalOf(customerNumber: string, legacy: LegacyFlag | null): CarriedRefusal | null {
  if (legacy === null || legacy === 'none') return null;
  if (customerNumber === '' || customerNumber.length > customerNumberCharactersMax) return null;
  return { customerNumber, legacy };
}
