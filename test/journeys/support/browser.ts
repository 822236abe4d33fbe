import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { LaunchOptions } from '@playwright/test';

/**
 * The browser of the journeys: a Chromium out of an npm package, unpacked once into the temporary folder; on
 * a system it is not made for, the Chrome that is installed there.
 */
const packageFolder = path.resolve(import.meta.dirname, '..', '..', '..', 'node_modules/@sparticuz/chromium');
const packaged = process.platform === 'linux' && process.arch === 'x64';

/** Unpacks the browser unless an earlier run has, and answers how it is launched. */
export async function prepareBrowser(): Promise<LaunchOptions> {
  if (!packaged) return { channel: 'chrome' };
  const folder = await unpackedFolder();
  const executablePath = path.join(folder, 'chromium');
  // Root may not use the sandbox. The pages are ours, and nothing else is opened.
  const args = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const plain = { ...ownEnvironment(), ...(await fontSettings(folder)) };
  const withLibraries = { ...plain, LD_LIBRARY_PATH: path.join(folder, 'al2023', 'lib') };
  const env = [plain, withLibraries].find((settings) => starts(executablePath, settings));
  if (env === undefined) {
    throw new Error(`The browser in ${folder} does not start here: remove that folder and try again.`);
  }
  return { executablePath, args, env };
}

async function unpackedFolder(): Promise<string> {
  const { version } = JSON.parse(await readFile(path.join(packageFolder, 'package.json'), 'utf8')) as {
    version: string;
  };
  const account = process.getuid?.() ?? 0;
  const folder = path.join(tmpdir(), `navigator-browser-${version}-${account}`);
  if (existsSync(folder)) return folder;
  // In a folder of its own, renamed when it is complete: two runs that begin together both find a whole one.
  const draft = await mkdtemp(`${folder}-`);
  try {
    await unpackInto(draft);
    await rename(draft, folder);
  } catch (error) {
    if (!existsSync(folder)) throw error;
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
  return folder;
}

// The package unpacks into the temporary folder of the process, wherever that is.
async function unpackInto(folder: string): Promise<void> {
  const usual = process.env['TMPDIR'];
  process.env['TMPDIR'] = folder;
  try {
    const { default: chromium, inflate } = await import('@sparticuz/chromium');
    await chromium.executablePath();
    await inflate(path.join(packageFolder, 'bin', 'al2023.tar.br'));
  } finally {
    if (usual === undefined) delete process.env['TMPDIR'];
    else process.env['TMPDIR'] = usual;
  }
}

/** On a machine without any fonts, those of the package. */
async function fontSettings(folder: string): Promise<Record<string, string>> {
  if (existsSync('/etc/fonts/fonts.conf')) return {};
  const settings = path.join(folder, 'font-settings');
  const cache = path.join(folder, 'font-cache');
  await mkdir(settings, { recursive: true });
  await writeFile(
    path.join(settings, 'fonts.conf'),
    `<?xml version="1.0"?><fontconfig><dir>${path.join(folder, 'fonts')}</dir><cachedir>${cache}</cachedir></fontconfig>\n`,
  );
  return { FONTCONFIG_PATH: settings };
}

function ownEnvironment(): Record<string, string> {
  return Object.fromEntries(
    Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}

/** Whether the browser finds the libraries of the system that it needs. */
function starts(executablePath: string, env: Record<string, string>): boolean {
  try {
    execFileSync(executablePath, ['--version'], { env, stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
