import type { Command } from 'commander';
import { Option } from 'commander';
import { countWords } from '../domain/plain-words.ts';
import { importScreenings } from '../features/privacy/deliveries/service.ts';
import type { Register, ScreeningReport, ScreeningState } from '../features/privacy/screenings/contract.ts';
import { registers } from '../features/privacy/screenings/contract.ts';
import { screeningState } from '../features/privacy/screenings/service.ts';
import type { NewSuppression, SuppressionRemoval } from '../features/privacy/suppressions/contract.ts';
import { removalReasons, suppressionReasons } from '../features/privacy/suppressions/contract.ts';
import {
  addSuppression,
  listSuppressions,
  removeSuppression,
} from '../features/privacy/suppressions/service.ts';
import { toTimestamp } from '../platform/database.ts';
import { readInstant } from './decide.ts';
import type { Format } from './output.ts';
import { answer, dayAndTime, example, table, WrongUsage, withFormat } from './output.ts';
import { commandLine, withContext } from './session.ts';

const registerNames: Readonly<Record<Register, string>> = { tps: 'TPS', ctps: 'CTPS', mps: 'MPS' };

/** `screening import` and `screening show`. */
export function addScreeningCommands(program: Command): void {
  const screening = program
    .command('screening')
    .description('What TPS, CTPS and MPS say: without a screening, no marketing call is made');
  example(
    withFormat(
      screening
        .command('import <file>')
        .description(
          'Record the file that a register, or whoever screens for you, gave back: numbers (tps, ctps) or addresses (mps)',
        )
        .addOption(
          new Option(
            '--register <register>',
            'tps for people, sole traders and partnerships; ctps for companies',
          )
            .choices([...registers])
            .makeOptionMandatory(),
        )
        .option('--screened-on <date>', 'the day on which the register was asked (default: today)')
        .addOption(
          new Option('--found <result>', 'what every row is, where no column says so').choices([
            'listed',
            'clear',
          ]),
        ),
    ),
    'npm run -s navigator -- screening import washed.csv --register tps --screened-on 2026-11-20',
  ).action(
    async (
      file: string,
      options: { register: Register; screenedOn?: string; found?: 'listed' | 'clear'; format: Format },
    ) => {
      const { format, ...delivery } = options;
      await withContext(async (context) => {
        const report = await importScreenings(context, file, delivery);
        answer(format, report, () => describeReport(report));
      });
    },
  );
  example(
    withFormat(
      screening
        .command('show')
        .description('Say how far the screening is, and how many numbers are still to screen'),
    ),
    'npm run -s navigator -- screening show',
  ).action(async ({ format }: { format: Format }) => {
    await withContext(async (context) => {
      const state = await screeningState(context);
      answer(format, state, () => describeState(state));
    });
  });
}

function describeReport(report: ScreeningReport): string {
  const { register, screenedOn, listed, clear, refused, people } = report;
  return [
    `${registerNames[register]}, screened on ${screenedOn}: ${listed} listed, ${clear} clear, ${countWords(refused, 'row')} refused. ` +
      `${countWords(people, 'customer')} ${people === 1 ? 'was' : 'were'} judged again.`,
    ...report.firstRefused.map(({ row, field, sentence }) => `  Line ${row}, ${field}: ${sentence}`),
  ].join('\n');
}

function describeState({ maxAgeDays, registers: states }: ScreeningState): string {
  const rows = states.map(({ register, screened, listed, lastScreenedOn, toScreen }) => [
    registerNames[register],
    screened,
    listed,
    lastScreenedOn ?? 'never',
    toScreen === null ? '-' : toScreen.toLocaleString('en-GB'),
  ]);
  return [
    table(['Register', 'Screened', 'Listed', 'Last screened', 'Numbers to screen'], rows),
    `A clear number may be called for ${countWords(maxAgeDays, 'day')} after its screening.`,
  ].join('\n');
}

interface ContactOptions {
  readonly customer?: string;
  readonly phone?: string;
  readonly email?: string;
  readonly social?: string;
  readonly line1?: string;
  readonly postcode?: string;
  readonly format: Format;
}

/** `suppression add`, `suppression remove` and `suppression list`. */
export function addSuppressionCommands(program: Command): void {
  const suppression = program
    .command('suppression')
    .description('The do-not-contact list of numbers and addresses, kept as keyed hashes');
  example(
    withContact(suppression.command('add'))
      .description('Put a number or address, or all of a customer, on the do-not-contact list')
      .addOption(
        new Option('--reason <reason>', 'why').choices([...suppressionReasons]).makeOptionMandatory(),
      )
      .option('--at <instant>', 'when they told us (default: now)', readInstant),
    'npm run -s navigator -- suppression add --phone "07700 900123" --reason objection',
    'npm run -s navigator -- suppression add --customer no:1001 --reason complaint',
  ).action(async (options: ContactOptions & { reason: NewSuppression['reason']; at?: number }) => {
    await withContext(async (context) => {
      const at = options.at === undefined ? {} : { suppressedAt: toTimestamp(options.at) };
      const change = await addSuppression(
        context,
        { ...contactOf(options), reason: options.reason, ...at },
        commandLine,
      );
      answer(
        options.format,
        change,
        () =>
          `On the list: ${countWords(change.contactPoints, 'number or address', 'numbers and addresses')}, of ${countWords(change.people, 'customer')} on file.`,
      );
    });
  });
  example(
    withContact(suppression.command('remove'))
      .description(
        'Take off the list what does not belong there; a change of mind is a consent, and is recorded as one',
      )
      .addOption(new Option('--reason <reason>', 'why').choices([...removalReasons]).makeOptionMandatory()),
    'npm run -s navigator -- suppression remove --phone "07700 900123" --reason entered_in_error',
  ).action(async (options: ContactOptions & { reason: SuppressionRemoval['reason'] }) => {
    await withContext(async (context) => {
      const change = await removeSuppression(
        context,
        { ...contactOf(options), reason: options.reason },
        commandLine,
      );
      answer(
        options.format,
        change,
        () =>
          `Off the list: ${countWords(change.contactPoints, 'number or address', 'numbers and addresses')}, of ${countWords(change.people, 'customer')} on file.`,
      );
    });
  });
  example(
    withFormat(
      suppression
        .command('list')
        .description('List the newest 200 entries; nobody can be recognised in them'),
    ),
    'npm run -s navigator -- suppression list --format json',
  ).action(async ({ format }: { format: Format }) => {
    await withContext(async (context) => {
      const rows = await listSuppressions(context, { after: null, limit: 200 });
      const shown = rows.map((row) => ({ ...row, contactHash: row.contactHash.toString('hex') }));
      answer(format, { suppressions: shown }, () =>
        table(
          ['Entry', 'Reason', 'Since', 'Recorded by', 'Taken off'],
          shown.map((row) => [
            row.contactHash.slice(0, 12),
            row.reason,
            dayAndTime(row.suppressedAt),
            row.recordedBy ?? '-',
            row.removedAt === null ? '-' : dayAndTime(row.removedAt),
          ]),
        ),
      );
    });
  });
}

function withContact(command: Command): Command {
  return withFormat(
    command
      .option('--customer <customer>', 'every number and address of this customer: an id or no:12345')
      .option('--phone <number>', 'a telephone number')
      .option('--email <address>', 'an email address')
      .option('--social <name>', 'a name on social media')
      .option('--line1 <line>', 'the first line of a postal address, with --postcode')
      .option('--postcode <postcode>', 'the postcode of a postal address, with --line1'),
  );
}

function contactOf(options: ContactOptions): Pick<NewSuppression, 'customer' | 'contactPoint'> {
  const { customer, phone, email, social, line1, postcode } = options;
  const isPostal = line1 !== undefined || postcode !== undefined;
  const given =
    [customer, phone, email, social].filter((text) => text !== undefined).length + (isPostal ? 1 : 0);
  if (given !== 1) {
    throw new WrongUsage(
      'Say which: one of --customer, --phone, --email, --social, or --line1 with --postcode.',
    );
  }
  if (customer !== undefined) return { customer };
  if (phone !== undefined) return { contactPoint: { kind: 'phone', value: phone } };
  if (email !== undefined) return { contactPoint: { kind: 'email', value: email } };
  if (social !== undefined) return { contactPoint: { kind: 'social', value: social } };
  return { contactPoint: { kind: 'postal', address: { line1, postcode } } };
}
