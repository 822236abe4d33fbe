import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { printDecisionTables } from '../../../src/domain/decision-table.ts';
import { domainPage, withPrintedTables } from '../../support/print-decision-table.ts';

const tables = printDecisionTables();
const page = readFileSync(domainPage, 'utf8');

describe('the decision table of docs/domain.md', () => {
  it('is what the engine prints; run `npm run docs:domain` after changing a rule', () => {
    expect(withPrintedTables(page)).toBe(page);
  });

  it('holds every table that the engine prints', () => {
    const named = [...page.matchAll(/<!-- engine: (\S+) -->/g)].map((match) => match[1]);
    expect(named.sort()).toEqual(Object.keys(tables).sort());
  });

  it('would be noticed if it differed', () => {
    expect(withPrintedTables(page.replace('deny `LIA_MISSING`', '**allow** `LEGITIMATE_INTEREST`'))).toBe(
      page,
    );
    expect(() => withPrintedTables('<!-- engine: nothing -->\n<!-- end -->')).toThrow(RangeError);
  });

  it('has a row for every channel, purpose and kind of subscriber', () => {
    expect(rowsOf(tables['bases'] ?? '')).toHaveLength(7 * 4 * 2);
  });

  it('shows for every reason a message that it blocks', () => {
    const idle = rowsOf(tables['blocks'] ?? '').filter((row) => row.slice(2).every((cell) => cell === '–'));
    expect(idle).toEqual([]);
  });
});

describe('an upgraded record', () => {
  const fixture = readFileSync('test/fixtures/upgrade-tables.md', 'utf8');

  it.each([
    ['assume_legitimate_interest', 'upgrade-assuming'],
    ['pecr_strict', 'upgrade-strict'],
  ])('under %s may be sent exactly what the rules say, cell by cell', (policy, name) => {
    const expected = rowsOf(fixture.split(`## ${policy}\n`)[1]?.split('\n## ')[0] ?? '');
    expect(expected).toHaveLength(21);
    expect(rowsOf(tables[name] ?? '')).toEqual(expected);
  });
});

/** The cells of a Markdown table, without its head. */
function rowsOf(table: string): string[][] {
  return table
    .split('\n')
    .filter((line) => line.startsWith('|'))
    .slice(2)
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
}
