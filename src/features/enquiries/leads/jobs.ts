import type { LedgerCell } from '../../../domain/ledger-event.ts';
import { londonDateOf } from '../../../domain/london.ts';
import { searchFormOfName } from '../../../domain/person-name.ts';
import type { ReasonCode } from '../../../domain/reason.ts';
import { denyReasonCodes, denyReasons } from '../../../domain/reason.ts';
import { innerChannels } from '../../../domain/screen-channels.ts';
import type { Context } from '../../../platform/context.ts';
import { nowOf, within } from '../../../platform/context.ts';
import { inTransaction } from '../../../platform/database.ts';
import { listBranches } from '../../branches/service.ts';
import { readGivenContactPoint } from '../../contact-points/service.ts';
import type { NewCustomer } from '../../customers/contract.ts';
import type { DuplicateCandidate } from '../../customers/service.ts';
import { createCustomer } from '../../customers/service.ts';
import { contactPointServing, gatherFacts } from '../../facts/service.ts';
import { permitContacts } from '../../messages/service.ts';
import { recordAct } from '../../permissions/service.ts';
import { policyAt } from '../../settings/service.ts';
import { openEnquiryIn, writeNoteIn } from '../service.ts';
import type { KeptTick, LeadRow, TickOutcome, WebWordingState } from './store.ts';
import {
  findState,
  findText,
  findUnfiled,
  lockHeldLeads,
  setFailed,
  setFiled,
  takeUnfiled,
  updateTicks,
} from './store.ts';

/**
 * What came from the website finds its customer, or becomes a new one, after the answer has gone out.
 * Guarantees that a tick on a website never lifts a no, whoever typed whose number, and that a yes is recorded only for
 * the number or address that was typed and on a wording that somebody accepted.
 */
const atOnce = 50;

/** Between two attempts at one lead: doubled each time, from ten seconds to an hour. */
const firstWaitMilliseconds = 10_000;
const longestWaitMilliseconds = 3_600_000;

/**
 * Files the leads that wait; answers how many. What goes wrong with one is said in the log and on the screen of
 * enquiries, and it waits longer each time, so that one that never can be filed holds up nobody.
 */
export async function fileWebLeads(context: Context): Promise<number> {
  const waiting = await findUnfiled(context.database.db, nowOf(context), atOnce);
  let filed = 0;
  for (const { id, attempts } of waiting) {
    try {
      if (await fileLead(context, id)) filed += 1;
    } catch (error) {
      context.logger.error({ err: error, leadId: id }, 'An enquiry from the website could not be filed');
      const at = nowOf(context);
      const wait = Math.min(firstWaitMilliseconds * 2 ** Math.min(attempts, 20), longestWaitMilliseconds);
      await setFailed(context.database.db, id, { at, nextAt: at + wait });
    }
  }
  return filed;
}

async function fileLead(context: Context, id: string): Promise<boolean> {
  return inTransaction(context.database.db, async (transaction) => {
    const inside = within(context, transaction);
    const lead = await takeUnfiled(transaction, id);
    if (lead === undefined) return false;
    const found = await customerOf(inside, lead);
    const { message, visitor: _, ...details } = lead.lead;
    const row = { id, customerId: found.customerId, branchId: lead.branchId, source: 'web_form' as const };
    const actor = { kind: 'system', id: lead.receivedBy } as const;
    // A visitor waits for an answer: without an action the enquiry would stand behind all that have one.
    const on = londonDateOf(lead.receivedAt);
    const action = { ownerId: null, nextAction: 'Answer the visitor', nextActionOn: on };
    await openEnquiryIn(
      transaction,
      inside,
      { ...row, ...details, ...action, openedAt: lead.receivedAt },
      actor,
    );
    if (message !== null) await writeNoteIn(transaction, inside, row, message, actor);
    const ticks = await recordTicks(inside, lead, found);
    const lookalikeIds = found.lookalikeIds;
    await setFiled(transaction, id, {
      filedAt: nowOf(inside),
      ticks,
      matchedOn: found.matchedOn,
      lookalikeIds,
    });
    return true;
  });
}

interface FoundCustomer {
  readonly customerId: string;
  readonly matchedOn: readonly string[];
  /** Others who may be the same person: their no counts as one, too. */
  readonly lookalikeIds: readonly string[];
}

async function customerOf(context: Context, { branchId, lead }: LeadRow): Promise<FoundCustomer> {
  const { visitor, partExchangeRegistration: registration } = lead;
  const branch = (await listBranches(context)).find(({ id }) => id === branchId)?.code;
  const { phone, email, ...names } = visitor;
  const given: NewCustomer = {
    // Unknown is judged as an individual: a name of a company in a form proves no company.
    kind: names.companyName === null ? 'individual' : 'unknown',
    ...names,
    ...(branch === undefined ? {} : { branch }),
    prospect: true,
    contactPoints: [
      ...(phone === null ? [] : [{ kind: 'phone' as const, value: phone }]),
      ...(email === null ? [] : [{ kind: 'email' as const, value: email }]),
    ],
  };
  const actor = { kind: 'system', id: 'navigator' } as const;
  const vehicles = registration === null ? [] : [{ registration }];
  const entered = await createCustomer(context, { ...given, vehicles }, actor);
  if (entered.created) return { customerId: entered.customerId, matchedOn: [], lookalikeIds: [] };
  const same = samePerson(entered.duplicates, visitor);
  const others = entered.duplicates.flatMap(({ customerId }) =>
    customerId === same?.customerId ? [] : [customerId],
  );
  if (same !== null) return { customerId: same.customerId, matchedOn: same.matchedOn, lookalikeIds: others };
  const added = await createCustomer(context, { ...given, confirmDuplicate: true }, actor);
  if (!added.created) throw new Error('A visitor of the website was not entered.');
  return { customerId: added.customerId, matchedOn: [], lookalikeIds: others };
}

/**
 * The one who is on file, where that is beyond doubt: the name and a number, an address or the vehicle are the same,
 * or two of these three are. A household is several people: of two who fit alike, none is taken.
 */
function samePerson(
  candidates: readonly DuplicateCandidate[],
  visitor: LeadRow['lead']['visitor'],
): DuplicateCandidate | null {
  const fitting = candidates
    .map((candidate) => ({
      candidate,
      marks: candidate.matchedOn.filter((mark) => mark !== 'name_and_postcode').length,
      isNamed: isSameName(candidate, visitor),
    }))
    .filter(({ marks, isNamed }) => marks >= (isNamed ? 1 : 2))
    .sort((a, b) => Number(b.isNamed) - Number(a.isNamed) || b.marks - a.marks);
  const [first, second] = fitting;
  if (first === undefined) return null;
  const isTied = second !== undefined && second.isNamed === first.isNamed && second.marks === first.marks;
  return isTied ? null : first.candidate;
}

function isSameName(a: DuplicateCandidate, b: LeadRow['lead']['visitor']): boolean {
  const same = (one: string | null, other: string | null): boolean =>
    one !== null && other !== null && searchFormOfName(one) === searchFormOfName(other);
  if (a.surname === null || b.surname === null) return same(a.companyName, b.companyName);
  const forenamesDiffer =
    a.forename !== null && b.forename !== null && !sameBeginning(a.forename, b.forename);
  return same(a.surname, b.surname) && !forenamesDiffer;
}

/** `J` and `Jane` may be one person; `John` and `Jane` are two of a household. */
function sameBeginning(a: string, b: string): boolean {
  const [one, other] = [searchFormOfName(a), searchFormOfName(b)];
  return one.startsWith(other) || other.startsWith(one);
}

/** Writes what the ticks amount to into the ledger; answers the ticks with what became of each. */
async function recordTicks(context: Context, lead: LeadRow, found: FoundCustomer): Promise<KeptTick[]> {
  const { wordingHash } = lead;
  if (wordingHash === null || lead.ticks.length === 0) return [];
  const state = (await findState(context.database.db, wordingHash)) ?? 'unknown';
  const asked = await questionsOf(context, lead, found);
  const ticks = lead.ticks.map((tick) => ({ ...tick, outcome: outcomeOf(tick, state, asked) }));
  await record(context, lead, found.customerId, ticks);
  return ticks;
}

interface AskedTicks {
  readonly noStands: (tick: KeptTick) => boolean;
  readonly isTyped: (tick: KeptTick) => boolean;
}

function outcomeOf(tick: KeptTick, state: WebWordingState, { noStands, isTyped }: AskedTicks): TickOutcome {
  if (!tick.ticked) return 'recorded_no';
  if (noStands(tick)) return 'no_stands';
  if (!isTyped(tick)) return 'other_contact';
  if (state === 'accepted') return 'recorded_yes';
  return state === 'refused' ? 'wording_refused' : 'wording_unknown';
}

/** What stops a yes: a no of this person or of a lookalike, and a number that is not the one on the record. */
async function questionsOf(
  context: Context,
  lead: Pick<LeadRow, 'lead' | 'ticks'>,
  { customerId, lookalikeIds, matchedOn }: FoundCustomer,
): Promise<AskedTicks> {
  const everybody = [customerId, ...lookalikeIds];
  const questions = lead.ticks.flatMap((tick) =>
    innerChannels(tick.channel).flatMap((channel) =>
      everybody.map((id) => ({ tick, customerId: id, request: { channel, category: tick.category } })),
    ),
  );
  const answers = await permitContacts(context, questions);
  const refusedTicks = new Set(
    questions.flatMap(({ tick }, index) => {
      const answer = answers[index];
      return answer !== undefined && 'refused' in answer && answer.refused.reasons.some(isNo)
        ? [keyOf(tick)]
        : [];
    }),
  );
  const policy = await policyAt(context);
  const gathered = await gatherFacts(
    context.database.db,
    context,
    [customerId],
    policy.settings,
    nowOf(context),
  );
  const known = gathered.get(customerId);
  const typed = typedOf(lead);
  const isNew = matchedOn.length === 0;
  return {
    noStands: (tick) => refusedTicks.has(keyOf(tick)),
    isTyped: ({ channel }) =>
      known !== undefined &&
      innerChannels(channel).every((inner) => {
        const point = contactPointServing(inner, known);
        return point === null ? isNew : typed.includes(point.normalised ?? '');
      }),
  };
}

/** An objection, a refusal, a hold or that the person is gone (stages S1 and S2): what only they can take back. */
function isNo(reason: ReasonCode): boolean {
  const code = denyReasonCodes.find((known) => known === reason);
  return code !== undefined && (denyReasons[code].stage === 'S1' || denyReasons[code].stage === 'S2');
}

function keyOf({ channel, category }: KeptTick): string {
  return `${channel} ${category}`;
}

function typedOf({ lead: { visitor } }: Pick<LeadRow, 'lead'>): string[] {
  const points = [
    ...(visitor.phone === null ? [] : [{ kind: 'phone' as const, value: visitor.phone }]),
    ...(visitor.email === null ? [] : [{ kind: 'email' as const, value: visitor.email }]),
  ];
  return points.flatMap((point) => readGivenContactPoint(point).normalised ?? []);
}

/**
 * One entry for the form. The website acts, not the customer: nobody has checked who typed, so that it is no fresh
 * consent and lifts nothing, whatever is written down later about an earlier day (rules, section 2).
 */
async function record(
  context: Context,
  lead: LeadRow,
  customerId: string,
  ticks: readonly KeptTick[],
): Promise<void> {
  const cells = ticks.flatMap(cellsOf);
  const wording =
    lead.wordingHash === null ? undefined : await findText(context.database.db, lead.wordingHash);
  if (cells.length === 0 || wording === undefined) return;
  const branch = (await listBranches(context)).find(({ id }) => id === lead.branchId);
  await recordAct(context, {
    customerId,
    act: { kind: 'recorded', review: false },
    cells,
    actor: { kind: 'system', id: lead.receivedBy },
    evidence: { occurredAt: lead.submittedAt, method: 'web_form', wording, note: null },
    ...(branch === undefined ? {} : { legalEntityId: branch.legalEntityId }),
  });
}

function cellsOf({ channel, category, outcome }: KeptTick): Omit<LedgerCell, 'before'>[] {
  return innerChannels(channel).flatMap((inner): Omit<LedgerCell, 'before'>[] => {
    if (outcome === 'recorded_no') return [{ channel: inner, category, after: 'not_given' }];
    if (outcome !== 'recorded_yes') return [];
    return [{ channel: inner, category, after: 'granted', basis: 'consent' }];
  });
}

/** Once a wording is judged, what waited for it counts from when it was ticked, unless a no stands by now. */
export async function settleHeldTicks(
  context: Context,
  transaction: Parameters<typeof lockHeldLeads>[0],
  hash: Buffer,
  state: Exclude<WebWordingState, 'unknown'>,
): Promise<void> {
  for (const lead of await lockHeldLeads(transaction, hash)) {
    const held = lead.ticks.filter(({ outcome }) => outcome === 'wording_unknown');
    const asked = await questionsOf(context, { ...lead, ticks: held }, lead);
    const settled = held.map((tick) => ({ ...tick, outcome: outcomeOf(tick, state, asked) }));
    await record(context, lead, lead.customerId, settled);
    const ticks = lead.ticks.map((tick) => settled.find((each) => keyOf(each) === keyOf(tick)) ?? tick);
    await updateTicks(transaction, lead.id, ticks);
  }
}
