import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { MergeableProfile } from './merge-choices.ts';
import { mergeDetails, refusedChoice, suggestMerge } from './merge-choices.ts';
import { customerKinds, isCorporateSubscriber } from './vocabulary.ts';

const adultsBornBy = '2008-11-25';

const text = fc.option(fc.constantFrom('A', 'Ann', 'Annabel'));
const profile: fc.Arbitrary<MergeableProfile> = fc.record({
  title: text,
  forename: text,
  surname: text,
  companyName: text,
  kind: fc.constantFrom(...customerKinds),
  birthOn: fc.option(fc.constantFrom('1970-01-01', '1999-12-31', '2008-11-25', '2008-11-26', '2015-03-04')),
  branchId: fc.constantFrom(1, 2, 3),
  legalEntityId: fc.constant(1),
});
const ofAnyEntity = profile.map((given) => ({ ...given, legalEntityId: given.branchId === 3 ? 2 : 1 }));
const side = fc.constantFrom('survivor', 'absorbed');
const choices = fc.record({ name: side, company: side, kind: side, birthOn: side, branch: side });

describe('what of two records is taken', () => {
  it('is always something that may be chosen, with a reason', () => {
    fc.assert(
      fc.property(ofAnyEntity, ofAnyEntity, (survivor, absorbed) => {
        const suggested = suggestMerge(survivor, absorbed, adultsBornBy);
        const chosen = Object.fromEntries(mergeDetails.map((detail) => [detail, suggested[detail].side]));
        expect(refusedChoice(suggested, chosen)).toBeNull();
        expect(mergeDetails.every((detail) => suggested[detail].because.endsWith('.'))).toBe(true);
      }),
    );
  });

  it('never makes an adult of a child, a company of a person, or a customer of another legal entity', () => {
    fc.assert(
      fc.property(ofAnyEntity, ofAnyEntity, choices, (survivor, absorbed, chosen) => {
        const suggested = suggestMerge(survivor, absorbed, adultsBornBy);
        fc.pre(refusedChoice(suggested, chosen) === null);
        const both = { survivor, absorbed };
        const isChild = ({ birthOn }: MergeableProfile): boolean =>
          birthOn !== null && birthOn > adultsBornBy;
        const taken = both[chosen.birthOn];
        if (isChild(survivor) || isChild(absorbed)) expect(isChild(taken)).toBe(true);
        const isPerson = ({ kind }: MergeableProfile): boolean => !isCorporateSubscriber(kind);
        if (isPerson(survivor) || isPerson(absorbed)) expect(isPerson(both[chosen.kind])).toBe(true);
        expect(both[chosen.branch].legalEntityId).toBe(survivor.legalEntityId);
      }),
    );
  });
});
