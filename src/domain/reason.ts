/**
 * Every reason a decision can give: its stage, its plain sentence, and its source in law.
 *
 * Order matters: a decision lists the reasons of one stage in this order.
 */

interface ReasonText {
  readonly stage: Stage;
  readonly sentence: string;
  readonly law: string;
}

export const stages = ['S0', 'S1', 'S2', 'S3', 'S4', 'S5', 'S6', 'S7', 'S8', 'S9', 'S10'] as const;
export type Stage = (typeof stages)[number];

function reason(stage: Stage, sentence: string, law: string): ReasonText {
  return { stage, sentence, law };
}

export const denyReasons = {
  REQUEST_INVALID: reason('S0', 'This channel or message type is not recognised, so nothing was sent.', '-'),
  PERSON_ERASED: reason('S1', 'This person asked us to erase their details.', 'UK GDPR 17'),
  PERSON_DECEASED: reason(
    'S1',
    'We have been told this person has died.',
    'UK GDPR 5(1)(d); DMA 1.5; CAP 10',
  ),
  PROCESSING_RESTRICTED: reason('S1', "Use of this person's data is on hold at their request.", 'UK GDPR 18'),
  IDENTITY_UNRESOLVED: reason(
    'S1',
    'Two records may be the same person and have not been resolved.',
    'UK GDPR 5(1)(d)',
  ),
  OBJECTION_ALL_MARKETING: reason(
    'S2',
    'This person has told us to stop all marketing.',
    'UK GDPR 21(2)-(3)',
  ),
  SUPPRESSION_LIST_MATCH: reason(
    'S2',
    'This address or number is on our do-not-contact list.',
    'UK GDPR 21(3); CAP 10.10',
  ),
  LEGACY_NO_FOLLOW_UP: reason(
    'S2',
    'Before GDPR this customer was marked No Follow-Up, and has not opted in since.',
    'UK GDPR 21; DPA 1998 s.11',
  ),
  LEGACY_NO_MARKETING: reason(
    'S2',
    'Before GDPR this customer was marked No Marketing, and has not opted in since.',
    'UK GDPR 21; DPA 1998 s.11',
  ),
  VEHICLE_OPT_OUT: reason('S2', 'The customer asked for no reminders about this vehicle.', 'UK GDPR 21'),
  PERMISSION_WITHDRAWN: reason(
    'S2',
    'The customer withdrew permission for this kind of message on this channel.',
    'UK GDPR 7(3); PECR 21(5), 22',
  ),
  PERMISSION_REFUSED: reason(
    'S2',
    'The customer was asked about this and did not agree.',
    'UK GDPR 4(11), 7',
  ),
  CHILD_MARKETING_BLOCK: reason(
    'S2',
    'This person is under 18.',
    'UK GDPR 6(1)(f), 8; recital 38; CAP 10.15',
  ),
  VULNERABLE_HOLD: reason('S2', 'A care note on this record stops marketing.', 'UK GDPR 5(1)(a)'),
  CONTACT_POINT_MISSING: reason('S3', 'We hold no number or address for this channel.', '-'),
  CONTACT_POINT_INVALID: reason(
    'S3',
    'The last message to this address or number failed permanently.',
    'UK GDPR 5(1)(d)',
  ),
  CONTACT_POINT_UNVERIFIED: reason(
    'S3',
    'This number or address was changed by someone other than the customer and is not confirmed.',
    'UK GDPR 5(1)(d), 5(1)(a)',
  ),
  TPS_REGISTERED: reason(
    'S4',
    'This number is on the Telephone Preference Service and the customer has not told us calls are welcome.',
    'PECR 21(1)(b), (4)',
  ),
  TPS_SCREEN_STALE: reason(
    'S4',
    'This number has not been checked against TPS in the last 28 days.',
    'PECR 21(1)(b), (3)',
  ),
  MPS_REGISTERED: reason('S4', 'This prospect is on the Mailing Preference Service.', 'CAP 10; DMA 1.3'),
  VEHICLE_NOT_OWNED: reason('S5', 'The customer no longer has this vehicle.', 'UK GDPR 5(1)(d)'),
  VEHICLE_NOT_LINKED: reason(
    'S5',
    'No vehicle is linked, so a vehicle reminder cannot be sent.',
    'UK GDPR 5(1)(b)',
  ),
  THIRD_PARTY_NOT_NAMED: reason(
    'S5',
    'The customer has not agreed to hear about this company by name.',
    'UK GDPR 4(11), 7; PECR 22(2)',
  ),
  THIRD_PARTY_CONSENT_REQUIRED: reason(
    'S5',
    "Messages for another company need the customer's consent.",
    'PECR 22(2), 22(3)(b)',
  ),
  NO_PERMISSION: reason(
    'S6',
    'The customer has never been asked about this, so it stays off.',
    'house rule; PECR 22(2)',
  ),
  AUTOMATED_CALL_CONSENT_REQUIRED: reason(
    'S6',
    "Recorded calls need the customer's specific consent on this number.",
    'PECR 19',
  ),
  CLAIMS_CALL_CONSENT_REQUIRED: reason('S6', 'Calls about compensation claims need consent.', 'PECR 21A'),
  PECR_CONSENT_REQUIRED: reason(
    'S6',
    'A text, email or social message needs consent; an assumed interest is not enough.',
    'PECR 22(2)',
  ),
  SOFT_OPT_IN_INCOMPLETE: reason(
    'S6',
    'We cannot show every condition for messaging an existing customer without consent.',
    'PECR 22(3)',
  ),
  AUDIENCE_CONSENT_REQUIRED: reason(
    'S6',
    'Matching customers on social media needs consent under our policy.',
    'UK GDPR 6(1)(a), 5(1)(a)',
  ),
  LIA_MISSING: reason(
    'S6',
    'No legitimate-interests assessment is recorded for this use.',
    'UK GDPR 5(2), 6(1)(f)',
  ),
  CONSENT_EVIDENCE_MISSING: reason(
    'S6',
    'Consent is ticked but we cannot prove who gave it, when, how and on what wording.',
    'UK GDPR 7(1), 5(2)',
  ),
  CONSENT_EXPIRED: reason('S6', 'This consent is older than our limit.', 'house rule; UK GDPR 5(1)(e)'),
  REVIEW_NEVER_DONE: reason(
    'S7',
    'Preferences have not been reviewed since the upgrade.',
    'source document, first access',
  ),
  REVIEW_OVERDUE: reason(
    'S7',
    'Preferences were last reviewed more than six months ago.',
    'source document, periodic review',
  ),
  QUIET_HOURS: reason('S8', 'It is outside contact hours; try again later.', 'DMA 1.4'),
  FREQUENCY_CAP: reason(
    'S8',
    'This customer has had enough messages this month.',
    'house rule; DMCC Act 2024',
  ),
  SENDER_IDENTITY_MISSING: reason('S9', 'The message does not say who it is from.', 'PECR 23, 24'),
  OPT_OUT_MEANS_MISSING: reason('S9', 'The message has no way to opt out.', 'PECR 22(3)(c), 23'),
  CLI_WITHHELD: reason('S9', 'A marketing call must show a caller number.', 'PECR 21(A1)'),
} as const satisfies Record<string, ReasonText>;
export type DenyReason = keyof typeof denyReasons;

/** What a marketing message must carry, told while it is not written yet; by the refusal it prevents. */
export const contentDuties = {
  SENDER_IDENTITY_MISSING: 'The message must say who it is from.',
  OPT_OUT_MEANS_MISSING: 'The message must say how to opt out.',
  CLI_WITHHELD: 'The call must show a caller number.',
} as const satisfies Partial<Record<DenyReason, string>>;
export type ContentDuty = keyof typeof contentDuties;

export const denyReasonCodes = Object.keys(denyReasons) as readonly DenyReason[];

export const allowReasons = {
  SERVICE_MESSAGE: reason(
    'S10',
    "This is a necessary message about the customer's booking, repair or purchase.",
    'UK GDPR 6(1)(b)/(f)',
  ),
  LEGAL_OBLIGATION_RECALL: reason('S10', 'This is a safety recall notice.', 'UK GDPR 6(1)(c)/(f); GPSR 2005'),
  CONSENT: reason('S10', 'The customer agreed to this.', 'UK GDPR 6(1)(a); PECR 19, 22(2)'),
  SOFT_OPT_IN: reason(
    'S10',
    'The customer gave us these details when buying or enquiring, could opt out, and has not.',
    'PECR 22(3)',
  ),
  LEGITIMATE_INTEREST: reason(
    'S10',
    'Allowed on a recorded legitimate-interests assessment.',
    'UK GDPR 6(1)(f)',
  ),
  CORPORATE_LEGITIMATE_INTEREST: reason(
    'S10',
    'The email and text rule does not cover this company, and an assessment is recorded.',
    'PECR 22(1); UK GDPR 6(1)(f)',
  ),
  MIGRATED_LI_ASSUMED: reason(
    'S10',
    'Allowed only because the old record had no opt-out (assumed at upgrade).',
    'UK GDPR 6(1)(f), weak',
  ),
} as const satisfies Record<string, ReasonText>;
export type AllowReason = keyof typeof allowReasons;

/** Told beside the basis of an allow; they change nothing. */
export const informationReasons = {
  RECLASSIFIED_AS_MARKETING: reason(
    'S0',
    'The message contains promotion, so it was checked as marketing.',
    'PECR reg 2; DPA 2018 s.122(5)',
  ),
  OPEN_ENQUIRY: reason(
    'S0',
    'It answers an open enquiry of this customer, one to one.',
    'PECR reg 2; UK GDPR 6(1)(b)',
  ),
  NO_OPEN_ENQUIRY: reason(
    'S0',
    'It answers no open enquiry of this customer, or goes to more than one person, so it was checked as marketing.',
    'PECR reg 2; DPA 2018 s.122(5)',
  ),
  TPS_OVERRIDDEN_BY_CONSENT: reason(
    'S4',
    'The number is on TPS but the customer told us calls are welcome.',
    'PECR 21(4)',
  ),
} as const satisfies Record<string, ReasonText>;
export type InformationReason = keyof typeof informationReasons;

/** Shown with an allow; they never change it. */
export const warnings = {
  WARN_PECR_BASIS_WEAK:
    "Texts, emails and social messages to people need consent or the existing-customer rule. 'They did not opt out' is neither.",
  WARN_NO_CONSENT_EVIDENCE: 'If they complain, we must prove what they agreed to. Add how and when.',
  WARN_REVIEW_DUE: 'The preferences of this customer are due for review.',
  WARN_REVIEW_OVERDUE: 'The review of preferences of this customer is overdue.',
  WARN_TPS_LISTED_AFTER_CONSENT:
    'The customer joined TPS after agreeing to calls. You may call, but check they still want it.',
} as const;
export type Warning = keyof typeof warnings;
export const warningCodes = Object.keys(warnings) as readonly Warning[];

export type ReasonCode = DenyReason | AllowReason | InformationReason;

const allReasons: Readonly<Record<ReasonCode, ReasonText>> = {
  ...denyReasons,
  ...allowReasons,
  ...informationReasons,
};

/** The plain sentence a person is shown for a reason. */
export function sentenceOf(code: ReasonCode): string {
  return allReasons[code].sentence;
}

/** The article or regulation a reason implements. */
export function lawOf(code: ReasonCode): string {
  return allReasons[code].law;
}
