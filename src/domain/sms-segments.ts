/**
 * How a text message is cut into segments, each of which is paid for (3GPP TS 23.038, 23.040).
 *
 * GSM-7 holds 160 characters in one message and 153 in each part of a longer one; a character of its extension counts
 * twice. One character outside it makes the whole message UCS-2: 70, and 67 in each part. No character is cut in two.
 */
export interface SmsSegments {
  readonly encoding: 'gsm7' | 'ucs2';
  /** Septets, or UTF-16 code units. */
  readonly units: number;
  readonly segments: number;
  /** Units that still fit without another segment. */
  readonly unitsLeft: number;
  /** The characters that make it UCS-2, each once; none for GSM-7. */
  readonly forcedBy: readonly string[];
}

const basic = new Set(
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà',
);
const extension = new Set('\f^{}\\[~]|€');

const limits = {
  gsm7: { single: 160, part: 153 },
  ucs2: { single: 70, part: 67 },
} as const;

/** Characters that word processors put in and a telephone shows just as well without. */
const plainFor: Readonly<Record<string, string>> = {
  '\u2018': "'",
  '\u2019': "'",
  '\u201a': "'",
  '\u201b': "'",
  '`': "'",
  '\u201c': '"',
  '\u201d': '"',
  '\u201e': '"',
  '\u2010': '-',
  '\u2011': '-',
  '\u2013': '-',
  '\u2014': '-',
  '\u2212': '-',
  '\u2022': '-',
  '\u2026': '...',
  '\u00a0': ' ',
  '\u2009': ' ',
  '\u202f': ' ',
  '\t': ' ',
};

export function countSegments(text: string): SmsSegments {
  const characters = [...text];
  const forcedBy = [...new Set(characters.filter((one) => !basic.has(one) && !extension.has(one)))];
  const encoding = forcedBy.length === 0 ? 'gsm7' : 'ucs2';
  const widths = characters.map((one) => (encoding === 'ucs2' ? one.length : extension.has(one) ? 2 : 1));
  const units = widths.reduce((sum, width) => sum + width, 0);
  const { single, part } = limits[encoding];
  if (units <= single) return { encoding, units, segments: 1, unitsLeft: single - units, forcedBy };
  let segments = 1;
  let used = 0;
  for (const width of widths) {
    if (used + width > part) {
      segments += 1;
      used = 0;
    }
    used += width;
  }
  return { encoding, units, segments, unitsLeft: part - used, forcedBy };
}

/** The same words with plain quotation marks, dashes and spaces, which cost less than half. */
export function plainSmsText(text: string): string {
  return [...text.normalize('NFC').replaceAll('\r\n', '\n')].map((one) => plainFor[one] ?? one).join('');
}
