import type { ImportField } from '../../../../src/domain/import-fields.ts';
import { fieldsOf, isFlagField } from '../../../../src/domain/import-fields.ts';
import type { FileKind } from './use-draft.ts';

/** What a column can hold, in the words of the trade. */
const fieldWords: Readonly<Record<ImportField, string>> = {
  customer_no: 'Customer number',
  kind: 'Person or company',
  title: 'Title',
  forename: 'Forename',
  surname: 'Surname',
  company: 'Company',
  address1: 'Address, first line',
  address2: 'Address, second line',
  address3: 'Address, third line',
  town: 'Town',
  county: 'County',
  postcode: 'Postcode',
  home_phone: 'Home telephone',
  work_phone: 'Work telephone',
  mobile: 'Mobile',
  email: 'Email',
  branch: 'Branch',
  no_follow_up: 'No Follow-Up',
  no_marketing: 'No Marketing',
  created_on: 'Customer since',
  last_contact_on: 'Last contact',
  registration: 'Registration',
  vin: 'Chassis number (VIN)',
  make: 'Make',
  model: 'Model',
  first_registered_on: 'First registered',
  mot_due_on: 'MOT due',
  service_due_on: 'Service due',
  last_service_on: 'Last service',
  mileage: 'Mileage',
  sold_on: 'Sold on',
};

export function fieldChoices(kind: FileKind): { readonly value: string; readonly label: string }[] {
  return fieldsOf(kind).map((field) => ({ value: field, label: fieldWords[field] }));
}

export function isFlag(field: string | null): boolean {
  return field !== null && isFlagField(field as ImportField);
}

export function wordsOf(field: string): string {
  return fieldWords[field as ImportField] ?? field;
}
