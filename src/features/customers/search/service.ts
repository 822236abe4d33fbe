import { searchFormOfName } from '../../../domain/person-name.ts';
import { standingAnswer } from '../../../domain/standing.ts';
import type { Context } from '../../../platform/context.ts';
import type { HitRow, SearchBy } from './store.ts';
import { findHits } from './store.ts';

/**
 * Search as one types: by name in either order, company, phone, email, registration, postcode and customer
 * number, whichever the text could be.
 * Guarantees a bounded answer whatever is typed, and that neither a merged nor an erased person is in it.
 */
export type CustomerHit = Omit<HitRow, 'standingCode'>;

const hitsMax = 50;
const textCharactersMax = 200;

/** The nearest customers first, at most 50; none for a text of nothing but signs. */
export async function searchCustomers(
  context: Context,
  text: string,
  limit: number = hitsMax,
): Promise<CustomerHit[]> {
  const typed = text.trim().replaceAll(/\s+/g, ' ').slice(0, textCharactersMax);
  const wanted = Math.min(limit, hitsMax);
  // Erased people are few; a handful more than asked for leaves room for leaving them out.
  const asked = wanted + 10;
  const { db } = context.database;
  const plain = (await findHits(db, waysOf(typed), asked)).filter(isPresent);
  if (plain.length >= wanted) return plain.slice(0, wanted).map(shown);
  const parts = searchFormOfName(typed).split(' ');
  const [first = '', second = ''] = [parts[0], parts.at(-1)];
  if (parts.length < 2 || first.length < 2 || second.length < 2) return plain.map(shown);
  // Only now, since it is the one walk along two indexes: the beginnings of both names, others in between.
  const looser = (await findHits(db, [{ by: 'two_names', first, second }], asked)).filter(isPresent);
  const known = new Set(plain.map(({ customerId }) => customerId));
  return [...plain, ...looser.filter(({ customerId }) => !known.has(customerId))].slice(0, wanted).map(shown);
}

function shown({ standingCode: _, ...hit }: HitRow): CustomerHit {
  return hit;
}

function isPresent({ standingCode }: HitRow): boolean {
  return standingCode === null || !standingAnswer(standingCode).reasons.includes('PERSON_ERASED');
}

/** Every way in which this text could name somebody. */
function waysOf(typed: string): SearchBy[] {
  const ways: SearchBy[] = [];
  const name = searchFormOfName(typed);
  if (/\p{L}/u.test(name)) ways.push({ by: 'name', prefix: name });
  const phone = phonePrefix(typed);
  if (phone !== null) ways.push({ by: 'phone', prefix: phone });
  const lower = typed.toLowerCase();
  if (/^[^\s@]{3,}(?:@\S*)?$/.test(lower) && /\p{L}/u.test(lower)) ways.push({ by: 'email', prefix: lower });
  const compact = typed.replaceAll(/[\s-]/g, '').toUpperCase();
  if (/^(?=.*\d)[A-Z0-9]{2,9}$/.test(compact)) ways.push({ by: 'registration', prefix: compact });
  if (/^[A-Z]{1,2}\d[A-Z0-9]{0,5}$/.test(compact)) ways.push({ by: 'postcode', prefix: compact });
  if (/^\S{1,40}$/.test(lower)) ways.push({ by: 'customer_number', prefix: lower });
  return ways;
}

/** The beginning of a number in international form, from at least four digits as people write them. */
function phonePrefix(typed: string): string | null {
  if (!/^[+(\d][\d\s().-]*$/.test(typed)) return null;
  const isAbroad = /^(?:\+|00)/.test(typed);
  // The nought in +44 (0)114 is for those who dial within the country.
  const digits = (isAbroad ? typed.replace('(0)', '') : typed).replaceAll(/\D/g, '');
  if (digits.length < 4) return null;
  if (isAbroad) return `+${digits.replace(/^00/, '')}`;
  if (digits.startsWith('0')) return `+44${digits.slice(1)}`;
  return digits.startsWith('44') ? `+${digits}` : `+44${digits}`;
}
