import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TableFile } from '../../../src/platform/csv-inspection.ts';
import { inspectFile } from '../../../src/platform/csv-inspection.ts';
import { FileChangedError, readRecords } from '../../../src/platform/csv-reading.ts';
import type { FileRecord } from '../../../src/platform/csv-records.ts';
import { RecordCutter } from '../../../src/platform/csv-records.ts';

const fixtures = fileURLToPath(new URL('../../fixtures/import/', import.meta.url));
let folder = '';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'navigator-csv-'));
});

afterAll(async () => {
  await rm(folder, { recursive: true });
});

async function inspected(path: string): Promise<TableFile> {
  const result = await inspectFile(path);
  if (!result.ok) throw new Error(result.sentence);
  return result.file;
}

async function recordsOf(file: TableFile, recordsPerBatch?: number): Promise<FileRecord[]> {
  const records: FileRecord[] = [];
  for await (const batch of readRecords(file, recordsPerBatch === undefined ? {} : { recordsPerBatch })) {
    records.push(...batch.records);
  }
  return records;
}

async function valuesOf(name: string): Promise<(readonly string[])[]> {
  return (await recordsOf(await inspected(fixtures + name))).map((record) => record.values);
}

async function written(name: string, content: string | Buffer): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, content);
  return path;
}

describe('the encoding of a customer file', () => {
  it.each([
    [
      'utf-8.csv',
      'utf-8',
      [
        ['1', 'Siobhán', 'Ynys Môn'],
        ['2', 'O’Brien', '£ Street'],
      ],
    ],
    ['utf-8-with-mark.csv', 'utf-8', [['1', 'Siobhán', 'Ynys Môn']]],
    [
      'windows-1252.csv',
      'windows-1252',
      [
        ['1', 'Siobhán', '£ Street'],
        ['2', 'O’Brien', 'Café €'],
      ],
    ],
  ])('of %s is found to be %s, and every letter survives', async (name, encoding, values) => {
    const file = await inspected(fixtures + name);
    expect(file.encoding).toBe(encoding);
    expect(file.headers).toEqual(['customer_no', 'surname', 'town']);
    expect(await valuesOf(name)).toEqual(values);
  });

  it('is refused when the file mixes two, naming a line of each, unless somebody says which it is', async () => {
    expect(await inspectFile(`${fixtures}two-encodings.csv`)).toEqual({
      ok: false,
      code: 'encoding_unknown',
      sentence:
        'The file mixes two encodings: line 3 is UTF-8 and line 4 is not; save it as "CSV UTF-8" and check the names on both lines.',
    });
    const told = await inspectFile(`${fixtures}two-encodings.csv`, { encoding: 'windows-1252' });
    expect(told).toMatchObject({ ok: true, file: { encoding: 'windows-1252' } });
    const refused = await inspectFile(`${fixtures}two-encodings.csv`, { encoding: 'utf-8' });
    expect(refused).toMatchObject({
      ok: false,
      sentence: 'Line 4 is not UTF-8; save the file as "CSV UTF-8".',
    });
  });

  it('is refused when the bytes are letters in neither', async () => {
    expect(await inspectFile(`${fixtures}unknown-encoding.csv`)).toMatchObject({
      ok: false,
      sentence: 'Line 3 is neither UTF-8 nor Windows-1252; save the file as "CSV UTF-8".',
    });
  });

  it('is judged by the whole file, however late the one telling byte comes', async () => {
    const lines = '1,Smith,Leeds\n'.repeat(200_000);
    const late = Buffer.concat([
      Buffer.from(`customer_no,surname,town\n${lines}`),
      Buffer.from('2,José,York\n', 'latin1'),
    ]);
    const file = await inspected(await written('late.csv', late));
    expect(file.encoding).toBe('windows-1252');
    expect((await recordsOf(file)).at(-1)).toMatchObject({ line: 200_002, values: ['2', 'José', 'York'] });
  });

  it('does not stumble over a letter that two pieces of the file share', async () => {
    const row = 'é'.repeat(1_000);
    for (const shift of [0, 1, 2, 3]) {
      const text = `a,${'x'.repeat(shift)}b\n${`1,${row}\n`.repeat(700)}`;
      const file = await inspected(await written(`cut-${shift}.csv`, text));
      expect(file.encoding).toBe('utf-8');
      expect((await recordsOf(file)).every((record) => record.values[1] === row)).toBe(true);
    }
  });
});

describe('a file that is not a customer list', () => {
  it.each([
    ['empty.csv', 'empty', 'The file is empty.'],
    ['blank-lines.csv', 'empty', 'The file holds nothing but blank lines.'],
    ['workbook.xlsx', 'not_csv', 'an Excel workbook'],
    ['old-workbook.xls', 'not_csv', 'an old Excel workbook'],
    ['document.pdf', 'not_csv', 'a PDF document'],
    ['page.html', 'not_csv', 'a web page'],
    ['records.json', 'not_csv', 'JSON'],
    ['utf-16.csv', 'not_csv', 'UTF-16'],
    ['compressed.csv.gz', 'not_csv', 'compressed'],
    ['nul-bytes.csv', 'not_csv', 'byte 25 is a zero'],
    ['no-separator.csv', 'not_csv', 'no comma, semicolon or tab'],
    ['column-twice.csv', 'column_twice', 'Columns 1 and 3 have the same name'],
    ['missing.csv', 'cannot_be_read', 'There is no file'],
    ['', 'cannot_be_read', 'is a folder'],
  ])('(%s) is refused as %s in one sentence', async (name, code, part) => {
    const result = await inspectFile(fixtures + name);
    expect(result).toMatchObject({ ok: false, code });
    const sentence = result.ok ? '' : result.sentence;
    expect(sentence).toContain(part);
    expect(sentence).toMatch(/\.$/);
  });

  it('is refused when its first line runs for 2 MB, or has more than 200 columns', async () => {
    const line = await written('line.csv', 'customer,'.repeat(250_000));
    expect(await inspectFile(line)).toMatchObject({ ok: false, code: 'not_csv' });
    const wide = await written(
      'wide.csv',
      `${Array.from({ length: 201 }, (_, index) => `c${index}`).join(',')}\n`,
    );
    expect(await inspectFile(wide)).toMatchObject({
      ok: false,
      code: 'too_many_columns',
      sentence: 'The file has 201 columns; at most 200 are read.',
    });
  });
});

describe('the records of a customer file', () => {
  it.each([
    ['semicolon.csv', ';', ['1', 'Smith', '12, High Street']],
    ['tab.csv', '\t', ['1', 'Smith', '12, High Street; Flat 2']],
  ])('of %s are separated as its header is', async (name, separator, values) => {
    expect((await inspected(fixtures + name)).separator).toBe(separator);
    expect(await valuesOf(name)).toEqual([values]);
  });

  it('keep line breaks and doubled marks inside quotation marks, and know the line they begin on', async () => {
    const records = await recordsOf(await inspected(`${fixtures}quoted-newline.csv`));
    expect(records).toEqual([
      {
        line: 2,
        values: ['1', 'Flat 2\n12 "Mill" Street', 'Leeds'],
        original: '1,"Flat 2\n12 ""Mill"" Street",Leeds',
        problem: null,
      },
      {
        line: 4,
        values: ['2', '1 High Street, Rear', 'York'],
        original: '2,"1 High Street, Rear",York',
        problem: null,
      },
      { line: 5, values: ['3', '5" Lane', 'Hull'], original: '3,5" Lane,Hull', problem: null },
    ]);
  });

  it('with values missing or left over are not used, because a flag could stand under the wrong column', async () => {
    const records = await recordsOf(await inspected(`${fixtures}ragged.csv`));
    expect(records.map((record) => [record.line, record.values[0], record.problem === null])).toEqual([
      [2, '1', true],
      [3, '2', false],
      [4, '3', false],
      [5, '4', true],
      [8, '5', true],
    ]);
    expect(records[1]?.problem).toContain('has 2 values where the header has 3 columns');
    expect(records[1]?.original).toBe('2,Jones');
  });

  it('with a stray quotation mark cost one line, never the customers after it', async () => {
    const records = await recordsOf(await inspected(`${fixtures}broken-quotes.csv`));
    expect(records.map((record) => [record.line, record.problem === null])).toEqual([
      [2, true],
      [3, false],
      [4, true],
      [5, false],
      [6, true],
    ]);
    expect(records[1]).toMatchObject({ original: '2,"Jones,York', values: [] });
    expect(records[4]?.values).toEqual(['5', 'Evans', 'Ely']);
  });

  it('longer than 1 MB are named and passed over in bounded memory', async () => {
    const path = await written(
      'long.csv',
      `a,b\n1,x\n2,${'y'.repeat(2_500_000)}\n3,z\n4,"${'quoted text\n'.repeat(100_000)}`,
    );
    const records = await recordsOf(await inspected(path));
    expect(records[0]).toMatchObject({ line: 2, values: ['1', 'x'] });
    expect(records[1]).toMatchObject({ line: 3, problem: expect.stringContaining('longer than 1 MB') });
    expect(records[1]?.original.length).toBe(10_000);
    expect(records[2]).toMatchObject({ line: 4, values: ['3', 'z'], problem: null });
    expect(records[3]).toMatchObject({ line: 5, problem: expect.stringContaining('quotation mark') });
    expect(records.length).toBe(4 + 100_000 - 1);
    expect(records.slice(3).every((record) => record.problem !== null)).toBe(true);
  });

  it('come in batches, with the bytes read, and none when there is only a header', async () => {
    const path = await written('many.csv', `a,b\n${'1,2\n'.repeat(10_001)}`);
    const file = await inspected(path);
    expect(file.bytes).toBe((await readFile(path)).length);
    expect(file.sha256).toBe(
      createHash('sha256')
        .update(await readFile(path))
        .digest('hex'),
    );
    const sizes: number[] = [];
    let bytesRead = 0;
    for await (const batch of readRecords(file, { recordsPerBatch: 4_000 })) {
      sizes.push(batch.records.length);
      bytesRead = batch.bytesRead;
    }
    expect(sizes).toEqual([4_000, 4_000, 2_001]);
    expect(bytesRead).toBe(file.bytes);
    expect(await valuesOf('header-only.csv')).toEqual([]);
    expect(await valuesOf('old-macintosh.csv')).toEqual([
      ['1', 'Smith'],
      ['2', 'Jones'],
    ]);
  });

  it('are not trusted when somebody wrote to the file after it was inspected', async () => {
    const path = await written('changed.csv', 'a,b\n1,2\n');
    const file = await inspected(path);
    await written('changed.csv', 'a,b\n1,3\n');
    await expect(recordsOf(file)).rejects.toThrow(FileChangedError);
  });
});

describe('cutting text into records', () => {
  const value = fc.string({
    unit: fc.constantFrom('a', 'é', ' ', ',', ';', '"', '\n', '\r\n', '1'),
    maxLength: 8,
  });
  const table = fc
    .integer({ min: 2, max: 5 })
    .chain((columns) =>
      fc.array(fc.array(value, { minLength: columns, maxLength: columns }), { minLength: 1, maxLength: 8 }),
    );

  function cut(text: string, pieceLength: number, columns: number, separator: ',' | ';' = ','): FileRecord[] {
    const cutter = new RecordCutter({ separator, lineEnd: '\n', columns });
    const records: FileRecord[] = [];
    for (let start = 0; start < text.length; start += pieceLength) {
      records.push(...cutter.push(text.slice(start, start + pieceLength)));
    }
    return records.concat(cutter.finish());
  }

  it('gives what was written, as csv-parse does, wherever the text is cut into pieces', () => {
    fc.assert(
      fc.property(
        table,
        fc.integer({ min: 1, max: 20 }),
        fc.constantFrom(',' as const, ';' as const),
        (rows, length, separator) => {
          const text = stringify(rows, { delimiter: separator, quoted_match: /[\r ;,]/ });
          const expected = (parse(text, { delimiter: separator }) as string[][]).filter((row) =>
            row.some((cell) => cell.trim() !== ''),
          );
          const records = cut(text, length, rows[0]?.length ?? 0, separator);
          expect(records.map((record) => record.values)).toEqual(expected);
          expect(records.every((record) => record.problem === null)).toBe(true);
        },
      ),
      { numRuns: 500 },
    );
  });

  it('never throws, loses no line and does not depend on the pieces, whatever the text', () => {
    const text = fc.string({ unit: fc.constantFrom('a', ',', '"', '\n', '\r', ' '), maxLength: 60 });
    fc.assert(
      fc.property(text, fc.integer({ min: 1, max: 7 }), (content, length) => {
        const records = cut(content, length, 2);
        expect(records).toEqual(cut(content, 1_000, 2));
        const lines = content.split('\n');
        for (const record of records) {
          const begins = (lines[record.line - 1] ?? '').replace(/\r+$/, '');
          expect(record.original.startsWith(begins)).toBe(true);
        }
        const kept = records.flatMap((record) => record.original.split('\n'));
        expect(kept.filter((line) => line.includes('a')).length).toBe(
          lines.filter((line) => line.includes('a')).length,
        );
      }),
      { numRuns: 2_000 },
    );
  });
});
