/** What is looked at is in the address, so that it can be shared and gone back to. */
export const enquiryStatuses = ['open', 'overdue', 'closed'] as const;
export type EnquiryStatus = (typeof enquiryStatuses)[number];

export interface EnquirySearch {
  readonly view?: 'board';
  readonly status?: EnquiryStatus;
  /** The code of a branch, or `all`; the branch worked at where it is left out. */
  readonly branch?: string;
  /** `me`; everybody's where it is left out. */
  readonly owner?: 'me';
}

export function readEnquirySearch(search: Readonly<Record<string, unknown>>): EnquirySearch {
  const { view, branch, owner } = search;
  const status = enquiryStatuses.find((each) => each === search['status']);
  return {
    ...(view === 'board' ? { view } : {}),
    ...(status === undefined ? {} : { status }),
    ...(typeof branch === 'string' && branch !== '' ? { branch } : {}),
    ...(owner === 'me' ? { owner } : {}),
  };
}
