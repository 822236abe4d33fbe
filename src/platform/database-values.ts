import pg from 'pg';

/** How values of the database become values of the program, for the connections of this program alone. */
type Parser = (text: string) => unknown;

const oid = {
  int8: 20,
  date: 1082,
  timestamptz: 1184,
  textArray: 1009,
  int8Array: 1016,
  dateArray: 1182,
  timestamptzArray: 1185,
};
// why: the list of known types lacks the arrays, although parsers for them are registered.
const textArray: Parser = pg.types.getTypeParser(oid.textArray as typeof pg.types.builtins.TEXT);
const parsers = new Map<number, Parser>([
  [oid.int8, parseInt8],
  [oid.date, (text) => text],
  [oid.timestamptz, parseTimestamp],
  [oid.int8Array, parseArray(parseInt8)],
  [oid.dateArray, textArray],
  [oid.timestamptzArray, parseArray(parseTimestamp)],
]);

// why: given to each pool instead of changed globally, so that nothing else in the process is surprised.
export function getTypeParser(id: number, format?: 'text' | 'binary'): Parser {
  const own = format === 'binary' ? undefined : parsers.get(id);
  return own ?? pg.types.getTypeParser(id, format as 'text');
}

function parseArray(parseItem: Parser): Parser {
  return (text) =>
    (textArray(text) as (string | null)[]).map((item) => (item === null ? null : parseItem(item)));
}

function parseInt8(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value))
    throw new RangeError('A whole number from the database is too large to be exact.');
  return value;
}

// why: sessions run in UTC, so the text always ends in +00 and needs no zone arithmetic; this runs for every
// instant of every row of a bulk read.
function parseTimestamp(text: string): number {
  const value = Date.parse(`${text.slice(0, 10)}T${text.slice(11, -3)}Z`);
  if (Number.isNaN(value) || !text.endsWith('+00')) {
    throw new RangeError('An instant from the database is not a finite UTC instant.');
  }
  return value;
}
