import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import PDFDocument from 'pdfkit';

/**
 * Letters as one tagged PDF (PDF/UA), laid out for a windowed envelope: A4 folded in three, in a DL envelope with the
 * window of BS 4264 (90 × 35 mm, 20 mm from the left and 18 mm from the bottom). Wherever the sheet slides to in its
 * envelope, the whole address shows and nothing else does. The same letters always make the same bytes.
 */
export interface PrintedLetter {
  /** Lines of the address, the name first and the postcode last. */
  readonly recipient: readonly string[];
  /** The letterhead: the first line is the name. */
  readonly letterhead: readonly string[];
  /** As it is read, such as 23 November 2026. */
  readonly date: string;
  readonly subject: string | null;
  readonly blocks: readonly { readonly kind: 'paragraph' | 'list'; readonly lines: readonly string[] }[];
  /** In small print at the end; null for a service message. */
  readonly smallPrint: string | null;
}

export interface LetterFile {
  readonly bytes: Buffer;
  /** For each letter, the pages it takes. */
  readonly pages: readonly number[];
}

const millimetre = 72 / 25.4;
const page = { width: 210, height: 297, left: 22, right: 22, top: 25, bottom: 27 } as const;
/** The part of the first page that shows in the window wherever the sheet lies: x from 20 to 100, y from 57 to 81. */
const windowArea = { left: 22, top: 57.5, width: 78, lines: 6, leading: 3.9 } as const;
const bodyTop = 98;
const bodySize = 10.5;

const fonts = {
  regular: readFont(import.meta.resolve('roboto-fontface/fonts/roboto/Roboto-Regular.woff')),
  bold: readFont(import.meta.resolve('roboto-fontface/fonts/roboto/Roboto-Bold.woff')),
};

function readFont(url: string): () => Buffer {
  let bytes: Buffer | undefined;
  return () => {
    bytes ??= readFileSync(fileURLToPath(url));
    return bytes;
  };
}

/**
 * @param title of the whole file.
 * @param madeAt milliseconds since 1970, written into the file.
 */
export async function printLetters(
  letters: readonly PrintedLetter[],
  { title, language, madeAt }: { readonly title: string; readonly language: string; readonly madeAt: number },
): Promise<LetterFile> {
  const doc = newDocument(title, language, madeAt);
  const chunks: Buffer[] = [];
  doc.on('data', (chunk: Buffer) => chunks.push(chunk));
  const ended = new Promise<void>((resolve, reject) => {
    doc.on('end', resolve);
    doc.on('error', reject);
  });
  const root = doc.struct('Document');
  doc.addStructure(root);
  const pages: number[] = [];
  for (const letter of letters) {
    const section = doc.struct('Sect');
    root.add(section);
    pages.push(printOne(doc, section, letter));
    section.end();
    doc.flushPages();
  }
  root.end();
  doc.end();
  await ended;
  return { bytes: Buffer.concat(chunks), pages };
}

type Document = InstanceType<typeof PDFDocument>;
type Structure = ReturnType<Document['struct']>;

function newDocument(title: string, language: string, madeAt: number): Document {
  const options: ConstructorParameters<typeof PDFDocument>[0] = {
    size: 'A4',
    pdfVersion: '1.7',
    tagged: true,
    lang: language,
    displayTitle: true,
    autoFirstPage: false,
    bufferPages: true,
    margins: {
      left: page.left * millimetre,
      right: page.right * millimetre,
      top: page.top * millimetre,
      bottom: page.bottom * millimetre,
    },
    info: { Title: title, CreationDate: new Date(madeAt), Producer: 'Navigator', Creator: 'Navigator' },
  };
  // why: its types do not know this one of its subsets.
  const doc = new PDFDocument(Object.assign(options, { subset: 'PDF/UA' }));
  doc.registerFont('regular', fonts.regular());
  doc.registerFont('bold', fonts.bold());
  return doc;
}

/** Answers the number of its pages. */
function printOne(doc: Document, section: Structure, letter: PrintedLetter): number {
  doc.addPage();
  printHead(doc, section, letter);
  doc.y = bodyTop * millimetre;
  doc.x = page.left * millimetre;
  if (letter.subject !== null) {
    const subject = letter.subject;
    add(doc, section, 'H1', () => {
      doc
        .font('bold')
        .fontSize(bodySize + 1)
        .text(printable(subject), { paragraphGap: 8 });
    });
  }
  for (const { kind, lines } of letter.blocks) {
    if (kind === 'list') printList(doc, section, lines);
    else printParagraph(doc, section, lines.join('\n'));
  }
  if (letter.smallPrint !== null) {
    const smallPrint = letter.smallPrint;
    printTogether(doc, section, smallPrint);
  }
  return numberPages(doc);
}

function printHead(doc: Document, section: Structure, { letterhead, recipient, date }: PrintedLetter): void {
  const [name = '', ...rest] = letterhead;
  const head = { left: 125 * millimetre, width: 63 * millimetre };
  add(doc, section, 'P', () => {
    doc
      .font('bold')
      .fontSize(13)
      .text(printable(name), head.left, 14 * millimetre, { width: head.width, paragraphGap: 3 });
    doc.font('regular').fontSize(9);
    for (const line of rest.slice(0, 8)) doc.text(printable(line), { width: head.width });
  });
  add(doc, section, 'P', () => {
    doc.font('regular').fontSize(10);
    addressLines(recipient).forEach((line, index) => {
      const top = (windowArea.top + index * windowArea.leading) * millimetre;
      doc.text(fitting(doc, printable(line)), windowArea.left * millimetre, top, { lineBreak: false });
    });
  });
  add(doc, section, 'P', () => {
    doc
      .font('regular')
      .fontSize(bodySize)
      .text(date, head.left, 84 * millimetre, { width: head.width });
  });
}

function printParagraph(doc: Document, section: Structure, text: string): void {
  add(doc, section, 'P', () => {
    doc.font('regular').fontSize(bodySize).text(printable(text), { lineGap: 2.5, paragraphGap: 8 });
  });
}

/** Small print that is never torn over two pages. */
function printTogether(doc: Document, section: Structure, text: string): void {
  const words = printable(text);
  const options = { lineGap: 1.5 };
  doc.moveDown(1.2);
  doc.font('regular').fontSize(8.5);
  if (doc.y + doc.heightOfString(words, options) > doc.page.maxY()) doc.addPage();
  add(doc, section, 'P', () => {
    doc.fillColor('#333333').text(words, options);
    doc.fillColor('#000000');
  });
}

function printList(doc: Document, section: Structure, lines: readonly string[]): void {
  const list = doc.struct('L');
  section.add(list);
  const left = page.left * millimetre;
  for (const line of lines) {
    const item = doc.struct('LI');
    list.add(item);
    doc.font('regular').fontSize(bodySize);
    if (doc.y + doc.currentLineHeight(true) > doc.page.maxY()) doc.addPage();
    const top = doc.y;
    add(doc, item, 'Lbl', () => doc.text('•', left, top, { lineBreak: false }));
    add(doc, item, 'LBody', () => {
      doc.text(printable(line), left + 5 * millimetre, top, { lineGap: 2.5 });
    });
    item.end();
    doc.x = left;
  }
  list.end();
  doc.y += 8;
}

/** "Page 2 of 3" on what is more than one page; seen, and passed over when it is read aloud. */
function numberPages(doc: Document): number {
  const { start, count } = doc.bufferedPageRange();
  for (let index = 0; count > 1 && index < count; index += 1) {
    doc.switchToPage(start + index);
    doc.markContent('Artifact', { type: 'Pagination' } as Parameters<Document['markContent']>[1]);
    // why: below the margin, where the text would otherwise ask for another page.
    doc.page.margins.bottom = 0;
    doc
      .font('regular')
      .fontSize(8.5)
      .text(`Page ${index + 1} of ${count}`, page.left * millimetre, (page.height - 16) * millimetre, {
        lineBreak: false,
      });
    doc.endMarkedContent();
  }
  return count;
}

function add(doc: Document, parent: Structure, type: string, draw: () => void): void {
  parent.add(doc.struct(type, {}, draw));
}

/** At most six lines: what the Royal Mail needs least shares a line first. */
function addressLines(lines: readonly string[]): string[] {
  const given = lines.map((line) => line.trim()).filter((line) => line !== '');
  while (given.length > windowArea.lines) {
    // The lines between name and postcode, from the top.
    const [joined = '', next = ''] = given.splice(1, 2);
    given.splice(1, 0, `${joined}, ${next}`);
  }
  return given;
}

/** As much of a line as the window shows. */
function fitting(doc: Document, line: string): string {
  const width = windowArea.width * millimetre;
  let size = 10;
  doc.fontSize(size);
  while (size > 7 && doc.widthOfString(line) > width) {
    size -= 0.5;
    doc.fontSize(size);
  }
  let shown = line;
  while (shown.length > 1 && doc.widthOfString(shown) > width) shown = shown.slice(0, -1);
  return shown;
}

/** Characters that the font of letters cannot print, each once: a letter with any of them is not to be sent. */
export function unprintable(text: string): string[] {
  const covered = coverage();
  return [...new Set(printable(text))].filter(
    (one) => !covered.has(one.codePointAt(0) ?? 0) && !/^[\n\r\t]$/.test(one),
  );
}

/** The same text with characters that print alike in place of those the font lacks. */
function printable(text: string): string {
  const covered = coverage();
  return [
    ...text
      .normalize('NFC')
      .replaceAll('\r\n', '\n')
      .replaceAll('\t', ' ')
      .replaceAll(/\p{Cf}/gu, ''),
  ]
    .map((one) => {
      if (one === '\n' || covered.has(one.codePointAt(0) ?? 0)) return one;
      const bare = one.normalize('NFKD').replaceAll(/\p{M}/gu, '');
      return bare !== '' && [...bare].every((each) => covered.has(each.codePointAt(0) ?? 0)) ? bare : one;
    })
    .join('');
}

let covered: ReadonlySet<number> | undefined;

function coverage(): ReadonlySet<number> {
  if (covered === undefined) {
    const doc = newDocument('', 'en-GB', 0).font('regular') as unknown as {
      readonly _font: { readonly font: { readonly characterSet: readonly number[] } };
    };
    covered = new Set(doc._font.font.characterSet);
  }
  return covered;
}
