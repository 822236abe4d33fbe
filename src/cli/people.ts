import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import type { Command } from 'commander';
import { Option } from 'commander';
import { resetPassword } from '../features/users/password-reset/service.ts';
import { roles, scopes } from '../features/users/roles.ts';
import { takeSecondFactorAway } from '../features/users/second-factor/service.ts';
import { createApiKey, createUser, listApiKeys, revokeApiKey } from '../features/users/service.ts';
import type { StaffUser } from '../features/users/staff/service.ts';
import { changeUser, listUsers, readUser } from '../features/users/staff/service.ts';
import { NotFoundError } from '../platform/application-error.ts';
import type { Context } from '../platform/context.ts';
import { toTimestamp } from '../platform/database.ts';
import { typed } from './interruption.ts';
import type { Format } from './output.ts';
import { answer, dayAndTime, example, table, tell, withFormat } from './output.ts';
import { commandLine, withContext } from './session.ts';

const usersAtOnce = 200;

interface UserOptions {
  readonly username: string;
  readonly name: string;
  readonly role: string;
  readonly branch?: string;
  readonly format: Format;
}

/** `user create`, `list`, `close`, `reset-password` and `take-second-factor`; `api-key create`, `list` and `revoke`. */
export function addPeopleCommands(program: Command): void {
  const user = program.command('user').description('Members of staff');
  addUserCreate(user);
  addUserList(user);
  addUserClose(user);
  addUserResetPassword(user);
  addUserTakeSecondFactor(user);
  const key = program.command('api-key').description('Keys for other systems');
  addKeyCreate(key);
  addKeyList(key);
  addKeyRevoke(key);
}

function addUserCreate(user: Command): void {
  example(
    withFormat(
      user
        .command('create')
        .description(
          'Add a member of staff. The password is asked for, or read from the first line of standard input.',
        )
        .requiredOption('--username <name>', 'what they sign in with')
        .requiredOption('--name <full name>', 'their full name')
        .option('--branch <code or name>', 'where they usually work')
        .addOption(new Option('--role <role>', 'what they may do').choices([...roles]).makeOptionMandatory()),
    ),
    'npm run -s navigator -- user create --username ruth --name "Ruth Odell" --role marketing --branch Sheffield',
  ).action(async (options: UserOptions) => {
    const password = await readPassword();
    await withContext(async (context) => {
      const { username, name: fullName, role, branch = null } = options;
      const id = await createUser(context, { username, fullName, role, branch, password }, commandLine);
      answer(options.format, { id, username, role }, () => `${username} was added as ${role}.`);
    });
  });
}

function addUserList(user: Command): void {
  example(
    withFormat(user.command('list').description('List every member of staff, and whether they may sign in')),
    'npm run -s navigator -- user list --format json',
  ).action(async ({ format }: { format: Format }) => {
    await withContext(async (context) => {
      const users = await everyUser(context);
      answer(format, { users: users.map(shownUser) }, () =>
        users.length === 0
          ? 'Nobody works here yet: see npm run -s navigator -- user create --help'
          : table(
              ['Username', 'Name', 'Role', 'Branch', 'Last signed in', 'State'],
              users.map((one) => [
                one.username,
                one.fullName,
                one.role,
                one.branchCode ?? '-',
                one.lastSignedInAt === null ? 'never' : dayAndTime(one.lastSignedInAt),
                one.disabledAt === null ? 'open' : `closed on ${dayAndTime(one.disabledAt)}`,
              ]),
            ),
      );
    });
  });
}

function addUserClose(user: Command): void {
  example(
    withFormat(
      user
        .command('close <username>')
        .description(
          'End the access of a member of staff at once, sessions included; what they did stays theirs',
        ),
    ),
    'npm run -s navigator -- user close ruth',
  ).action(async (username: string, { format }: { format: Format }) => {
    await withContext(async (context) => {
      const { id, version: expectedVersion } = await userNamed(context, username);
      await changeUser(context, id, { disabled: true }, { expectedVersion, actor: commandLine });
      const closed = await readUser(context, id);
      answer(format, shownUser(closed), () => `${closed.username} may not sign in any more.`);
    });
  });
}

function addUserResetPassword(user: Command): void {
  example(
    withFormat(
      user
        .command('reset-password <username>')
        .description(
          'End a password and every session of its owner; prints the end of a link by which they choose another, once, within 24 hours',
        ),
    ),
    'npm run -s navigator -- user reset-password ruth',
  ).action(async (username: string, { format }: { format: Format }) => {
    await withContext(async (context) => {
      const { id } = await userNamed(context, username);
      const { token, validUntil } = await resetPassword(context, id, commandLine);
      answer(
        format,
        { id, token, validUntil: toTimestamp(validUntil) },
        () => `Until ${dayAndTime(validUntil)} they choose a password at /choose-password#${token}`,
      );
    });
  });
}

function addUserTakeSecondFactor(user: Command): void {
  example(
    withFormat(
      user
        .command('take-second-factor <username>')
        .description('Take a lost second factor away, and end every session of its owner'),
    ),
    'npm run -s navigator -- user take-second-factor ruth',
  ).action(async (username: string, { format }: { format: Format }) => {
    await withContext(async (context) => {
      const { id } = await userNamed(context, username);
      await takeSecondFactorAway(context, id, commandLine);
      answer(
        format,
        { id, username },
        () => `${username} signs in by password alone until they add another.`,
      );
    });
  });
}

async function userNamed(context: Context, username: string): Promise<StaffUser> {
  const wanted = username.toLowerCase();
  const found = (await everyUser(context)).find((one) => one.username.toLowerCase() === wanted);
  if (found !== undefined) return found;
  throw new NotFoundError('There is no such member of staff: user list shows them all.', {
    code: 'user-not-found',
  });
}

async function everyUser(context: Context): Promise<StaffUser[]> {
  const everybody: StaffUser[] = [];
  for (let after: string | null = null; ; ) {
    const { users, next } = await listUsers(context, after, usersAtOnce);
    everybody.push(...users);
    if (next === null) return everybody;
    after = next;
  }
}

function shownUser({ id, username, fullName, role, branchCode, lastSignedInAt, disabledAt }: StaffUser) {
  return { id, username, fullName, role, branch: branchCode, lastSignedInAt, disabledAt };
}

function addKeyCreate(key: Command): void {
  example(
    withFormat(
      key
        .command('create')
        .description('Make a key for another system. It is shown once.')
        .requiredOption('--name <name>', 'what uses it')
        .addOption(
          new Option('--scope <scope...>', 'what it may do')
            .choices([...scopes, 'everything'])
            .makeOptionMandatory(),
        ),
    ),
    'npm run -s navigator -- api-key create --name "Website form" --scope enquiries:submit',
  ).action(async (options: { name: string; scope: string[]; format: Format }) => {
    const wanted = options.scope.includes('everything') ? scopes : options.scope;
    await withContext(async (context) => {
      const created = await createApiKey(context, options.name, wanted);
      answer(options.format, created, () => created.key);
    });
    if (options.format === 'text') tell('Keep this key safe: it is not shown again.');
  });
}

function addKeyList(key: Command): void {
  example(
    withFormat(key.command('list').description('List every key by its id and name, never the key itself')),
    'npm run -s navigator -- api-key list',
  ).action(async ({ format }: { format: Format }) => {
    await withContext(async (context) => {
      const keys = await listApiKeys(context);
      answer(format, { keys }, () =>
        keys.length === 0
          ? 'There is no key yet: see npm run -s navigator -- api-key create --help'
          : table(
              ['Id', 'Name', 'Made', 'State', 'Scopes'],
              keys.map((one) => [
                one.id,
                one.name,
                dayAndTime(one.createdAt),
                one.revokedAt === null ? 'valid' : `revoked on ${dayAndTime(one.revokedAt)}`,
                one.scopes.join(' '),
              ]),
            ),
      );
    });
  });
}

function addKeyRevoke(key: Command): void {
  example(
    withFormat(
      key
        .command('revoke <id>')
        .description('Refuse a key from now on: every process does within five seconds'),
    ),
    'npm run -s navigator -- api-key revoke 0195f3c0-0000-7000-8000-000000000000',
  ).action(async (id: string, { format }: { format: Format }) => {
    await withContext(async (context) => {
      await revokeApiKey(context, id);
      answer(format, { id, revoked: true }, () => 'The key is refused from now on.');
    });
  });
}

/**
 * Without an echo on a terminal; the first line of standard input where there is none. Never an argument, which
 * everybody on the machine can see.
 */
async function readPassword(): Promise<string> {
  if (!process.stdin.isTTY) {
    const lines = createInterface({ input: process.stdin });
    for await (const line of lines) return line;
    return '';
  }
  process.stderr.write('Password (at least 12 characters, not shown): ');
  const silence = new Writable({ write: (_chunk, _encoding, done) => done() });
  const terminal = createInterface({ input: process.stdin, output: silence, terminal: true });
  try {
    return await typed(terminal, '');
  } finally {
    terminal.close();
    process.stderr.write('\n');
  }
}
