import type { CellFacts, ContactFacts, Facts } from '../src/domain/facts.ts';
import { cellCount, cellIndex, scopedCellKey } from '../src/domain/facts.ts';
import type { Channel } from '../src/domain/vocabulary.ts';
import { categories, channels, isElectronicMail } from '../src/domain/vocabulary.ts';

/**
 * Customers whose permissions a small policy can tell, too, so that libraries which know nothing of the law can
 * be asked the same questions: who is erased or objected, is there a number, was it granted, on which basis.
 */
export const askedAt = Date.parse('2026-11-23T11:00:00Z');
export const company = 'company';
export const vehicle = 'vehicle';

const day = 86_400_000;

/** One question as a library is given it: nothing but what its policy needs. */
export interface SmallQuestion {
  readonly erased: boolean;
  readonly objected: boolean;
  readonly reachable: boolean;
  readonly granted: boolean;
  readonly consent: boolean;
  readonly evidenced: boolean;
  readonly assessed: boolean;
  /** Whether a legitimate interest can carry this channel and category for this kind of subscriber. */
  readonly interestWillDo: boolean;
}

function mulberry(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const contactPoint: ContactFacts = {
  status: 'ok',
  inUseSince: 0,
  line: { id: 'line', sameNumber: [], others: [] },
  suppressedAt: null,
  screening: { listedOn: null, screenedOn: '2026-11-20' },
};

const assessment = {
  id: 'assessment',
  channels,
  categories,
  from: askedAt - 400 * day,
  until: askedAt + 300 * day,
} as const;

/** So many customers, the same for the same seed. */
export function madeFacts(count: number, seed = 1): Facts[] {
  const chance = mulberry(seed);
  return Array.from({ length: count }, () => madeCustomer(chance));
}

function madeCustomer(chance: () => number): Facts {
  const at = askedAt - Math.floor(chance() * 300) * day;
  const by = chance() < 0.6 ? 'customer' : 'staff';
  const common = { at, by, line: null, sequence: 2 } as const;
  const evidence = chance() < 0.9 ? 'full' : 'none';
  const consent: CellFacts = { state: 'granted', basis: 'consent', evidence, ...common };
  const interest: CellFacts = { state: 'granted', basis: 'legitimate_interest', evidence, ...common };
  const refused: CellFacts = { state: 'not_given', basis: null, evidence, ...common };
  const answer = (): CellFacts | undefined => {
    const kind = chance();
    if (kind < 0.35) return undefined;
    if (kind < 0.6) return consent;
    return kind < 0.8 ? interest : refused;
  };
  const cells = Array.from({ length: cellCount }, answer);
  const reach = Object.fromEntries(
    channels.map((channel) => [channel, chance() < 0.85 ? contactPoint : null]),
  ) as Facts['contacts'];
  const named = channels.flatMap((channel) => {
    const index = cellIndex(channel, 'third_party_marketing');
    const cell = cells[index];
    return cell === undefined ? [] : [[scopedCellKey(index, company), cell] as const];
  });
  return {
    corporate: chance() < 0.12,
    person: {
      erased: chance() < 0.01,
      deceased: false,
      restricted: false,
      identityUnresolved: false,
      careHold: false,
      birthOn: null,
    },
    prospect: false,
    objectedAt: chance() < 0.04 ? askedAt - day : null,
    legacy: null,
    cells,
    scopedCells: new Map(named),
    contacts: reach,
    vehicles: [{ id: vehicle, ownedUntil: null, optedOut: false }],
    softOptIn: null,
    assessments: chance() < 0.5 ? [assessment] : [],
    mpsListed: false,
    lastReviewAt: askedAt - Math.floor(chance() * 400) * day,
    marketingSentAt: [],
    openEnquiries: [],
  };
}

/** The questions of one customer for a library: every channel by every category, in the order of the cells. */
export function smallQuestions(facts: Facts): SmallQuestion[] {
  return channels.flatMap((channel) =>
    categories.map((category): SmallQuestion => {
      const cell = facts.cells[cellIndex(channel, category)];
      return {
        erased: facts.person.erased,
        objected: facts.objectedAt !== null && !(cell !== undefined && cell.at > facts.objectedAt),
        reachable: facts.contacts[channel] !== null,
        granted: cell?.state === 'granted',
        consent: cell?.basis === 'consent',
        evidenced: cell?.evidence === 'full',
        assessed: facts.assessments.length > 0,
        interestWillDo: category !== 'third_party_marketing' && interestWillDo(channel, facts.corporate),
      };
    }),
  );
}

function interestWillDo(channel: Channel, corporate: boolean): boolean {
  if (channel === 'automated_call' || channel === 'social_audience') return false;
  return corporate || !isElectronicMail(channel);
}
