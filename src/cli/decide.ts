import type { Command } from 'commander';
import { InvalidArgumentError, Option } from 'commander';
import { validate as isUuid } from 'uuid';
import { givenInstant } from '../domain/given-time.ts';
import { contentDuties, sentenceOf } from '../domain/reason.ts';
import { channels, purposes, tools } from '../domain/vocabulary.ts';
import { recordAccess } from '../features/access/service.ts';
import { customerIdOf } from '../features/customers/service.ts';
import type { DecisionQuestion } from '../features/permissions/contract.ts';
import type { AnsweredDecision } from '../features/permissions/questions.ts';
import { decideFor } from '../features/permissions/questions.ts';
import type { Format } from './output.ts';
import { answer, dayAndTime, example, table, WrongUsage, withFormat } from './output.ts';
import { commandLine, withContext } from './session.ts';

interface DecideOptions {
  readonly channel: DecisionQuestion['channel'];
  readonly category: DecisionQuestion['category'];
  readonly vehicle?: string;
  readonly company?: string;
  readonly tool?: DecisionQuestion['tool'];
  readonly recall?: true;
  readonly promotion?: true;
  readonly claims?: true;
  readonly at?: number;
  readonly format: Format;
}

/** `decide`: may this customer be sent this, and why? */
export function addDecideCommand(program: Command): void {
  example(
    withFormat(
      program
        .command('decide <customer>')
        .description(
          'Say whether a customer may be sent something, with every rule that was tried. The customer is an id or no:12345.',
        )
        .addOption(
          new Option('--channel <channel>', 'the channel').choices([...channels]).makeOptionMandatory(),
        )
        .addOption(
          new Option('--category <category>', 'what it is about')
            .choices([...purposes])
            .makeOptionMandatory(),
        )
        .option('--vehicle <id>', 'the vehicle, where the customer has several', readId)
        .option('--company <name>', 'full name of the company, for third-party marketing')
        .addOption(new Option('--tool <tool>', 'who asks').choices([...tools]))
        .option('--recall', 'it is a safety recall (with --category service_message)')
        .option('--promotion', 'the message contains promotion')
        .option('--claims', 'it is a call about compensation claims')
        .option(
          '--at <instant>',
          'as of a past instant, such as 2026-03-03T12:00:00Z (default: now)',
          readInstant,
        ),
    ),
    'npm run -s navigator -- decide no:1001 --channel sms --category service_follow_up',
  ).action(async (customer: string, options: DecideOptions) => {
    if (/^\d+$/.test(customer)) {
      throw new WrongUsage(
        `${customer} is no id of a customer: a customer number is written no:${customer}.`,
      );
    }
    await withContext(async (context) => {
      const customerId = await customerIdOf(context, customer);
      const answered = await decideFor(context, customerId, questionOf(options), options.at);
      await recordAccess(context, commandLine, 'decision asked', customerId);
      answer(options.format, answered, () => describe(answered));
    });
  });
}

function questionOf(options: DecideOptions): DecisionQuestion {
  return {
    channel: options.channel,
    category: options.category,
    ...(options.vehicle === undefined ? {} : { vehicleId: options.vehicle }),
    ...(options.company === undefined ? {} : { thirdPartyName: options.company }),
    ...(options.tool === undefined ? {} : { tool: options.tool }),
    ...(options.recall === undefined ? {} : { recall: true }),
    ...(options.claims === undefined ? {} : { claimsManagement: true }),
    ...(options.promotion === undefined ? {} : { message: { promotion: true } }),
  };
}

/** For commander: a text that is no instant is wrong usage. */
export function readInstant(text: string): number {
  const instant = instantOf(text);
  if (instant !== null) return instant;
  throw new InvalidArgumentError(`"${text}" is not an instant: write it as 2027-01-01T00:00:00Z.`);
}

function readId(text: string): string {
  if (isUuid(text)) return text;
  throw new InvalidArgumentError(
    `"${text}" is no id of a vehicle: GET /api/v1/customers/no:1001 shows them.`,
  );
}

function instantOf(text: string): number | null {
  try {
    const instant = Temporal.Instant.from(text);
    return givenInstant.safeParse(instant.toString()).success ? instant.epochMilliseconds : null;
  } catch {
    return null;
  }
}

function describe({ decision, decidedAt, policyVersionId, ledgerSequence }: AnsweredDecision): string {
  const verdict = decision.verdict === 'allow' ? 'Yes' : 'No';
  const reasons = decision.reasons.map((code) => `  ${code}: ${sentenceOf(code)}`);
  const trace = decision.trace.map((step) => [step.stage, step.rule, step.outcome, step.fact, step.law]);
  return [
    `${verdict}, as of ${dayAndTime(decidedAt)} (policy version ${policyVersionId}, ledger entry ${ledgerSequence}).`,
    ...reasons,
    ...decision.warnings.map((code) => `  ${code}`),
    ...decision.outstanding.map((code) => `  Still to be met: ${contentDuties[code]}`),
    ...(decision.retryAt === null ? [] : [`  Worth trying again on ${dayAndTime(decision.retryAt)}.`]),
    '',
    table(['Stage', 'Rule', 'Outcome', 'Fact', 'Law'], trace),
  ].join('\n');
}
