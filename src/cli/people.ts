import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import type { Command } from 'commander';
import { Option } from 'commander';
import { roles, scopes } from '../features/users/roles.ts';
import { createApiKey, createUser } from '../features/users/service.ts';
import type { Format } from './output.ts';
import { answer, example, tell, typed, withFormat } from './output.ts';
import { commandLine, withContext } from './session.ts';

interface UserOptions {
  readonly username: string;
  readonly name: string;
  readonly role: string;
  readonly branch?: string;
  readonly format: Format;
}

/** `user create` and `api-key create`. */
export function addPeopleCommands(program: Command): void {
  example(
    withFormat(
      program
        .command('user')
        .description('Members of staff')
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
  example(
    withFormat(
      program
        .command('api-key')
        .description('Keys for other systems')
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
    return await typed(terminal.question(''));
  } finally {
    terminal.close();
    process.stderr.write('\n');
  }
}
