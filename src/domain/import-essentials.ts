import type { CustomerField, ImportField, RowFields, RowRemark } from './import-fields.ts';
import { customerNumberCharactersMax, textCharactersMax, tidy } from './import-text.ts';
import { legacyFromFlags, parseFlag } from './legacy-flags.ts';
import type { LegacyFlag } from './vocabulary.ts';

/** What a row must say to be imported, and every reason why it is not. */
export function readEssentials(fields: RowFields<CustomerField>) {
  const rejects: RowRemark[] = [];
  const customerNumber = readCustomerNumber(fields.customer_no, rejects);
  const forename = tidy(fields.forename);
  const surname = tidy(fields.surname);
  const company = tidy(fields.company);
  if (forename === '' && surname === '' && company === '') {
    const reason = 'The customer has no name: forename, surname and company are all blank.';
    rejects.push({ column: 'surname', reason, original: '' });
  }
  rejectLongTexts(fields, customerTextFields, rejects);
  const legacy = readLegacy(fields, rejects);
  return { customerNumber, forename, surname, company, legacy, rejects };
}

const customerTextFields = [
  'title',
  'forename',
  'surname',
  'company',
  'address1',
  'address2',
  'address3',
  'town',
  'county',
  'postcode',
  'home_phone',
  'work_phone',
  'mobile',
  'email',
  'branch',
] as const satisfies readonly CustomerField[];

export function readCustomerNumber(given: string | undefined, rejects: RowRemark[]): string {
  const text = tidy(given);
  if (text === '')
    rejects.push({ column: 'customer_no', reason: 'The customer number is blank.', original: '' });
  if (text.length > customerNumberCharactersMax) {
    const reason = `The customer number is longer than ${customerNumberCharactersMax} characters.`;
    rejects.push({ column: 'customer_no', reason, original: text });
  }
  return text;
}

export function rejectLongTexts<Field extends ImportField>(
  fields: RowFields<Field>,
  columns: readonly Field[],
  rejects: RowRemark[],
): void {
  for (const column of columns) {
    const text = fields[column];
    if (text === undefined || text.length <= textCharactersMax) continue;
    const reason = `The text is longer than ${textCharactersMax} characters; check that the columns have not shifted.`;
    rejects.push({ column, reason, original: text });
  }
}

/** A flag that is blank was not set; a flag that cannot be read rejects the row, since it may be a no. */
export function readLegacy(fields: RowFields<CustomerField>, rejects: RowRemark[]): LegacyFlag | null {
  if (fields.no_follow_up === undefined && fields.no_marketing === undefined) return null;
  const noFollowUp = readFlag('no_follow_up', fields.no_follow_up, rejects);
  const noMarketing = readFlag('no_marketing', fields.no_marketing, rejects);
  return legacyFromFlags(noFollowUp, noMarketing);
}

function readFlag(
  column: 'no_follow_up' | 'no_marketing',
  given: string | undefined,
  rejects: RowRemark[],
): boolean {
  const flag = parseFlag(given ?? '');
  if (flag.ok) return flag.set === true;
  rejects.push({ column, reason: flag.sentence, original: given ?? '' });
  return true;
}
