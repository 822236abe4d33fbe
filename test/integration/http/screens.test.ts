import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { gunzipSync, gzipSync } from 'node:zlib';
import type { LightMyRequestResponse } from 'fastify';
import { beforeAll, describe, expect, it } from 'vitest';
import { builtScreensFolder } from '../../../src/cli/screens.ts';
import { readScreens, screenRoutes } from '../../../src/staff-screens.ts';
import { useDatabase } from '../../support/database.ts';
import { useApi } from '../../support/http.ts';

const api = useApi(useDatabase(), { screens: async () => readScreens(await builtScreensFolder()) });
let folder = '';

beforeAll(async () => {
  folder = await builtScreensFolder();
}, 120_000);

const get = (url: string, headers: Record<string, string> = {}) => api.ask(url, { key: null, headers });

describe('the screens', () => {
  it.each(['/', '/sign-in', '/customers/no%3A1001', '/set-up', '/a/screen/of/tomorrow?tab=2'])(
    'are one page, whatever address of theirs is opened: %s',
    async (address) => {
      const page = await get(address);
      expect(page).toMatchObject({ status: 200 });
      expect(page.headers).toMatchObject({
        'content-type': 'text/html; charset=utf-8',
        'cache-control': 'no-cache',
      });
      expect(page.text).toContain('<div id="navigator">');
    },
  );

  it('run no script that is not a file of this installation, and are framed by nobody', async () => {
    const page = await get('/');
    const policy = String(page.headers['content-security-policy']);
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self';");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(page.text.match(/<script/g)).toHaveLength(page.text.match(/<script[^>]* src="\//g)?.length ?? 0);
  });

  it('are asked for again only when they changed', async () => {
    const page = await get('/');
    const again = await get('/', { 'if-none-match': String(page.headers['etag']) });
    expect(again).toMatchObject({ status: 304, text: '' });
    const script = /src="(\/assets\/[^"]+\.js)"/.exec(page.text)?.[1] ?? '';
    const asset = await get(script);
    expect(asset.headers).toMatchObject({
      'content-type': 'text/javascript; charset=utf-8',
      'cache-control': 'public, max-age=31536000, immutable',
    });
  });

  it('travel packed to a browser that can unpack them', async () => {
    const page = await get('/');
    const style = /href="(\/assets\/[^"]+\.css)"/.exec(page.text)?.[1] ?? '';
    const asked: Promise<LightMyRequestResponse> = api.app.inject({
      url: style,
      headers: { 'accept-encoding': 'gzip, br' },
    });
    const packed = await asked;
    expect(packed.headers['content-encoding']).toBe('gzip');
    expect(gunzipSync(packed.rawPayload).toString()).toBe((await get(style)).text);
  });

  it.each([
    '/assets/none.js',
    '/none.txt',
    '/api/v1/nothing',
    '/api',
    '/health/x',
    '/..%2fpackage.json',
    '/assets/../package.json',
    '/manifest.json',
  ])('do not stand in for what is not there: %s', async (address) => {
    const answer = await get(address);
    expect(answer).toMatchObject({ status: 404, body: { code: 'unknown-route' } });
  });

  it('take nothing: another method is refused', async () => {
    const answer = await api.ask('/customers', { key: null, body: { a: 1 } });
    expect(answer.status).toBe(404);
  });

  it('are not served without their page', async () => {
    await expect(readScreens(path.join(folder, 'assets'))).rejects.toThrow('no index.html');
    expect(screenRoutes(new Map())).toBeTypeOf('function');
  });
});

interface Chunk {
  readonly file: string;
  readonly isEntry?: boolean;
  readonly imports?: string[];
  readonly dynamicImports?: string[];
  readonly css?: string[];
}

const firstLoadBytesMax = 300 * 1024;

describe('the size of the screens', () => {
  it('stays within 300 KB packed for the first load, whichever screen it is', () => {
    const sizes = firstLoads();
    expect(sizes.length).toBeGreaterThan(3);
    expect(sizes.filter(({ bytes }) => bytes > firstLoadBytesMax)).toEqual([]);
  });

  it('is that of React for production, whoever builds it', () => {
    const scripts = readdirSync(path.join(folder, 'assets')).filter((name) => name.endsWith('.js'));
    const sources = scripts.map((name) => readFileSync(path.join(folder, 'assets', name), 'utf8'));
    expect(sources.filter((source) => source.includes('jsxDEV'))).toEqual([]);
  });

  it('is counted with everything a screen needs', () => {
    const all = firstLoads().map(({ bytes }) => bytes);
    expect(Math.min(...all)).toBeGreaterThan(50 * 1024);
  });
});

/** For each screen, what a browser loads that has nothing yet: the entry, the screen, and all they import. */
function firstLoads(): { screen: string; bytes: number }[] {
  const manifest = JSON.parse(readFileSync(path.join(folder, 'manifest.json'), 'utf8')) as Record<
    string,
    Chunk
  >;
  const entry = Object.keys(manifest).find((name) => manifest[name]?.isEntry === true) ?? '';
  const reach = (name: string, found: Set<string>): Set<string> => {
    const chunk = manifest[name];
    if (chunk === undefined || found.has(chunk.file)) return found;
    for (const file of [chunk.file, ...(chunk.css ?? [])]) found.add(file);
    for (const inner of chunk.imports ?? []) reach(inner, found);
    return found;
  };
  const screens = manifest[entry]?.dynamicImports ?? [];
  return screens.map((screen) => {
    const files = [...reach(screen, reach(entry, new Set()))];
    const bytes = files.reduce(
      (sum, file) => sum + gzipSync(readFileSync(path.join(folder, file))).length,
      0,
    );
    return { screen, bytes };
  });
}

describe('building the screens', () => {
  it('is not done again when nothing changed, and answers where they lie', async () => {
    expect(await builtScreensFolder()).toBe(folder);
    const { stderr } = await promisify(execFile)(process.execPath, ['src/cli.ts', 'build'], {
      cwd: path.resolve(import.meta.dirname, '..', '..', '..'),
    });
    expect(stderr).toBe('The screens are built.\n');
  });
});
