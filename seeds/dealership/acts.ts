import type { PersonStatus } from '../../src/domain/ledger-event.ts';
import type { Category, Channel, ContactPointKind, Method } from '../../src/domain/vocabulary.ts';
import type { NewPermissionEvent } from '../../src/features/permissions/contract.ts';

/** Something that happened with one customer after the upgrade; the services are told of it in this order. */
export interface Act {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly customerNumber: string;
  readonly what:
    | { readonly kind: 'event'; readonly event: NewPermissionEvent }
    | { readonly kind: 'status'; readonly status: PersonStatus }
    | { readonly kind: 'bounced'; readonly contact: ContactPointKind }
    /** A number that somebody else gave, and nobody confirmed yet. */
    | { readonly kind: 'unconfirmed'; readonly phone: string }
    | { readonly kind: 'vehicle_left' };
}

const screenChannels = ['sms', 'letter', 'live_call', 'social_dm', 'social_audience', 'email'] as const;
const screenCategories = ['service_follow_up', 'general_marketing'] as const;

export type Box = `${(typeof screenChannels)[number]}:${(typeof screenCategories)[number]}`;

export interface Asked {
  readonly at: number;
  readonly method: Method;
  readonly dealer: string;
  /** What the wording calls the car of the customer. */
  readonly car?: string;
}

export function counterWording(dealer: string, car = 'car'): string {
  return (
    `May we, ${dealer}, remind you when your ${car} is due its MOT or service — and would you like to hear about ` +
    'our offers? You can choose how, and you can change your mind at any time.'
  );
}

/** The whole grid as it was saved: a box that was shown and not ticked was not given. */
export function reviewed(asked: Asked, ticked: ReadonlySet<Box>): NewPermissionEvent {
  const cells = screenChannels.flatMap((channel) =>
    screenCategories.map((category) =>
      cell(channel, category, ticked.has(`${channel}:${category}`) ? 'granted' : 'not_given'),
    ),
  );
  return recorded(asked, cells);
}

/** Only these boxes, as when the others were not spoken of. */
export function answered(
  asked: Asked,
  boxes: Readonly<Partial<Record<Box, 'granted' | 'not_given'>>>,
): NewPermissionEvent {
  const cells = Object.entries(boxes).map(([box, answer]) => {
    const [channel, category] = box.split(':') as [Channel, Category];
    return cell(channel, category, answer);
  });
  return recorded(asked, cells);
}

function recorded({ at, method, dealer, car }: Asked, cells: RecordedCells): NewPermissionEvent {
  return {
    kind: 'record',
    cells,
    review: true,
    previousSystem: false,
    occurredAt: instantOf(at),
    method,
    wording: { text: counterWording(dealer, car), language: 'en-GB' },
    givenBy: 'staff',
  };
}

type RecordedCells = Extract<NewPermissionEvent, { kind: 'record' }>['cells'];

function cell(
  channel: Channel,
  category: Category,
  answer: 'granted' | 'not_given' | 'withdrawn',
): RecordedCells[number] {
  return { channel, category, answer, basis: 'consent' };
}

/** Taken back by the customer; no review, because the rest was not gone through. */
export function withdrawn(
  at: number,
  method: 'portal' | 'sms_stop' | 'email',
  boxes: readonly Box[],
): NewPermissionEvent {
  return {
    kind: 'record',
    cells: boxes.map((box) => {
      const [channel, category] = box.split(':') as [Channel, Category];
      return cell(channel, category, 'withdrawn');
    }),
    review: false,
    previousSystem: false,
    occurredAt: instantOf(at),
    method,
    givenBy: 'customer',
  };
}

export function stoppedAll(at: number, method: Method): NewPermissionEvent {
  return { kind: 'stop_all_marketing', occurredAt: instantOf(at), method, givenBy: 'customer' };
}

/** Bought here, was told of our own services and could say no each time (PECR 22(3)). */
export function existingCustomer(at: number, boughtOn: string): NewPermissionEvent {
  return {
    kind: 'existing_customer',
    obtainedIn: 'sale',
    optOutOffered: true,
    similarProducts: true,
    obtainedOn: boughtOn,
    occurredAt: instantOf(at),
    givenBy: 'staff',
  };
}

export function notReviewed(
  at: number,
  outcome: 'declined_to_answer' | 'did_not_ask',
  reason: 'customer_in_a_hurry' | 'dropped_keys' | null,
): NewPermissionEvent {
  return { kind: 'review_not_done', outcome, reason, occurredAt: instantOf(at), givenBy: 'staff' };
}

function instantOf(at: number): string {
  return Temporal.Instant.fromEpochMilliseconds(at).toString();
}
