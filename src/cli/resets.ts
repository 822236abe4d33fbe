import type { Command } from 'commander';
import { Option } from 'commander';
import { countWords } from '../domain/plain-words.ts';
import type { Reset, ResetPlan } from '../features/resets/service.ts';
import { planReset, resetConfirmation, runReset, undoReset } from '../features/resets/service.ts';
import type { Format } from './output.ts';
import { answer, example, Progress, WrongUsage, withFormat } from './output.ts';
import { commandLine, withContext } from './session.ts';

interface ResetOptions {
  readonly keepConsent?: true;
  readonly clearConsent?: true;
  readonly confirm?: string;
  readonly reason?: string;
  readonly undo?: string;
  readonly format: Format;
}

/** `reset-permissions`: every record back to "no permission was given"; objections and old opt-outs stay. */
export function addResetCommand(program: Command): void {
  example(
    withFormat(
      program
        .command('reset-permissions')
        .description(
          'Count what a reset to "no permission was given" would change; with --confirm carry it out.\n' +
            'Assumptions of the upgrade always end. Objections and old opt-outs always stay. It can be undone.',
        )
        .addOption(new Option('--keep-consent', 'explicit opt-ins stay').conflicts('clearConsent'))
        .addOption(new Option('--clear-consent', 'explicit opt-ins end, too').conflicts('keepConsent'))
        .option('--confirm <text>', 'the words "RESET n RECORDS" with the number of the count')
        .option('--reason <text>', 'why, for the record')
        .option('--undo <reset>', 'undo a reset by its id'),
    ),
    'npm run -s navigator -- reset-permissions --keep-consent',
    'npm run -s navigator -- reset-permissions --keep-consent --confirm "RESET 36 RECORDS" --reason "New policy"',
  ).action(async (options: ResetOptions) => {
    if (options.undo !== undefined) return undo(options.undo, options.format);
    const keepConsent = choiceOf(options);
    if (options.confirm === undefined) return count(keepConsent, options.format);
    await reset(keepConsent, options);
  });
}

function choiceOf({ keepConsent, clearConsent }: ResetOptions): boolean {
  if (keepConsent === true || clearConsent === true) return keepConsent === true;
  throw new WrongUsage('Say what happens to explicit opt-ins: add --keep-consent or --clear-consent.');
}

async function count(keepConsent: boolean, format: Format): Promise<void> {
  await withContext(async (context) => {
    const shown = new Progress('Counted customers');
    const plan = await planReset(context, {
      keepConsent,
      onProgress: ({ customers }) => shown.show(customers),
    });
    shown.end();
    answer(format, { ...plan, confirmation: resetConfirmation(plan.records) }, () => planReport(plan));
  });
}

function planReport(plan: ResetPlan): string {
  const { consent, soft_opt_in: softOptIn, legitimate_interest: interest } = plan.permissions;
  return [
    'Nothing was changed.',
    `${countWords(plan.records, 'record')} would be reset. Would end: the assumption of the upgrade for ${figure(plan.assumed)},`,
    `${countWords(consent, 'permission')} by consent, ${figure(softOptIn)} as existing customer, ${figure(interest)} by legitimate interest.`,
    `${countWords(plan.consentsKept, 'permission')} by consent would stay. Every objection and old opt-out stays.`,
    `To go on, add: --confirm "${resetConfirmation(plan.records)}" --reason "…"`,
  ].join('\n');
}

async function reset(keepConsent: boolean, options: ResetOptions): Promise<void> {
  await withContext(async (context) => {
    const shown = new Progress('Reset customers');
    const done = await runReset(context, {
      keepConsent,
      reason: options.reason ?? '',
      confirmation: options.confirm ?? '',
      actor: commandLine,
      onProgress: ({ customers }) => shown.show(customers),
    });
    shown.end();
    answer(options.format, done, () => resetReport(done));
  });
}

function resetReport({ id, records }: Reset): string {
  return `${countWords(records, 'record')} ${records === 1 ? 'was' : 'were'} reset, as ${id}.\nTo undo it: npm run -s navigator -- reset-permissions --undo ${id}`;
}

async function undo(id: string, format: Format): Promise<void> {
  await withContext(async (context) => {
    const shown = new Progress('Restored customers');
    const undone = await undoReset(context, id, {
      actor: commandLine,
      onProgress: ({ customers }) => shown.show(customers),
    });
    shown.end();
    answer(
      format,
      undone,
      () => 'The reset was undone: permissions are what they were, with what was answered since.',
    );
  });
}

function figure(value: number): string {
  return value.toLocaleString('en-GB');
}
