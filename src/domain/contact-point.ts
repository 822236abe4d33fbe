import { parseEmailAddress } from './email-address.ts';
import { postalContactPoint } from './import-contact-points.ts';
import { formatPhone, parsePhone } from './phone.ts';
import { parsePostcode } from './postcode.ts';
import type { ContactPointKind } from './vocabulary.ts';

/** A number or address as a person gives it. What a telephone number is, its digits say. */
export type GivenContactPoint =
  | { readonly kind: 'phone'; readonly value: string }
  | { readonly kind: 'email'; readonly value: string }
  | { readonly kind: 'social'; readonly value: string }
  | { readonly kind: 'postal'; readonly address: GivenAddress };

export interface GivenAddress {
  readonly line1?: string | null | undefined;
  readonly line2?: string | null | undefined;
  readonly line3?: string | null | undefined;
  readonly town?: string | null | undefined;
  readonly county?: string | null | undefined;
  readonly postcode?: string | null | undefined;
}

export interface PostalAddress {
  readonly line1: string | null;
  readonly line2: string | null;
  readonly line3: string | null;
  readonly town: string | null;
  readonly county: string | null;
  readonly postcode: string | null;
}

export interface ReadContactPoint {
  readonly kind: ContactPointKind;
  /** As shown to people. */
  readonly value: string;
  /** For comparing and for sending; null for an address no letter can be sent to. */
  readonly normalised: string | null;
  readonly address: PostalAddress | null;
}

export type ContactPointResult =
  | ({ readonly ok: true } & ReadContactPoint)
  | { readonly ok: false; readonly field: string; readonly sentence: string };

/** Reads one contact point; a person at a screen can correct what cannot be read, so it is refused. */
export function readContactPoint(given: GivenContactPoint): ContactPointResult {
  switch (given.kind) {
    case 'phone':
      return readPhone(given.value);
    case 'email':
      return readEmail(given.value);
    case 'social':
      return readSocial(given.value);
    case 'postal':
      return readPostal(given.address);
  }
}

function readPhone(text: string): ContactPointResult {
  const phone = parsePhone(text);
  if (!phone.ok) return { ok: false, field: 'value', sentence: phone.sentence };
  const kind = phone.kind === 'mobile' ? 'mobile' : 'landline';
  return { ok: true, kind, value: formatPhone(phone.e164), normalised: phone.e164, address: null };
}

function readEmail(text: string): ContactPointResult {
  const email = parseEmailAddress(text);
  if (!email.ok) return { ok: false, field: 'value', sentence: email.sentence };
  return { ok: true, kind: 'email', value: email.address, normalised: email.comparable, address: null };
}

function readSocial(text: string): ContactPointResult {
  const value = text.trim();
  const normalised = value.replace(/^@/, '').toLowerCase();
  if (normalised === '') return { ok: false, field: 'value', sentence: 'The social media name is blank.' };
  return { ok: true, kind: 'social', value, normalised, address: null };
}

function readPostal(given: GivenAddress): ContactPointResult {
  const tidy = (text: string | null | undefined): string => (text ?? '').trim().replaceAll(/\s+/g, ' ');
  const lines = [given.line1, given.line2, given.line3].map(tidy).filter((line) => line !== '');
  const postcode = tidy(given.postcode);
  const parsed = postcode === '' ? null : parsePostcode(postcode);
  if (parsed !== null && !parsed.ok) {
    return { ok: false, field: 'address.postcode', sentence: parsed.sentence };
  }
  const address: PostalAddress = {
    line1: lines[0] ?? null,
    line2: lines[1] ?? null,
    line3: lines[2] ?? null,
    town: tidy(given.town) || null,
    county: tidy(given.county) || null,
    postcode: parsed?.postcode ?? null,
  };
  const complete = address.line1 !== null && address.postcode !== null;
  const point = postalContactPoint({ ...address, complete });
  if (point === null) return { ok: false, field: 'address', sentence: 'The address is blank.' };
  return { ok: true, ...point, address };
}

/** A number or address as people write it, in one line. */
export function contactPointWords(point: {
  readonly kind: ContactPointKind;
  readonly value: string;
  readonly normalised: string | null;
  readonly address: Partial<PostalAddress> | null;
}): string {
  const { kind, value, normalised, address } = point;
  if (kind === 'postal') {
    return [address?.line1, address?.postcode].flatMap((line) => line || []).join(', ') || value;
  }
  return kind === 'mobile' || kind === 'landline' ? formatPhone(normalised ?? value) : value;
}
