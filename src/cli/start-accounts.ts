import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { isDemonstrationWhole } from '../../seeds/demonstration.ts';
import {
  demonstrationActors,
  demonstrationStaff,
  newDemonstrationPassword,
  openDemonstrationStaff,
} from '../../seeds/demonstration-staff.ts';
import type { Config } from '../config.ts';
import { makeSetUpToken } from '../features/users/set-up/service.ts';
import type { Actor, Context } from '../platform/context.ts';
import { table } from './output.ts';

/** Sees to it that somebody can sign in, and answers the lines that say how. */
export async function prepareSignIn(context: Context, config: Config, address: string): Promise<string[]> {
  return config.demo ? openDemonstration(context, config, address) : openRealOne(context, address);
}

/** Lets the staff of the demonstration in, and answers who is at the desk of each branch, by its code. */
export async function staffTheDemonstration(
  context: Context,
  config: Config,
): Promise<Readonly<Record<string, Actor>>> {
  await openDemonstrationStaff(context, await demonstrationPassword(config));
  return demonstrationActors(context);
}

async function demonstrationPassword({ dataFolder }: Config): Promise<string> {
  const kept = await readKept(dataFolder, passwordFile);
  const password = kept ?? newDemonstrationPassword();
  if (kept === null) await keep(dataFolder, passwordFile, password);
  return password;
}

async function openDemonstration(context: Context, config: Config, address: string): Promise<string[]> {
  const password = await demonstrationPassword(config);
  await openDemonstrationStaff(context, password);
  const people = demonstrationStaff.map(({ username, role, fullName }) => [username, role, fullName]);
  const lines = [
    ...((await isDemonstrationWhole(context)) ? [] : [notWhole]),
    'Demonstration dealership: made-up people, nothing is ever sent.',
    `Sign in with one of these usernames and the password ${password}`,
    '',
    ...table(['Username', 'Role', 'Name'], people).split('\n'),
  ];
  const key = await readKept(config.dataFolder, keyFile);
  if (key === null) return lines;
  return [
    ...lines,
    '',
    'Programs sign in with an API key. Try it:',
    `  curl -s -H "Authorization: Bearer ${key}" ${address}/api/v1/customers/no:20418/permissions`,
  ];
}

async function openRealOne(context: Context, address: string): Promise<string[]> {
  const token = await makeSetUpToken(context);
  const keys = [
    'Programs sign in with an API key. Make one with:',
    '  npm run -s navigator -- api-key create --name "My first key" --scope everything',
  ];
  if (token === null) return keys;
  return [
    'Nobody can administer this installation yet. Make the first administrator here, within 24 hours:',
    // The fragment of an address is sent to no server, so it is in no log.
    `  ${address}/set-up#${token}`,
    'The link can be used once. A new one is printed at each start until then.',
    ...keys,
  ];
}

const notWhole =
  'The demonstration is not complete: it was stopped while it was filled, or another Navigator is filling it now. For a ' +
  'complete one, remove the data folder, or set NAVIGATOR_DATA to another, and start again.';
const keyFile = 'demonstration-api-key';
const passwordFile = 'demonstration-password';

/** The key of the demonstration is kept to be shown again at the next start. */
export async function keepDemonstrationKey(dataFolder: string, key: string): Promise<void> {
  await keep(dataFolder, keyFile, key);
}

/** Beside the database of the demonstration, readable by its owner only. */
async function keep(dataFolder: string, file: string, text: string): Promise<void> {
  await writeFile(path.join(dataFolder, file), `${text}\n`, { mode: 0o600 });
}

async function readKept(dataFolder: string, file: string): Promise<string | null> {
  try {
    return (await readFile(path.join(dataFolder, file), 'utf8')).trim();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}
