import type { DecisionRequest } from './decision-request.ts';
import { validate } from './decision-request.ts';
import type { PolicySettings } from './policy.ts';
import type { Category, Channel } from './vocabulary.ts';
import { categories } from './vocabulary.ts';

/**
 * Which stored code answers a request exactly, up to stage S7. Everything else is judged from facts: a
 * question that a code answers only nearly has no answer there.
 */
export interface StandingQuestion {
  readonly channel: Channel;
  readonly category: Category;
  /** Service follow-up: about which vehicle; null: about none. */
  readonly vehicleId: string | null;
  /** The code says that no company is named: it does not answer for customers who were shown one by name. */
  readonly aboutCompany: boolean;
  /** The message was reclassified; the code knows nothing of that. */
  readonly reclassified: boolean;
}

/** Any instant will do: a request whose class depends on the day is not answered by a code at all. */
const anyInstant = 0;

/** The stored code that answers a request; null where only the facts do. */
export function standingQuestion(request: DecisionRequest, policy: PolicySettings): StandingQuestion | null {
  if ((request.safetyAdvisoryOn ?? null) !== null && policy.safetyAdvisoryAsService) return null;
  // Whether an enquiry is open, only the facts of its customer say.
  if ((request.enquiryId ?? null) !== null) return null;
  const valid = validate(request, policy, anyInstant);
  const category = categories.find((known) => known === valid?.judgedAs);
  if (valid === null || category === undefined || valid.claimsManagement) return null;
  // The narrow reading of "No Marketing" tells the tools apart; codes are judged for the mailshot.
  if (valid.tool === 'acm' && policy.legacyNoMarketingScope === 'mailshots_only') return null;
  return {
    channel: valid.channel,
    category,
    vehicleId: category === 'service_follow_up' ? valid.vehicleId : null,
    aboutCompany: category === 'third_party_marketing' && valid.thirdPartyId !== null,
    reclassified: valid.reclassified,
  };
}
