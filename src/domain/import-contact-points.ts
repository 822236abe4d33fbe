import { parseEmailAddress } from './email-address.ts';
import type { CustomerField, RowFields, RowRemark } from './import-fields.ts';
import { isPlaceholder, tidy } from './import-text.ts';
import { searchFormOfName } from './person-name.ts';
import { formatPhone, parsePhone } from './phone.ts';
import { parsePostcode } from './postcode.ts';

export interface ImportedContactPoint {
  readonly kind: 'mobile' | 'landline' | 'email' | 'postal';
  /** As shown to people; as given where it could not be read. */
  readonly value: string;
  /**
   * For comparing and for sending: E.164 with its plus, the address in lower case, first line and postcode.
   * Null when the contact point cannot be used.
   */
  readonly normalised: string | null;
}

export interface ImportedAddress {
  readonly line1: string | null;
  readonly line2: string | null;
  readonly line3: string | null;
  readonly town: string | null;
  readonly county: string | null;
  /** Normalised where it is one, as given where it is not. */
  readonly postcode: string | null;
  /** Whether a letter can be sent: a first line and a postcode that could be read. */
  readonly complete: boolean;
}

type Fields = RowFields<CustomerField>;

/**
 * The contact points of a row, in the order in which the dealer's columns prefer them: mobile, home, work,
 * then email. What a number is, its digits say, whichever column it stands in. Each value comes once.
 */
function readContactPoints(fields: Fields, warnings: RowRemark[]): ImportedContactPoint[] {
  const points: ImportedContactPoint[] = [];
  addPhone(points, 'mobile', fields.mobile, warnings);
  addPhone(points, 'home_phone', fields.home_phone, warnings);
  addPhone(points, 'work_phone', fields.work_phone, warnings);
  addEmail(points, fields.email, warnings);
  return points;
}

function addPhone(
  points: ImportedContactPoint[],
  column: 'mobile' | 'home_phone' | 'work_phone',
  given: string | undefined,
  warnings: RowRemark[],
): void {
  const text = tidy(given);
  if (text === '' || isPlaceholder(text)) return;
  const phone = parsePhone(text);
  if (!phone.ok) {
    warnings.push({ column, reason: `${phone.sentence} It is kept but will not be used.`, original: text });
    points.push({ kind: column === 'mobile' ? 'mobile' : 'landline', value: text, normalised: null });
    return;
  }
  if (points.some((point) => point.normalised === phone.e164)) return;
  const kind = phone.kind === 'mobile' ? 'mobile' : 'landline';
  if (column === 'mobile' && kind === 'landline') {
    warnings.push({
      column,
      reason: 'This is not a mobile number, so it will not be texted.',
      original: text,
    });
  }
  points.push({ kind, value: formatPhone(phone.e164), normalised: phone.e164 });
}

function addEmail(points: ImportedContactPoint[], given: string | undefined, warnings: RowRemark[]): void {
  const text = tidy(given);
  if (text === '' || isPlaceholder(text)) return;
  const email = parseEmailAddress(text);
  if (email.ok) {
    points.push({ kind: 'email', value: email.address, normalised: email.comparable });
    return;
  }
  warnings.push({
    column: 'email',
    reason: `${email.sentence} It is kept but will not be used.`,
    original: text,
  });
  points.push({ kind: 'email', value: text, normalised: null });
}

/** The address, its lines moved up over blank ones. */
export function readAddress(fields: Fields, warnings: RowRemark[]): ImportedAddress {
  const lines = [tidy(fields.address1), tidy(fields.address2), tidy(fields.address3)].filter(
    (line) => line !== '',
  );
  const given = tidy(fields.postcode);
  const parsed = given === '' ? null : parsePostcode(given);
  if (parsed !== null && !parsed.ok) {
    warnings.push({ column: 'postcode', reason: `${parsed.sentence} It is kept as given.`, original: given });
  }
  return {
    line1: lines[0] ?? null,
    line2: lines[1] ?? null,
    line3: lines[2] ?? null,
    town: tidy(fields.town) || null,
    county: tidy(fields.county) || null,
    postcode: parsed?.ok ? parsed.postcode : given || null,
    complete: lines.length > 0 && parsed?.ok === true,
  };
}

/** The address as a contact point, or null when there is none at all. */
export function postalContactPoint(address: ImportedAddress): ImportedContactPoint | null {
  const parts = [address.line1, address.line2, address.line3, address.town, address.county, address.postcode];
  const value = parts.filter((part) => part !== null).join(', ');
  if (value === '') return null;
  const normalised = address.complete ? `${searchFormOfName(address.line1 ?? '')}|${address.postcode}` : null;
  return { kind: 'postal', value, normalised };
}

/** Every contact point of a row, the address last. */
export function readAllContactPoints(
  fields: Fields,
  address: ImportedAddress,
  warnings: RowRemark[],
): ImportedContactPoint[] {
  const postal = postalContactPoint(address);
  return [...readContactPoints(fields, warnings), ...(postal === null ? [] : [postal])];
}
