import { randomInt } from 'node:crypto';
import { listBranches } from '../src/features/branches/service.ts';
import type { DemonstrationAccount } from '../src/features/users/demonstration/service.ts';
import { openDemonstrationAccounts } from '../src/features/users/demonstration/service.ts';
import type { Role } from '../src/features/users/roles.ts';
import { listUsers } from '../src/features/users/staff/service.ts';
import type { Actor, Context } from '../src/platform/context.ts';

/** Somebody of every role in the demonstration dealership: made-up people. */
export const demonstrationStaff: readonly {
  readonly username: string;
  readonly fullName: string;
  readonly role: Role;
  readonly branch: string;
}[] = [
  { username: 'amira', fullName: 'Amira Khan', role: 'adviser', branch: 'Sheffield' },
  { username: 'sam', fullName: 'Sam Fielding', role: 'sales', branch: 'Rotherham' },
  { username: 'maya', fullName: 'Maya Okafor', role: 'marketing', branch: 'Sheffield' },
  { username: 'martin', fullName: 'Martin Price', role: 'manager', branch: 'Barnsley' },
  { username: 'priya', fullName: 'Priya Nair', role: 'privacy', branch: 'Sheffield' },
  { username: 'ruth', fullName: 'Ruth Odell', role: 'administrator', branch: 'Sheffield' },
];

/** Makes the accounts of the demonstration where they are missing; all of them have this password. */
export async function openDemonstrationStaff(context: Context, password: string): Promise<void> {
  const branches = await listBranches(context);
  const accounts = demonstrationStaff.map(({ branch, ...person }): DemonstrationAccount => {
    const known = branches.find(({ name }) => name.toLowerCase() === branch.toLowerCase());
    return { ...person, branch: known?.code ?? null };
  });
  await openDemonstrationAccounts(context, accounts, password);
}

/** Who is at the desk of each branch, by its code, for what the demonstration says they recorded. */
export async function demonstrationActors(context: Context): Promise<Record<string, Actor>> {
  const [branches, accounts] = await Promise.all([listBranches(context), listUsers(context, null, 100)]);
  return Object.fromEntries(
    branches.flatMap(({ code, name }) => {
      const person = demonstrationStaff.find(({ branch }) => branch.toLowerCase() === name.toLowerCase());
      const account = accounts.users.find(({ username }) => username === person?.username);
      return account === undefined ? [] : [[code, { kind: 'staff', id: account.id } as const]];
    }),
  );
}

/**
 * A password to be read from a terminal: another one in each installation, because somebody may try the
 * demonstration with the records of real people.
 */
export function newDemonstrationPassword(): string {
  return Array.from({ length: 4 }, () => words[randomInt(words.length)]).join('-');
}

const words = [
  'amber',
  'anchor',
  'apple',
  'autumn',
  'badger',
  'barley',
  'beacon',
  'birch',
  'bramble',
  'breeze',
  'bridge',
  'bronze',
  'candle',
  'canvas',
  'cedar',
  'cherry',
  'clover',
  'cobalt',
  'copper',
  'coral',
  'cotton',
  'crane',
  'crystal',
  'daisy',
  'dolphin',
  'ember',
  'falcon',
  'fern',
  'forest',
  'garnet',
  'ginger',
  'granite',
  'harbour',
  'hazel',
  'heather',
  'heron',
  'honey',
  'island',
  'ivory',
  'jasmine',
  'juniper',
  'kestrel',
  'lantern',
  'lavender',
  'lemon',
  'linen',
  'lupin',
  'maple',
  'marble',
  'meadow',
  'nectar',
  'nutmeg',
  'olive',
  'orchard',
  'otter',
  'pebble',
  'pepper',
  'plover',
  'poppy',
  'quartz',
  'robin',
  'saffron',
  'silver',
  'sparrow',
  'thistle',
  'timber',
  'tulip',
  'velvet',
  'violet',
  'walnut',
  'willow',
  'winter',
] as const;
