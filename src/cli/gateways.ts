import type { Command } from 'commander';
import { v7 as uuid } from 'uuid';
import { readConfig } from '../config.ts';
import { parseEmailAddress } from '../domain/email-address.ts';
import { emailHtml, emailText } from '../domain/email-layout.ts';
import { parsePhone } from '../domain/phone.ts';
import type { GatewaySettings, Gateways } from '../gateways/gateways.ts';
import { openGateways } from '../gateways/gateways.ts';
import type { Outcome } from '../gateways/outcome.ts';
import { memoryOutbox } from '../gateways/recording.ts';
import { systemClock } from '../platform/clock.ts';
import type { Format } from './output.ts';
import { answer, CommandFailed, example, table, tell, WrongUsage, withFormat } from './output.ts';

/** `gateways list` and `gateways test`. Neither opens the database: what is tried is the way out alone. */
export function addGatewayCommands(program: Command): void {
  const gateways = program
    .command('gateways')
    .description('The ways out: mail server, text gateway, letters');
  example(
    withFormat(
      gateways.command('list').description('Say which ways out are set up, and whether they let us in'),
    ),
    'npm run -s navigator -- gateways list',
  ).action(async ({ format }: { format: Format }) => {
    await withGateways(async (opened, settings) => {
      const ways = await describeWays(opened, settings);
      answer(format, { gateways: ways, publicUrl: settings.publicUrl }, () => describeTable(ways, settings));
      if (ways.some(({ works }) => works === false)) throw new CommandFailed();
    });
  });
  example(
    withFormat(
      gateways
        .command('test')
        .description('Send one test message to yourself, and say what became of it')
        .option('--email <address>', 'your own email address')
        .option('--sms <number>', 'your own mobile number'),
    ),
    'npm run -s navigator -- gateways test --email ruth@hallam.example',
  ).action(async ({ email, sms, format }: { email?: string; sms?: string; format: Format }) => {
    if ((email === undefined) === (sms === undefined))
      throw new WrongUsage('Say where to: --email or --sms.');
    await withGateways(async (opened, settings) => {
      const isReal = email === undefined ? settings.sms !== null : settings.email !== null;
      const outcome = email === undefined ? await testSms(opened, sms ?? '') : await testEmail(opened, email);
      answer(format, { sent: isReal && outcome.kind === 'accepted', outcome }, () =>
        outcomeWords(outcome, isReal),
      );
      if (!isReal || outcome.kind !== 'accepted') throw new CommandFailed();
    });
  });
}

async function withGateways(
  work: (gateways: Gateways, settings: GatewaySettings) => Promise<void>,
): Promise<void> {
  const { gateways: settings } = readConfig();
  const now = (): number => systemClock.now().epochMilliseconds;
  const opened = openGateways(settings, { outbox: memoryOutbox(10), now });
  try {
    await work(opened, settings);
  } finally {
    await opened.close();
  }
}

interface Way {
  readonly way: string;
  readonly set: boolean;
  readonly works: boolean | null;
  readonly sentence: string;
}

async function describeWays(gateways: Gateways, settings: GatewaySettings): Promise<Way[]> {
  const [email, sms] = await Promise.all([gateways.email.check(), gateways.sms.check()]);
  const byHand = { set: true, works: true } as const;
  return [
    { way: 'Email', set: settings.email !== null, ...email },
    { way: 'SMS', set: settings.sms !== null, ...sms },
    { way: 'Letter', ...byHand, sentence: 'One PDF for each batch, to be printed.' },
    { way: 'Telephone', ...byHand, sentence: 'A list of calls for people to make.' },
    { way: 'Social media', ...byHand, sentence: 'A file of hashes, to be uploaded by a person.' },
  ];
}

function describeTable(ways: readonly Way[], { publicUrl }: GatewaySettings): string {
  const rows = ways.map(({ way, set, works, sentence }) => [
    way,
    set ? (works === false ? 'does not work' : 'set up') : 'records only',
    sentence,
  ]);
  const links =
    publicUrl === null
      ? 'Without NAVIGATOR_PUBLIC_URL no message carries a link for opting out, and no receipt comes in.'
      : `Links in messages lead to ${publicUrl}.`;
  return [table(['Way out', 'State', ''], rows), links].join('\n');
}

async function testEmail(gateways: Gateways, address: string): Promise<Outcome> {
  const read = parseEmailAddress(address);
  if (!read.ok) throw new WrongUsage(read.sentence);
  const parts = {
    language: 'en-GB',
    subject: 'A test of Navigator',
    sender: 'Navigator',
    body: 'This is a test. Somebody who runs Navigator sent it from the command line, to see that emails arrive.',
    identity: ['Sent by Navigator'],
    optOut: null,
  };
  return gateways.email.send({
    id: uuid(),
    to: { name: null, address: read.address },
    subject: parts.subject,
    text: emailText(parts),
    html: emailHtml(parts),
    unsubscribeLink: null,
    senderName: null,
    replyTo: null,
  });
}

async function testSms(gateways: Gateways, number: string): Promise<Outcome> {
  const read = parsePhone(number);
  if (!read.ok) throw new WrongUsage(read.sentence);
  const text = 'This is a test of Navigator, sent from the command line.';
  return gateways.sms.send({ id: uuid(), to: read.e164, text, statusCallback: null });
}

function outcomeWords(outcome: Outcome, isReal: boolean): string {
  if (!isReal) {
    tell('This way out is not set: see "Ways out" in docs/operating.md.');
    return 'Nothing was sent: the message was recorded only.';
  }
  switch (outcome.kind) {
    case 'accepted':
      return `Accepted, under the reference ${outcome.reference}. Look whether it arrives.`;
    case 'refused':
      return `Refused for good (${outcome.code}): ${refusalWords[outcome.about]}`;
    case 'try_later':
      return `Not accepted now (${outcome.code}). Sending would be tried again later.`;
    case 'unknown':
      return `Nobody knows (${outcome.code}): it was handed over, and not confirmed. Look whether it arrives.`;
  }
}

const refusalWords = {
  recipient: 'the other side says that this address or number does not work.',
  message: 'the other side does not want this message.',
  sender: 'the other side does not want this sender: check the settings of who it is from.',
} as const;
