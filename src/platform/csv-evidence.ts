import { isAscii, isUtf8 } from 'node:buffer';
import { createHash } from 'node:crypto';

/** Bytes from the start of the file that are kept: more than the longest record, in characters of two bytes. */
const headBytesMin = 2 * 1024 * 1024;

/** What a first reading of every byte gathers. */
export interface Evidence {
  readonly hash: ReturnType<typeof createHash>;
  bytes: number;
  head: Buffer;
  /** A character cut in two by the end of a piece. */
  rest: Buffer;
  firstNullAt: number | null;
  firstUtf8At: number | null;
  firstOtherAt: number | null;
  firstUndefinedAt: number | null;
}

export function newEvidence(): Evidence {
  return {
    hash: createHash('sha256'),
    bytes: 0,
    head: Buffer.alloc(0),
    rest: Buffer.alloc(0),
    firstNullAt: null,
    firstUtf8At: null,
    firstOtherAt: null,
    firstUndefinedAt: null,
  };
}

/** Takes the next piece of the file into account. The last call has no bytes and says so. */
export function lookAt(evidence: Evidence, piece: Buffer, isLast = false): void {
  evidence.hash.update(piece);
  if (evidence.head.length < headBytesMin) evidence.head = Buffer.concat([evidence.head, piece]);
  const offset = evidence.bytes - evidence.rest.length;
  evidence.bytes += piece.length;
  const bytes = evidence.rest.length === 0 ? piece : Buffer.concat([evidence.rest, piece]);
  const whole = isLast ? bytes : bytes.subarray(0, bytes.length - cutCharacterLength(bytes));
  evidence.rest = Buffer.from(bytes.subarray(whole.length));
  if (evidence.firstNullAt === null && whole.includes(0)) evidence.firstNullAt = offset + whole.indexOf(0);
  if (isAscii(whole)) return;
  if (evidence.firstUtf8At !== null && isUtf8(whole)) return;
  weighCharacters(evidence, whole, offset);
}

function weighCharacters(evidence: Evidence, bytes: Buffer, offset: number): void {
  let at = 0;
  // A byte order mark says what the writer meant, not what the text holds.
  if (offset === 0 && hasByteOrderMark(bytes)) at = 3;
  while (at < bytes.length) {
    const byte = bytes[at] ?? 0;
    if (byte < 0x80) {
      at += 1;
      continue;
    }
    const length = utf8Length(bytes, at);
    if (length > 0) evidence.firstUtf8At ??= offset + at;
    else {
      evidence.firstOtherAt ??= offset + at;
      if (undefinedInWindows1252.has(byte)) evidence.firstUndefinedAt ??= offset + at;
    }
    at += Math.max(length, 1);
  }
}

const undefinedInWindows1252: ReadonlySet<number> = new Set([0x81, 0x8d, 0x8f, 0x90, 0x9d]);

/** Bytes of the UTF-8 sequence that begins here; 0 when none does. */
function utf8Length(bytes: Buffer, at: number): number {
  const expected = expectedLength(bytes[at] ?? 0);
  if (expected === 0 || at + expected > bytes.length) return 0;
  return isUtf8(bytes.subarray(at, at + expected)) ? expected : 0;
}

function expectedLength(lead: number): number {
  if (lead >= 0xc2 && lead <= 0xdf) return 2;
  if (lead >= 0xe0 && lead <= 0xef) return 3;
  return lead >= 0xf0 && lead <= 0xf4 ? 4 : 0;
}

/** How many of the last bytes begin a UTF-8 character that the next piece may complete. */
function cutCharacterLength(bytes: Buffer): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back += 1) {
    const byte = bytes[bytes.length - back] ?? 0;
    if ((byte & 0xc0) === 0x80) continue;
    return expectedLength(byte) > back ? back : 0;
  }
  return 0;
}

export function hasByteOrderMark(bytes: Buffer): boolean {
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
}
