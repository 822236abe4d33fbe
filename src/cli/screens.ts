import { spawn } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import type { Command } from 'commander';
import { StartError } from '../platform/start-error.ts';
import type { Screens } from '../staff-screens.ts';
import { readScreens } from '../staff-screens.ts';
import { interruptible } from './interruption.ts';
import { tell } from './output.ts';

/**
 * The screens are built from their sources when those changed, and not otherwise: a build lies in a folder
 * named after the hash of everything it was made from.
 */
const projectFolder = path.resolve(import.meta.dirname, '..', '..');
const builtFolder = path.join(projectFolder, 'dist', 'staff');
const buildTool = path.join(projectFolder, 'node_modules', 'vite', 'bin', 'vite.js');
const hashCharacters = 16;

export function addBuildCommand(program: Command): void {
  program
    .command('build')
    .description('Build the staff screens into dist/staff; start does it by itself when they changed')
    .action(async () => {
      await interruptible(builtScreensFolder);
      tell('The screens are built.');
    });
}

/** The screens, built anew if their sources changed. Throws StartError with a sentence when that fails. */
export async function openScreens(): Promise<Screens> {
  return readScreens(await interruptible(builtScreensFolder));
}

/** Where the screens lie that belong to these sources; builds them if they are not there yet. */
export async function builtScreensFolder(): Promise<string> {
  const folder = path.join(builtFolder, await hashOfSources());
  if (existsSync(folder)) return folder;
  if (existsSync(buildTool)) {
    tell('Building the screens, which takes a few seconds after a change.');
    await buildScreens(folder);
    return folder;
  }
  const [other] = await earlierBuilds(folder);
  if (other === undefined) {
    throw new StartError(
      'The screens are not built, and what builds them is not installed: run npm ci, then npm start.',
    );
  }
  tell('The screens were built from other sources than these; build them again with npm run build.');
  return other;
}

async function buildScreens(folder: string): Promise<void> {
  // Beside its place and renamed when it is complete, so that nobody is ever served half a build.
  const draft = path.join(projectFolder, 'dist', `.staff-${randomBytes(4).toString('hex')}`);
  try {
    await mkdir(draft, { recursive: true });
    await mkdir(builtFolder, { recursive: true });
    await runBuildTool(draft);
    await putInPlace(draft, folder);
    // Whoever was started with an earlier build has it in memory.
    for (const earlier of await earlierBuilds(folder)) await rm(earlier, { recursive: true, force: true });
  } catch (error) {
    throw explained(error);
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
}

async function putInPlace(draft: string, folder: string): Promise<void> {
  try {
    await rename(draft, folder);
  } catch (error) {
    // Another start was as quick, with the same result.
    if (!existsSync(folder)) throw error;
  }
}

async function earlierBuilds(folder: string): Promise<string[]> {
  if (!existsSync(builtFolder)) return [];
  const names = await readdir(builtFolder);
  return names.map((name) => path.join(builtFolder, name)).filter((build) => build !== folder);
}

function runBuildTool(outFolder: string): Promise<void> {
  const options = [
    'build',
    'web/staff',
    '--outDir',
    outFolder,
    '--configLoader',
    'native',
    '--logLevel',
    'error',
  ];
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const child = spawn(process.execPath, [buildTool, ...options], {
    cwd: projectFolder,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said += text;
  });
  child.once('error', reject);
  child.once('close', (code) => {
    if (code === 0) resolve();
    else reject(new Error(said.trim() || `the build tool ended with ${code ?? 'a signal'}`));
  });
  return promise;
}

function explained(error: unknown): StartError {
  const code = (error as NodeJS.ErrnoException).code;
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS') {
    return new StartError(
      'The screens cannot be built, because the folder dist may not be written to: run npm run build as the ' +
        'owner of the program’s folder, or give this account the right to write there.',
      { cause: error },
    );
  }
  if (code === 'ENOSPC') {
    return new StartError(
      'The screens cannot be built, because the disk is full: make room, and start again.',
      {
        cause: error,
      },
    );
  }
  tell(error instanceof Error ? error.message : String(error));
  return new StartError(
    'The screens cannot be built: the lines above say why. Run npm ci, and start again.',
    {
      cause: error,
    },
  );
}

/** One hash over the names and contents of everything that ends up in the screens. */
async function hashOfSources(): Promise<string> {
  const hash = createHash('sha256');
  for (const file of await sourceFiles()) {
    const bytes = await readFile(path.join(projectFolder, file));
    hash.update(`${file.split(path.sep).join('/')}\0${bytes.length}\0`).update(bytes);
  }
  return hash.digest('hex').slice(0, hashCharacters);
}

async function sourceFiles(): Promise<string[]> {
  const web = (await filesBelow('web')).filter((file) => !file.endsWith('.test.ts'));
  const domain = (await filesBelow('src/domain')).filter((file) => !file.endsWith('.test.ts'));
  const contracts = (await filesBelow('src/features')).filter((file) =>
    /[\\/](?:contract|roles)\.ts$/.test(file),
  );
  return ['package-lock.json', ...web, ...domain, ...contracts].sort();
}

async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(path.join(projectFolder, folder), { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(projectFolder, path.join(entry.parentPath, entry.name)));
}
