import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Readable } from 'node:stream';
import type { Browser } from '@playwright/test';
import { chromium } from '@playwright/test';
import { prepareBrowser } from '../journeys/support/browser.ts';
import type { Picture } from './pictures.ts';
import { pictures } from './pictures.ts';

/**
 * Takes the pictures of the documentation from a demonstration dealership of its own, so that they show what
 * there is: `npm run pictures`, or `npm run pictures -- record popup` for some.
 */
const projectFolder = path.resolve(import.meta.dirname, '..', '..');
const pictureFolder = path.join(projectFolder, 'docs', 'pictures');

interface Demonstration {
  readonly address: string;
  readonly password: string;
  readonly stop: () => Promise<void>;
}

const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !pictures.some((picture) => picture.name === name));
if (unknown.length > 0) {
  process.stderr.write(
    `There is no picture named ${unknown.join(', ')}; there are ${pictures.map(({ name }) => name).join(', ')}.\n`,
  );
  process.exit(2);
}

await mkdir(pictureFolder, { recursive: true });
const browser = await chromium.launch(await prepareBrowser());
const demonstration = await startDemonstration();
try {
  for (const picture of pictures) {
    if (asked.length === 0 || asked.includes(picture.name)) await take(browser, demonstration, picture);
  }
} finally {
  await browser.close();
  await demonstration.stop();
}

async function take(browser: Browser, { address, password }: Demonstration, picture: Picture): Promise<void> {
  const { name, username, at, width = 1280, height = 800, colours = 'light', first } = picture;
  const context = await browser.newContext({
    baseURL: address,
    viewport: { width, height },
    colorScheme: colours,
    reducedMotion: 'reduce',
    locale: 'en-GB',
    timezoneId: 'Europe/London',
  });
  const page = await context.newPage();
  if (username !== null) {
    const answer = await page.request.post('/api/v1/session', { data: { username, password } });
    if (!answer.ok()) throw new Error(`${username} could not sign in for the picture ${name}`);
  }
  await page.goto(at);
  await first?.(page);
  await page.waitForLoadState('networkidle');
  await page.screenshot({ path: path.join(pictureFolder, `${name}.png`), animations: 'disabled' });
  await context.close();
  process.stdout.write(`${name}.png\n`);
}

async function startDemonstration(): Promise<Demonstration> {
  const folder = await mkdtemp(path.join(tmpdir(), 'navigator-pictures-'));
  const child = spawn(process.execPath, ['src/cli.ts', 'start'], {
    cwd: projectFolder,
    env: { ...process.env, NAVIGATOR_DATA: folder, PORT: '0' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const stop = async (): Promise<void> => {
    child.kill('SIGTERM');
    await ended;
    await rm(folder, { recursive: true, force: true });
  };
  const door = await Promise.race([doorOf(child.stdout), ended.then(() => null)]);
  if (door === null) {
    await stop();
    throw new Error('The demonstration dealership did not start: see above');
  }
  return { ...door, stop };
}

/** Where it listens, and the one password of its accounts: both are printed once it is ready. */
async function doorOf(printed: Readable): Promise<Omit<Demonstration, 'stop'> | null> {
  let text = '';
  for await (const piece of printed.iterator({ destroyOnReturn: false })) {
    text += String(piece);
    const address = /ready at (\S+)\n/.exec(text)?.[1];
    const password = /the password (\S+)\n/.exec(text)?.[1];
    if (address === undefined || password === undefined) continue;
    printed.resume();
    return { address, password };
  }
  return null;
}
