export type EmailAddressError = 'empty' | 'several' | 'not_an_address' | 'too_long';

export interface EmailAddress {
  /** As stored and shown: the local part as given, the domain in lower case. */
  readonly address: string;
  /** For comparing: wholly lower case, since no mail provider tells two customers apart by case. */
  readonly comparable: string;
}

export type EmailAddressResult =
  | ({ readonly ok: true } & EmailAddress)
  | { readonly ok: false; readonly code: EmailAddressError; readonly sentence: string };

const sentences: Record<EmailAddressError, string> = {
  empty: 'The email address is blank.',
  several: 'There is more than one email address here; keep the one the customer uses.',
  not_an_address: 'This is not an email address; one looks like name@example.com.',
  too_long: 'The email address is longer than 254 characters.',
};

const addressLengthMax = 254;

/** Letters of any language are allowed (RFC 6531); quoted local parts and addresses by IP number are not. */
const addressPattern =
  /^[\p{L}\p{N}!#$%&'*+/=?^_`{|}~-]+(?:\.[\p{L}\p{N}!#$%&'*+/=?^_`{|}~-]+)*@(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]*[\p{L}\p{N}])?\.)+\p{L}[\p{L}\p{N}-]*[\p{L}\p{N}]$/u;

/** Reads an email address, pragmatically: what a mail server of a customer would accept, nothing more exotic. */
export function parseEmailAddress(text: string): EmailAddressResult {
  const trimmed = text.trim();
  if (trimmed === '') return refusal('empty');
  if (trimmed.length > addressLengthMax) return refusal('too_long');
  const at = trimmed.lastIndexOf('@');
  if (trimmed.indexOf('@') !== at) return refusal('several');
  if (at > 64 || !addressPattern.test(trimmed)) return refusal('not_an_address');
  const address = trimmed.slice(0, at) + trimmed.slice(at).toLowerCase();
  return { ok: true, address, comparable: address.toLowerCase() };
}

function refusal(code: EmailAddressError): EmailAddressResult {
  return { ok: false, code, sentence: sentences[code] };
}
