import { blocksOf } from '../../../domain/email-layout.ts';
import type { FinishedMessage, MessageContent } from '../../../domain/finished-message.ts';
import { finishMessage } from '../../../domain/finished-message.ts';
import { londonDateOf } from '../../../domain/london.ts';
import type { MergeValues } from '../../../domain/merge-fields.ts';
import { exampleValues } from '../../../domain/merge-fields.ts';
import { dateWords } from '../../../domain/plain-words.ts';
import type { Promotion } from '../../../domain/promotional-words.ts';
import type { SmsSegments } from '../../../domain/sms-segments.ts';
import { formatRegistration } from '../../../domain/vehicle-registration.ts';
import type { Purpose } from '../../../domain/vocabulary.ts';
import type { Actor, Context } from '../../../platform/context.ts';
import { nowOf } from '../../../platform/context.ts';
import { printLetters, unprintable } from '../../../platform/letter-pdf.ts';
import { recordAccess } from '../../access/service.ts';
import { listBranches } from '../../branches/service.ts';
import { customerIdOf, readCustomer } from '../../customers/service.ts';
import type { PreviewRequest } from '../contract.ts';
import { readSender } from '../sender/service.ts';

/**
 * A template as one customer would get it, by the same function that finishes what is sent.
 * Guarantees that a look at a customer's data is written down, and that nothing leaves.
 */
export interface Preview {
  readonly faults: readonly string[];
  readonly promotion: readonly Promotion[];
  readonly treatedAs: Purpose;
  readonly sender: string;
  readonly subject: string | null;
  readonly text: string | null;
  readonly html: string | null;
  readonly pdf: string | null;
  readonly sms: SmsSegments | null;
  readonly content: MessageContent | null;
}

/** What stands in for the customer's own link, which only a message that is sent has. */
const exampleLink = 'https://example.com/stop';

/** Throws NotFoundError for a customer who is not on file. */
export async function previewTemplate(
  context: Context,
  { customer, ...written }: PreviewRequest,
  actor: Actor,
): Promise<Preview> {
  const person = customer === null ? madeUp : await personOf(context, customer, actor);
  const sender = await readSender(context);
  const done = finishMessage(
    { ...written, acceptedPhrases: [] },
    { sender, optOut: { link: exampleLink, stopTo: 'reply' }, values: person.values },
  );
  const nothing = { subject: null, text: null, html: null, pdf: null, sms: null, content: null };
  if (!done.fit) {
    return {
      ...nothing,
      faults: done.faults,
      promotion: [],
      treatedAs: written.category,
      sender: sender.name,
    };
  }
  const { message, promotion, treatedAs, content } = done;
  const shown = await show(context, message, person.address);
  return { ...nothing, promotion, treatedAs, content, sender: sender.name, faults: [], ...shown };
}

/** What is known of a customer, for merge fields. */
async function personOf(context: Context, reference: string, actor: Actor): Promise<Person> {
  const id = await customerIdOf(context, reference);
  await recordAccess(context, actor, 'template previewed', id);
  const [customer, branches] = await Promise.all([readCustomer(context, id), listBranches(context)]);
  const { title, forename, surname, companyName, contactPoints, vehicles } = customer;
  const vehicle = vehicles.find(({ untilOn }) => untilOn === null);
  const postal = contactPoints.find(({ kind, address }) => kind === 'postal' && address !== null)?.address;
  const fullName = joined([title, forename, surname]);
  return {
    values: {
      title,
      'first name': forename,
      'last name': surname,
      'full name': fullName || companyName,
      company: companyName,
      registration: vehicle?.registration == null ? null : formatRegistration(vehicle.registration),
      make: vehicle?.make ?? null,
      model: vehicle?.model ?? null,
      vehicle: joined([vehicle?.make, vehicle?.model]),
      'MOT due date': inWords(vehicle?.motDueOn),
      'service due date': inWords(vehicle?.serviceDueOn),
      branch: branches.find(({ code }) => code === customer.branch)?.name ?? null,
    },
    address:
      postal == null ? null : [fullName, companyName, ...Object.values(postal)].flatMap((line) => line || []),
  };
}

interface Person {
  readonly values: MergeValues;
  readonly address: readonly string[] | null;
}

const madeUp: Person = {
  values: exampleValues,
  address: ['Mrs Jane Holroyd', '12 Mill Lane', 'Sheffield', 'S10 2HE'],
};

type Shown = Partial<Pick<Preview, 'faults' | 'subject' | 'text' | 'html' | 'pdf' | 'sms' | 'content'>>;

async function show(
  context: Context,
  message: FinishedMessage,
  address: readonly string[] | null,
): Promise<Shown> {
  switch (message.channel) {
    case 'sms':
      return { text: message.text, sms: message.segments };
    case 'email':
      return { subject: message.subject, text: message.text, html: message.html };
    case 'live_call':
      return { text: [message.opening, message.script, message.closing].join('\n\n') };
    case 'letter':
      return showLetter(context, message, address);
  }
}

async function showLetter(
  context: Context,
  { subject, body, optOut, sender, language }: Extract<FinishedMessage, { channel: 'letter' }>,
  address: readonly string[] | null,
): Promise<Shown> {
  if (address === null) return { faults: ['No postal address is known.'], content: null };
  const letterhead = [sender.name, ...sender.address, sender.telephone, sender.email].flatMap(
    (line) => line ?? [],
  );
  const text = [subject, body, optOut].flatMap((part) => part ?? []).join('\n\n');
  const odd = unprintable([...address, ...letterhead, text].join('\n'));
  if (odd.length > 0) return { faults: [`A letter cannot be printed with ${odd.join(' ')}.`], content: null };
  const madeAt = nowOf(context);
  const { bytes } = await printLetters(
    [
      {
        recipient: address,
        letterhead,
        date: dateWords(londonDateOf(madeAt)),
        subject,
        blocks: blocksOf(body),
        smallPrint: optOut,
      },
    ],
    { title: 'Letter', language, madeAt },
  );
  return { subject, text, pdf: bytes.toString('base64') };
}

function joined(parts: readonly (string | null | undefined)[]): string {
  return parts.flatMap((part) => part || []).join(' ');
}

function inWords(date: string | null | undefined): string | null {
  return date == null ? null : dateWords(date);
}
