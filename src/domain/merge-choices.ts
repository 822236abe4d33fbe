import type { CustomerKind } from './vocabulary.ts';
import { isCorporateSubscriber } from './vocabulary.ts';

/** Which of two records a detail of the merged one is taken from. */
export type MergeSide = 'survivor' | 'absorbed';

export const mergeDetails = ['name', 'company', 'kind', 'birthOn', 'branch'] as const;
export type MergeDetail = (typeof mergeDetails)[number];

export type MergeChoices = Readonly<Record<MergeDetail, MergeSide>>;

/** What of a record is chosen between. */
export interface MergeableProfile {
  readonly title: string | null;
  readonly forename: string | null;
  readonly surname: string | null;
  readonly companyName: string | null;
  readonly kind: CustomerKind;
  readonly birthOn: string | null;
  readonly branchId: number;
  readonly legalEntityId: number;
}

/** Which side a detail is taken from unless somebody chooses, why, and whether there is a choice at all. */
export interface MergeSuggestion {
  readonly side: MergeSide;
  readonly because: string;
  readonly mayChoose: boolean;
}

/**
 * The sensible default of each detail, with its reason. No choice may make more permitted than the records say: not
 * another kind of customer (PECR 22(1)), not a greater age, not another legal entity (UK GDPR 6(1)(a)).
 *
 * @param adultsBornBy the last day of birth of somebody who is no child.
 */
export function suggestMerge(
  survivor: MergeableProfile,
  absorbed: MergeableProfile,
  adultsBornBy: string,
): Readonly<Record<MergeDetail, MergeSuggestion>> {
  return {
    name: suggestText(personName(survivor), personName(absorbed), 'name'),
    company: suggestText(survivor.companyName, absorbed.companyName, 'company'),
    kind: suggestKind(survivor.kind, absorbed.kind),
    birthOn: suggestBirth(survivor.birthOn, absorbed.birthOn, adultsBornBy),
    branch: suggestBranch(survivor, absorbed),
  };
}

/** The name of the person alone; null where the record has none. */
export function personName({
  title,
  forename,
  surname,
}: Pick<MergeableProfile, 'title' | 'forename' | 'surname'>): string | null {
  const name = [title, forename, surname].filter(Boolean).join(' ');
  return name === '' ? null : name;
}

const same: MergeSuggestion = { side: 'survivor', because: 'Both records say the same.', mayChoose: false };
const stays = 'It is on the record that stays.';

function suggestText(own: string | null, other: string | null, what: string): MergeSuggestion {
  if (own === other) return same;
  if (own === null) return only('absorbed', what);
  if (other === null) return only('survivor', what);
  if (other.length > own.length) {
    return { side: 'absorbed', because: `It is the fuller ${what}.`, mayChoose: true };
  }
  return { side: 'survivor', because: stays, mayChoose: true };
}

function only(side: MergeSide, what: string): MergeSuggestion {
  return { side, because: `It is the only ${what} there is.`, mayChoose: false };
}

function suggestKind(own: CustomerKind, other: CustomerKind): MergeSuggestion {
  if (own === other) return same;
  const isOwnCorporate = isCorporateSubscriber(own);
  if (isOwnCorporate !== isCorporateSubscriber(other)) {
    const because = 'The law protects a person more than a company: this cannot be changed by merging.';
    return { side: isOwnCorporate ? 'absorbed' : 'survivor', because, mayChoose: false };
  }
  if (own === 'unknown') {
    return { side: 'absorbed', because: 'The other record does not say.', mayChoose: true };
  }
  return { side: 'survivor', because: stays, mayChoose: true };
}

function suggestBirth(own: string | null, other: string | null, adultsBornBy: string): MergeSuggestion {
  if (own === other) return same;
  if (own === null) return only('absorbed', 'date of birth');
  if (other === null) return only('survivor', 'date of birth');
  const side = own > other ? 'survivor' : 'absorbed';
  const isChild = (own > other ? own : other) > adultsBornBy;
  return isChild
    ? { side, because: 'Nobody stops being a child by a merge.', mayChoose: false }
    : { side, because: 'Of two dates of birth the later is the safer.', mayChoose: true };
}

function suggestBranch(survivor: MergeableProfile, absorbed: MergeableProfile): MergeSuggestion {
  if (survivor.branchId === absorbed.branchId) return same;
  if (survivor.legalEntityId === absorbed.legalEntityId) {
    return { side: 'survivor', because: stays, mayChoose: true };
  }
  const because = 'The other branch belongs to another legal entity, to which the permissions do not pass.';
  return { side: 'survivor', because, mayChoose: false };
}

/** The first detail for which something was chosen that may not be; null where all of it may. */
export function refusedChoice(
  suggested: Readonly<Record<MergeDetail, MergeSuggestion>>,
  chosen: Partial<MergeChoices>,
): MergeDetail | null {
  return (
    mergeDetails.find((detail) => {
      const { side, mayChoose } = suggested[detail];
      return chosen[detail] !== undefined && chosen[detail] !== side && !mayChoose;
    }) ?? null
  );
}
