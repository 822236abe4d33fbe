import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decide } from '../../../src/domain/decide.ts';
import type { ReasonCode } from '../../../src/domain/reason.ts';
import { sentenceOf } from '../../../src/domain/reason.ts';
import type { screenChannels } from '../../../src/domain/screen-channels.ts';
import { innerChannels, screenCategories } from '../../../src/domain/screen-channels.ts';
import type { Channel } from '../../../src/domain/vocabulary.ts';
import { channels } from '../../../src/domain/vocabulary.ts';
import {
  addContactPoint,
  endKeeping,
  markBounced,
  readCustomer,
} from '../../../src/features/customers/service.ts';
import type { GatheredFacts } from '../../../src/features/facts/service.ts';
import { contactPointServing, gatherFacts } from '../../../src/features/facts/service.ts';
import { selectionSchema } from '../../../src/features/mailshots/contract.ts';
import { listSelection } from '../../../src/features/mailshots/service.ts';
import type { ContactPermissions } from '../../../src/features/permissions/contact-permissions/contract.ts';
import type { Preferences } from '../../../src/features/permissions/preferences/contract.ts';
import { recordAct } from '../../../src/features/permissions/service.ts';
import { recordScreenings, suppressContact } from '../../../src/features/privacy/service.ts';
import { policyAt } from '../../../src/features/settings/service.ts';
import { adviser, givenCustomer, wording } from '../../support/customers.ts';
import { useDatabase } from '../../support/database.ts';
import { useApi } from '../../support/http.ts';
import { choosePolicy } from '../../support/imports.ts';
import { history } from '../../support/random-history.ts';

const api = useApi(useDatabase());

/** A person with a random history, and what happened to their numbers, addresses and vehicles. */
const person = fc.record({
  events: history,
  kind: fc.constantFrom('individual' as const, 'individual' as const, 'company' as const),
  prospect: fc.boolean(),
  bounced: fc.subarray(['mobile', 'landline', 'email', 'postal', 'social'] as const, { maxLength: 2 }),
  secondNumber: fc.boolean(),
  screened: fc.constantFrom('never', 'clear', 'listed'),
  suppressed: fc.boolean(),
  /** What they agreed to at the counter in the end, with everything that proves it. */
  agreed: fc.subarray(['sms', 'letter', 'live_call', 'email', 'social_dm'] as const),
  sold: fc.constantFrom('none', 'one', 'both'),
});
type MadePerson = typeof person extends fc.Arbitrary<infer Value> ? Value : never;

let people = 0;

async function enter(made: MadePerson): Promise<string> {
  const { context } = api;
  people += 1;
  const [first, second] = [2 * people, 2 * people + 1].map(
    (number) => `EVW${String(number).padStart(14, '0')}`,
  );
  const customerId = await givenCustomer(context, {
    kind: made.kind,
    prospect: made.prospect,
    companyName: 'Everywhere',
    vehicles: [{ vin: first }, { vin: second }],
  });
  const more = [
    { kind: 'phone' as const, value: `0114 496 ${String(people).padStart(4, '0')}` },
    { kind: 'social' as const, value: `@everywhere${people}` },
    ...(made.secondNumber ? [{ kind: 'phone' as const, value: `07700 900${500 + people}` }] : []),
  ];
  for (const contactPoint of more) {
    await addContactPoint(context, customerId, { contactPoint, givenBy: 'customer' });
  }
  const { contactPoints, vehicles } = await readCustomer(context, customerId);
  await record(
    customerId,
    made,
    vehicles.map(({ vehicleId }) => vehicleId),
  );
  if (made.agreed.length > 0) {
    api.context.clock.advance({ seconds: 5 });
    await recordAct(api.context, {
      customerId,
      act: { kind: 'recorded', review: true },
      cells: made.agreed.flatMap((channel) =>
        screenCategories.map(
          (category) => ({ channel, category, after: 'granted', basis: 'consent' }) as const,
        ),
      ),
      actor: { kind: 'customer', id: null },
      evidence: {
        occurredAt: api.context.clock.now().epochMilliseconds,
        method: 'portal',
        wording,
        note: null,
      },
    });
  }
  for (const kind of made.bounced) {
    const point = contactPoints.find((each) => each.kind === kind);
    if (point !== undefined) await markBounced(context, customerId, point.id);
  }
  const mobile = contactPoints.find(({ kind }) => kind === 'mobile')?.normalised ?? '';
  if (made.screened !== 'never') {
    const listedOn = made.screened === 'listed' ? '2026-01-05' : null;
    const register = made.kind === 'company' ? ('ctps' as const) : ('tps' as const);
    await recordScreenings(context, [{ register, number: mobile, listedOn, screenedOn: '2026-11-20' }]);
  }
  if (made.suppressed) {
    await suppressContact(context, { kind: 'mobile', normalised: mobile, reason: 'objection' });
  }
  const sold = made.sold === 'none' ? [] : made.sold === 'one' ? vehicles.slice(0, 1) : vehicles;
  for (const { vehicleId } of sold) await endKeeping(context, customerId, vehicleId);
  return customerId;
}

async function record(
  customerId: string,
  { events }: MadePerson,
  vehicleIds: readonly string[],
): Promise<void> {
  const idOf = (name: string): string => (name === 'second-vehicle' ? vehicleIds[1] : vehicleIds[0]) ?? '';
  for (const { act, cells, actor, method, wordingHash } of events) {
    // why: every instant of this file lies within contact hours, which belong to a message and not to a mark.
    api.context.clock.advance({ seconds: 5 });
    await recordAct(api.context, {
      customerId,
      act: act.kind === 'vehicle_contact_set' ? { ...act, vehicleId: idOf(act.vehicleId) } : act,
      cells: cells
        .filter(({ category }) => category !== 'third_party_marketing')
        .map(({ before: _, scopeId, line: __, ...cell }) => ({
          ...cell,
          ...(scopeId === undefined ? {} : { scopeId: idOf(scopeId) }),
        })),
      actor,
      evidence: { occurredAt: null, method, wording: wordingHash === null ? null : wording, note: null },
    });
  }
}

/** What `decide()` says, asked as a message that carries all it must. */
class Engine {
  readonly #known: GatheredFacts;
  readonly #policy: Awaited<ReturnType<typeof policyAt>>['settings'];

  constructor(known: GatheredFacts, policy: Awaited<ReturnType<typeof policyAt>>['settings']) {
    this.#known = known;
    this.#policy = policy;
  }

  says(channel: Channel, category: (typeof screenCategories)[number], vehicleId: string | null) {
    const message = { identity: true, optOutMeans: true, callerNumber: true };
    const request = { channel, category, vehicleId, tool: 'mailshot' as const, message };
    const { verdict, reasons } = decide(this.#known.facts, request, this.#policy, this.#known.instant);
    return { allowed: verdict === 'allow', reasons };
  }

  vehicles(): string[] {
    return this.#known.facts.vehicles.map(({ id }) => id);
  }

  /** Those they have now; where they have none any more, the first they had. */
  spokenOf(): (string | null)[] {
    const now = this.#known.facts.vehicles.filter(({ ownedUntil }) => ownedUntil === null);
    return now.length > 0 ? now.map(({ id }) => id) : [this.vehicles()[0] ?? null];
  }

  box(screen: (typeof screenChannels)[number], category: (typeof screenCategories)[number]) {
    const scopes = category === 'service_follow_up' ? this.spokenOf() : [null];
    return innerChannels(screen).flatMap((channel) =>
      scopes.map((scope) => this.says(channel, category, scope)),
    );
  }

  /** A selection asks about any vehicle of theirs. */
  selects(channel: Channel, category: (typeof screenCategories)[number]): boolean {
    if (category === 'general_marketing') return this.says(channel, category, null).allowed;
    return this.vehicles().some((vehicleId) => this.says(channel, category, vehicleId).allowed);
  }

  servedBy(channel: Channel): string | null {
    return contactPointServing(channel, this.#known)?.id ?? null;
  }
}

const inWords = (reasons: readonly ReasonCode[]): string => reasons.map(sentenceOf).join(' ');

async function engineOf(customerId: string): Promise<Engine> {
  const { context } = api;
  const { settings } = await policyAt(context);
  const at = context.clock.now().epochMilliseconds;
  const known = (await gatherFacts(context.database.db, context, [customerId], settings, at)).get(customerId);
  if (known === undefined) throw new Error('The customer was not entered.');
  return new Engine(known, settings);
}

async function expectPanel(customerId: string, engine: Engine): Promise<void> {
  const answer = await api.ask(`/api/v1/customers/${customerId}/preferences`);
  for (const { channel, cells } of (answer.body as Preferences).channels) {
    for (const { category, verdict, reasons } of cells) {
      if (category === 'third_party_marketing') continue;
      const parts = engine.box(channel, category);
      expect(verdict === 'allow', `panel ${channel} ${category}`).toBe(parts.every(({ allowed }) => allowed));
      expect(parts.map((part) => inWords(part.reasons))).toContain(
        reasons.map((each) => each.sentence).join(' '),
      );
    }
  }
}

function expectMarks({ points }: ContactPermissions, engine: Engine): number {
  let marks = 0;
  for (const { id, uses } of points) {
    for (const { channel, service, marketing } of uses) {
      const [inner] = innerChannels(channel);
      if (inner === undefined || engine.servedBy(inner) !== id) continue;
      for (const [category, shown] of [
        ['service_follow_up', service],
        ['general_marketing', marketing],
      ] as const) {
        const parts = engine.box(channel, category);
        expect(shown.allowed, `mark ${channel} ${category}`).toBe(parts.every(({ allowed }) => allowed));
        expect(parts.some(({ reasons }) => shown.why.startsWith(inWords(reasons)))).toBe(true);
        marks += 1;
      }
    }
  }
  return marks;
}

async function expectDecisions(customerId: string, engine: Engine): Promise<void> {
  const questions = channels.flatMap((channel) =>
    screenCategories.flatMap((category) =>
      (category === 'service_follow_up' ? engine.vehicles() : [null]).map((vehicleId) => ({
        customer: customerId,
        channel,
        category,
        vehicleId,
        tool: 'mailshot',
        message: { identity: true, optOutMeans: true, callerNumber: true },
      })),
    ),
  );
  const answer = await api.ask('/api/v1/decisions:batch', { body: { questions } });
  for (const [index, { channel, category, vehicleId }] of questions.entries()) {
    const { allowed, reasons } = engine.says(channel, category, vehicleId);
    expect(answer.at(`answers.${index}.decision.verdict`), `API ${channel} ${category}`).toBe(
      allowed ? 'allow' : 'deny',
    );
    expect(answer.at(`answers.${index}.decision.reasons.0.code`)).toBe(reasons[0]);
  }
}

async function expectSelections(engines: ReadonlyMap<string, Engine>): Promise<void> {
  for (const channel of channels) {
    for (const category of screenCategories) {
      const selection = selectionSchema.parse({ channel, category });
      const { people: listed, next } = await listSelection(api.context, selection, 'permitted', {
        limit: 500,
        actor: adviser,
      });
      expect(next).toBeNull();
      const permitted = new Set(listed.map(({ customerId }) => customerId));
      for (const [customerId, engine] of engines) {
        expect(permitted.has(customerId), `selection ${channel} ${category}`).toBe(
          engine.selects(channel, category),
        );
      }
    }
  }
}

describe('for random customers, every place that shows a permission', () => {
  it('says the same as decide(): panel, mark beside the number, API and selection', async () => {
    let marks = 0;
    let permitted = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(person, { minLength: 3, maxLength: 5 }),
        fc.constantFrom('pecr_strict' as const, 'assume_legitimate_interest' as const),
        async (made, policy) => {
          await choosePolicy(api.context, policy);
          const engines = new Map<string, Engine>();
          for (const each of made) {
            const customerId = await enter(each);
            engines.set(customerId, await engineOf(customerId));
          }
          api.context.clock.advance({ seconds: 5 });
          const answer = await api.ask('/api/v1/contact-permissions', {
            body: { customers: [...engines.keys()] },
          });
          const shown = (answer.body as { customers: ContactPermissions[] }).customers;
          expect(shown.map(({ customerId }) => customerId)).toEqual([...engines.keys()]);
          for (const [customerId, engine] of engines) {
            const of = shown.find((each) => each.customerId === customerId);
            if (of !== undefined) marks += expectMarks(of, engine);
            await expectPanel(customerId, engine);
            await expectDecisions(customerId, engine);
            permitted += channels.filter((channel) => engine.selects(channel, 'general_marketing')).length;
          }
          await expectSelections(engines);
        },
      ),
      { numRuns: 8 },
    );
    expect(marks).toBeGreaterThan(150);
    expect(permitted).toBeGreaterThan(10);
  }, 240_000);
});
