import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseImportedDate } from './import-date.ts';

describe('a date in an old file', () => {
  it.each([
    ['2021-04-03', '2021-04-03'],
    ['2021/4/3', '2021-04-03'],
    ['03/04/2021', '2021-04-03'],
    ['3/4/21', '2021-04-03'],
    ['3.4.2021', '2021-04-03'],
    ['03-04-2021', '2021-04-03'],
    ['01/02/69', '2069-02-01'],
    ['01/02/70', '1970-02-01'],
    ['03-Apr-2021', '2021-04-03'],
    ['3 apr 21', '2021-04-03'],
    ['3rd April 2021', '2021-04-03'],
    ['12-SEPT-2019', '2019-09-12'],
    ['29/02/2024', '2024-02-29'],
    ['29/02/2000', '2000-02-29'],
    ['03/04/2021 00:00', '2021-04-03'],
    ['03/04/2021 12:30:00 PM', '2021-04-03'],
    ['2021-04-03T10:15:30.123Z', '2021-04-03'],
    [' 2021-04-03 ', '2021-04-03'],
    ['', null],
    ['  ', null],
    ['00/00/0000', null],
    ['0000-00-00', null],
    ['-', null],
    ['/ /', null],
  ])('written %j is %s', (text, date) => {
    expect(parseImportedDate(text.replace('/ /', '//'), 'day_first')).toEqual({ ok: true, date });
  });

  it('with the month first is read so only when the mapping says so', () => {
    expect(parseImportedDate('03/04/2021', 'month_first')).toEqual({ ok: true, date: '2021-03-04' });
    expect(parseImportedDate('2021-04-03', 'month_first')).toEqual({ ok: true, date: '2021-04-03' });
  });

  it.each([
    ['31/02/2019', 'no such day'],
    ['29/02/1900', 'no such day'],
    ['31/04/2021', 'no such day'],
    ['04/13/2021', 'no such day'],
    ['32/01/2021', 'no such day'],
    ['2021-00-10', 'no such day'],
    ['01/01/0201', 'not between'],
    ['yesterday', 'not a date'],
    ['44291', 'not a date'],
    ['03-Foo-2021', 'not a date'],
    ['03/04/2021/5', 'not a date'],
    ['2021', 'not a date'],
  ])('written %j is refused: %s', (text, part) => {
    const result = parseImportedDate(text, 'day_first');
    expect(result.ok ? '' : result.sentence).toContain(part);
  });

  it('is the day that the calendar has, for every day of two centuries, in either order', () => {
    const day = fc.date({ min: new Date('1970-01-01'), max: new Date('2069-12-31'), noInvalidDate: true });
    fc.assert(
      fc.property(day, (instant) => {
        const date = instant.toISOString().slice(0, 10);
        const [year = '', month = '', dayOfMonth = ''] = date.split('-');
        const expected = { ok: true, date };
        expect(parseImportedDate(date, 'day_first')).toEqual(expected);
        expect(parseImportedDate(`${dayOfMonth}/${month}/${year}`, 'day_first')).toEqual(expected);
        expect(
          parseImportedDate(`${Number(dayOfMonth)}/${Number(month)}/${year.slice(2)}`, 'day_first'),
        ).toEqual(expected);
        expect(parseImportedDate(`${month}/${dayOfMonth}/${year}`, 'month_first')).toEqual(expected);
      }),
    );
  });

  it('never throws, and what it gives is always a day that exists', () => {
    const text = fc.oneof(fc.string(), fc.stringMatching(/^\d{1,4}[-/. ][\da-z]{1,4}[-/. ]\d{1,4}$/));
    fc.assert(
      fc.property(text, (given) => {
        const result = parseImportedDate(given, 'day_first');
        if (result.ok && result.date !== null)
          expect(Temporal.PlainDate.from(result.date).toString()).toBe(result.date);
      }),
      { numRuns: 1_000 },
    );
  });
});
