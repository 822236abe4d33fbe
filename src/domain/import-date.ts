import type { DateOrder } from './import-fields.ts';

export type ImportedDateResult =
  /** `date` is YYYY-MM-DD, or null where the text is blank. */
  { readonly ok: true; readonly date: string | null } | { readonly ok: false; readonly sentence: string };

const unreadable: ImportedDateResult = {
  ok: false,
  sentence: 'This is not a date; write it as 2021-04-03, 03/04/2021 or 03-Apr-2021.',
};
const impossible: ImportedDateResult = { ok: false, sentence: 'There is no such day in the calendar.' };
const blank: ImportedDateResult = { ok: true, date: null };

/** Two digits of a year: 70 to 99 are of the last century, 00 to 69 of this one. Records of dealers are no older. */
const yearPivot = 70;
const yearMin = 1900;
const yearMax = 2199;

const isoPattern = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$/;
const numericPattern = /^(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4}|\d{2})$/;
const namedMonthPattern = /^(\d{1,2})(?:st|nd|rd|th)?[-/. ]([a-z]{3,9})[-/., ]+(\d{4}|\d{2})$/i;
/** A time after the date, as databases export it, says nothing about the day. */
const timePattern = /[T ]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?: ?[ap]m)?(?:Z|[+-]\d{2}:?\d{2})?$/i;

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/** Reads a date as old systems write it. A date of zeros (00/00/0000) is how many of them write none. */
export function parseImportedDate(text: string, order: DateOrder): ImportedDateResult {
  if (text.length > rememberedCharactersMax) return readDate(text, order);
  const answers = remembered[order];
  const known = answers.get(text);
  if (known !== undefined) return known;
  if (answers.size >= rememberedMax) answers.clear();
  const answer = readDate(text, order);
  answers.set(text, answer);
  return answer;
}

/** A million rows share a few thousand days. Longer text may be a slice that keeps a whole piece of the file alive. */
const rememberedMax = 20_000;
const rememberedCharactersMax = 12;
const remembered: Readonly<Record<DateOrder, Map<string, ImportedDateResult>>> = {
  day_first: new Map(),
  month_first: new Map(),
};

function readDate(text: string, order: DateOrder): ImportedDateResult {
  const trimmed = text.trim().replace(timePattern, '');
  if (trimmed === '' || /^[0-]*[-/.][0/.-]*$/.test(trimmed)) return blank;
  const iso = isoPattern.exec(trimmed);
  if (iso !== null) return dateOf(Number(iso[1]), Number(iso[2]), Number(iso[3]));
  const numeric = numericPattern.exec(trimmed);
  if (numeric !== null) {
    const [first, second] = [Number(numeric[1]), Number(numeric[2])];
    const year = fullYear(numeric[3] ?? '');
    return order === 'day_first' ? dateOf(year, second, first) : dateOf(year, first, second);
  }
  const named = namedMonthPattern.exec(trimmed);
  if (named === null) return unreadable;
  const month = monthNumber(named[2] ?? '');
  return month === 0 ? unreadable : dateOf(fullYear(named[3] ?? ''), month, Number(named[1]));
}

function fullYear(digits: string): number {
  if (digits.length === 4) return Number(digits);
  return Number(digits) >= yearPivot ? 1900 + Number(digits) : 2000 + Number(digits);
}

function monthNumber(name: string): number {
  const lower = name.toLowerCase();
  const full = [
    'january',
    'february',
    'march',
    'april',
    'may',
    'june',
    'july',
    'august',
    'september',
    'october',
    'november',
    'december',
  ];
  if (lower !== 'sept' && !months.includes(lower) && !full.includes(lower)) return 0;
  return months.indexOf(lower.slice(0, 3)) + 1;
}

function dateOf(year: number, month: number, day: number): ImportedDateResult {
  if (month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month)) return impossible;
  if (year < yearMin || year > yearMax) {
    return { ok: false, sentence: `The year is not between ${yearMin} and ${yearMax}.` };
  }
  return { ok: true, date: `${year}-${twoDigits(month)}-${twoDigits(day)}` };
}

function daysInMonth(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

function twoDigits(value: number): string {
  return value < 10 ? `0${value}` : String(value);
}
