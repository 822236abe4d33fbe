/** The longest name, address line or model that is kept. Longer text is a sign of shifted columns. */
export const textCharactersMax = 200;
export const customerNumberCharactersMax = 40;

/** Text without the spaces, line breaks and invisible characters that exports add. Letters are left as they are. */
export function tidy(text: string | undefined): string {
  if (text === undefined || text === '') return '';
  if (/^[!-~](?:[ !-~]*[!-~])?$/.test(text) && !text.includes('  ')) return text;
  return text
    .normalize('NFC')
    .replace(/[\p{Cc}\s\u00a0\u2028\u2029]+/gu, ' ')
    .replace(/[\u200b-\u200f\u202a-\u202e\u2060\ufeff]/g, '')
    .trim();
}

/** What people type where a number or an address is asked for and there is none. */
const placeholders: ReadonlySet<string> = new Set([
  '-',
  '--',
  '.',
  'x',
  'xx',
  'xxx',
  'n/a',
  'na',
  'none',
  'no',
  'nil',
  'null',
  'unknown',
  'tba',
  'tbc',
  '?',
]);

export function isPlaceholder(text: string): boolean {
  return text.length <= 7 && placeholders.has(text.toLowerCase());
}

/** A mileage as typed: `12345`, `12,345`, `12345.0`, `12,345 miles`. Null when it is none of these. */
export function parseMileage(text: string): number | null {
  const match = /^(\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?\s*(?:miles|mi|m)?$/i.exec(text);
  if (match === null) return null;
  const mileage = Number((match[1] ?? '').replaceAll(',', ''));
  return mileage <= mileageMax ? mileage : null;
}

const mileageMax = 2_000_000;
