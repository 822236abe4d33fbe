import { z } from 'zod';
import { decide } from './decide.ts';
import type { MessageKind, Question } from './decision-examples.ts';
import {
  agreedQuestion,
  answered,
  asCompany,
  askedAt,
  messageKinds,
  migrated,
  plainQuestion,
  troubles,
  withFacts,
  withProvenSale,
} from './decision-examples.ts';
import type { PolicySettings } from './policy.ts';
import { defaultPolicySettings, policySettingsSchema } from './policy.ts';
import type { DenyReason, ReasonCode } from './reason.ts';
import { allowReasons, denyReasons, informationReasons, lawOf, sentenceOf } from './reason.ts';
import { rules } from './rules.ts';
import type { Channel } from './vocabulary.ts';
import { categories } from './vocabulary.ts';

/**
 * The decision table, printed by the engine itself: nothing here knows a rule, it only asks. The tables are
 * Markdown, by the name under which they stand in the documentation.
 */
export function printDecisionTables(): Readonly<Record<string, string>> {
  return {
    bases: printBases(),
    blocks: printBlocks(),
    'upgrade-assuming': printUpgrade('assume_legitimate_interest'),
    'upgrade-strict': printUpgrade('pecr_strict'),
    rules: printRules(),
    'reasons-to-allow': printAllowReasons(),
    settings: printSettings(),
  };
}

/** The order in which tables list the channels. */
const printedChannels: readonly Channel[] = [
  'sms',
  'email',
  'letter',
  'live_call',
  'automated_call',
  'social_dm',
  'social_audience',
];

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const lines = [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`);
  return lines.join('\n');
}

/** What the engine answers: the verdict and every reason. */
function printAnswer({ facts, request, policy }: Question): string {
  const { verdict, reasons } = decide(facts, request, policy, askedAt);
  const codes = reasons.map((code) => `\`${code}\``).join(', ');
  return verdict === 'allow' ? `**allow** ${codes}` : `deny ${codes}`;
}

function printBases(): string {
  const rows = printedChannels.flatMap((channel) =>
    (['service_message', ...categories] as const).flatMap((category) =>
      ['individual', 'corporate'].map((subscriber) => {
        const plain = plainQuestion(channel, category);
        const question = subscriber === 'corporate' ? asCompany(plain) : plain;
        const interest = answered(question, 'legitimate_interest');
        return [
          channel,
          category,
          subscriber,
          printAnswer(question),
          printAnswer(answered(question, 'consent')),
          printAnswer(withProvenSale(answered(question, 'soft_opt_in'))),
          printAnswer(interest),
          printAnswer(withFacts(interest, { assessments: [] })),
        ];
      }),
    ),
  );
  return table(
    [
      'Channel',
      'Purpose',
      'Subscriber',
      'Never asked',
      'Consent, evidenced',
      'Soft opt-in, proved',
      'Legitimate interest, assessed',
      'Legitimate interest, not assessed',
    ],
    rows,
  );
}

const troubleCodes = Object.keys(troubles) as (keyof typeof troubles)[];

function printBlocks(): string {
  const rows = troubleCodes.map((code) => [
    denyReasons[code].stage,
    `\`${code}\``,
    ...messageKinds.map((kind) => blockedChannels(code, kind)),
  ]);
  return table(['Stage', 'Reason', ...messageKinds], rows);
}

/** On which channels a trouble stops a message that would go out without it. */
function blockedChannels(code: keyof typeof troubles, kind: MessageKind): string {
  const possible = printedChannels.filter((channel) => isAllowed(agreedQuestion(channel, kind)));
  const blocked = possible.flatMap((channel) => {
    const question = troubles[code](agreedQuestion(channel, kind));
    const person = isBlockedBy(code, question);
    const company = isBlockedBy(code, asCompany(question));
    if (person && company) return [channel];
    if (person) return [`${channel} (individual)`];
    return company ? [`${channel} (corporate)`] : [];
  });
  if (blocked.length === 0) return '–';
  const everywhere = blocked.length === possible.length && blocked.every((name) => !name.includes(' '));
  return everywhere ? 'all' : blocked.join(', ');
}

function isAllowed({ facts, request, policy }: Question): boolean {
  return decide(facts, request, policy, askedAt).verdict === 'allow';
}

function isBlockedBy(code: DenyReason, { facts, request, policy }: Question): boolean {
  return decide(facts, request, policy, askedAt).reasons.includes(code);
}

function printUpgrade(policy: PolicySettings['policy']): string {
  const flags = ['no_follow_up', 'no_marketing', 'both', 'none'] as const;
  const rows = printedChannels.flatMap((channel) =>
    categories.map((category) => [
      channel,
      category,
      ...flags.map((flag) => printAnswer(migrated(plainQuestion(channel, category), flag, policy))),
    ]),
  );
  return table(
    ['Channel', 'Category', 'No Follow-Up only', 'No Marketing only', 'Both flags', 'Neither flag'],
    rows,
  );
}

function printRules(): string {
  const first = ['S0', '`REQUEST_INVALID`', sentenceOf('REQUEST_INVALID'), lawOf('REQUEST_INVALID')];
  const rows = rules.map(({ stage, code }) => [stage, `\`${code}\``, sentenceOf(code), lawOf(code)]);
  return table(['Stage', 'Reason', 'In plain words', 'Source'], [first, ...rows]);
}

function printAllowReasons(): string {
  const codes = [...Object.keys(allowReasons), ...Object.keys(informationReasons)] as ReasonCode[];
  const rows = codes.map((code) => [
    code in allowReasons ? 'ground' : 'told beside it',
    `\`${code}\``,
    sentenceOf(code),
    lawOf(code),
  ]);
  return table(['Kind', 'Reason', 'In plain words', 'Source'], rows);
}

interface SettingShape {
  readonly type?: string;
  readonly enum?: readonly string[];
  readonly const?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly items?: { readonly format?: string };
  readonly maxItems?: number;
  readonly anyOf?: readonly SettingShape[];
}

function printSettings(): string {
  const { properties } = z.toJSONSchema(policySettingsSchema);
  const rows = Object.entries(properties ?? {}).map(([name, shape]) => [
    `\`${name}\``,
    printDefault(defaultPolicySettings[name as keyof PolicySettings]),
    printValues(shape as SettingShape),
  ]);
  return table(['Setting', 'Default', 'Values'], rows);
}

function printDefault(value: PolicySettings[keyof PolicySettings]): string {
  if (Array.isArray(value)) {
    return value.length === 0 ? 'none' : `${value.length} days of England and Wales`;
  }
  if (typeof value !== 'object' || value === null) return value === null ? 'none' : `\`${value}\``;
  return Object.entries(value)
    .map(([day, hours]) => `${day} ${hours === null ? 'closed' : `${hours.from}–${hours.until}`}`)
    .join('; ');
}

function printValues(shape: SettingShape): string {
  if (shape.anyOf !== undefined) return shape.anyOf.map(printValues).join(' or ');
  if (shape.enum !== undefined) return shape.enum.map((value) => `\`${value}\``).join(', ');
  if (shape.const !== undefined) return `\`${shape.const}\``;
  if (shape.type === 'null') return 'none';
  if (shape.type === 'boolean') return '`true`, `false`';
  if (shape.type === 'array') {
    return shape.items?.format === 'date' ? 'dates' : `up to ${shape.maxItems} full names`;
  }
  if (shape.type === 'object') return 'local hours, half-open, for each kind of day';
  const { minimum = 0, maximum = Number.MAX_SAFE_INTEGER } = shape;
  return maximum === Number.MAX_SAFE_INTEGER ? `${minimum} or more` : `${minimum} to ${maximum}`;
}
