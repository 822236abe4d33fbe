import { createReadStream } from 'node:fs';

/** A file that can be read from its beginning as often as it takes, wherever it is kept. */
export interface ReadableFile {
  /** What people know it by, for a sentence about it. */
  readonly name: string;
  /** Throws UnreadableFileError when it is not there, or is there no more. */
  read(): AsyncIterable<Buffer>;
}

/** The message is one sentence for a person. */
export class UnreadableFileError extends Error {
  override name = 'UnreadableFileError';
}

const pieceBytes = 512 * 1024;

export function fileOnDisk(path: string): ReadableFile {
  return { name: path, read: () => piecesOnDisk(path) };
}

async function* piecesOnDisk(path: string): AsyncGenerator<Buffer> {
  const stream = createReadStream(path, { highWaterMark: pieceBytes });
  try {
    for await (const piece of stream) yield piece as Buffer;
  } catch (cause) {
    throw new UnreadableFileError(unreadableSentence(path, cause), { cause });
  }
}

function unreadableSentence(path: string, error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'ENOENT') return `There is no file ${path}.`;
  if (code === 'EISDIR') return `${path} is a folder, not a file.`;
  if (code === 'EACCES' || code === 'EPERM') return `You have no right to read ${path}.`;
  return `${path} cannot be read (${String(code ?? 'unknown reason')}).`;
}
