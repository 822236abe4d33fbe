/**
 * The closed sets of words that the whole product shares, from the database to the screen.
 *
 * The order inside each tuple is part of the contract: standing codes, tables and screens follow it.
 */

/** Inner channels. On screen Telephone is `live_call`, and Social media sets both social cells. */
export const channels = [
  'sms',
  'letter',
  'live_call',
  'automated_call',
  'social_dm',
  'social_audience',
  'email',
] as const;
export type Channel = (typeof channels)[number];

/** What a customer can permit or refuse. */
export const categories = ['service_follow_up', 'general_marketing', 'third_party_marketing'] as const;
export type Category = (typeof categories)[number];

/** What a message can be for. A permission request is itself marketing (Honda Europe, Flybe). */
export const purposes = ['service_message', ...categories, 'permission_request'] as const;
export type Purpose = (typeof purposes)[number];

/** A cell's answer. A cell with no answer at all is `unset`: the customer was never asked. */
export const cellStates = ['granted', 'not_given', 'withdrawn'] as const;
export type CellState = (typeof cellStates)[number];

/** The ground a permission stands on. `migrated` is the legitimate interest assumed at the upgrade. */
export const bases = ['consent', 'soft_opt_in', 'legitimate_interest', 'migrated'] as const;
export type Basis = (typeof bases)[number];

export const customerKinds = [
  'individual',
  'sole_trader',
  'partnership',
  'scottish_partnership',
  'llp',
  'company',
  'government',
  'unknown',
] as const;
export type CustomerKind = (typeof customerKinds)[number];

/** The old data-protection flags of Navigator 2.0. */
export const legacyFlags = ['none', 'no_follow_up', 'no_marketing', 'both'] as const;
export type LegacyFlag = (typeof legacyFlags)[number];

export const contactPointKinds = ['mobile', 'landline', 'email', 'postal', 'social'] as const;
export type ContactPointKind = (typeof contactPointKinds)[number];

/** Who acted. `customer` is the person themselves, whoever typed it; `import` and `system` never give a yes. */
export const actorKinds = ['customer', 'staff', 'import', 'system'] as const;
export type ActorKind = (typeof actorKinds)[number];

/** How the answer reached the dealer. */
export const methods = [
  'in_person',
  'phone',
  'paper',
  'portal',
  'web_form',
  'sms_stop',
  'letter',
  'email',
  'call_outcome',
  'file',
] as const;
export type Method = (typeof methods)[number];

/** Which tool asks. Only the narrow reading of "No Marketing" tells them apart. */
export const tools = ['mailshot', 'acm', 'manual'] as const;
export type Tool = (typeof tools)[number];

const corporateKinds: ReadonlySet<CustomerKind> = new Set([
  'scottish_partnership',
  'llp',
  'company',
  'government',
]);

/**
 * Whether the kind is a corporate subscriber (PECR reg 2). Sole traders, ordinary partnerships and the
 * unknown are individuals.
 */
export function isCorporateSubscriber(kind: CustomerKind): boolean {
  return corporateKinds.has(kind);
}

const electronicMailChannels: ReadonlySet<string> = new Set(['sms', 'email', 'social_dm']);

/** Electronic mail in the sense of PECR reg 2 and reg 22. */
export function isElectronicMail(channel: Channel): boolean {
  return electronicMailChannels.has(channel);
}
