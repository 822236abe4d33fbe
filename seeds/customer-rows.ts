import { today, writtenDay } from './days.ts';
import type { Name, PersonName } from './people-names.ts';
import { pickPersonName } from './people-names.ts';
import { digits, pickLandline, pickMobile } from './phone-numbers.ts';
import type { Place } from './places.ts';
import { districts, pickPlace, streetNames } from './places.ts';
import type { Chance } from './random.ts';
import { pickerOf } from './random.ts';

/** What the next customer may share with this one, when they live together. */
export interface Household {
  readonly surname: Name;
  readonly address: string;
  readonly place: Place;
  readonly landline: string;
  readonly mobile: string;
  readonly email: string;
}

export interface GeneratedCustomer {
  /** One line of customers.csv. */
  readonly row: string;
  readonly household: Household;
  /** The day since 1970 on which the record was made. */
  readonly createdOn: number;
  readonly lastContactOn: number;
}

const pickKind = pickerOf([
  ['individual', 87],
  ['', 2],
  ['unknown', 1],
  ['sole trader', 3.6],
  ['company', 5],
  ['partnership', 0.7],
  ['llp', 0.4],
  ['government', 0.25],
  ['scottish partnership', 0.05],
]);

/** No Follow-Up and No Marketing: 12 % the first only, 9 % the second only, 4 % both; a blank is as good as N. */
const pickFlags = pickerOf([
  ['N,N', 60],
  [',', 15],
  ['Y,N', 12],
  ['N,Y', 9],
  ['Y,Y', 4],
]);

const pickTrade = pickerOf(
  `Joinery Plumbing Electrical Building Roofing Landscapes Catering Cleaning Haulage Couriers Engineering Interiors
  Decorators Property Taxis Consulting Design Dental Veterinary Scaffolding Flooring Kitchens`
    .split(/\s+/)
    .map((trade, rank) => [trade, 1 / (rank + 10)] as const),
);

const pickEmailDomain = pickerOf([
  ['example.com', 70],
  ['example.org', 12],
  ['example.net', 18],
]);

const corporateEndings: Readonly<Record<string, string>> = { company: 'Ltd', llp: 'LLP' };

/** One customer in the Navigator 2.0 layout. Every row can be imported; a few carry values that draw a warning. */
export function generateCustomer(
  chance: Chance,
  customerNumber: number,
  previous: Household | null,
  placeOf: typeof pickPlace = pickPlace,
): GeneratedCustomer {
  const family = previous !== null && chance.share(0.05) ? previous : null;
  const kind = family === null ? pickKind(chance) : 'individual';
  const person = pickPersonName(chance, family?.surname ?? null);
  const place = family?.place ?? placeOf(chance);
  const address = family?.address ?? pickAddress(chance, place);
  const company = isBusiness(kind) ? companyName(chance, kind, person, place) : '';
  const hasPerson = company === '' || chance.share(0.7);
  const landline = family?.landline ?? (chance.share(0.45) ? pickLandline(chance, place) : '');
  const mobile = pickOwnMobile(chance, family);
  const email = pickOwnEmail(chance, family, person, customerNumber);
  const work = chance.share(company === '' ? 0.06 : 0.55) ? pickLandline(chance, place) : '';
  // More customers of late than long ago: the square root bends an even spread towards today.
  const createdOn = today - Math.floor((1 - Math.sqrt(chance.next())) * 22 * 365);
  const lastContactOn = today - Math.floor(chance.next() ** 1.5 * (today - createdOn));
  const name = hasPerson ? `${person.title},${person.forename.text},${person.surname.text}` : ',,';
  const contacts = `${landline},${work},${mobile},${email}`;
  const written = `${writtenDay(createdOn)},${chance.share(0.9) ? writtenDay(lastContactOn) : ''}`;
  return {
    row: `${customerNumber},${kind},${name},${company},${address},${contacts},${place.branch},${pickFlags(chance)},${written}\n`,
    household: { surname: person.surname, address, place, landline, mobile, email },
    createdOn,
    lastContactOn,
  };
}

function isBusiness(kind: string): boolean {
  return kind !== 'individual' && kind !== '' && kind !== 'unknown';
}

function companyName(chance: Chance, kind: string, person: PersonName, place: Place): string {
  if (kind === 'government') return `${place.town} Council`;
  const ending = corporateEndings[kind];
  const trade = pickTrade(chance);
  const style = chance.next();
  const name =
    style < 0.5
      ? `${person.surname.text} ${trade}`
      : style < 0.8
        ? `${place.town} ${trade}`
        : `${person.surname.text}, ${person.forename.text} & Co`;
  return quoted(ending === undefined ? name : `${name} ${ending}`);
}

/** address1 to postcode. Three in a hundred are incomplete. */
function pickAddress(chance: Chance, place: Place): string {
  const street = `${1 + chance.below(180)} ${item(chance, streetNames)}`;
  const flat = chance.share(0.09) ? `Flat ${1 + chance.below(24)}` : '';
  const district = chance.share(0.3) ? item(chance, districts) : '';
  const line1 = flat !== '' && chance.share(0.5) ? quoted(`${flat}, ${street}`) : flat || street;
  const line2 = line1 === flat && flat !== '' ? street : district;
  const line3 = line2 === district ? '' : district;
  const gap = chance.next();
  if (gap < 0.01) return ',,,,,';
  const postcode = gap < 0.03 ? '' : pickPostcode(chance, place);
  return `${line1},${line2},${line3},${place.town},${chance.share(0.6) ? place.county : ''},${postcode}`;
}

/** The last two letters of a postcode are never C, I, K, M, O or V. */
const unitLetters = [...'ABDEFGHJLNPQRSTUWXYZ'];

function pickPostcode(chance: Chance, place: Place): string {
  const inward = `${chance.below(10)}${item(chance, unitLetters)}${item(chance, unitLetters)}`;
  const outcode = item(chance, place.outcodes);
  const style = chance.next();
  if (style < 0.9) return `${outcode} ${inward}`;
  return style < 0.96 ? outcode + inward : `${outcode} ${inward}`.toLowerCase();
}

/** Four in five have one; people who live together share one now and then. */
function pickOwnMobile(chance: Chance, family: Household | null): string {
  if (family !== null && chance.share(0.3)) return family.mobile;
  if (!chance.share(0.82)) return '';
  return chance.share(0.004) ? `071${digits(chance, 5)}` : pickMobile(chance);
}

function pickOwnEmail(
  chance: Chance,
  family: Household | null,
  person: PersonName,
  customerNumber: number,
): string {
  if (family !== null && chance.share(0.3)) return family.email;
  if (!chance.share(0.68)) return '';
  if (chance.share(0.004)) return `${person.forename.plain}.${person.surname.plain}@`;
  const first = chance.share(0.25) ? person.forename.plain.slice(0, 1) : person.forename.plain;
  const between = chance.share(0.7) ? '.' : '';
  // The customer's number, folded, keeps namesakes apart as the digits of real addresses do.
  const tail = chance.share(0.8) ? String((customerNumber * 7_919) % 99_991) : '';
  return `${first}${between}${person.surname.plain}${tail}@${pickEmailDomain(chance)}`;
}

function quoted(text: string): string {
  return text.includes(',') ? `"${text}"` : text;
}

function item<Item>(chance: Chance, items: readonly Item[]): Item {
  return items[chance.below(items.length)] as Item;
}
