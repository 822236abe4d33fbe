import type pg from 'pg';

/** What has been typed so far into the search, and for whom. */
export interface Keystroke {
  readonly text: string;
  /** The bare statement that an expert who knew the kind of text would run: one walk along one index. */
  readonly limit: { readonly statement: string; readonly prefix: string };
}

const shortest = 2;
const hits = 50;

const byName = `select id from customer
  where search_name collate "C" like $1 order by search_name collate "C" using ~<~ limit ${hits}`;
const byNumber = `select id from customer
  where lower(customer_number) collate "C" like $1
  order by lower(customer_number) collate "C" using ~<~ limit ${hits}`;
const byContact = `select customer_id as id from contact_point
  where normalised collate "C" like $1 and normalised is not null and removed_at is null
  order by normalised collate "C" using ~<~ limit ${hits}`;
const byRegistration = `select keeper.customer_id as id from (
    select id from vehicle where registration collate "C" like $1
    order by registration collate "C" using ~<~ limit ${hits}
  ) vehicle join keeper on keeper.vehicle_id = vehicle.id`;
const byPostcode = `select customer_id as id from contact_point
  where upper(replace(address ->> 'postcode', ' ', '')) collate "C" like $1
    and address is not null and removed_at is null
  order by upper(replace(address ->> 'postcode', ' ', '')) collate "C" using ~<~ limit ${hits}`;

interface Known {
  readonly search_name: string;
  readonly customer_number: string;
  readonly email: string | null;
  readonly mobile: string | null;
  readonly postcode: string | null;
  readonly registration: string | null;
}

/** Every key of so many people looked for, each in the way people look: half by name, the rest by anything. */
export async function keystrokesOf(owner: pg.Client, people: number): Promise<Keystroke[]> {
  const { rows } = await owner.query<Known>(
    `with numbered as (select id, row_number() over (order by id) as place, count(*) over () as everybody from customer),
     chosen as (select id from numbered where place % greatest(1, everybody / $1) = 0 limit $1)
     select customer.search_name, customer.customer_number,
       (select normalised from contact_point where customer_id = customer.id and kind = 'email' order by rank limit 1) as email,
       (select normalised from contact_point where customer_id = customer.id and kind = 'mobile' order by rank limit 1) as mobile,
       (select address ->> 'postcode' from contact_point where customer_id = customer.id and kind = 'postal' limit 1) as postcode,
       (select registration from vehicle join keeper on keeper.vehicle_id = vehicle.id
         where keeper.customer_id = customer.id limit 1) as registration
     from chosen join customer using (id)`,
    [people],
  );
  return rows.flatMap((known, index) => typed(known, index));
}

function typed(known: Known, index: number): Keystroke[] {
  const { search_name: name, customer_number: number, email, mobile, postcode, registration } = known;
  const compact = (postcode ?? '').replaceAll(' ', '').toUpperCase();
  switch (index % 10) {
    case 5:
      if (email !== null) return keys(email, byContact, (text) => text, 3);
      break;
    case 6:
      if (mobile?.startsWith('+44'))
        return keys(`0${mobile.slice(3)}`, byContact, (text) => `+44${text.slice(1)}`, 4);
      break;
    case 7:
      if (registration !== null) return keys(registration, byRegistration, (text) => text, 3);
      break;
    case 8:
      if (compact !== '') return keys(compact, byPostcode, (text) => text, 3);
      break;
    case 9:
      return keys(number, byNumber, (text) => text.toLowerCase(), 2);
  }
  return keys(name, byName, (text) => text, shortest);
}

function keys(
  whole: string,
  statement: string,
  prefixOf: (text: string) => string,
  from: number,
): Keystroke[] {
  const strokes: Keystroke[] = [];
  for (let length = Math.min(from, whole.length); length <= whole.length; length += 1) {
    const text = whole.slice(0, length);
    if (text.endsWith(' ')) continue;
    const prefix = `${prefixOf(text).replaceAll(/[\\%_]/g, '\\$&')}%`;
    strokes.push({ text, limit: { statement, prefix } });
  }
  return strokes;
}
