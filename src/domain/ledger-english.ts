import type { LedgerAct, LedgerCell, LedgerEvent, PersonStatus } from './ledger-event.ts';
import {
  categoryWords,
  channelWords,
  dateWords,
  dayWords,
  legacyFlagWords,
  listWords,
  methodWords,
  midSentence,
} from './plain-words.ts';
import { channels } from './vocabulary.ts';

/** What an entry of the ledger means, for people: it holds ids and codes alone, so the names are handed in. */
export interface LedgerNames {
  /** Who acted or wrote it down; null when nobody is known. */
  readonly by: string | null;
  /** Of the counter wording; null for any other. */
  readonly wordingVersion: number | null;
  /** The entry that made this one void; null when it counts. */
  readonly voidedBy: number | null;
  branch(id: number): string | null;
  vehicle(id: string): string | null;
  company(id: string): string | null;
  /** Another record of the same person. */
  customer(id: string): string | null;
}

export interface LedgerSentence {
  readonly sentence: string;
  readonly detail: string | null;
}

/** One entry in words: what happened, and who, how and what became of it. */
export function ledgerSentence(event: LedgerEvent, names: LedgerNames): LedgerSentence {
  const written = event.occurredAt !== null && dayWords(event.occurredAt) !== dayWords(event.recordedAt);
  const details = [
    names.by,
    names.wordingVersion === null ? null : `wording ${names.wordingVersion}`,
    written ? `written down on ${dayWords(event.recordedAt)}` : null,
    names.voidedBy === null ? null : `corrected by entry ${names.voidedBy}: counts for nothing`,
  ].filter((detail) => detail !== null);
  return {
    sentence: sentenceOf(event, names),
    detail: details.length === 0 ? null : details.join(' · '),
  };
}

function sentenceOf(event: LedgerEvent, names: LedgerNames): string {
  const { act } = event;
  const how = event.method === null ? '' : ` ${methodWords[event.method]}`;
  switch (act.kind) {
    case 'opened':
      return 'Entered as a customer';
    case 'imported':
      return importSentence(act);
    case 'recorded':
      return recordedSentence(event, act.review, how, names);
    case 'review_confirmed':
      return `Confirmed the preferences as they stand${how}`;
    case 'review_attempted':
      return attemptSentence(act, names);
    case 'objected':
      return `Stopped all marketing${how}`;
    case 'vehicle_contact_set': {
      const vehicle = names.vehicle(act.vehicleId) ?? 'a vehicle';
      return act.permitted ? `Reminders about ${vehicle} are welcome again` : `No reminders about ${vehicle}`;
    }
    case 'soft_opt_in_recorded':
      return softOptInSentence(act);
    case 'status_set':
      return statusSentences[act.status][act.value ? 0 : 1];
    case 'merged': {
      const other = names.customer(act.absorbedCustomerId);
      return `${other === null ? 'Another record' : `Record ${other}`} of the same person became part of this one`;
    }
    case 'reset':
      return act.keepConsent
        ? 'Reset to no permission, consent kept'
        : 'Reset to no permission, consent included';
    case 'corrected':
      return correctionSentences[act.reason](event.corrects);
  }
}

type Act<Kind extends LedgerAct['kind']> = Extract<LedgerAct, { kind: Kind }>;

function importSentence({ legacy, assumed }: Act<'imported'>): string {
  const marked = legacy === 'none' ? legacyFlagWords.none : `marked ${legacyFlagWords[legacy]}`;
  const rest = legacy === 'none' ? 'assumed' : 'the rest assumed';
  const follows = assumed ? `, ${rest} permitted at the upgrade` : '';
  return `Taken over from the old records: ${marked}${follows}`;
}

function attemptSentence({ outcome, reason, branchId }: Act<'review_attempted'>, names: LedgerNames): string {
  const outcomes = {
    declined_to_answer: 'declined to answer',
    did_not_ask: 'did not ask',
    sent_to_phone: 'will choose on their own phone',
  } as const;
  const branch = branchId === undefined ? null : names.branch(branchId);
  const why = reason === null ? '' : ` (${reason.replaceAll('_', ' ')})`;
  return `Review not done${branch === null ? '' : ` at ${branch}`}: ${outcomes[outcome]}${why}`;
}

function softOptInSentence(act: Act<'soft_opt_in_recorded'>): string {
  const obtained = {
    sale: 'in a sale',
    negotiation: 'in negotiations for a sale',
    other: 'elsewhere',
  } as const;
  const on = act.obtainedOn === null ? '' : ` on ${dateWords(act.obtainedOn)}`;
  const offered = act.optOutOffered ? 'an opt-out offered' : 'no opt-out offered';
  return `Existing customer: details taken ${obtained[act.obtainedIn]}${on}, ${offered}`;
}

const statusSentences: Readonly<Record<PersonStatus, readonly [set: string, cleared: string]>> = {
  erased: ['Erased at their request', 'No longer recorded as erased'],
  deceased: ['Recorded as deceased', 'No longer recorded as deceased'],
  restricted: ['Use of their data put on hold at their request', 'Use of their data no longer on hold'],
  identity_unresolved: [
    'May be the same person as another record: marketing waits',
    'No longer taken for another record',
  ],
  care_hold: ['A care note stops marketing', 'The care note was taken away'],
};

const correctionSentences: Readonly<Record<Act<'corrected'>['reason'], (corrects: number | null) => string>> =
  {
    wrong_entry: (corrects) => `Entry ${corrects ?? '?'} was recorded wrongly and counts for nothing`,
    reset_undone: () => 'A reset was undone',
    import_reversed: () => 'An import was taken back',
  };

function recordedSentence(event: LedgerEvent, review: boolean, how: string, names: LedgerNames): string {
  const own = event.actor.kind === 'customer';
  const opening = own ? `The customer chose${how}` : review ? `Reviewed${how}` : `Recorded${how}`;
  const cells = withoutRepetition(event.cells);
  const yes = cells.filter(({ after }) => after === 'granted');
  const takenBack = cells.filter(
    ({ before, after }) => after === 'withdrawn' || (before === 'granted' && after === 'not_given'),
  );
  const unticked = cells.filter((cell) => cell.after === 'not_given' && !takenBack.includes(cell));
  const parts = [
    yes.length === 0 ? null : `yes to ${boxes(yes, names)}`,
    takenBack.length === 0 ? null : `no longer ${boxes(takenBack, names)}`,
    untickedWords(unticked, cells.length, names),
  ].filter((part) => part !== null);
  return `${opening}: ${parts.join('; ')}`;
}

/** More than this many unticked boxes are not named one by one: the entry itself has them. */
const namedUnticked = 3;

function untickedWords(unticked: readonly LedgerCell[], shown: number, names: LedgerNames): string | null {
  if (unticked.length === 0) return null;
  if (unticked.length === shown && shown > namedUnticked) return 'every box left unticked';
  return unticked.length > namedUnticked ? 'the rest left unticked' : `no to ${boxes(unticked, names)}`;
}

/** A yes about one vehicle that only repeats the one about the whole category is not told twice. */
function withoutRepetition(cells: readonly LedgerCell[]): LedgerCell[] {
  return cells.filter(
    (cell) =>
      cell.scopeId === undefined ||
      !cells.some(
        (other) =>
          other.scopeId === undefined &&
          other.channel === cell.channel &&
          other.category === cell.category &&
          other.after === cell.after,
      ),
  );
}

/** `service follow-up by SMS and email, general dealer marketing by letter`. */
function boxes(cells: readonly LedgerCell[], names: LedgerNames): string {
  const topics = new Map<string, LedgerCell[]>();
  for (const cell of cells) {
    const topic = topicOf(cell, names);
    topics.set(topic, [...(topics.get(topic) ?? []), cell]);
  }
  return [...topics]
    .map(([topic, own]) => `${topic} by ${listWords(channelNames(own).map(midSentence))}`)
    .join(', ');
}

function topicOf({ category, scopeId, after, basis }: LedgerCell, names: LedgerNames): string {
  const ground =
    after !== 'granted' || basis === undefined || basis === 'consent'
      ? ''
      : basis === 'soft_opt_in'
        ? ' (existing customer)'
        : ' (legitimate interest)';
  if (scopeId === undefined) return `${midSentence(categoryWords[category])}${ground}`;
  const scope =
    category === 'third_party_marketing'
      ? `for ${names.company(scopeId) ?? 'a named company'}`
      : `about ${names.vehicle(scopeId) ?? 'one vehicle'}`;
  return `${midSentence(categoryWords[category])} ${scope}${ground}`;
}

/** In the order of the screen; the two cells of Social media are one box there. */
function channelNames(cells: readonly LedgerCell[]): string[] {
  const named = channels.filter((channel) => cells.some((cell) => cell.channel === channel));
  const social = named.includes('social_dm') && named.includes('social_audience');
  return named.flatMap((channel) => {
    if (!social || (channel !== 'social_dm' && channel !== 'social_audience')) return [channelWords[channel]];
    return channel === 'social_dm' ? ['Social media'] : [];
  });
}
