import { parsePhoneNumberWithError } from 'libphonenumber-js/max';
import metadata from 'libphonenumber-js/max/metadata';

/** What a number can be used for. `other` is a national, free, premium or personal number: callable, never texted. */
export type PhoneKind = 'mobile' | 'landline' | 'other';

export type PhoneError = 'empty' | 'not_a_number' | 'too_short' | 'too_long' | 'has_extension' | 'not_in_use';

export type PhoneResult =
  | { readonly ok: true; readonly kind: PhoneKind; readonly e164: string }
  | { readonly ok: false; readonly code: PhoneError; readonly sentence: string };

const sentences: Record<PhoneError, string> = {
  empty: 'The telephone number is blank.',
  not_a_number: 'This is not a telephone number; write digits only, such as 07700 900123.',
  too_short: 'The telephone number has too few digits.',
  too_long: 'The telephone number has too many digits.',
  has_extension: 'The telephone number has an extension; keep the extension in a note.',
  not_in_use: 'No telephone number begins like this; check the first digits.',
};

/**
 * Reads a telephone number as a person in the United Kingdom writes it.
 *
 * libphonenumber decides, with two additions. Numbers that Ofcom reserves for drama are accepted although
 * no exchange serves them, so that training and demonstration data behave like real data. And the common
 * form of a UK number is tried first against the library's own patterns, because its parser takes 35 µs.
 */
export function parsePhone(text: string): PhoneResult {
  const significant = ukSignificantDigits(text);
  if (significant !== null) {
    if (mobilePattern.test(significant)) return { ok: true, kind: 'mobile', e164: `+44${significant}` };
    if (landlinePattern.test(significant)) return { ok: true, kind: 'landline', e164: `+44${significant}` };
  }
  return parseUncommon(text);
}

/**
 * A number for people: `07700 900123`, `0114 496 0123`, and with the country's code from abroad.
 * Text that is not a number in E.164 form comes back as it is.
 */
export function formatPhone(e164: string): string {
  if (!/^\+44\d{10}$/.test(e164)) return formatUncommon(e164);
  const significant = e164.slice(3);
  const gaps = gapsOf(significant);
  let text = '0';
  for (let index = 0; index < significant.length; index += 1) {
    if (gaps.includes(index)) text += ' ';
    text += significant[index];
  }
  return text;
}

const dramaMobile = '7700900\\d{3}';
const dramaLandline = '1632960\\d{3}';
const mobilePattern = patternOf(1, dramaMobile);
const landlinePattern = patternOf(0, dramaLandline);

/** The patterns of one number type (0 = fixed line, 1 = mobile) in all territories that share +44. */
function patternOf(type: 0 | 1, drama: string): RegExp {
  const typesPosition = 11;
  const plans = metadata.countries as unknown as Record<string, readonly unknown[]>;
  const patterns = ['GB', 'GG', 'IM', 'JE'].map((territory) => {
    const types = plans[territory]?.[typesPosition] as readonly (readonly [string])[];
    return types[type]?.[0];
  });
  return new RegExp(`^(?:${[...patterns, drama].join('|')})$`);
}

/** Ten digits after the 0 or +44 of a plainly written UK number, or null where the library should look. */
function ukSignificantDigits(text: string): string | null {
  const compact = /[^\d+]/.test(text) ? text.replace(/[\s().-]/g, '') : text;
  if (compact.length === 11 && compact.startsWith('0')) return digitsOnly(compact.slice(1));
  if (compact.length === 13 && compact.startsWith('+44')) return digitsOnly(compact.slice(3));
  return null;
}

function digitsOnly(text: string): string | null {
  return /^[1-9]\d{9}$/.test(text) ? text : null;
}

function parseUncommon(text: string): PhoneResult {
  if (text.trim() === '') return refusal('empty');
  try {
    const number = parsePhoneNumberWithError(text.trim(), { defaultCountry: 'GB', extract: false });
    if (number.ext !== undefined) return refusal('has_extension');
    const e164 = number.number;
    const drama = dramaKind(e164);
    if (drama !== null) return { ok: true, kind: drama, e164 };
    const type = number.getType();
    if (type === undefined) return refusal('not_in_use');
    return {
      ok: true,
      kind: type === 'MOBILE' ? 'mobile' : type === 'FIXED_LINE' ? 'landline' : 'other',
      e164,
    };
  } catch (error) {
    return refusal(codeOf(error));
  }
}

function dramaKind(e164: string): PhoneKind | null {
  if (e164.startsWith('+447700900') && e164.length === 13) return 'mobile';
  return e164.startsWith('+441632960') && e164.length === 13 ? 'landline' : null;
}

function codeOf(error: unknown): PhoneError {
  const message = error instanceof Error ? error.message : '';
  if (message === 'TOO_SHORT') return 'too_short';
  if (message === 'TOO_LONG') return 'too_long';
  return 'not_a_number';
}

function refusal(code: PhoneError): PhoneResult {
  return { ok: false, code, sentence: sentences[code] };
}

/** Bounded by the number of UK prefixes of five digits. */
const gapsByPrefix = new Map<string, readonly number[]>();

/** Where the library puts its spaces: five digits settle it, so it is asked once for each prefix. */
function gapsOf(significant: string): readonly number[] {
  const prefix = significant.slice(0, 5);
  const known = gapsByPrefix.get(prefix);
  if (known !== undefined) return known;
  const formatted = formatUncommon(`+44${significant}`);
  const gaps: number[] = [];
  let digits = -1;
  for (const character of formatted) {
    if (character === ' ') gaps.push(digits);
    else digits += 1;
  }
  gapsByPrefix.set(prefix, gaps);
  return gaps;
}

function formatUncommon(e164: string): string {
  try {
    const number = parsePhoneNumberWithError(e164, { extract: false });
    return number.countryCallingCode === '44' ? number.formatNational() : number.formatInternational();
  } catch {
    return e164;
  }
}
