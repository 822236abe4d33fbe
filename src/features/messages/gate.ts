import type { Decision } from '../../domain/decide.ts';
import { decide } from '../../domain/decide.ts';
import type { DecisionRequest } from '../../domain/decision-request.ts';
import { asHandedOver } from '../../domain/decision-request.ts';
import { withoutQuietHours } from '../../domain/quiet-hours.ts';
import type { Channel } from '../../domain/vocabulary.ts';
import { channels } from '../../domain/vocabulary.ts';
import type { Context } from '../../platform/context.ts';
import type { GatheredFacts, Seen } from '../facts/service.ts';
import { contactPointServing, gatherFacts } from '../facts/service.ts';
import type { PolicyVersion } from '../settings/service.ts';

/**
 * The one door to a customer. A message or a list takes `PermittedContact`s, and only this file can make one:
 * from a decision taken at that instant, by the one engine, on fresh facts. Contacting without asking does
 * not type-check, and a value made some other way is refused when it is handed over.
 */
class GatePass {
  // why: a private name is copied by nothing, neither spread nor cast away at run time.
  readonly #mintedHere = true;
  readonly customerId: string;
  readonly channel: Channel;
  readonly request: DecisionRequest;
  readonly decision: Decision;
  /** Direct marketing counts against the frequency cap; a service message and a recall do not. */
  readonly marketing: boolean;
  readonly contactPoint: ContactPoint;
  readonly policyVersionId: number;
  /** The newest ledger entry that was seen. */
  readonly ledgerSequence: number;
  /** Milliseconds since 1970. */
  readonly decidedAt: number;

  constructor(
    asked: { readonly known: GatheredFacts; readonly request: DecisionRequest; readonly channel: Channel },
    decision: Decision,
    contactPoint: ContactPoint,
    { at, policy }: GateInstant,
  ) {
    this.customerId = asked.known.profile.id;
    this.channel = asked.channel;
    this.request = asked.request;
    this.decision = decision;
    this.marketing = decision.basis !== 'service' && decision.basis !== 'legal_obligation';
    this.contactPoint = contactPoint;
    this.policyVersionId = policy.id;
    this.ledgerSequence = asked.known.state.sequence;
    this.decidedAt = at;
    Object.freeze(this);
  }

  static isGenuine(contact: object): boolean {
    return #mintedHere in contact && contact.#mintedHere;
  }
}

/** The class itself stays here; everybody else has only its type. */
export type PermittedContact = GatePass;

/** The number or address the decision was about. */
export interface ContactPoint {
  readonly id: string;
  readonly kind: string;
  readonly normalised: string;
}

export type GateAnswer = { readonly permitted: PermittedContact } | { readonly refused: Decision };

export interface GateQuestion {
  readonly customerId: string;
  readonly request: DecisionRequest;
}

export interface GateInstant {
  readonly at: number;
  readonly policy: PolicyVersion;
  /**
   * `message`: it goes out now, so what it carries must be known. `list`: it leaves the house now and is sent
   * later, by somebody else, who answers for contact hours and for what each message carries.
   */
  readonly leaves: 'message' | 'list';
  readonly seen: Seen;
}

type Reader = Context['database']['db'];

/** Answers in the order of the questions; undefined for a customer who is not on file. */
export async function askGate(
  db: Reader,
  context: Context,
  questions: readonly GateQuestion[],
  instant: GateInstant,
): Promise<(GateAnswer | undefined)[]> {
  const ids = [...new Set(questions.map(({ customerId }) => customerId))];
  const { policy, at, leaves } = instant;
  const settings = leaves === 'list' ? withoutQuietHours(policy.settings) : policy.settings;
  const gathered = await gatherFacts(db, context, ids, settings, at, instant.seen);
  return questions.map(({ customerId, request }) => {
    const known = gathered.get(customerId);
    if (known === undefined) return undefined;
    // What a list becomes is up to its sender; a message that goes out now must be known to be complete.
    const asked = leaves === 'message' ? asHandedOver(request) : request;
    const decision = decide(known.facts, asked, settings, at);
    return decision.verdict === 'allow' ? mint(known, request, decision, instant) : { refused: decision };
  });
}

export function isPermitted(contact: PermittedContact): boolean {
  return GatePass.isGenuine(contact);
}

function mint(
  known: GatheredFacts,
  request: DecisionRequest,
  decision: Decision,
  instant: GateInstant,
): GateAnswer {
  const channel = channels.find((name) => name === request.channel);
  const point = channel === undefined ? null : contactPointServing(channel, known);
  if (channel === undefined || point === null || point.normalised === null) {
    throw new Error('A contact was allowed for which there is no number or address.');
  }
  const contactPoint = { id: point.id, kind: point.kind, normalised: point.normalised };
  return { permitted: new GatePass({ known, request, channel }, decision, contactPoint, instant) };
}
