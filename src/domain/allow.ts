import { endOfLondonDay, startOfLondonDay } from './london.ts';
import type { AllowReason, InformationReason, Warning } from './reason.ts';
import { reviewDueOn } from './review.ts';
import { isTpsBinding, welcomesCalls } from './rules/registers.ts';
import type { Situation } from './situation.ts';
import type { Basis } from './vocabulary.ts';
import { isElectronicMail } from './vocabulary.ts';

const nothing: readonly never[] = Object.freeze([]);

/** Stage S10: the ground on which an allowed message stands. */
export function allowReason(situation: Situation): AllowReason {
  const { judgedAs: judged, channel } = situation.request;
  if (judged === 'service_message') return 'SERVICE_MESSAGE';
  if (judged === 'safety_recall') return 'LEGAL_OBLIGATION_RECALL';
  const basis = situation.cell?.basis;
  if (basis === 'consent') return 'CONSENT';
  if (basis === 'soft_opt_in') return 'SOFT_OPT_IN';
  if (basis === 'migrated' && !situation.strict) return 'MIGRATED_LI_ASSUMED';
  if (!isElectronicMail(channel)) return 'LEGITIMATE_INTEREST';
  if (situation.facts.corporate) return 'CORPORATE_LEGITIMATE_INTEREST';
  // Rule PECR_CONSENT_REQUIRED let a migrated record pass only with complete soft opt-in facts.
  return basis === 'migrated' ? 'SOFT_OPT_IN' : 'LEGITIMATE_INTEREST';
}

/** The basis that an allow reason stands for. */
export function basisOf(code: AllowReason): Basis | 'service' | 'legal_obligation' {
  switch (code) {
    case 'SERVICE_MESSAGE':
      return 'service';
    case 'LEGAL_OBLIGATION_RECALL':
      return 'legal_obligation';
    case 'CONSENT':
      return 'consent';
    case 'SOFT_OPT_IN':
      return 'soft_opt_in';
    case 'MIGRATED_LI_ASSUMED':
      return 'migrated';
    case 'LEGITIMATE_INTEREST':
    case 'CORPORATE_LEGITIMATE_INTEREST':
      return 'legitimate_interest';
  }
}

/** What is told beside the basis, in the order of its stages. */
export function informationOf(situation: Situation): readonly InformationReason[] {
  const { reclassified, answersEnquiry, channel } = situation.request;
  const overridden = channel === 'live_call' && situation.category !== null && isTpsBinding(situation);
  if (!reclassified && answersEnquiry === null && !overridden) return nothing;
  const information: InformationReason[] = [];
  if (reclassified) information.push('RECLASSIFIED_AS_MARKETING');
  if (answersEnquiry !== null) {
    if (!answersEnquiry) information.push('NO_OPEN_ENQUIRY');
    else if (!reclassified) information.push('OPEN_ENQUIRY');
  }
  if (overridden && welcomesCalls(situation)) information.push('TPS_OVERRIDDEN_BY_CONSENT');
  return information;
}

/** Shown with an allow; they never change it. */
export function warningsOf(situation: Situation): readonly Warning[] {
  const { cell, facts, policy, request } = situation;
  if (situation.category === null || cell === null) return nothing;
  let found: Warning[] | undefined;
  const warn = (warning: Warning): void => {
    found = found === undefined ? [warning] : [...found, warning];
  };
  if (isWeakForPecr(situation)) warn('WARN_PECR_BASIS_WEAK');
  if (cell.basis === 'consent' && cell.evidence !== 'full') warn('WARN_NO_CONSENT_EVIDENCE');
  const dueOn = reviewDueOn(facts.lastReviewAt, policy.reviewIntervalMonths);
  if (dueOn !== null && situation.reached(endOfLondonDay(dueOn))) warn('WARN_REVIEW_OVERDUE');
  else if (dueOn === null || situation.reached(startOfLondonDay(dueOn))) warn('WARN_REVIEW_DUE');
  const listedOn = situation.contact?.screening?.listedOn ?? null;
  if (
    request.channel === 'live_call' &&
    cell.basis === 'consent' &&
    listedOn !== null &&
    cell.at < startOfLondonDay(listedOn) &&
    situation.reached(startOfLondonDay(listedOn))
  )
    warn('WARN_TPS_LISTED_AFTER_CONSENT');
  return found ?? nothing;
}

/** An assumed interest behind an electronic message or an audience upload (rules, §0.2 and §5). */
function isWeakForPecr({ cell, facts, request, strict }: Situation): boolean {
  if (strict || (cell?.basis !== 'migrated' && cell?.basis !== 'legitimate_interest')) return false;
  if (request.channel === 'social_audience') return cell.basis === 'migrated';
  return isElectronicMail(request.channel) && !facts.corporate;
}
