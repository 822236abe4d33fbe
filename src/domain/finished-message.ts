import { emailHtml, emailText } from './email-layout.ts';
import type { MergeFieldName, MergeValues } from './merge-fields.ts';
import { fillMergeFields, mergeFaults, mergeFields } from './merge-fields.ts';
import type { Promotion } from './promotional-words.ts';
import { unacceptedPromotion } from './promotional-words.ts';
import type { SmsSegments } from './sms-segments.ts';
import { countSegments, plainSmsText } from './sms-segments.ts';
import type { TemplateChannel } from './template.ts';
import { bodyLengthMax, subjectOf, treatedAs } from './template.ts';
import type { Purpose } from './vocabulary.ts';

/**
 * From what somebody wrote to what goes out. Who it is from and how to opt out (PECR 22(3)(c), 23, 24; UK GDPR 21) are
 * put in here, for every channel, whatever the author wrote; and what the engine is told of the message (stage S9, and
 * whether it is promotion) is read off the finished message, never taken from the author.
 */
export interface Template {
  readonly channel: TemplateChannel;
  readonly category: Purpose;
  /** A language tag, such as en-GB. */
  readonly language: string;
  readonly subject: string | null;
  readonly body: string;
  /** Phrases that an approver said to be no promotion. */
  readonly acceptedPhrases: readonly string[];
}

/** The controller in whose name it goes out. */
export interface Sender {
  /** The full name of the legal entity. */
  readonly name: string;
  /** What customers call it; the full name where there is none. */
  readonly shortName: string | null;
  readonly address: readonly string[];
  /** The number that a call shows, and that can be rung back. */
  readonly telephone: string | null;
  readonly email: string | null;
}

export interface OptOutMeans {
  /** Their own address on the web: opening it shows what may be stopped, a one-click POST stops it. https only. */
  readonly link: string | null;
  /** Where a STOP by text arrives: `reply` where texts come from a number that can be answered, else a number. */
  readonly stopTo: string | null;
}

/** What the engine is told of the message; every answer is known. */
export interface MessageContent {
  readonly promotion: boolean;
  readonly identity: boolean;
  readonly optOutMeans: boolean;
  readonly callerNumber: boolean;
}

export type FinishedMessage =
  | { readonly channel: 'sms'; readonly text: string; readonly segments: SmsSegments }
  | {
      readonly channel: 'email';
      readonly subject: string;
      readonly text: string;
      readonly html: string;
      /** For the header List-Unsubscribe (RFC 8058). */
      readonly unsubscribeLink: string | null;
    }
  | {
      readonly channel: 'letter';
      readonly subject: string | null;
      readonly body: string;
      readonly language: string;
      readonly sender: Sender;
      readonly optOut: string | null;
    }
  | {
      readonly channel: 'live_call';
      /** Said first, and whatever follows: who is calling, and for whom. */
      readonly opening: string;
      readonly script: string;
      readonly closing: string;
    };

export type Finishing =
  | {
      readonly fit: true;
      readonly message: FinishedMessage;
      readonly content: MessageContent;
      /** What it is judged as. */
      readonly treatedAs: Purpose;
      readonly promotion: readonly Promotion[];
    }
  | { readonly fit: false; readonly faults: readonly string[] };

/** What is known of a person by name is no promotion, whatever they are called. */
const names: readonly MergeFieldName[] = [
  'title',
  'first name',
  'last name',
  'full name',
  'company',
  'dealer',
  'branch',
];

/** Finishes a message for one person, or says why it is not fit for them. */
export function finishMessage(
  template: Template,
  {
    sender,
    optOut,
    values,
  }: { readonly sender: Sender; readonly optOut: OptOutMeans; readonly values: MergeValues },
): Finishing {
  const known = { ...values, dealer: sender.name, telephone: sender.telephone };
  const subject = fillMergeFields(template.subject ?? '', known);
  const body = fillMergeFields(template.body, known);
  const faults = faultsOf(template, [...subject.missing, ...body.missing]);
  if (faults.length > 0) return { fit: false, faults };
  const promotion = promotionIn(template, known);
  const treated = treatedAs(template.category, promotion.length > 0);
  const filled = { ...template, subject: subject.text.trim() || null, body: body.text.trim() };
  const means = treated === 'service_message' ? null : optOut;
  const message = finished(filled, sender, means);
  return {
    fit: true,
    message,
    content: contentOf(message, sender, means, promotion),
    treatedAs: treated,
    promotion,
  };
}

/** The promotion of a template that nobody has said to be none, with what is put into it. */
export function promotionIn(template: Template, values: MergeValues): Promotion[] {
  const read = { ...values, ...Object.fromEntries(names.map((name) => [name, 'Name'])) };
  const texts = [template.subject ?? '', template.body].map((text) => fillMergeFields(text, read).text);
  return unacceptedPromotion(texts.join('\n'), template.acceptedPhrases);
}

/** What is wrong with a template, whoever it goes to. */
export function templateFaults(template: Template): string[] {
  const faults = [template.subject ?? '', template.body].flatMap(mergeFaults).map(({ sentence }) => sentence);
  if (template.body.trim() === '') faults.push('The message is empty.');
  if (subjectOf[template.channel] === 'required' && (template.subject ?? '').trim() === '') {
    faults.push('The email has no subject.');
  }
  if (subjectOf[template.channel] === 'none' && (template.subject ?? '') !== '') {
    faults.push('A text or a script has no subject: nobody would see it.');
  }
  const most = bodyLengthMax[template.channel];
  if (template.body.length > most) faults.push(`The message is longer than ${most} characters.`);
  return [...new Set(faults)];
}

function faultsOf(template: Template, missing: readonly MergeFieldName[]): string[] {
  const lacking = [...new Set(missing)].map((field) => {
    const words = mergeFields.find(({ name }) => name === field)?.words ?? field;
    return `${words} is not known, and the template gives no words in its place: write ((${field}|…)).`;
  });
  return [...templateFaults(template), ...lacking];
}

function finished(template: Template, sender: Sender, means: OptOutMeans | null): FinishedMessage {
  switch (template.channel) {
    case 'sms':
      return finishedText(template, sender, means);
    case 'email':
      return finishedEmail(template, sender, means);
    case 'letter':
      return {
        channel: 'letter',
        subject: template.subject,
        body: template.body,
        language: template.language,
        sender,
        optOut: means === null ? null : optOutByPost(sender, means),
      };
    case 'live_call':
      return {
        channel: 'live_call',
        opening: `This is [your name], calling from ${sender.name}.`,
        script: template.body,
        closing:
          'If they would rather not be called: thank them, say that it is done, and record "No" for Telephone before you hang up.',
      };
  }
}

function finishedText(template: Template, sender: Sender, means: OptOutMeans | null): FinishedMessage {
  const name = plainSmsText(nameOf(sender));
  const body = plainSmsText(template.body);
  const named = says(body, name) ? body : `${name}: ${body}`;
  const text = [named, means === null ? '' : optOutByText(means)].filter(Boolean).join(' ');
  return { channel: 'sms', text, segments: countSegments(text) };
}

function finishedEmail(template: Template, sender: Sender, means: OptOutMeans | null): FinishedMessage {
  const link = safeLink(means);
  const parts = {
    language: template.language,
    subject: template.subject ?? '',
    sender: nameOf(sender),
    body: template.body,
    identity: identityOf(sender),
    optOut: link === null ? null : { words: 'Stop these emails, or choose what we send', link },
  };
  return {
    channel: 'email',
    subject: parts.subject,
    text: emailText(parts),
    html: emailHtml(parts),
    unsubscribeLink: link,
  };
}

/** What is read off the finished message. */
function contentOf(
  message: FinishedMessage,
  sender: Sender,
  means: OptOutMeans | null,
  promotion: readonly Promotion[],
): MessageContent {
  const text = wholeTextOf(message);
  const link = safeLink(means);
  const stop = means === null ? '' : optOutByText(means);
  const optOutMeans =
    message.channel === 'sms'
      ? stop !== '' && message.text.endsWith(stop)
      : message.channel === 'email'
        ? link !== null && message.text.includes(link)
        : message.channel === 'letter'
          ? message.optOut !== null
          : true;
  return {
    promotion: promotion.length > 0,
    identity:
      sender.name.trim() !== '' && (says(text, sender.name) || says(text, plainSmsText(nameOf(sender)))),
    optOutMeans,
    callerNumber:
      message.channel === 'live_call' && sender.telephone !== null && sender.telephone.trim() !== '',
  };
}

function wholeTextOf(message: FinishedMessage): string {
  switch (message.channel) {
    case 'sms':
    case 'email':
      return message.text;
    case 'letter':
      return identityOf(message.sender).join('\n');
    case 'live_call':
      return message.opening;
  }
}

function optOutByText({ link, stopTo }: OptOutMeans): string {
  if (stopTo === 'reply') return 'Reply STOP to opt out';
  if (stopTo !== null && stopTo !== '') return `Opt out: text STOP to ${stopTo}`;
  const safe = safeLink({ link, stopTo });
  return safe === null ? '' : `Opt out: ${safe}`;
}

/** By post there is always a way: the address it came from. */
function optOutByPost(sender: Sender, means: OptOutMeans): string {
  const link = safeLink(means);
  const ways = [
    ...(link === null ? [] : [`visit ${link}`]),
    ...(sender.telephone === null ? [] : [`ring ${sender.telephone}`]),
    'write to the address at the head of this letter',
  ];
  const last = ways.pop() ?? '';
  const said = ways.length === 0 ? last : `${ways.join(', ')} or ${last}`;
  return `If you would rather not have letters like this one, ${said}: we will stop, free of charge and at once.`;
}

function identityOf(sender: Sender): string[] {
  return [
    sender.name,
    sender.address.join(', '),
    [sender.telephone, sender.email].filter(Boolean).join(' · '),
  ].filter((line) => line.trim() !== '');
}

function nameOf({ name, shortName }: Sender): string {
  return shortName?.trim() || name;
}

function safeLink(means: OptOutMeans | null): string | null {
  const link = means?.link ?? null;
  return link !== null && /^https:\/\/[^\s<>"']+$/.test(link) ? link : null;
}

function says(text: string, name: string): boolean {
  return name.trim() !== '' && text.toLowerCase().includes(name.trim().toLowerCase());
}
