import { decide, judge } from '../../src/domain/decide.ts';
import type { DecisionRequest } from '../../src/domain/decision-request.ts';
import { validate } from '../../src/domain/decision-request.ts';
import type { Facts } from '../../src/domain/facts.ts';
import { defaultPolicySettings } from '../../src/domain/policy.ts';
import type { ValidRequest } from '../../src/domain/situation.ts';
import { codeOfAnswer, standingAnswer } from '../../src/domain/standing.ts';
import { categories, channels } from '../../src/domain/vocabulary.ts';
import { askedAt, company, madeFacts, smallQuestions, vehicle } from '../decide-data.ts';
import type { Peer } from '../decide-peers.ts';
import { caslPeer, cedarPeer, jsonLogicPeer } from '../decide-peers.ts';
import type { Contender } from '../measure.ts';
import { measure } from '../measure.ts';
import type { Scenario, ScenarioOptions, ScenarioReport } from '../scenario.ts';
import { compare } from '../scenario.ts';

/**
 * Every channel by every category for many customers, in process. Ours: reading standing codes with all their
 * reasons; judging from the facts; deciding with the whole explanation. The limit: one bit a cell, packed by
 * hand, which can say yes or no and nothing else.
 */
export const decideScenario: Scenario = { name: 'decide', run };

const policy = defaultPolicySettings;
const cellsEach = channels.length * categories.length;

const questions: DecisionRequest[] = channels.flatMap((channel) =>
  categories.map((category) => ({ channel, category, vehicleId: vehicle, thirdPartyId: company })),
);
const requests = questions.map((question): ValidRequest => {
  const valid = validate(question, policy, askedAt);
  if (valid === null) throw new Error('A question of the benchmark is not valid.');
  return valid;
});

async function run({ customers, rounds }: ScenarioOptions): Promise<ScenarioReport> {
  const facts = madeFacts(customers);
  const { codes, masks } = pack(facts);
  const allowed = requireEqual(facts, masks);
  const contenders: Contender[] = [
    { name: 'packed bit mask (limit)', run: () => readMasks(masks, allowed) },
    { name: 'standing codes, all reasons', run: () => readCodes(codes, allowed) },
    { name: 'judge from facts, all reasons', run: () => judgeAll(facts, allowed) },
    { name: 'decide with explanation', run: () => decideAll(facts.slice(0, share(customers, 10))) },
    { name: '@casl/ability', run: asking(caslPeer(), facts.slice(0, share(customers, 20))) },
    { name: 'json-logic-js', run: asking(jsonLogicPeer(), facts.slice(0, share(customers, 40))) },
    { name: '@cedar-policy/cedar-wasm', run: asking(cedarPeer(), facts.slice(0, share(customers, 1000))) },
  ];
  const measured = await measure(contenders, rounds);
  return {
    done: `${customers} customers × ${cellsEach} cells, ${allowed} allowed; libraries asked a share of them`,
    measured: [...measured.values()],
    comparisons: [
      compare(measured, 'standing codes, all reasons', 'packed bit mask (limit)', 0.25),
      compare(measured, 'standing codes, all reasons', '@casl/ability', 50),
      compare(measured, 'standing codes, all reasons', '@cedar-policy/cedar-wasm', 1000),
      compare(measured, 'judge from facts, all reasons', '@casl/ability', 1),
      compare(measured, 'judge from facts, all reasons', 'json-logic-js', 1),
      compare(measured, 'judge from facts, all reasons', '@cedar-policy/cedar-wasm', 100),
    ],
  };
}

function share(customers: number, part: number): number {
  return Math.max(20, Math.floor(customers / part));
}

/** The answers of the engine, packed both ways. */
function pack(facts: readonly Facts[]): { codes: Int16Array; masks: Int32Array } {
  const codes = new Int16Array(facts.length * cellsEach);
  const masks = new Int32Array(facts.length);
  for (const [customer, known] of facts.entries()) {
    for (const [cell, request] of requests.entries()) {
      const { allowedBy, reasons, information, warnings } = judge(known, request, policy, askedAt, 'S7');
      codes[customer * cellsEach + cell] = codeOfAnswer(
        allowedBy === null ? reasons : [allowedBy, ...information],
        warnings,
      );
      if (allowedBy !== null) masks[customer] = (masks[customer] ?? 0) | (1 << cell);
    }
  }
  return { codes, masks };
}

/** Throws when two contenders differ in any answer of the first thousand customers; answers how many are allowed. */
function requireEqual(facts: readonly Facts[], masks: Int32Array): number {
  const peers = [caslPeer(), jsonLogicPeer(), cedarPeer()];
  for (const [customer, known] of facts.slice(0, 1000).entries()) {
    for (const [cell, question] of smallQuestions(known).entries()) {
      const expected = ((masks[customer] ?? 0) & (1 << cell)) !== 0;
      const request = questions[cell];
      const decided = request !== undefined && decide(known, request, policy, askedAt).verdict === 'allow';
      if (decided !== expected || peers.some((peer) => peer(question) !== expected)) {
        throw new Error(`The contenders differ about customer ${customer}, cell ${cell}.`);
      }
    }
  }
  let allowed = 0;
  for (const mask of masks) for (let cell = 0; cell < cellsEach; cell += 1) allowed += (mask >>> cell) & 1;
  return allowed;
}

function requireCount(allowed: number, expected: number): void {
  if (allowed !== expected) throw new Error(`Allowed ${allowed} cells, and not ${expected}.`);
}

function readMasks(masks: Int32Array, expected: number): number {
  let allowed = 0;
  for (const mask of masks) {
    for (let cell = 0; cell < cellsEach; cell += 1) if ((mask & (1 << cell)) !== 0) allowed += 1;
  }
  requireCount(allowed, expected);
  return masks.length * cellsEach;
}

function readCodes(codes: Int16Array, expected: number): number {
  let allowed = 0;
  let reasons = 0;
  // By index: walking a typed array with its iterator costs more than reading an answer.
  for (let cell = 0; cell < codes.length; cell += 1) {
    const answer = standingAnswer(codes[cell] ?? 0);
    if (answer.allowed) allowed += 1;
    reasons += answer.reasons.length;
  }
  requireCount(allowed, expected);
  if (reasons < codes.length) throw new Error('An answer has no reason.');
  return codes.length;
}

function judgeAll(facts: readonly Facts[], expected: number): number {
  let allowed = 0;
  for (const known of facts) {
    for (const request of requests) {
      if (judge(known, request, policy, askedAt, 'S7').allowedBy !== null) allowed += 1;
    }
  }
  requireCount(allowed, expected);
  return facts.length * cellsEach;
}

function decideAll(facts: readonly Facts[]): number {
  let traced = 0;
  for (const known of facts) {
    for (const question of questions) traced += decide(known, question, policy, askedAt).trace.length;
  }
  if (traced === 0) throw new Error('No decision was explained.');
  return facts.length * cellsEach;
}

function asking(peer: Peer, facts: readonly Facts[]): () => number {
  const asked = facts.flatMap(smallQuestions);
  return () => {
    let allowed = 0;
    for (const question of asked) if (peer(question)) allowed += 1;
    if (allowed === 0) throw new Error('A library allowed nothing at all.');
    return asked.length;
  };
}
