import { allowReason, basisOf, informationOf, warningsOf } from './allow.ts';
import type { DecisionRequest } from './decision-request.ts';
import { safetyAdvisoryWindow, validate } from './decision-request.ts';
import type { Facts } from './facts.ts';
import type { PolicySettings } from './policy.ts';
import { hasContactHours } from './quiet-hours.ts';
import type {
  AllowReason,
  ContentDuty,
  DenyReason,
  InformationReason,
  ReasonCode,
  Stage,
  Warning,
} from './reason.ts';
import { lawOf } from './reason.ts';
import { outstandingContent } from './rules/message-content.ts';
import type { Rule } from './rules/rule.ts';
import { describeCell } from './rules/rule.ts';
import { retryInstant } from './rules/time-and-frequency.ts';
import { rules } from './rules.ts';
import type { JudgedAs, ValidRequest } from './situation.ts';
import { Situation } from './situation.ts';
import type { Basis, Channel } from './vocabulary.ts';
import { categories, channels } from './vocabulary.ts';

/**
 * The only place where permission is judged: pure, no clock, no input or output.
 *
 * Stages S0 to S9 run in order; at the first that blocks, all its reasons are returned in their listed
 * order and the rest is not looked at, so that a temporary block never hides a permanent one. What is
 * unknown is a no.
 */
export interface Decision {
  readonly verdict: 'allow' | 'deny';
  /** Denied: every reason of the first stage that blocked. Allowed: the basis first, then information. */
  readonly reasons: readonly ReasonCode[];
  readonly warnings: readonly Warning[];
  /** Allowed: what the message must still carry, of which the question said nothing (stage S9). */
  readonly outstanding: readonly ContentDuty[];
  readonly basis: Basis | 'service' | 'legal_obligation' | null;
  /** The ledger entry on which the answer rests, where there is one. */
  readonly evidence: DecisionEvidence | null;
  /** For a temporary refusal (stage S8): the first instant worth trying again, in milliseconds. */
  readonly retryAt: number | null;
  readonly trace: readonly TraceEntry[];
  /** The first instant at which the clock alone could change this answer; null: never. */
  readonly holdsUntil: number | null;
}

export interface DecisionEvidence {
  readonly sequence: number | null;
  readonly state: string;
  readonly basis: Basis | null;
  readonly at: number;
  readonly by: string;
  readonly level: string;
}

export interface TraceEntry {
  readonly stage: Stage;
  readonly rule: ReasonCode;
  readonly law: string;
  readonly outcome: 'blocks' | 'passes' | 'allows';
  readonly fact: string;
}

/** The answer without its explanation: what bulk work needs. */
export interface Judgement {
  readonly reasons: readonly DenyReason[];
  readonly allowedBy: AllowReason | null;
  readonly information: readonly InformationReason[];
  readonly warnings: readonly Warning[];
  readonly situation: Situation;
}

const judgedClasses: readonly JudgedAs[] = ['service_message', 'safety_recall', ...categories];
const nothing: readonly never[] = Object.freeze([]);

/** Rules that can apply, by what is judged and by channel, each stage a list: looked up, never searched. */
const applicable = byName(judgedClasses, (judgedAs) =>
  byName(channels, (channel) => rulesByStage(judgedAs, channel)),
);

function byName<Name extends string, V>(
  names: readonly Name[],
  make: (name: Name) => V,
): Readonly<Record<Name, V>> {
  return Object.fromEntries(names.map((name) => [name, make(name)])) as Record<Name, V>;
}

interface StageRules {
  readonly stage: Stage;
  readonly rules: readonly Rule[];
  /** Rules that build on one another: the first that blocks is the reason. */
  readonly first: boolean;
  /** Belongs to one message, so it is no part of a standing decision. */
  readonly ofMessage: boolean;
}

function rulesByStage(judgedAs: JudgedAs, channel: Channel): StageRules[] {
  const possible = rules.filter((rule) => rule.appliesTo(judgedAs, channel));
  return [...new Set(possible.map((rule) => rule.stage))].map((stage) => ({
    stage,
    rules: possible.filter((rule) => rule.stage === stage),
    first: stage === 'S6',
    ofMessage: stage === 'S8' || stage === 'S9',
  }));
}

/**
 * Decides whether one customer may be sent one message at one instant.
 *
 * @param now milliseconds since 1970; the facts are those known at that instant.
 */
export function decide(
  facts: Facts,
  request: DecisionRequest,
  policy: PolicySettings,
  now: number,
): Decision {
  const valid = validate(request, policy, now, facts.openEnquiries);
  if (valid === null) return invalidDecision;
  const judgement = judge(facts, valid, policy, now);
  const trace = explain(judgement, valid);
  const advisory = safetyAdvisoryWindow(request, policy);
  if (advisory !== null) {
    judgement.situation.reached(advisory.from);
    judgement.situation.reached(advisory.until);
  }
  const { situation, allowedBy, reasons, information, warnings } = judgement;
  const temporary = reasons.includes('QUIET_HOURS') || reasons.includes('FREQUENCY_CAP');
  const cell = situation.cell;
  return {
    verdict: allowedBy === null ? 'deny' : 'allow',
    reasons: allowedBy === null ? reasons : [allowedBy, ...information],
    warnings,
    outstanding: allowedBy === null ? nothing : outstandingContent(situation),
    basis: allowedBy === null ? null : basisOf(allowedBy),
    evidence:
      cell === null
        ? null
        : {
            sequence: cell.sequence,
            state: cell.state,
            basis: cell.basis,
            at: cell.at,
            by: cell.by,
            level: cell.evidence,
          },
    retryAt: temporary ? retryInstant(situation, hasContactHours(valid.channel)) : null,
    trace,
    holdsUntil: Number.isFinite(situation.holdsUntil) ? situation.holdsUntil : null,
  };
}

/**
 * The same judgement without its explanation.
 *
 * @param lastStage stop after this stage: standing decisions end with S7, before anything that belongs to
 *   one message.
 */
export function judge(
  facts: Facts,
  request: ValidRequest,
  policy: PolicySettings,
  now: number,
  lastStage: 'S7' | 'S9' = 'S9',
): Judgement {
  const situation = new Situation(facts, request, policy, now);
  for (const stage of applicable[request.judgedAs][request.channel]) {
    if (stage.ofMessage && lastStage === 'S7') break;
    const reasons = blockingReasons(stage, situation);
    if (reasons !== nothing) {
      return { reasons, allowedBy: null, information: nothing, warnings: nothing, situation };
    }
  }
  return {
    reasons: nothing,
    allowedBy: allowReason(situation),
    information: informationOf(situation),
    warnings: warningsOf(situation),
    situation,
  };
}

/** Every reason of a stage; for the basis (S6) only the first, because its rules build on one another. */
function blockingReasons(stage: StageRules, situation: Situation): readonly DenyReason[] {
  let reasons: DenyReason[] | undefined;
  for (const rule of stage.rules) {
    if (!rule.blocks(situation)) continue;
    if (stage.first) return [rule.code];
    if (reasons === undefined) reasons = [rule.code];
    else reasons.push(rule.code);
  }
  return reasons ?? nothing;
}

const invalidDecision: Decision = Object.freeze({
  verdict: 'deny',
  reasons: ['REQUEST_INVALID'] as const,
  warnings: nothing,
  outstanding: nothing,
  basis: null,
  evidence: null,
  retryAt: null,
  trace: [
    {
      stage: 'S0',
      rule: 'REQUEST_INVALID',
      law: lawOf('REQUEST_INVALID'),
      outcome: 'blocks',
      fact: 'the channel or the kind of message is not recognised',
    },
  ] as const,
  holdsUntil: null,
});

/** Names each rule that was tried, its source, and the fact that decided it, up to the stage that settled it. */
function explain(judgement: Judgement, request: ValidRequest): TraceEntry[] {
  const { situation, reasons, allowedBy } = judgement;
  const trace: TraceEntry[] = [];
  if (request.reclassified) {
    trace.push(entry('S0', 'RECLASSIFIED_AS_MARKETING', 'passes', 'the message contains promotion'));
  }
  if (request.answersEnquiry !== null) {
    trace.push(
      request.answersEnquiry
        ? entry('S0', 'OPEN_ENQUIRY', 'passes', 'the enquiry is open, and the message goes to one person')
        : entry(
            'S0',
            'NO_OPEN_ENQUIRY',
            'passes',
            'the enquiry is not open, or it goes to more than one person',
          ),
    );
  }
  for (const stage of applicable[request.judgedAs][request.channel]) {
    for (const rule of stage.rules) {
      const blocks = reasons.includes(rule.code);
      trace.push(entry(rule.stage, rule.code, blocks ? 'blocks' : 'passes', rule.fact(situation)));
      if (blocks && stage.first) break;
    }
    if (stage.rules.some((rule) => reasons.includes(rule.code))) return trace;
  }
  if (allowedBy !== null) {
    const ground =
      situation.category === null ? 'not marketing: no permission is needed' : describeCell(situation);
    trace.push(entry('S10', allowedBy, 'allows', ground));
  }
  return trace;
}

function entry(stage: Stage, rule: ReasonCode, outcome: TraceEntry['outcome'], fact: string): TraceEntry {
  return { stage, rule, law: lawOf(rule), outcome, fact };
}
