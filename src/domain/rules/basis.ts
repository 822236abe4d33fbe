import { addMonths, endOfLondonDay } from '../london.ts';
import type { Situation } from '../situation.ts';
import { isElectronicMail } from '../vocabulary.ts';
import type { Rule } from './rule.ts';
import { day, describeCell, electronicMail, liveCall, marketing } from './rule.ts';

/** Every condition of PECR reg 22(3), in the dealer's own name and within the dealer's own limit of age. */
function isSoftOptInComplete(situation: Situation): boolean {
  const soft = situation.facts.softOptIn;
  if (soft === null || soft.obtainedIn === 'other') return false;
  if (!soft.optOutOffered || !soft.similarProducts || !soft.sameLegalEntity) return false;
  const { softOptInMaxMonths } = situation.policy;
  if (softOptInMaxMonths === null) return true;
  if (soft.obtainedOn === null) return false;
  return !situation.reached(endOfLondonDay(addMonths(soft.obtainedOn, softOptInMaxMonths)));
}

/** Legitimate interest, or a migrated record under the strict policy: the bases that PECR may not accept. */
function restsOnInterest({ cell, strict }: Situation): boolean {
  return cell?.basis === 'legitimate_interest' || (cell?.basis === 'migrated' && strict);
}

const needsPecrBasis = ({ facts, request }: Situation): boolean =>
  isElectronicMail(request.channel) && !facts.corporate;

const migratedSoftOptIn = (situation: Situation): boolean =>
  situation.cell?.basis === 'migrated' && isSoftOptInComplete(situation);

const describeSoftOptIn = ({ facts, request }: Situation): string =>
  !isElectronicMail(request.channel)
    ? 'no electronic mail, which alone can rest on a sale or negotiation'
    : facts.softOptIn === null
      ? 'no facts of a sale or negotiation recorded'
      : `obtained in ${facts.softOptIn.obtainedIn}, opt-out ${facts.softOptIn.optOutOffered ? '' : 'not '}offered, ` +
        `${facts.softOptIn.similarProducts ? 'similar' : 'other'} products, ` +
        `${facts.softOptIn.sameLegalEntity ? 'same' : 'another'} legal entity`;

/** Tried one by one: the first that blocks is the reason. */
export const basisRules: readonly Rule[] = [
  {
    code: 'NO_PERMISSION',
    stage: 'S6',
    appliesTo: marketing,
    blocks: ({ cell }) => cell === null,
    fact: describeCell,
  },
  {
    code: 'AUTOMATED_CALL_CONSENT_REQUIRED',
    stage: 'S6',
    appliesTo: (judgedAs, channel) => marketing(judgedAs) && channel === 'automated_call',
    blocks: ({ cell, sameLine }) => !(cell?.basis === 'consent' && cell.evidence === 'full' && sameLine),
    fact: describeCell,
  },
  {
    code: 'CLAIMS_CALL_CONSENT_REQUIRED',
    stage: 'S6',
    appliesTo: liveCall,
    blocks: ({ request, fresh, sameLine }) => request.claimsManagement && !(fresh && sameLine),
    fact: (situation) =>
      situation.request.claimsManagement ? describeCell(situation) : 'not about a claims service',
  },
  {
    code: 'PECR_CONSENT_REQUIRED',
    stage: 'S6',
    appliesTo: electronicMail,
    blocks: (situation) =>
      situation.strict &&
      restsOnInterest(situation) &&
      needsPecrBasis(situation) &&
      !migratedSoftOptIn(situation),
    fact: describeCell,
  },
  {
    code: 'SOFT_OPT_IN_INCOMPLETE',
    stage: 'S6',
    appliesTo: marketing,
    // Reg 22(3) is a rule about electronic mail. Letters, calls and audiences stand on consent or on an
    // assessed interest, which nobody recorded where a soft opt-in was.
    blocks: (situation) =>
      situation.cell?.basis === 'soft_opt_in' &&
      !(isElectronicMail(situation.request.channel) && isSoftOptInComplete(situation)),
    fact: describeSoftOptIn,
  },
  {
    code: 'AUDIENCE_CONSENT_REQUIRED',
    stage: 'S6',
    appliesTo: (judgedAs, channel) => marketing(judgedAs) && channel === 'social_audience',
    blocks: (situation) =>
      situation.strict && restsOnInterest(situation) && situation.policy.customAudienceBasis === 'consent',
    fact: describeCell,
  },
  {
    code: 'LIA_MISSING',
    stage: 'S6',
    appliesTo: marketing,
    blocks: (situation) =>
      situation.strict &&
      restsOnInterest(situation) &&
      !needsPecrBasis(situation) &&
      situation.assessment === null,
    fact: ({ facts }) => `${facts.assessments.length} legitimate-interests assessments recorded`,
  },
  {
    code: 'CONSENT_EVIDENCE_MISSING',
    stage: 'S6',
    appliesTo: marketing,
    blocks: ({ cell, strict }) => strict && cell?.basis === 'consent' && cell.evidence !== 'full',
    fact: describeCell,
  },
  {
    code: 'CONSENT_EXPIRED',
    stage: 'S6',
    appliesTo: marketing,
    blocks: (situation) => {
      const { cell, policy } = situation;
      if (policy.consentMaxAgeMonths === null || cell?.basis !== 'consent') return false;
      return situation.reached(endOfLondonDay(addMonths(day(cell.at), policy.consentMaxAgeMonths)));
    },
    fact: describeCell,
  },
];
