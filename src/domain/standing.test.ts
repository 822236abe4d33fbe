import { describe, expect, it } from 'vitest';
import {
  agreedQuestion,
  answered,
  askedAt,
  messageKinds,
  plainQuestion,
  troubles,
} from './decision-examples.ts';
import { cellIndex } from './facts.ts';
import { denyReasons } from './reason.ts';
import { codeOfAnswer, denyCodesNaming, firstAllowCode, judgeStanding, standingAnswer } from './standing.ts';
import { categories, channels } from './vocabulary.ts';

/** Every number that fits the column and reads back as an answer. */
const readable = Array.from({ length: 32_768 }, (_, code) => code).flatMap((code) => {
  try {
    return [standingAnswer(code)];
  } catch {
    return [];
  }
});

describe('a standing code', () => {
  it('stands for one answer, and an answer has one code', () => {
    expect(readable.length).toBeGreaterThan(1000);
    const texts = readable.map(({ reasons, warnings }) => `${reasons.join()}|${warnings.join()}`);
    expect(new Set(texts).size).toBe(readable.length);
    expect(readable.map(({ reasons, warnings }) => codeOfAnswer(reasons, warnings))).toEqual(
      readable.map(({ code }) => code),
    );
  });

  it('of an allow is greater than every code of a deny', () => {
    expect(readable.every(({ code, allowed }) => allowed === code >= firstAllowCode)).toBe(true);
  });

  it('lists the reasons of one stage, in their order', () => {
    const order = Object.keys(denyReasons);
    for (const { reasons } of readable.filter(({ allowed }) => !allowed)) {
      expect(new Set(reasons.map((code) => denyReasons[code as keyof typeof denyReasons].stage)).size).toBe(
        1,
      );
      expect([...reasons].sort((a, b) => order.indexOf(a) - order.indexOf(b))).toEqual(reasons);
    }
  });

  it.each([-1, 0, 1, 1024, 8191, 32_767, 1.5, Number.NaN])('%d is none', (code) => {
    expect(() => standingAnswer(code)).toThrow(RangeError);
  });

  it('cannot be made of a reason that belongs to one message', () => {
    expect(() => codeOfAnswer(['QUIET_HOURS'], [])).toThrow(RangeError);
    expect(() => codeOfAnswer(['SENDER_IDENTITY_MISSING'], [])).toThrow(RangeError);
  });
});

describe('standing decisions', () => {
  it('hold a code for every cell, and one a channel for every vehicle', () => {
    const { facts, policy } = answered(plainQuestion('sms', 'general_marketing'), 'consent');
    const standing = judgeStanding(facts, policy, askedAt);
    expect(standing.codes).toHaveLength(channels.length * categories.length);
    expect(standing.vehicles).toEqual([{ vehicleId: 'vehicle', codes: expect.any(Array) }]);
    const answer = standingAnswer(standing.codes[cellIndex('email', 'general_marketing')] ?? 0);
    expect(answer).toMatchObject({ allowed: true, reasons: ['CONSENT'], warnings: [] });
  });

  it('say of follow-up about no vehicle that none is linked', () => {
    const { facts, policy } = answered(plainQuestion('sms', 'general_marketing'), 'consent');
    const { codes } = judgeStanding(facts, policy, askedAt);
    expect(standingAnswer(codes[cellIndex('sms', 'service_follow_up')] ?? 0).reasons).toEqual([
      'VEHICLE_NOT_LINKED',
    ]);
  });

  it('can hold every trouble up to the review as a code of two bytes', () => {
    for (const make of Object.values(troubles)) {
      for (const kind of messageKinds) {
        const { facts, policy } = make(agreedQuestion('email', kind));
        const { codes, vehicles } = judgeStanding(facts, policy, askedAt);
        for (const code of [...codes, ...vehicles.flatMap((vehicle) => vehicle.codes)]) {
          expect(standingAnswer(code).code).toBe(code);
        }
      }
    }
  });

  it('lists every code that names a reason, for leaving people out in SQL', () => {
    const wanted = ['PERSON_ERASED', 'NO_PERMISSION'] as const;
    const codes = denyCodesNaming(wanted);
    const known = readable
      .filter(({ reasons }) => reasons.some((reason) => wanted.some((name) => name === reason)))
      .map(({ code }) => code);
    for (const code of codes) expect(known).toContain(code);
    // A basis gives one reason alone, so that several at once are a number nobody ever stored.
    const stored = known.filter((code) => standingAnswer(code).reasons.length === 1 || code >> 10 !== 6);
    expect(codes.sort((a, b) => a - b)).toEqual(stored);
  });
});
