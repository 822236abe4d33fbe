import { spokenCar, spokenVehicles } from '../../../domain/counter-wording.ts';
import type { Effects } from '../../../domain/effects.ts';
import { effectsOf } from '../../../domain/effects.ts';
import type { Facts } from '../../../domain/facts.ts';
import { cellIndex, scopedCellKey } from '../../../domain/facts.ts';
import type { LedgerCell } from '../../../domain/ledger-event.ts';
import { preferenceGrid } from '../../../domain/preference-grid.ts';
import { reviewDueOn } from '../../../domain/review.ts';
import { innerChannels } from '../../../domain/screen-channels.ts';
import { ConflictError, InvalidError } from '../../../platform/application-error.ts';
import type { Actor, Context } from '../../../platform/context.ts';
import { nowOf } from '../../../platform/context.ts';
import type { SpokenWording } from '../../wordings/service.ts';
import { counterWordingsOf, spokenText, wordingHashOf } from '../../wordings/service.ts';
import type { SavedPreferences } from '../preferences/contract.ts';
import type { KnownPreferences } from '../preferences/service.ts';
import { knownPreferences, nameIn, namesOf } from '../preferences/service.ts';
import { requireProof } from '../proof/service.ts';
import { recordAct } from '../service.ts';

/**
 * What an adviser records after asking: one act for the whole grid, and what follows from it.
 * Guarantees that a box shown and left unticked is recorded as asked and not given, that a yes is recorded with the
 * very words that were read out, and that nothing is recorded over what somebody else saved meanwhile.
 */
export interface SavedPreferencesView {
  readonly sequence: number;
  readonly effects: Effects;
  readonly nextReviewOn: string | null;
}

type Answers = SavedPreferences['answers'];

/**
 * Records the answers to every box that was shown, as a review.
 *
 * Throws InvalidError when a yes lacks how it was given or what was read out, or a box is answered twice;
 * ConflictError when somebody else was first, the record was merged, or the wording is not one of this customer;
 * NotFoundError.
 */
export async function savePreferences(
  context: Context,
  customerId: string,
  given: SavedPreferences,
  actor: Actor,
): Promise<SavedPreferencesView> {
  const { answers, method = null, wordingHash = null } = given;
  requireEachOnce(answers);
  requireNames(answers);
  if (answers.some(({ ticked }) => ticked)) requireProof(method, wordingHash, 'wordingHash');
  const before = await knownPreferences(context, customerId, given.branch);
  if (before.customer.mergedIntoId !== null) {
    throw new ConflictError('This record became part of another one: ask and record there.', {
      code: 'customer-merged',
    });
  }
  requireShownCompanies(answers, before);
  const recorded = await recordAct(context, {
    customerId,
    act: { kind: 'recorded', review: true },
    cells: cellsOf(answers, before),
    legalEntityId: before.known.profile.legalEntityId,
    actor: { kind: 'staff', id: actor.id },
    evidence: {
      occurredAt: given.occurredAt === undefined ? nowOf(context) : Date.parse(given.occurredAt),
      method,
      wording: wordingHash === null ? null : await wordingRead(context, before, wordingHash),
      note: null,
    },
    expectedSequence: given.expectedSequence,
  });
  return { sequence: recorded.event.sequence, ...(await effectsAfter(context, customerId, given)) };
}

async function effectsAfter(
  context: Context,
  customerId: string,
  { answers, branch }: Pick<SavedPreferences, 'answers' | 'branch'>,
): Promise<Omit<SavedPreferencesView, 'sequence'>> {
  const after = await knownPreferences(context, customerId, branch);
  const { known, policy, now, vehicles, companies } = after;
  const answered = preferenceGrid(known.facts, policy.settings, now, companies).flatMap((box) => {
    const answer = answers.find(
      ({ channel, category, company }) =>
        channel === box.channel && category === box.category && company === box.company?.name,
    );
    return answer === undefined ? [] : [{ box, ticked: answer.ticked }];
  });
  return {
    effects: effectsOf(answered, nameIn(vehicles)),
    nextReviewOn: reviewDueOn(known.facts.lastReviewAt, policy.settings.reviewIntervalMonths),
  };
}

/** One row of the screen stands for several cells, and a yes to follow-up names the vehicles that were read out. */
function cellsOf(
  answers: Answers,
  { known, vehicles, companies }: KnownPreferences,
): Omit<LedgerCell, 'before'>[] {
  const current = vehicles.filter((vehicle) => vehicle.current);
  const named = spokenVehicles(current).map(({ id }) => id);
  return answers.flatMap(({ channel, category, company, ticked }) =>
    innerChannels(channel).flatMap((inner) => {
      const answer = ticked
        ? ({ after: 'granted', basis: 'consent' } as const)
        : ({ after: 'not_given' } as const);
      const cell = { channel: inner, category, ...answer };
      if (category === 'third_party_marketing') {
        return companies.flatMap(({ id, name }) => (name === company ? [{ ...cell, scopeId: id }] : []));
      }
      // A no about one vehicle is lifted only by a yes that names it (rules, §2); a no needs no name.
      const scopes =
        ticked && category === 'service_follow_up'
          ? named.filter((vehicleId) => isAnsweredAlone(known.facts, inner, vehicleId))
          : [];
      return [cell, ...scopes.map((scopeId) => ({ ...cell, scopeId }))];
    }),
  );
}

function isAnsweredAlone(facts: Facts, channel: LedgerCell['channel'], vehicleId: string): boolean {
  return facts.scopedCells?.has(scopedCellKey(cellIndex(channel, 'service_follow_up'), vehicleId)) === true;
}

/** The wording behind a hash, word for word: a version of the counter as it is read out to this customer. */
async function wordingRead(
  context: Context,
  { known, vehicles, companies }: KnownPreferences,
  hash: string,
): Promise<SpokenWording> {
  const car = spokenCar(vehicles.filter(({ current }) => current));
  const versions = await counterWordingsOf(context, known.profile.legalEntityId);
  // Where several read alike, it was the one in force.
  const likeliest = versions.toSorted((a, b) => Number(b.inForce) - Number(a.inForce));
  for (const counter of likeliest) {
    for (const script of ['counter', 'phone'] as const) {
      const text = spokenText(counter, script, car, namesOf(companies));
      if (wordingHashOf(text) === hash) return { text, language: 'en-GB', counter };
    }
  }
  throw new ConflictError(
    'The wording, the companies or the cars of this customer changed meanwhile: read out the wording that is shown now.',
    { code: 'wording-changed', field: 'wordingHash' },
  );
}

function requireEachOnce(answers: Answers): void {
  const seen = new Set<string>();
  for (const [index, { channel, category, company = '' }] of answers.entries()) {
    const box = `${channel} ${category} ${company}`;
    if (seen.has(box)) {
      throw new InvalidError('The same box is answered twice: give each box one answer.', {
        field: `answers.${index}`,
      });
    }
    seen.add(box);
  }
}

/** "Selected partners" is not consent, nor is the dealer's own marketing that of a company (PECR 22(2)). */
function requireNames(answers: Answers): void {
  for (const [index, { category, company }] of answers.entries()) {
    if ((category === 'third_party_marketing') === (company !== undefined)) continue;
    throw new InvalidError(
      company === undefined
        ? "Name the company. 'Selected partners' is not consent."
        : 'Only third-party marketing names a company.',
      { field: `answers.${index}.company` },
    );
  }
}

/** Nobody can have been asked about a company that the pop-up does not show. */
function requireShownCompanies(answers: Answers, { companies }: KnownPreferences): void {
  const shown = namesOf(companies);
  if (answers.every(({ company }) => company === undefined || shown.includes(company))) return;
  throw new ConflictError('The companies that are asked about changed meanwhile: look at the boxes again.', {
    code: 'companies-changed',
  });
}
