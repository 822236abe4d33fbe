import type { SelectionCriteria } from '../../../../src/domain/selection-criteria.ts';
import type { Channel, Purpose } from '../../../../src/domain/vocabulary.ts';
import { channels, purposes } from '../../../../src/domain/vocabulary.ts';

/** What an address holds of a mailshot: the question as it stands, never a person. */
export interface MailshotSearch {
  readonly category?: Purpose;
  readonly channel?: Channel;
  readonly company?: string;
  readonly recall?: true;
  readonly promotion?: true;
  readonly claimsManagement?: true;
  /** As it was written into the address; what makes no sense in it is left out when it is read. */
  readonly criteria?: SelectionCriteria;
  /** Whose people are open: `permitted`, or the codes of a reason joined by dots. */
  readonly who?: string;
}

export function readSearch(search: Record<string, unknown>): MailshotSearch {
  const category = purposes.find((known) => known === search['category']);
  const channel = channels.find((known) => known === search['channel']);
  const { company, criteria, who } = search;
  return {
    ...(category === undefined ? {} : { category }),
    ...(channel === undefined ? {} : { channel }),
    ...(typeof company === 'string' ? { company } : {}),
    ...(search['recall'] === true ? { recall: true } : {}),
    ...(search['promotion'] === true ? { promotion: true } : {}),
    ...(search['claimsManagement'] === true ? { claimsManagement: true } : {}),
    ...(typeof criteria === 'object' && criteria !== null ? { criteria: criteria as SelectionCriteria } : {}),
    ...(typeof who === 'string' && /^[A-Za-z_.]{1,400}$/.test(who) ? { who } : {}),
  };
}
