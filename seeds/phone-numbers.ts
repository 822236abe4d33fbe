import type { Place } from './places.ts';
import type { Chance } from './random.ts';

/*
 * Nobody may be telephoned by accident, so the numbers come from three places.
 *
 * - Ofcom reserves 07700 900000 to 900999 and a thousand landlines in some cities for drama. They ring nowhere,
 *   but a million customers would share a thousand of them; a few in a hundred use them.
 * - Other mobiles begin with 071. Ofcom's numbering plan designates the range for mobiles, so the libraries take
 *   the numbers for valid, but none of it had been given to a network when this was written.
 * - Other landlines have a real dialling code and a local number that begins with 0, which local dialling cannot
 *   reach; Ofcom has opened such numbers in few places.
 *
 * Numbers of the last two sorts are unlikely, not certain, to be nobody's: never send to generated customers.
 */

const dramaShare = 0.03;

/** A mobile as somebody typed it. About one in five writes it without a space, a few with +44. */
export function pickMobile(chance: Chance): string {
  const number = chance.share(dramaShare)
    ? `07700 900${digits(chance, 3)}`
    : `071${digits(chance, 2)} ${digits(chance, 6)}`;
  const style = chance.next();
  if (style < 0.75) return number;
  if (style < 0.95) return number.replace(' ', '');
  return `+44 ${number.slice(1)}`;
}

/** A landline of the place as somebody typed it. */
export function pickLandline(chance: Chance, place: Place): string {
  const local =
    place.dramaPrefix !== null && chance.share(dramaShare)
      ? `${place.dramaPrefix}${digits(chance, 3)}`
      : localNumber(chance, place.localDigits);
  const style = chance.next();
  if (style < 0.7) return `${place.diallingCode} ${local}`;
  if (style < 0.9) return place.diallingCode + local.replace(' ', '');
  return `(${place.diallingCode}) ${local}`;
}

function localNumber(chance: Chance, length: number): string {
  const number = `0${digits(chance, length - 1)}`;
  return length === 6 ? number : `${number.slice(0, -4)} ${number.slice(-4)}`;
}

export function digits(chance: Chance, length: number): string {
  return String(chance.below(10 ** length)).padStart(length, '0');
}
