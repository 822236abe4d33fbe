import { createHash } from 'node:crypto';
import { stringify } from 'csv-stringify/sync';
import { parsePhone } from '../domain/phone.ts';

/**
 * Files for a customer-list audience of Meta (Facebook, Instagram). Every value is put into the one form the platform
 * asks for and then hashed with SHA-256, so that no name or number leaves in words. Hashes of telephone numbers can be
 * guessed: such a file is personal data, and who is in it must have been permitted (rules R51 to R56).
 *
 * | Column | Form before it is hashed |
 * |---|---|
 * | email | trimmed, lower case |
 * | phone | digits alone, with the code of the country and without the 0 or 00 before it |
 * | fn, ln, ct | lower case, letters and digits alone, without punctuation or spaces |
 * | zip | lower case, without spaces; of a British postcode area, district and sector (S10 2HE becomes s102) |
 * | country | the two letters of ISO 3166, lower case |
 */
export interface AudiencePerson {
  readonly id: string;
  readonly email: string | null;
  readonly phone: string | null;
  readonly forename: string | null;
  readonly surname: string | null;
  readonly town: string | null;
  readonly postcode: string | null;
}

export interface AudienceFile {
  /** `add`: who joins the audience. `remove`: who is to be taken out of it again. Both have the same form. */
  readonly purpose: 'add' | 'remove';
  readonly csv: string;
  /** SHA-256 of the file, hexadecimal. */
  readonly sha256: string;
  readonly included: readonly string[];
  /** Without an email address or a number nobody is found; they are not in the file. */
  readonly leftOut: readonly string[];
}

export interface AudienceGateway {
  file(purpose: AudienceFile['purpose'], people: readonly AudiencePerson[]): AudienceFile;
}

/** A person uploads the file; no connection to the platform is opened. */
export function audienceGateway(): AudienceGateway {
  return { file: audienceFile };
}

const columns = ['email', 'phone', 'fn', 'ln', 'ct', 'zip', 'country'] as const;

function audienceFile(purpose: AudienceFile['purpose'], people: readonly AudiencePerson[]): AudienceFile {
  const rows = people.map((person) => ({ id: person.id, values: normalised(person) }));
  const fit = rows.filter(({ values }) => values.email !== '' || values.phone !== '');
  // Sorted by hash: the order says nothing about who is who.
  const lines = fit.map(({ values }) => columns.map((column) => hashed(values[column]))).sort(byText);
  const csv = stringify([[...columns], ...lines], { record_delimiter: '\n' });
  return {
    purpose,
    csv,
    sha256: createHash('sha256').update(csv).digest('hex'),
    included: fit.map(({ id }) => id),
    leftOut: rows.filter((row) => !fit.includes(row)).map(({ id }) => id),
  };
}

function normalised(person: AudiencePerson): Record<(typeof columns)[number], string> {
  return {
    email: (person.email ?? '').trim().toLowerCase(),
    phone: phoneDigits(person.phone),
    fn: plain(person.forename),
    ln: plain(person.surname),
    ct: plain(person.town),
    zip: sectorOf(person.postcode),
    country: 'gb',
  };
}

function phoneDigits(phone: string | null): string {
  const read = parsePhone(phone ?? '');
  return read.ok ? read.e164.replaceAll(/\D/g, '') : '';
}

function plain(text: string | null): string {
  return (text ?? '')
    .normalize('NFC')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]/gu, '');
}

function sectorOf(postcode: string | null): string {
  const bare = (postcode ?? '').toLowerCase().replaceAll(/[^a-z0-9]/g, '');
  return /^([a-z]{1,2}\d[a-z\d]?\d)[a-z]{2}$/.exec(bare)?.[1] ?? '';
}

function hashed(value: string): string {
  return value === '' ? '' : createHash('sha256').update(value, 'utf8').digest('hex');
}

function byText(a: readonly string[], b: readonly string[]): number {
  const [left, right] = [a.join(), b.join()];
  return left < right ? -1 : left > right ? 1 : 0;
}
