import { judge } from './decide.ts';
import type { Facts } from './facts.ts';
import { cellIndex } from './facts.ts';
import type { PolicySettings } from './policy.ts';
import type { AllowReason, DenyReason, InformationReason, ReasonCode, Stage, Warning } from './reason.ts';
import { allowReasons, denyReasonCodes, denyReasons, warningCodes } from './reason.ts';
import type { ValidRequest } from './situation.ts';
import { scopedKeyOf } from './situation.ts';
import type { Category, Channel } from './vocabulary.ts';
import { categories, channels } from './vocabulary.ts';

/**
 * Standing decisions: whatever does not depend on one message (stages S1 to S7), judged by the one engine
 * when a fact changes and kept as a number of two bytes per cell, so that bulk work reads answers instead of
 * writing the rules a second time.
 *
 * A code holds the whole answer. Deny: the stage, and one bit for each reason of that stage. Allow: the
 * basis, whether TPS was overridden, and one bit for each warning. Codes are stored: never renumber.
 */
const allowFlag = 1 << 14;

/** Every code from here on is an allow. */
export const firstAllowCode = allowFlag;

export interface StandingAnswer {
  readonly code: number;
  readonly allowed: boolean;
  readonly reasons: readonly ReasonCode[];
  readonly warnings: readonly Warning[];
}

export interface StandingDecisions {
  /** One code a cell, by `cellIndex`: service follow-up about no vehicle, third parties not named. */
  readonly codes: readonly number[];
  /** Service follow-up about each vehicle, one code a channel. */
  readonly vehicles: readonly { readonly vehicleId: string; readonly codes: readonly number[] }[];
  /** The first instant at which the clock alone could change one of these answers; null: never. */
  readonly holdsUntil: number | null;
}

const standingStages = ['S1', 'S2', 'S3', 'S4', 'S5', 'S6', 'S7'] as const satisfies readonly Stage[];
const codesOfStage: readonly (readonly DenyReason[])[] = standingStages.map((stage) =>
  denyReasonCodes.filter((code) => denyReasons[code].stage === stage),
);
const allowCodes = Object.keys(allowReasons) as AllowReason[];

/** Answers read before, by code. Codes are two bytes, so a list is enough and quicker than a map. */
const answers: (StandingAnswer | undefined)[] = new Array<StandingAnswer | undefined>(1 << 15).fill(
  undefined,
);

/** Reads a code back into its answer. Throws RangeError for a number that is no code. */
export function standingAnswer(code: number): StandingAnswer {
  const known = answers[code];
  if (known !== undefined) return known;
  const answer = Object.freeze(code >= allowFlag ? readAllow(code) : readDeny(code));
  if (codeOfAnswer(answer.reasons, answer.warnings) !== code)
    throw new RangeError(`${code} is no standing code.`);
  answers[code] = answer;
  return answer;
}

function readAllow(code: number): StandingAnswer {
  const basis = allowCodes[(code >> 6) & 0b111];
  if (basis === undefined) throw new RangeError(`${code} is no standing code.`);
  const reasons: ReasonCode[] = [basis];
  if ((code & (1 << 5)) !== 0) reasons.push('TPS_OVERRIDDEN_BY_CONSENT');
  const found = warningCodes.filter((_, index) => (code & (1 << index)) !== 0);
  return { code, allowed: true, reasons, warnings: found };
}

function readDeny(code: number): StandingAnswer {
  const stage = codesOfStage[(code >> 10) - 1];
  const reasons = stage?.filter((_, index) => (code & (1 << index)) !== 0) ?? [];
  if (reasons.length === 0) throw new RangeError(`${code} is no standing code.`);
  return { code, allowed: false, reasons, warnings: [] };
}

function writeDeny(reasons: readonly DenyReason[]): number {
  const [first] = reasons;
  const stage = codesOfStage.findIndex((codes) => first !== undefined && codes.includes(first));
  if (stage < 0) throw new RangeError('This refusal does not belong to a standing decision.');
  let code = (stage + 1) << 10;
  for (const reason of reasons) code |= 1 << (codesOfStage[stage]?.indexOf(reason) ?? 0);
  return code;
}

function writeAllow(
  allowedBy: AllowReason,
  information: readonly InformationReason[],
  found: readonly Warning[],
): number {
  let code = allowFlag | (allowCodes.indexOf(allowedBy) << 6);
  if (information.includes('TPS_OVERRIDDEN_BY_CONSENT')) code |= 1 << 5;
  for (const warning of found) code |= 1 << warningCodes.indexOf(warning);
  return code;
}

/**
 * The code of an answer, for comparing and grouping: every allow is greater than every deny, and a deny of a
 * later stage, nearer to a yes, is greater than one of an earlier. What told beside an allow is not kept.
 * Throws RangeError for a refusal that belongs to one message (stages S0, S8 and S9).
 */
export function codeOfAnswer(reasons: readonly ReasonCode[], found: readonly Warning[]): number {
  const allowedBy = allowCodes.find((code) => code === reasons[0]);
  if (allowedBy === undefined)
    return writeDeny(reasons.filter((code): code is DenyReason => code in denyReasons));
  const overridden = reasons.filter(
    (code): code is InformationReason => code === 'TPS_OVERRIDDEN_BY_CONSENT',
  );
  return writeAllow(allowedBy, overridden, found);
}

/** Every code whose answer names one of these reasons, for leaving people out of a list in SQL. */
export function denyCodesNaming(wanted: readonly DenyReason[]): number[] {
  return standingStages.flatMap((stage, index) => {
    const named = codesOfStage[index] ?? [];
    if (!wanted.some((reason) => denyReasons[reason].stage === stage)) return [];
    // The basis gives one reason alone, every other stage any number of its own.
    const masks = stage === 'S6' ? named.map((_, bit) => 1 << bit) : everyMask(named.length);
    return masks
      .filter((mask) => named.some((reason, bit) => wanted.includes(reason) && (mask & (1 << bit)) !== 0))
      .map((mask) => ((index + 1) << 10) | mask);
  });
}

function everyMask(bits: number): number[] {
  return Array.from({ length: (1 << bits) - 1 }, (_, index) => index + 1);
}

const plainMessage = Object.freeze({ identity: true, optOutMeans: true, callerNumber: true });

/** The question that a standing code answers: this cell, asked by the mailshot, with nothing unusual in it. */
function standingRequest(
  channel: Channel,
  category: Category,
  vehicleId: string | null = null,
): ValidRequest {
  return {
    channel,
    judgedAs: category,
    reclassified: false,
    answersEnquiry: null,
    vehicleId,
    thirdPartyId: null,
    scopedKey: scopedKeyOf(channel, category, vehicleId, null),
    claimsManagement: false,
    tool: 'mailshot',
    message: plainMessage,
  };
}

const customerRequests = channels.flatMap((channel) =>
  categories.map((category) => standingRequest(channel, category)),
);

/** Judges every cell of a customer at one instant (milliseconds). */
export function judgeStanding(facts: Facts, policy: PolicySettings, now: number): StandingDecisions {
  let holdsUntil = Number.POSITIVE_INFINITY;
  const codeOf = (request: ValidRequest): number => {
    const judgement = judge(facts, request, policy, now, 'S7');
    if (judgement.situation.holdsUntil < holdsUntil) holdsUntil = judgement.situation.holdsUntil;
    return judgement.allowedBy === null
      ? writeDeny(judgement.reasons)
      : writeAllow(judgement.allowedBy, judgement.information, judgement.warnings);
  };
  const codes = customerRequests.map(codeOf);
  const vehicles = facts.vehicles.map(({ id }) => ({
    vehicleId: id,
    codes: channels.map((channel) => codeOf(standingRequest(channel, 'service_follow_up', id))),
  }));
  return { codes, vehicles, holdsUntil: Number.isFinite(holdsUntil) ? holdsUntil : null };
}

/**
 * Service follow-up about any of a customer's vehicles, one code a channel: the greatest of the vehicles' codes,
 * which is a yes where there is one, and else the refusal nearest to a yes. Who keeps no vehicle has the code
 * about none.
 */
export function codesAboutVehicles({ codes, vehicles }: StandingDecisions): number[] {
  return channels.map((channel, index) => {
    const own = codes[cellIndex(channel, 'service_follow_up')];
    const best = vehicles.reduce((greatest, vehicle) => Math.max(greatest, vehicle.codes[index] ?? 0), 0);
    const code = vehicles.length === 0 ? own : best;
    if (code === undefined) throw new RangeError('These standing decisions lack a cell.');
    return code;
  });
}
