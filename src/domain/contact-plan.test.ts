import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DueContact, MethodAnswer, MethodQuestion, TakenStep } from './contact-plan.ts';
import { catchUpDays, dueContacts } from './contact-plan.ts';
import { forecastContacts } from './forecast.ts';
import { addDays, addMonths, daysBetween } from './london.ts';
import type { ContactSubject, SubjectVehicle } from './occasion.ts';
import type { Programme, ProgrammeKind } from './programme.ts';
import { programmeKinds, usualProgramme } from './programme.ts';

const motOn = '2026-12-14';
const vehicle = (change: Partial<SubjectVehicle> = {}): SubjectVehicle => ({
  id: 'car',
  ownedUntil: null,
  motDueOn: null,
  serviceDueOn: null,
  boughtHereOn: null,
  deferred: [],
  collectedOn: [],
  booked: [],
  ...change,
});
const subject = (change: Partial<ContactSubject> = {}): ContactSubject => ({
  birthOn: null,
  lastSeenOn: null,
  vehicles: [],
  openEnquiries: [],
  ...change,
});
const withMot = (change: Partial<SubjectVehicle> = {}): ContactSubject =>
  subject({ vehicles: [vehicle({ motDueOn: motOn, ...change })] });

const allOn: ReadonlyMap<ProgrammeKind, Programme> = new Map(
  programmeKinds.map((kind) => [kind, { ...usualProgramme(kind), isOn: true }]),
);
const yes = (): MethodAnswer => ({ allowed: true, reasons: [] });
const only =
  (...methods: string[]) =>
  ({ method }: MethodQuestion): MethodAnswer =>
    methods.includes(method) ? yes() : { allowed: false, reasons: ['NO_PERMISSION'] };

function due(
  of: ContactSubject,
  today: string,
  before: TakenStep[] = [],
  ask: (question: MethodQuestion) => MethodAnswer = yes,
): DueContact[] {
  return dueContacts(of, allOn, before, today, ask);
}

function taken(contacts: readonly DueContact[], on: string): TakenStep[] {
  return contacts.flatMap(({ occasion, step }) =>
    occasion.parts.map(({ key }) => ({ key, stepId: step.id, on })),
  );
}

describe('a step of a programme', () => {
  it.each<[string, string, string | null]>([
    ['the day before its day', addDays(motOn, -31), null],
    ['on its day', addDays(motOn, -30), 'letter'],
    ['some days late, since a run was missed', addDays(motOn, -30 + catchUpDays), 'letter'],
    ['when it is too late to make up for it', addDays(motOn, -30 + catchUpDays + 1), null],
    ['when the next step has come', addDays(motOn, -14), 'sms'],
    ['on the last day of the MOT', motOn, 'live_call'],
    ['once the MOT has run out', addDays(motOn, 1), null],
  ])('%s', (_, today, method) => {
    expect(due(withMot(), today).map((contact) => contact.method)).toEqual(method === null ? [] : [method]);
  });

  it('is taken once, and the next one on its own day', () => {
    const first = due(withMot(), addDays(motOn, -30));
    expect(due(withMot(), addDays(motOn, -29), taken(first, addDays(motOn, -30)))).toEqual([]);
    const second = due(withMot(), addDays(motOn, -14), taken(first, addDays(motOn, -30)));
    expect(second.map(({ step }) => step.days)).toEqual([-14]);
  });

  it('goes by the next of its methods where the wanted one is not permitted', () => {
    const [contact] = due(withMot(), addDays(motOn, -30), [], only('email'));
    expect(contact).toMatchObject({
      method: 'email',
      skipped: [{ method: 'letter', reasons: ['NO_PERMISSION'] }],
    });
  });

  it('without a permitted method says the reason of each', () => {
    const [contact] = due(withMot(), addDays(motOn, -30), [], only());
    expect(contact).toMatchObject({ method: null, skipped: [{ method: 'letter' }, { method: 'email' }] });
  });
});

describe('what ends reminders', () => {
  const today = addDays(motOn, -14);

  it.each<[string, Partial<SubjectVehicle>]>([
    ['the MOT is booked', { booked: [{ jobType: 'mot', findingId: null, arrivesOn: motOn }] }],
    ['the vehicle is no longer theirs', { ownedUntil: today }],
  ])('%s', (_, change) => {
    expect(due(withMot(change), today)).toEqual([]);
  });

  it('a booked MOT does not end the reminder of the service', () => {
    const booked = [{ jobType: 'mot' as const, findingId: null, arrivesOn: motOn }];
    const contacts = due(withMot({ booked, serviceDueOn: motOn }), today);
    expect(contacts.map(({ occasion }) => occasion.parts.map(({ kind }) => kind))).toEqual([['service_due']]);
  });
});

describe('service and MOT', () => {
  it.each<[string, string, string[][]]>([
    ['on one day are one contact', motOn, [['mot_due', 'service_due']]],
    ['within thirty days are one contact, by the earlier', addDays(motOn, 30), [['mot_due', 'service_due']]],
  ])('%s', (_, serviceDueOn, wanted) => {
    const contacts = due(withMot({ serviceDueOn }), addDays(motOn, -14));
    expect(contacts.map(({ occasion }) => occasion.parts.map(({ kind }) => kind))).toEqual(wanted);
  });

  it('farther apart are two contacts', () => {
    const contacts = due(withMot({ serviceDueOn: addDays(motOn, 31) }), addDays(motOn, -14));
    expect(contacts).toHaveLength(1);
  });

  it('of which one was reminded of alone do not begin anew when they fall together', () => {
    const alone = due(withMot(), addDays(motOn, -14));
    const joined = withMot({ serviceDueOn: addDays(motOn, 10) });
    expect(due(joined, addDays(motOn, -13), taken(alone, addDays(motOn, -14)))).toEqual([]);
  });
});

describe('a forecast', () => {
  const from = '2026-11-01';

  it('foretells the MOT, and supposes the next one a year later', () => {
    const contacts = forecastContacts(withMot(), allOn, [], { from, months: 14 }, yes);
    const mot = contacts.map(({ on, isSupposed }) => [on, isSupposed]);
    expect(mot).toEqual([
      ['2026-11-14', false],
      ['2026-11-30', false],
      ['2026-12-07', false],
      ['2026-12-09', false],
      ['2027-11-14', true],
      ['2027-11-30', true],
      ['2027-12-07', true],
      ['2027-12-09', true],
    ]);
  });

  it('of booked work foretells nothing until a year later', () => {
    const booked = [{ jobType: 'mot' as const, findingId: null, arrivesOn: '2026-11-20' }];
    const contacts = forecastContacts(withMot({ booked }), allOn, [], { from, months: 12 }, yes);
    expect(contacts.map(({ on }) => on)).toEqual([]);
  });

  it('is what the run does, day by day', () => {
    fc.assert(
      fc.property(anySubject(), anyAnswer(), (of, ask) => {
        const until = addMonths(from, 3);
        const foretold = forecastContacts(of, allOn, [], { from, months: 3 }, ask);
        const done: TakenStep[] = [];
        const ran: string[] = [];
        for (let on = from; on < until; on = addDays(on, 1)) {
          const contacts = dueContacts(of, allOn, done, on, ask);
          done.push(...taken(contacts, on));
          ran.push(...contacts.map((contact) => `${on} ${contact.occasion.parts[0].key} ${contact.method}`));
        }
        const certain = foretold.filter(({ isSupposed }) => !isSupposed);
        const told = certain.map(({ on, occasion, method }) => `${on} ${occasion.parts[0].key} ${method}`);
        expect(told).toEqual(ran);
      }),
    );
  });

  it('never takes a step twice, before its day, after its lapse, or by a way that is refused', () => {
    fc.assert(
      fc.property(anySubject(), anyAnswer(), (of, ask) => {
        const seen = new Set<string>();
        for (const contact of forecastContacts(of, allOn, [], { from, months: 12 }, ask)) {
          for (const { key } of contact.occasion.parts) {
            const step = `${key} ${contact.step.id}`;
            expect(seen).not.toContain(step);
            seen.add(step);
          }
          expect(daysBetween(contact.dueOn, contact.on)).toBeGreaterThanOrEqual(0);
          expect(contact.on < contact.lapsesOn).toBe(true);
          const { method } = contact;
          if (method !== null) expect(contact.skipped.map((skipped) => skipped.method)).not.toContain(method);
        }
      }),
    );
  });
});

function anyDate(): fc.Arbitrary<string> {
  return fc.integer({ min: -200, max: 400 }).map((days) => addDays('2026-11-01', days));
}

function anySubject(): fc.Arbitrary<ContactSubject> {
  const maybe = fc.option(anyDate());
  const car = fc.record({
    ownedUntil: maybe,
    motDueOn: maybe,
    serviceDueOn: maybe,
    boughtHereOn: maybe,
    deferred: fc.array(fc.record({ findingId: fc.uuid(), followUpOn: anyDate() }), { maxLength: 2 }),
    collectedOn: fc.uniqueArray(anyDate(), { maxLength: 2 }),
    booked: fc.constant([]),
  });
  const vehicles = fc
    .array(car, { maxLength: 3 })
    .map((cars) => cars.map((each, index) => ({ ...each, id: `car ${index}` })));
  const openEnquiries = fc.array(fc.record({ id: fc.uuid(), openedOn: anyDate() }), { maxLength: 1 });
  return fc.record({
    birthOn: fc.constantFrom(null, '1960-02-29', '1980-12-31'),
    lastSeenOn: maybe,
    vehicles,
    openEnquiries,
  });
}

function anyAnswer(): fc.Arbitrary<(question: MethodQuestion) => MethodAnswer> {
  return fc.subarray(['letter', 'sms', 'email', 'live_call']).map((methods) => only(...methods));
}
