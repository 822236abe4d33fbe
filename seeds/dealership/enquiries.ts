import { validate as isUuid } from 'uuid';
import type { EnquiryStage } from '../../src/domain/enquiry.ts';
import { addDays, londonInstant } from '../../src/domain/london.ts';
import { customerIdsOf } from '../../src/features/customers/service.ts';
import type { EnquiryChanges, EnteredEnquiry } from '../../src/features/enquiries/contract.ts';
import type { WebLead } from '../../src/features/enquiries/leads/contract.ts';
import { fileWebLeads } from '../../src/features/enquiries/leads/jobs.ts';
import { receiveWebLead, registerWebWording } from '../../src/features/enquiries/leads/service.ts';
import { changeEnquiry, createEnquiry, readEnquiry } from '../../src/features/enquiries/service.ts';
import { permitContact } from '../../src/features/messages/service.ts';
import type { ManualClock } from '../../src/platform/clock.ts';
import type { Actor, Context } from '../../src/platform/context.ts';
import type { Calendar } from './calendar.ts';
import type { CustomerRecord } from './files.ts';
import { instantAt } from './living.ts';
import { dealer } from './organisation.ts';

/** Who is thinking of another car at the moment: something at every stage, and some of it overdue. */
interface EnquiryStory {
  readonly source: EnteredEnquiry['source'];
  readonly wants: string;
  readonly stockNumber?: string;
  readonly partExchange?: string;
  readonly budgetPence?: number;
  readonly financeInterest?: 'yes' | 'no';
  readonly note?: string;
  /** How many days ago it began. */
  readonly ago: number;
  /** The stages it went through since, a day or more apart. */
  readonly stages: readonly EnquiryStage[];
  /** What is done next, and in how many days; less than none is overdue. */
  readonly next?: readonly [what: string, inDays: number];
  readonly lost?: EnquiryChanges['lostReason'];
}

const stories: readonly EnquiryStory[] = [
  {
    source: 'walk_in',
    wants: 'Ford Puma, automatic',
    stockNumber: 'HM1042',
    partExchange: 'Fiesta, 42,000 miles',
    budgetPence: 1_850_000,
    financeInterest: 'yes',
    note: 'Wants it before Christmas. Test drive on a Saturday, please.',
    ago: 6,
    stages: ['contacted'],
    next: ['Ring back with a part-exchange price', -3],
  },
  { source: 'phone', wants: 'Kuga hybrid', ago: 1, stages: [], next: ['Ring back', 0] },
  {
    source: 'email',
    wants: 'Focus estate, diesel',
    budgetPence: 1_200_000,
    ago: 2,
    stages: [],
    next: ['Send what is in stock', -1],
  },
  {
    source: 'phone',
    wants: 'Transit Custom',
    financeInterest: 'no',
    ago: 9,
    stages: ['contacted', 'appointment'],
    next: ['Appointment at 10:30', 1],
  },
  {
    source: 'walk_in',
    wants: 'Ford Puma ST-Line',
    stockNumber: 'HM1057',
    ago: 12,
    stages: ['contacted', 'appointment', 'test_drive'],
    next: ['Ask how they liked it', -2],
  },
  {
    source: 'web',
    wants: 'Mustang Mach-E',
    budgetPence: 3_400_000,
    financeInterest: 'yes',
    ago: 14,
    stages: ['contacted', 'test_drive', 'quoted'],
    next: ['Quotation ends: ring', 2],
  },
  {
    source: 'walk_in',
    wants: 'Fiesta for a new driver',
    budgetPence: 750_000,
    ago: 17,
    stages: ['contacted', 'quoted'],
  },
  { source: 'phone', wants: 'Kuga, towbar', ago: 24, stages: ['contacted', 'test_drive', 'quoted', 'sold'] },
  {
    source: 'email',
    wants: 'Galaxy, seven seats',
    ago: 20,
    stages: ['contacted', 'lost'],
    lost: 'vehicle_not_available',
  },
  {
    source: 'walk_in',
    wants: 'Focus ST',
    ago: 27,
    stages: ['contacted', 'test_drive', 'lost'],
    lost: 'part_exchange_value',
  },
  {
    source: 'phone',
    wants: 'EcoSport',
    ago: 3,
    stages: ['contacted'],
    next: ['Send the video of the car', 1],
  },
];

export interface Showroom {
  /** Its clock is `clock`. */
  readonly context: Context;
  readonly clock: ManualClock;
  readonly calendar: Calendar;
  readonly actorOf: (branch: string) => Actor;
}

const branches = ['SHEF', 'ROTH', 'BARN'] as const;
/** One customer in so many, so that not the first of the file alone are buying. */
const stride = 3;

/** Tells the services who came in about a car, day by day, and what came from the website. */
export async function openShowroom(room: Showroom, customers: readonly CustomerRecord[]): Promise<void> {
  let sold = 0;
  for (const branch of branches) {
    const buyers = await buyersOf(room.context, customers, branch);
    for (const [index, story] of stories.entries()) {
      const customerId = buyers[index * stride];
      if (customerId === undefined) break;
      sold += 1;
      await tell(room, story, {
        customerId,
        branch,
        registration: `HM26 H${letters[sold % 20]}${letters[(sold * 7) % 20]}`,
      });
    }
  }
  await openWebsite(room);
}

const letters = 'ABCDEFGHJKLMNOPRSTUV';

/** Whoever can be sent a text about a booking: somebody who is there, with a mobile. */
async function buyersOf(
  context: Context,
  customers: readonly CustomerRecord[],
  branch: string,
): Promise<string[]> {
  const numbers = customers
    .filter((record) => record.branch === branch && record.mobile !== '' && record.surname !== '')
    .slice(0, stories.length * stride * 2)
    .map(({ customer_no }) => `no:${customer_no}`);
  const found: string[] = [];
  for (const id of (await customerIdsOf(context, numbers)).values()) {
    const request = { channel: 'sms', category: 'service_message' } as const;
    if ('permitted' in (await permitContact(context, id, request))) found.push(id);
  }
  return found;
}

interface Buyer {
  readonly customerId: string;
  readonly branch: string;
  readonly registration: string;
}

async function tell(
  room: Showroom,
  story: EnquiryStory,
  { customerId, branch, registration }: Buyer,
): Promise<void> {
  const { context, clock, calendar } = room;
  const actor = room.actorOf(branch);
  const day = (ago: number): string => addDays(calendar.today, -ago);
  clock.set(instantAt(londonInstant(day(story.ago), '10:20')));
  const { next } = story;
  const id = await createEnquiry(
    context,
    {
      source: story.source,
      customer: customerId,
      branch,
      vehicleOfInterest: story.wants,
      stockNumber: story.stockNumber ?? null,
      partExchange: story.partExchange ?? null,
      budgetPence: story.budgetPence ?? null,
      financeInterest: story.financeInterest ?? 'not_asked',
      ownerId: actor.id !== null && isUuid(actor.id) ? actor.id : null,
      nextAction: next === undefined ? null : { what: next[0], on: day(-next[1]) },
      ...(story.note === undefined ? {} : { note: story.note }),
    },
    actor,
  );
  const pace = Math.max(1, Math.floor(story.ago / (story.stages.length + 1)));
  for (const [index, stage] of story.stages.entries()) {
    const ago = Math.max(1, story.ago - pace * (index + 1));
    clock.set(instantAt(londonInstant(day(ago), '15:40')));
    const { version } = await readEnquiry(context, id);
    await changeEnquiry(context, id, changeTo(stage, story, registration), {
      expectedVersion: version,
      actor,
    });
  }
}

function changeTo(stage: EnquiryStage, { lost }: EnquiryStory, registration: string): EnquiryChanges {
  if (stage === 'lost' && lost !== undefined) return { stage, lostReason: lost };
  if (stage !== 'sold') return { stage };
  return { stage, sale: { vehicle: { registration, make: 'Ford', model: 'Kuga' } } };
}

const wording = `May we, ${dealer}, text or email you about our offers? You can change your mind at any time.`;
const ticks: NonNullable<WebLead['ticks']> = [
  { channel: 'sms', category: 'general_marketing', ticked: true },
  { channel: 'email', category: 'general_marketing', ticked: false },
];

/** One who had said no, one who is new, and one who saw words that nobody has read yet. */
const leads: readonly Omit<WebLead, 'source' | 'branch'>[] = [
  {
    visitor: { forename: 'Tom', surname: 'Ibbotson', phone: '07700 900143' },
    vehicleOfInterest: 'Ford Puma, automatic',
    message: 'Is the blue one still there?',
    wording: { text: wording },
    ticks,
  },
  {
    visitor: {
      title: 'Ms',
      forename: 'Rosalind',
      surname: 'Fairweather',
      phone: '07700 900491',
      email: 'r.fairweather@example.com',
    },
    vehicleOfInterest: 'Mustang Mach-E',
    wording: { text: wording },
    ticks,
  },
  {
    visitor: { forename: 'Declan', surname: 'Moorhouse', phone: '07700 900492' },
    vehicleOfInterest: 'Focus estate',
    wording: { text: `Yes, keep me posted about everything at ${dealer} by text, email and phone.` },
    ticks,
  },
];

async function openWebsite({ context, clock, calendar }: Showroom): Promise<void> {
  const yesterday = addDays(calendar.today, -1);
  clock.set(instantAt(londonInstant(yesterday, '09:00')));
  const website: Actor = { kind: 'system', id: 'demonstration' };
  await registerWebWording(context, { text: wording, language: 'en-GB' }, website);
  clock.set(instantAt(londonInstant(yesterday, '19:10')));
  for (const lead of leads) {
    await receiveWebLead(context, { source: 'web_form', branch: 'SHEF', ...lead }, website);
  }
  await fileWebLeads(context);
}
