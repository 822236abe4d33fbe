import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { decide } from '../../../src/domain/decide.ts';
import type { DecisionRequest } from '../../../src/domain/decision-request.ts';
import { cellIndex } from '../../../src/domain/facts.ts';
import { defaultPolicySettings } from '../../../src/domain/policy.ts';
import { withoutQuietHours } from '../../../src/domain/quiet-hours.ts';
import type { SelectionAnswer } from '../../../src/domain/selection-answer.ts';
import { answerOfCode, nearestToYes } from '../../../src/domain/selection-answer.ts';
import { judgeStanding } from '../../../src/domain/standing.ts';
import { standingQuestion } from '../../../src/domain/standing-question.ts';
import { channels, purposes } from '../../../src/domain/vocabulary.ts';
import { readCustomer } from '../../../src/features/customers/service.ts';
import type { GivenSelection } from '../../../src/features/mailshots/contract.ts';
import { selectionSchema } from '../../../src/features/mailshots/contract.ts';
import { countSelection, decideSelected, listSelection } from '../../../src/features/mailshots/service.ts';
import { permitContacts, recordHandOvers } from '../../../src/features/messages/service.ts';
import { recordAct } from '../../../src/features/permissions/service.ts';
import { recordAssessment } from '../../../src/features/privacy/service.ts';
import { changePolicy } from '../../../src/features/settings/service.ts';
import { thirdPartyIds } from '../../../src/features/third-parties/service.ts';
import type { ManualClock } from '../../../src/platform/clock.ts';
import type { Context } from '../../../src/platform/context.ts';
import { contextOn, mondayMorning } from '../../support/context.ts';
import { adviser, givenCustomer, wording } from '../../support/customers.ts';
import { useDatabase } from '../../support/database.ts';
import {
  factsOf,
  history,
  policySettings,
  questionAt,
  surroundings,
  validRequest,
} from '../../support/random-history.ts';

describe('a stored code is asked only what it answers exactly', () => {
  it('and then its answer is that of the engine, for any history, request, policy and instant', () => {
    let answered = 0;
    fc.assert(
      fc.property(
        history,
        surroundings,
        policySettings,
        validRequest,
        questionAt,
        (events, around, policy, asked, at) => {
          const request: DecisionRequest = {
            ...asked,
            message: { promotion: asked.message?.promotion ?? false },
          };
          const facts = factsOf(events, around, policy, at);
          const question = standingQuestion(request, policy);
          const named = [...(facts.scopedCells?.keys() ?? [])].some(
            (key) => Number(key.split(':')[0]) % 3 === 2,
          );
          fc.pre(question !== null && !(question.aboutCompany && named));
          if (question === null) return;
          answered += 1;
          const { codes, vehicles } = judgeStanding(facts, policy, at);
          const ofVehicle = vehicles.find(({ vehicleId }) => vehicleId === question.vehicleId);
          const code =
            question.vehicleId === null
              ? codes[cellIndex(question.channel, question.category)]
              : ofVehicle?.codes[channels.indexOf(question.channel)];
          const sent = facts.marketingSentAt.filter((sentAt) => sentAt + 30 * 86_400_000 > at).length;
          const answer = answerOfCode(code ?? 0, sent, question.reclassified, policy);
          const decision = decide(facts, request, withoutQuietHours(policy), at);
          expect([answer.allowed, answer.reasons, answer.warnings]).toEqual([
            decision.verdict === 'allow',
            decision.reasons,
            decision.warnings,
          ]);
        },
      ),
      { numRuns: 1_500 },
    );
    expect(answered).toBeGreaterThan(500);
  });

  it('never one for a claims call, the narrow reading of No Marketing, or an advisory within its month', () => {
    const call = { channel: 'live_call', category: 'general_marketing' };
    expect(standingQuestion(call, defaultPolicySettings)).not.toBeNull();
    expect(standingQuestion({ ...call, claimsManagement: true }, defaultPolicySettings)).toBeNull();
    const narrow = { ...defaultPolicySettings, legacyNoMarketingScope: 'mailshots_only' } as const;
    const reminder = { channel: 'sms', category: 'service_follow_up' };
    expect(standingQuestion({ ...reminder, tool: 'acm' }, narrow)).toBeNull();
    expect(standingQuestion({ ...reminder, tool: 'mailshot' }, narrow)).not.toBeNull();
    const advised = { ...defaultPolicySettings, safetyAdvisoryAsService: true };
    expect(standingQuestion({ ...reminder, safetyAdvisoryOn: '2026-11-20' }, advised)).toBeNull();
    expect(standingQuestion({ channel: 'sms', category: 'service_message' }, advised)).toBeNull();
  });
});

const database = useDatabase();
let context: Context & { readonly clock: ManualClock };
const customers: string[] = [];
const vehiclesOf = new Map<string, readonly { vehicleId: string; make: string | null }[]>();
const companyNames = ['Acme Motor Insurance Ltd', 'Best Warranty Ltd'] as const;

/** Random histories, recorded by the services that the product uses. */
beforeAll(async () => {
  context = await contextOn(database, '2026-10-01T09:00:00Z');
  const companies = await thirdPartyIds(context, companyNames);
  for (const [index, events] of fc.sample(history, { numRuns: 40, seed: 7 }).entries()) {
    const customerId = await givenCustomer(context, {
      kind: index % 4 === 0 ? 'company' : 'individual',
      companyName: 'Holroyd',
      vehicles: [
        { vin: vinOf(2 * index), make: 'Ford' },
        { vin: vinOf(2 * index + 1), make: 'Audi' },
      ],
    });
    customers.push(customerId);
    const { vehicles: kept } = await readCustomer(context, customerId);
    const vehicles = kept.map(({ vehicleId }) => vehicleId);
    vehiclesOf.set(
      customerId,
      kept.map(({ vehicleId, make }) => ({ vehicleId, make })),
    );
    const ids = new Map<string, string | undefined>([
      ['first-vehicle', vehicles[0]],
      ['second-vehicle', vehicles[1]],
      ...companies,
    ]);
    for (const event of events) {
      context.clock.advance({ minutes: 7 });
      await recordAct(context, {
        customerId,
        act:
          event.act.kind === 'vehicle_contact_set'
            ? { ...event.act, vehicleId: ids.get(event.act.vehicleId) ?? '' }
            : event.act,
        cells: event.cells.map(({ before: _, scopeId, ...cell }) => ({
          ...cell,
          ...(scopeId === undefined ? {} : { scopeId: ids.get(scopeId) ?? scopeId }),
        })),
        actor: event.actor,
        evidence: {
          occurredAt: null,
          method: event.method,
          wording: event.wordingHash === null ? null : wording,
          note: null,
        },
      });
    }
  }
  for (const customerId of customers.slice(0, 10)) {
    await recordHandOvers(context, [
      { customerId, channel: 'email', purpose: 'general_marketing', marketing: true },
    ]);
  }
});

function vinOf(number: number): string {
  return `WFX${number.toString().padStart(14, '0')}`;
}

const selections: GivenSelection[] = channels.flatMap((channel) =>
  purposes
    .filter((category) => !(category === 'service_message' && channel === 'social_audience'))
    .flatMap((category): GivenSelection[] => {
      if (category === 'third_party_marketing') {
        return [
          { channel, category, company: companyNames[0] },
          { channel, category, company: 'A company nobody was shown' },
        ];
      }
      if (category !== 'service_message') return [{ channel, category }];
      return [
        { channel, category },
        { channel, category, recall: true },
        { channel, category, promotion: true },
      ];
    }),
);

/** Criteria that everybody meets, by the make of the vehicles that they are then asked about. */
const vehicleCriteria: readonly (readonly [string, NonNullable<GivenSelection['criteria']>])[] = [
  ['Ford', { all: [{ field: 'make', is: 'ford' }] }],
  [
    'Audi',
    {
      all: [
        { field: 'make', is: 'AUDI' },
        { field: 'prospect', is: false },
      ],
    },
  ],
  [
    'Ford',
    {
      any: [
        { field: 'make', is: 'Ford' },
        { field: 'prospect', is: true },
      ],
    },
  ],
];

/** What the gate says of everybody, about each of their vehicles of this make, without any stored code. */
async function decided(
  selection: GivenSelection,
  make: string | null,
): Promise<Map<string, SelectionAnswer>> {
  const companies = await thirdPartyIds(context, companyNames);
  const questions: { customerId: string; request: DecisionRequest }[] = [];
  for (const customerId of customers) {
    const vehicles = (vehiclesOf.get(customerId) ?? [])
      .filter((vehicle) => make === null || vehicle.make === make)
      .map(({ vehicleId }) => vehicleId);
    const ofVehicle = selection.category === 'service_follow_up' || selection.recall === true;
    for (const vehicleId of ofVehicle ? vehicles : [null]) {
      const request: DecisionRequest = {
        channel: selection.channel,
        category: selection.category,
        vehicleId,
        thirdPartyId: companies.get(selection.company ?? '') ?? null,
        recall: selection.recall ?? false,
        tool: 'mailshot',
        message: { promotion: selection.promotion ?? false },
      };
      questions.push({ customerId, request });
    }
  }
  const answers = await permitContacts(context, questions, { leaves: 'list' });
  const of = Map.groupBy(
    answers.map((answer, index) => ({ answer, customerId: questions[index]?.customerId ?? '' })),
    ({ customerId }) => customerId,
  );
  return new Map(
    [...of].map(([customerId, own]) => {
      const nearest = nearestToYes(
        own.map(({ answer }) => {
          if (answer === undefined) throw new Error('A customer is not on file.');
          const { verdict, reasons, warnings } =
            'permitted' in answer ? answer.permitted.decision : answer.refused;
          return { allowed: verdict === 'allow', reasons, warnings };
        }),
      );
      if (nearest === undefined) throw new Error('Nobody was asked about.');
      return [customerId, nearest] as const;
    }),
  );
}

/** Answers how many are permitted. */
async function agree(given: GivenSelection, make: string | null = null): Promise<number> {
  const selection = selectionSchema.parse(given);
  const expected = await decided(given, make);
  const count = await countSelection(context, selection);
  expect(count.matching).toBe(customers.length);
  expect(count.permitted + count.leftOut.reduce((sum, { people }) => sum + people, 0)).toBe(count.matching);
  const parts = ['permitted' as const, ...count.leftOut.map(({ reasons }) => ({ leftOutFor: reasons }))];
  const opened = new Map<string, unknown>();
  for (const part of parts) {
    const page = await listSelection(context, selection, part, { actor: adviser, limit: 500 });
    for (const { customerId, reasons, warnings } of page.people) {
      expect(opened.has(customerId)).toBe(false);
      opened.set(customerId, { allowed: part === 'permitted', reasons, warnings });
    }
    const figure =
      part === 'permitted'
        ? count.permitted
        : count.leftOut.find((group) => group.reasons === part.leftOutFor)?.people;
    expect(page.people.length).toBe(figure);
  }
  expect(opened).toEqual(expected);
  return count.permitted;
}

describe('for random histories the bulk path says what the engine says, for every cell', () => {
  it.each([
    ['the strict policy', {}],
    ['the assumption of the source document', { policy: 'assume_legitimate_interest' }],
    [
      'a cap, reviews that block, and the narrow reading',
      {
        frequencyCapPer30Days: 1,
        reviewOverdueEffect: 'block',
        legacyNoMarketingScope: 'mailshots_only',
      },
    ],
  ] as const)(
    'under %s',
    async (_, settings) => {
      context.clock.advance({ hours: 1 });
      await changePolicy(context, {
        settings,
        reason: null,
        recordedBy: 'manager',
        warningAcceptedBy: 'Jo Holroyd',
      });
      let permitted = 0;
      for (const selection of selections) permitted += await agree(selection);
      for (const channel of channels) {
        for (const [make, criteria] of vehicleCriteria) {
          await agree({ channel, category: 'service_follow_up', criteria }, make);
        }
      }
      expect(permitted).toBeGreaterThan(50);
      expect(permitted).toBeLessThan((selections.length - 1) * customers.length);
    },
    120_000,
  );

  it('months later, when reviews have come due and an assessment was recorded', async () => {
    context.clock.set('2027-05-30T10:00:00Z');
    await recordAssessment(context, {
      legalEntityId: 1,
      channels,
      categories: ['service_follow_up', 'general_marketing'],
      purpose: 'Remind keepers.',
      necessity: 'Nothing less will do.',
      balance: 'They expect it.',
      approvedBy: 'Jo Holroyd',
      reviewOn: '2028-01-01',
    });
    for (const selection of selections.slice(0, 16)) await agree(selection);
  }, 120_000);

  it('and so do the answers for chosen customers, with contact hours and content of the message', async () => {
    const sunday = '2027-06-06T10:00:00Z';
    for (const [at, message] of [
      [sunday, {}],
      ['2027-06-07T10:00:00Z', { identity: false }],
    ] as const) {
      context.clock.set(at);
      for (const channel of channels) {
        for (const category of purposes) {
          const request = { channel, category, message };
          const bulk = await decideSelected(context, { request, customerIds: customers });
          const gate = await permitContacts(
            context,
            customers.map((customerId) => ({ customerId, request })),
          );
          const expected = gate.map((answer) => {
            if (answer === undefined) throw new Error('A customer is not on file.');
            const { verdict, reasons, warnings } =
              'permitted' in answer ? answer.permitted.decision : answer.refused;
            return { verdict, reasons, warnings };
          });
          expect(customers.map((customerId) => bulk.get(customerId))).toEqual(expected);
        }
      }
    }
  }, 120_000);

  it('as of a past instant too, from the facts of that instant', async () => {
    const request = { channel: 'sms', category: 'general_marketing' } as const;
    const at = Date.parse('2026-10-01T10:30:00Z');
    context.clock.set(mondayMorning);
    const bulk = await decideSelected(context, { request, customerIds: customers, at });
    const gate = await permitContacts(
      context,
      customers.map((customerId) => ({ customerId, request })),
      { at },
    );
    const expected = gate.map((answer) => answer && ('permitted' in answer ? 'allow' : 'deny'));
    expect(customers.map((customerId) => bulk.get(customerId)?.verdict)).toEqual(expected);
  });
});
