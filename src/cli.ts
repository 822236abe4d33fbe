import { Command, CommanderError } from 'commander';
import project from '../package.json' with { type: 'json' };
import { addAssessmentCommands } from './cli/assessments.ts';
import { addCaseCommand } from './cli/cases/command.ts';
import { addCustomerCommands } from './cli/customers.ts';
import { addDecideCommand } from './cli/decide.ts';
import { addGatewayCommands } from './cli/gateways.ts';
import { addGenerateCommand } from './cli/generate.ts';
import { addImportCommands } from './cli/imports.ts';
import { Interrupted } from './cli/interruption.ts';
import { addLedgerCommands } from './cli/ledger.ts';
import { addMigrateCommand } from './cli/migrate.ts';
import { CommandFailed, tell, WrongUsage } from './cli/output.ts';
import { addPeopleCommands } from './cli/people.ts';
import { addPolicyCommands } from './cli/policy.ts';
import { addScreeningCommands, addSuppressionCommands } from './cli/registers.ts';
import { addResetCommand } from './cli/resets.ts';
import { addBuildCommand } from './cli/screens.ts';
import { addSelectCommand } from './cli/select.ts';
import { addStartCommand } from './cli/start.ts';
import { ApplicationError } from './platform/application-error.ts';
import { isDatabaseAway } from './platform/database-away.ts';
import { StartError } from './platform/start-error.ts';

/**
 * The command line. Exit codes: 0 done, 1 refused or failed, 2 wrong usage, 130 interrupted. Answers go to standard output,
 * everything else to standard error.
 */
const exitCodes = { failed: 1, wrongUsage: 2 } as const;

async function runCommandLine(words: readonly string[]): Promise<number> {
  const program = new Command('navigator')
    .description('Who may be contacted, about what, by which channel, on what grounds - and the proof.')
    .version(project.version)
    .showHelpAfterError('(add --help for how it is used)')
    .exitOverride();
  addStartCommand(program);
  addBuildCommand(program);
  addMigrateCommand(program);
  addImportCommands(program);
  addPolicyCommands(program);
  addAssessmentCommands(program);
  addScreeningCommands(program);
  addSuppressionCommands(program);
  addCustomerCommands(program);
  addResetCommand(program);
  addSelectCommand(program);
  addDecideCommand(program);
  addCaseCommand(program);
  addLedgerCommands(program);
  addGenerateCommand(program);
  addPeopleCommands(program);
  addGatewayCommands(program);
  for (const command of everyCommand(program)) command.exitOverride();
  try {
    await program.parseAsync([...words], { from: 'user' });
    return 0;
  } catch (error) {
    return explain(error);
  }
}

function everyCommand(command: Command): Command[] {
  return [command, ...command.commands.flatMap((inner) => everyCommand(inner))];
}

/** Says in one sentence what went wrong, and answers the exit code. */
function explain(error: unknown): number {
  if (error instanceof CommanderError) {
    // Help and version were asked for; anything else commander has already explained.
    return error.exitCode === 0 ? 0 : exitCodes.wrongUsage;
  }
  if (error instanceof WrongUsage) {
    tell(error.message);
    return exitCodes.wrongUsage;
  }
  if (error instanceof Interrupted) return error.exitCode;
  if (error instanceof CommandFailed) return exitCodes.failed;
  if (error instanceof StartError || error instanceof ApplicationError) {
    tell(error.message);
    return exitCodes.failed;
  }
  if (isDatabaseAway(error)) {
    tell(
      'The database was lost. Nothing that was acknowledged is lost: see that it is running, and run the same ' +
        'command again to go on.',
    );
    return exitCodes.failed;
  }
  tell('Something went wrong inside Navigator. Nothing that was acknowledged is lost. Details:');
  tell(error instanceof Error ? (error.stack ?? error.message) : String(error));
  return exitCodes.failed;
}

// why: whoever reads only the first lines, as head does, closes the pipe, and that is no fault.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
}
process.exitCode = await runCommandLine(process.argv.slice(2));
