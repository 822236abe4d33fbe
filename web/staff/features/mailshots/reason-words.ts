import type { DenyReason } from '../../../../src/domain/reason.ts';
import { denyReasons, lawOf } from '../../../../src/domain/reason.ts';
import type { Channel } from '../../../../src/domain/vocabulary.ts';
import { byChannelWords } from './words.ts';

/** The colour of a bar; the words beside it say the same. */
export type Tone = 'yes' | 'no' | 'assumed' | 'quiet';

interface ReasonWords {
  /** In the fewest words; the whole sentence stands where the people are opened. */
  readonly words: string | ((channel: Channel) => string);
  readonly tone: Tone;
}

function said(tone: Tone, words: ReasonWords['words']): ReasonWords {
  return { words, tone };
}

const contactWords: Readonly<Record<Channel, string>> = {
  sms: 'mobile number',
  letter: 'postal address',
  live_call: 'telephone number',
  automated_call: 'telephone number',
  social_dm: 'social media account',
  social_audience: 'address or number to match',
  email: 'email address',
};

const reasonWords: Readonly<Record<DenyReason, ReasonWords>> = {
  REQUEST_INVALID: said('quiet', 'Does not go this way'),
  PERSON_ERASED: said('no', 'Asked to be erased'),
  PERSON_DECEASED: said('quiet', 'Has died'),
  PROCESSING_RESTRICTED: said('no', 'On hold at their request'),
  IDENTITY_UNRESOLVED: said('quiet', 'May be on file twice'),
  OBJECTION_ALL_MARKETING: said('no', 'Stopped all marketing'),
  SUPPRESSION_LIST_MATCH: said('no', 'On the do-not-contact list'),
  LEGACY_NO_FOLLOW_UP: said('no', 'Marked No Follow-Up before the upgrade'),
  LEGACY_NO_MARKETING: said('no', 'Marked No Marketing before the upgrade'),
  VEHICLE_OPT_OUT: said('no', 'No reminders about this vehicle'),
  PERMISSION_WITHDRAWN: said('no', 'Withdrew permission'),
  PERMISSION_REFUSED: said('no', 'Said no'),
  CHILD_MARKETING_BLOCK: said('quiet', 'Under 18'),
  VULNERABLE_HOLD: said('quiet', 'A care note stops marketing'),
  CONTACT_POINT_MISSING: said('quiet', (channel) => `No ${contactWords[channel]}`),
  CONTACT_POINT_INVALID: said('quiet', (channel) => `The ${contactWords[channel]} failed`),
  CONTACT_POINT_UNVERIFIED: said('quiet', (channel) => `The ${contactWords[channel]} is not confirmed`),
  TPS_REGISTERED: said('no', 'On TPS'),
  TPS_SCREEN_STALE: said('quiet', 'Not checked against TPS lately'),
  MPS_REGISTERED: said('no', 'On MPS'),
  VEHICLE_NOT_OWNED: said('quiet', 'No longer owns the vehicle'),
  VEHICLE_NOT_LINKED: said('quiet', 'No vehicle on file'),
  THIRD_PARTY_NOT_NAMED: said('quiet', 'Did not agree to this company'),
  THIRD_PARTY_CONSENT_REQUIRED: said('quiet', 'No consent for other companies'),
  NO_PERMISSION: said('quiet', 'Not asked'),
  AUTOMATED_CALL_CONSENT_REQUIRED: said('quiet', 'No consent to recorded calls'),
  CLAIMS_CALL_CONSENT_REQUIRED: said('quiet', 'No consent to such calls'),
  PECR_CONSENT_REQUIRED: said('assumed', (channel) => `Assumed, not enough for ${byChannelWords[channel]}`),
  SOFT_OPT_IN_INCOMPLETE: said('quiet', 'Existing customer, not every condition shown'),
  AUDIENCE_CONSENT_REQUIRED: said('quiet', 'No consent to be matched'),
  LIA_MISSING: said('quiet', 'No assessment recorded'),
  CONSENT_EVIDENCE_MISSING: said('quiet', 'Yes without evidence'),
  CONSENT_EXPIRED: said('quiet', 'The yes is too old'),
  REVIEW_NEVER_DONE: said('quiet', 'Never reviewed (blocked by policy)'),
  REVIEW_OVERDUE: said('quiet', 'Review overdue (blocked by policy)'),
  QUIET_HOURS: said('quiet', 'Outside contact hours'),
  FREQUENCY_CAP: said('quiet', 'Has had enough this month'),
  SENDER_IDENTITY_MISSING: said('quiet', 'No sender in the message'),
  OPT_OUT_MEANS_MISSING: said('quiet', 'No way to opt out'),
  CLI_WITHHELD: said('quiet', 'No caller number'),
};

/** In the fewest words why some are left out; several reasons of one stage are all said. */
export function sayReasons(codes: readonly string[], channel: Channel): string {
  return codes
    .map((code) => {
      const words = wordsOf(code)?.words ?? code;
      return typeof words === 'string' ? words : words(channel);
    })
    .map((words, index) => (index === 0 ? words : words.charAt(0).toLowerCase() + words.slice(1)))
    .join('; ');
}

export function toneOf(codes: readonly string[]): Tone {
  const tones = codes.map((code) => wordsOf(code)?.tone ?? 'quiet');
  return tones.includes('no') ? 'no' : (tones[0] ?? 'quiet');
}

function wordsOf(code: string): ReasonWords | undefined {
  return isDenyReason(code) ? reasonWords[code] : undefined;
}

function isDenyReason(code: string): code is DenyReason {
  return code in denyReasons;
}

/** The article or regulation behind a reason why not; null for one this page does not know yet. */
export function lawBehind(code: string): string | null {
  const law = isDenyReason(code) ? lawOf(code) : '-';
  return law === '-' ? null : law;
}
