import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Routes } from './platform/http.ts';
import { replyWithUnknownRoute } from './platform/http-problem.ts';

/** The staff application as it was built: every file in memory, so that no request ever reaches the disk. */
export type Screens = ReadonlyMap<string, ScreenFile>;

interface ScreenFile {
  readonly bytes: Buffer;
  readonly mediaType: string;
  readonly etag: string;
  /** Named after its content, so that a browser may keep it for ever. */
  readonly isImmutable: boolean;
  /** Null where packing gains nothing. */
  readonly gzip: Buffer | null;
}

const mediaTypes: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
};
const page = '/index.html';

/** Reads what was built. Throws what readdir throws when nothing was, and for a build without its page. */
export async function readScreens(folder: string): Promise<Screens> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = new Map<string, ScreenFile>();
  for (const entry of entries) {
    const mediaType = mediaTypes[path.extname(entry.name)];
    if (!entry.isFile() || mediaType === undefined) continue;
    const file = path.join(entry.parentPath, entry.name);
    const address = `/${path.relative(folder, file).split(path.sep).join('/')}`;
    const bytes = await readFile(file);
    const gzip = gzipSync(bytes);
    files.set(address, {
      bytes,
      mediaType,
      etag: `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 22)}"`,
      isImmutable: address.startsWith('/assets/'),
      gzip: gzip.length < bytes.length ? gzip : null,
    });
  }
  if (!files.has(page)) throw new Error('The built screens have no index.html.');
  return files;
}

/**
 * Serves the screens: their files by name, and the one page at every other address, since the application in
 * the browser knows its own. Addresses of the API are never the page.
 */
export function screenRoutes(screens: Screens): Routes {
  return (app) => {
    app.get('/*', { config: { access: 'public' }, schema: { hide: true } }, async (request, reply) => {
      const address = request.url.replace(/[?#].*$/, '');
      const file = screens.get(address) ?? (isScreen(address) ? screens.get(page) : undefined);
      return file === undefined ? replyWithUnknownRoute(request, reply) : sendFile(request, reply, file);
    });
  };
}

// A name with an ending is a file; one that is not there is missing, and not a screen.
function isScreen(address: string): boolean {
  return !/^\/(?:api|assets|health)(?:\/|$)/.test(address) && !/\.\w+$/.test(address);
}

function sendFile(request: FastifyRequest, reply: FastifyReply, file: ScreenFile): FastifyReply {
  reply
    .header('etag', file.etag)
    .header('cache-control', file.isImmutable ? 'public, max-age=31536000, immutable' : 'no-cache')
    .header('vary', 'accept-encoding')
    .header('content-security-policy', contentSecurityPolicy);
  if (request.headers['if-none-match'] === file.etag) return reply.code(304).send();
  reply.type(file.mediaType);
  if (file.gzip === null || !/\bgzip\b/.test(String(request.headers['accept-encoding'] ?? ''))) {
    return reply.send(file.bytes);
  }
  return reply.header('content-encoding', 'gzip').send(file.gzip);
}

/**
 * Scripts come from files of this installation alone. Styles may stand in the page, because the components
 * place their menus and dialogs by them.
 */
const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self'",
  "connect-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');
