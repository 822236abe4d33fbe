import type { Command } from 'commander';
import { Option } from 'commander';
import type { PersonStatus } from '../domain/ledger-event.ts';
import { personStatuses } from '../domain/ledger-event.ts';
import { customerIdOf } from '../features/customers/service.ts';
import type { HeldStatus } from '../features/permissions/statuses/service.ts';
import { changeStatus, statusesOf } from '../features/permissions/statuses/service.ts';
import type { Format } from './output.ts';
import { answer, dayAndTime, example, WrongUsage, withFormat } from './output.ts';
import { commandLine, withContext } from './session.ts';

const statusWords: Readonly<Record<PersonStatus, string>> = {
  erased: 'asked for erasure',
  deceased: 'reported deceased',
  restricted: 'use of their data is on hold',
  identity_unresolved: 'perhaps the same person as another record',
  care_hold: 'a care note stops marketing',
};

interface StatusOptions {
  readonly set?: PersonStatus;
  readonly clear?: PersonStatus;
  readonly note?: string;
  readonly format: Format;
}

/** `customer status`. */
export function addCustomerCommands(program: Command): void {
  example(
    withFormat(
      program
        .command('customer')
        .description('One customer')
        .command('status <customer>')
        .description(
          'Say what is known of a person that stops contact, or change it. The customer is an id or no:12345.',
        )
        .addOption(new Option('--set <status>', 'it is so from now on').choices([...personStatuses]))
        .addOption(new Option('--clear <status>', 'it is not so, or no longer').choices([...personStatuses]))
        .option('--note <text>', 'who told us, and how; kept apart from the ledger and erasable'),
    ),
    'npm run -s navigator -- customer status no:1001 --set deceased --note "Told by the widow, by phone"',
  ).action(async (customer: string, options: StatusOptions) => {
    const { set, clear, note, format } = options;
    if (set !== undefined && clear !== undefined) {
      throw new WrongUsage('Give --set or --clear, one status at a time.');
    }
    await withContext(async (context) => {
      const customerId = await customerIdOf(context, customer);
      const status = set ?? clear;
      const change = { value: set !== undefined, ...(note === undefined ? {} : { note }) };
      const held =
        status === undefined
          ? await statusesOf(context, customerId)
          : await changeStatus(context, customerId, { status, ...change }, commandLine);
      answer(format, { customerId, statuses: held }, () => describe(held));
    });
  });
}

function describe(held: readonly HeldStatus[]): string {
  if (held.length === 0) return 'Nothing is known of this person that stops contact.';
  return held
    .map(({ status, since }) => `${status} since ${dayAndTime(since)}: ${statusWords[status]}`)
    .join('\n');
}
