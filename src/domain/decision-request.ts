import { addDays, endOfLondonDay, isLocalDate, startOfLondonDay } from './london.ts';
import type { PolicySettings } from './policy.ts';
import type { JudgedAs, ValidRequest } from './situation.ts';
import { scopedKeyOf } from './situation.ts';
import type { Tool } from './vocabulary.ts';
import { channels, purposes, tools } from './vocabulary.ts';

/** What may be asked of the engine. */
export interface DecisionRequest {
  /** One of the seven inner channels; anything else is answered REQUEST_INVALID. */
  readonly channel: string;
  /** One of the five purposes; anything else is answered REQUEST_INVALID. */
  readonly category: string;
  readonly vehicleId?: string | null;
  readonly thirdPartyId?: string | null;
  /** A safety recall (GPSR 2005), told as a service message. */
  readonly recall?: boolean;
  /** A call about compensation claims (PECR 21A). */
  readonly claimsManagement?: boolean;
  /** The date on which the job that found a deferred safety advisory was completed. */
  readonly safetyAdvisoryOn?: string | null;
  /** The enquiry that a service message answers. It answers one that is open, one to one, or it is marketing. */
  readonly enquiryId?: string | null;
  readonly tool?: Tool;
  readonly message?: {
    /** The message contains promotion: it is judged as general marketing (EE, Amex). */
    readonly promotion?: boolean;
    /** Left out: not known yet. */
    readonly identity?: boolean;
    readonly optOutMeans?: boolean;
    readonly callerNumber?: boolean;
    /** How many people are sent it; 1 when it is left out. */
    readonly recipients?: number;
  };
}

/**
 * Stage S0: a request that is not recognised is refused; a message with promotion, or one that answers no open
 * enquiry although it says so, is judged as marketing.
 *
 * @param openEnquiries those of this customer; where they are not known, none is open.
 */
export function validate(
  request: DecisionRequest,
  policy: PolicySettings,
  now: number,
  openEnquiries: readonly string[] = [],
): ValidRequest | null {
  const channel = channels.find((known) => known === request.channel);
  const purpose = purposes.find((known) => known === request.category);
  const tool = tools.find((known) => known === (request.tool ?? 'manual'));
  if (channel === undefined || purpose === undefined || tool === undefined) return null;
  // An audience upload is advertising, never a service message (UK GDPR 5(1)(b)).
  if (purpose === 'service_message' && channel === 'social_audience') return null;
  const jobOn = request.safetyAdvisoryOn ?? null;
  if (jobOn !== null && !isLocalDate(jobOn)) return null;
  const promotion = request.message?.promotion ?? false;
  const reclassified = purpose === 'service_message' && promotion;
  const answersEnquiry =
    purpose === 'service_message' ? answersOpenEnquiry(request, tool, openEnquiries) : null;
  const isMarketing = promotion || answersEnquiry === false;
  const judged = judgedAs(request, purpose, isMarketing, policy, now);
  const { vehicleId = null, thirdPartyId = null } = request;
  return {
    channel,
    judgedAs: judged,
    reclassified,
    answersEnquiry,
    vehicleId,
    thirdPartyId,
    scopedKey: scopedKeyOf(channel, judged, vehicleId, thirdPartyId),
    claimsManagement: request.claimsManagement ?? false,
    tool,
    message: {
      identity: request.message?.identity ?? null,
      optOutMeans: request.message?.optOutMeans ?? null,
      callerNumber: request.message?.callerNumber ?? null,
    },
  };
}

/** The same request at the moment the message goes out: what nobody says of it, it does not carry. */
export function asHandedOver(request: DecisionRequest): DecisionRequest {
  const { identity = false, optOutMeans = false, callerNumber = false } = request.message ?? {};
  return { ...request, message: { ...request.message, identity, optOutMeans, callerNumber } };
}

/**
 * Whether a message that says which enquiry it answers does so: it is open, and nobody else is sent the same. Null
 * for one that answers none. A mailshot or a programme writes to many, whatever it says.
 */
function answersOpenEnquiry(
  { enquiryId, message }: DecisionRequest,
  tool: Tool,
  openEnquiries: readonly string[],
): boolean | null {
  if (enquiryId === undefined || enquiryId === null) return null;
  return openEnquiries.includes(enquiryId) && tool === 'manual' && (message?.recipients ?? 1) === 1;
}

/** A message with promotion is marketing, whatever it is called (PECR reg 2; DPA 2018 s.122(5)). */
function judgedAs(
  request: DecisionRequest,
  purpose: (typeof purposes)[number],
  isMarketing: boolean,
  policy: PolicySettings,
  now: number,
): JudgedAs {
  if (purpose === 'permission_request') return 'general_marketing';
  if (purpose === 'service_message') {
    if (isMarketing) return 'general_marketing';
    return request.recall === true ? 'safety_recall' : 'service_message';
  }
  const advisory =
    purpose === 'service_follow_up' && !isMarketing && request.channel !== 'social_audience'
      ? safetyAdvisoryWindow(request, policy)
      : null;
  return advisory !== null && now >= advisory.from && now < advisory.until ? 'service_message' : purpose;
}

/**
 * When a deferred safety advisory of a completed job may be told as a service message: once, without price
 * or booking push, within 30 days of the job, and only where the dealer chose so.
 */
export function safetyAdvisoryWindow(
  request: DecisionRequest,
  policy: PolicySettings,
): { from: number; until: number } | null {
  const jobOn = request.safetyAdvisoryOn ?? null;
  if (jobOn === null || !policy.safetyAdvisoryAsService) return null;
  return { from: startOfLondonDay(jobOn), until: endOfLondonDay(addDays(jobOn, 30)) };
}
