import { createHash } from 'node:crypto';
import { stringify } from 'csv-stringify/sync';
import { blocksOf } from '../domain/email-layout.ts';
import type { LetterFile, PrintedLetter } from '../platform/letter-pdf.ts';
import { printLetters, unprintable } from '../platform/letter-pdf.ts';

/** A finished letter, in plain values. */
export interface OutgoingLetter {
  readonly id: string;
  /** Lines of the address, the name first and the postcode last. */
  readonly recipient: readonly string[];
  readonly postcode: string;
  readonly letterhead: readonly string[];
  /** As it is read. */
  readonly date: string;
  readonly subject: string | null;
  readonly body: string;
  readonly optOut: string | null;
}

/** One file to be printed, with what is in it. */
export interface LetterBatch {
  readonly pdf: Buffer;
  /** SHA-256 of the file, hexadecimal. */
  readonly sha256: string;
  /** CSV: which letter is where in the file, without a name in it. */
  readonly manifest: string;
  readonly printed: readonly { readonly id: string; readonly pages: number }[];
  /** Letters that hold characters nobody could print; they are not in the file. */
  readonly leftOut: readonly { readonly id: string; readonly characters: readonly string[] }[];
}

export interface LetterGateway {
  /** Makes the file of a batch, in the order of postcodes. The same letters make the same bytes. */
  print(letters: readonly OutgoingLetter[], madeAt: number): Promise<LetterBatch>;
}

/** Letters leave by hand: the file is what leaves the program. */
export function letterGateway(): LetterGateway {
  return { print: printBatch };
}

async function printBatch(letters: readonly OutgoingLetter[], madeAt: number): Promise<LetterBatch> {
  const judged = letters.map((letter) => ({ letter, characters: unprintableIn(letter) }));
  const fit = judged
    .filter(({ characters }) => characters.length === 0)
    .map(({ letter }) => letter)
    .sort((a, b) => compare(sortable(a.postcode), sortable(b.postcode)) || compare(a.id, b.id));
  const file = await printLetters(fit.map(printedLetter), { title: 'Letters', language: 'en-GB', madeAt });
  const sha256 = createHash('sha256').update(file.bytes).digest('hex');
  return {
    pdf: file.bytes,
    sha256,
    manifest: manifestOf(fit, file, sha256),
    printed: fit.map(({ id }, index) => ({ id, pages: file.pages[index] ?? 0 })),
    leftOut: judged
      .filter(({ characters }) => characters.length > 0)
      .map(({ letter: { id }, characters }) => ({ id, characters })),
  };
}

function printedLetter({
  recipient,
  letterhead,
  date,
  subject,
  body,
  optOut,
}: OutgoingLetter): PrintedLetter {
  return { recipient, letterhead, date, subject, blocks: blocksOf(body), smallPrint: optOut };
}

function unprintableIn({ recipient, letterhead, subject, body, optOut }: OutgoingLetter): string[] {
  return unprintable([...recipient, ...letterhead, subject ?? '', body, optOut ?? ''].join('\n'));
}

function manifestOf(letters: readonly OutgoingLetter[], { pages }: LetterFile, sha256: string): string {
  let first = 1;
  const rows = letters.map(({ id, postcode }, index) => {
    const row = [index + 1, id, areaOf(postcode), pages[index] ?? 0, first, sha256];
    first += pages[index] ?? 0;
    return row;
  });
  return stringify(
    [['Sequence', 'Message', 'Postcode area', 'Pages', 'First page', 'SHA-256 of the file'], ...rows],
    {
      record_delimiter: '\r\n',
      escape_formulas: true,
    },
  );
}

function areaOf(postcode: string): string {
  return /^[A-Z]{1,2}/i.exec(postcode.trim())?.[0].toUpperCase() ?? '';
}

/** S2 before S10: the digits of the outward code count as a number. */
function sortable(postcode: string): string {
  const bare = postcode.toUpperCase().replaceAll(/\s+/g, '');
  const [, area = bare, district = '', rest = ''] =
    /^([A-Z]{1,2})(\d{1,2})([A-Z]?\d[A-Z]{2})$/.exec(bare) ?? [];
  return `${area.padEnd(2)} ${district.padStart(2, '0')} ${rest}`;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
