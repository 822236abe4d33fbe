import { createInterface } from 'node:readline/promises';
import type { Command } from 'commander';
import { Argument } from 'commander';
import type { PolicySettings } from '../domain/policy.ts';
import { policySettingsSchema } from '../domain/policy.ts';
import { assumeLegitimateInterestWarning } from '../domain/policy-warning.ts';
import type { PolicyVersion } from '../features/settings/service.ts';
import { changePolicy, policyAt, policyHistory } from '../features/settings/service.ts';
import { refreshStanding } from '../features/standing/service.ts';
import type { Context } from '../platform/context.ts';
import { readInstant } from './decide.ts';
import { typed } from './interruption.ts';
import type { Format } from './output.ts';
import { answer, dayAndTime, example, Progress, table, tell, WrongUsage, withFormat } from './output.ts';
import { commandLine, withContext } from './session.ts';

/** `policy show` and `policy set`. */
export function addPolicyCommands(program: Command): void {
  const policy = program
    .command('policy')
    .description('Show or change the policy that decisions are made under');
  example(
    withFormat(policy.command('show').description('Show the policy in force and the versions before it')),
    'npm run -s navigator -- policy show --format json',
  ).action(async (options: { format: Format }) => {
    await withContext(async (context) => {
      const inForce = await policyAt(context);
      const history = await policyHistory(context);
      answer(options.format, { inForce, history }, () => describe(inForce, history));
    });
  });
  example(
    withFormat(
      policy
        .command('set')
        .description(
          'Choose a policy explicitly. assume_legitimate_interest needs the name of the person who accepts its warning.',
        )
        .addArgument(new Argument('<policy>').choices(['pecr_strict', 'assume_legitimate_interest']))
        .option('--accepted-by <name>', 'full name of the person who accepts the printed warning')
        .option('--setting <name=value...>', 'further settings, such as reviewIntervalMonths=12', [])
        .option(
          '--effective-at <instant>',
          'when it takes effect, such as 2027-01-01T00:00:00Z (default: now)',
          readInstant,
        )
        .option('--reason <text>', 'why, for the record'),
    ),
    'npm run -s navigator -- policy set pecr_strict --reason "Advised by our solicitor"',
  ).action(setPolicy);
}

interface SetOptions {
  readonly acceptedBy?: string;
  readonly setting: readonly string[];
  readonly effectiveAt?: number;
  readonly reason?: string;
  readonly format: Format;
}

async function setPolicy(name: PolicySettings['policy'], options: SetOptions): Promise<void> {
  const settings = { ...readSettings(options.setting), policy: name };
  const acceptedBy =
    name === 'assume_legitimate_interest' ? (options.acceptedBy ?? (await askWhoAccepts())) : null;
  await withContext(async (context) => {
    const version = await changePolicy(context, {
      settings,
      reason: options.reason ?? null,
      recordedBy: commandLine.id ?? 'command line',
      ...(options.effectiveAt === undefined ? {} : { effectiveAt: options.effectiveAt }),
      warningAcceptedBy: acceptedBy,
    });
    await judgeEverybody(context);
    answer(
      options.format,
      version,
      () => `The policy is now ${version.settings.policy} (version ${version.id}).`,
    );
  });
}

/**
 * The first list under another policy would otherwise have to wait for it. Stopping it loses nothing: whoever
 * is left is judged when they are asked about.
 */
export async function judgeEverybody(context: Context): Promise<void> {
  const progress = new Progress('Judged customers again');
  await refreshStanding(context, { onProgress: ({ judged }) => progress.show(judged) });
  progress.end();
}

/** The warning is printed before anybody can accept it; without a terminal nobody can be asked. */
async function askWhoAccepts(): Promise<string> {
  tell(`Warning: ${assumeLegitimateInterestWarning}`);
  if (!process.stdin.isTTY) return '';
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return await typed(terminal, 'Full name of the person who accepts this: ');
  } finally {
    terminal.close();
  }
}

function readSettings(pairs: readonly string[]): Partial<PolicySettings> {
  const settings: Record<string, unknown> = {};
  for (const pair of pairs) {
    const [name = '', ...rest] = pair.split('=');
    if (!Object.hasOwn(policySettingsSchema.shape, name)) {
      const known = Object.keys(policySettingsSchema.shape).join(', ');
      throw new WrongUsage(`There is no setting "${name}". Settings: ${known}.`);
    }
    settings[name] = readValue(rest.join('='));
  }
  return settings;
}

function readValue(text: string): unknown {
  if (text === 'none') return null;
  try {
    return JSON.parse(text);
  } catch {
    // A word that is no JSON is the word itself: prompt, block, immediate …
    return text;
  }
}

function describe(inForce: PolicyVersion, history: readonly PolicyVersion[]): string {
  const settings = Object.entries(inForce.settings).map(([name, value]) => [
    name,
    typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value ?? 'none'),
  ]);
  const versions = history.map((version) => [
    version.id,
    version.settings.policy,
    version.effectiveAt === 0 ? 'from the beginning' : dayAndTime(version.effectiveAt),
    version.chosenExplicitly ? version.recordedBy : 'nobody yet',
    version.warningAcceptedBy ?? '',
    version.reason ?? '',
  ]);
  return [
    table(['Setting', 'Value in force'], settings),
    '',
    table(['Version', 'Policy', 'In force from', 'Chosen by', 'Warning accepted by', 'Reason'], versions),
  ].join('\n');
}
