import { createHmac } from 'node:crypto';
import type { ContactFacts, ScreeningFacts } from '../../domain/facts.ts';
import type { Channel, ContactPointKind } from '../../domain/vocabulary.ts';
import { channels } from '../../domain/vocabulary.ts';
import type { LineOf } from './lines.ts';
import { noLines } from './lines.ts';

/** Which of a customer's contact points serves which channel, and what is known of it. */
export interface ContactPointInUse {
  /** Absent for somebody who is not on file yet. */
  readonly id?: string;
  readonly kind: ContactPointKind;
  readonly normalised: string | null;
  readonly line1: string | null;
  readonly inUseSince: number;
  readonly status: 'ok' | 'bounced' | 'unverified';
}

export interface ContactKnowledge {
  readonly suppressedAt: (point: ContactPointInUse) => number | null;
  /** A sole trader or partnership is protected by TPS, a company by CTPS (PECR 21, 26; rules R27–R32). */
  readonly screening: (number: string, corporate: boolean) => ScreeningFacts | null;
}

/** In the order in which they are tried: an audience is matched by email address, else by mobile. */
const kindsOfChannel: Readonly<Record<Channel, readonly ContactPointKind[]>> = {
  sms: ['mobile'],
  letter: ['postal'],
  live_call: ['mobile', 'landline'],
  automated_call: ['mobile', 'landline'],
  social_dm: ['social'],
  social_audience: ['email', 'mobile'],
  email: ['email'],
};

/**
 * The contact point that serves a channel: one that works before one that bounced, then by kind and by rank.
 *
 * @param points the customer's usable and unusable contact points in order of rank.
 */
export function contactPointFor<Point extends Pick<ContactPointInUse, 'kind' | 'normalised' | 'status'>>(
  channel: Channel,
  points: readonly Point[],
): Point | null {
  let broken: Point | null = null;
  for (const kind of kindsOfChannel[channel]) {
    for (const point of points) {
      if (point.kind !== kind || point.normalised === null) continue;
      if (point.status !== 'bounced') return point;
      broken ??= point;
    }
  }
  return broken;
}

/** What the engine needs to know of the contact point behind each channel; null where there is none. */
function contactFacts(
  points: readonly ContactPointInUse[],
  knowledge: ContactKnowledge,
  corporate: boolean,
): Record<Channel, ContactFacts | null> {
  const entries = channels.map((channel) => {
    const point = contactPointFor(channel, points);
    if (point === null || point.normalised === null) return [channel, null] as const;
    const call = channel === 'live_call' || channel === 'automated_call';
    const facts: ContactFacts = {
      status: point.status,
      inUseSince: point.inUseSince,
      line: null,
      suppressedAt: knowledge.suppressedAt(point),
      screening: call ? knowledge.screening(point.normalised, corporate) : null,
    };
    return [channel, facts] as const;
  });
  return Object.fromEntries(entries) as Record<Channel, ContactFacts | null>;
}

/**
 * `contactFacts` for many customers: those whose contact points are alike get the same object, so that whoever
 * judges alike people once need not compare what is in it. Only which line it is, is each customer's own.
 */
export function contactFactsReader(
  knowledge: ContactKnowledge,
): (
  points: readonly ContactPointInUse[],
  corporate: boolean,
  lineOf: LineOf,
) => Record<Channel, ContactFacts | null> {
  const known = new Map<string, Record<Channel, ContactFacts | null>>();
  return (points, corporate, lineOf) => {
    let likeness = '';
    for (const point of points) {
      const { kind, normalised, status, inUseSince } = point;
      const isNumber = normalised !== null && (kind === 'mobile' || kind === 'landline');
      const screening = isNumber ? knowledge.screening(normalised, corporate) : null;
      likeness += `${kind} ${normalised !== null} ${status} ${inUseSince} ${knowledge.suppressedAt(point)} `;
      likeness += screening === null ? ';' : `${screening.listedOn} ${screening.screenedOn};`;
    }
    const shared = known.get(likeness) ?? contactFacts(points, knowledge, corporate);
    known.set(likeness, shared);
    return lineOf === noLines ? shared : withLines(shared, points, lineOf);
  };
}

function withLines(
  contacts: Record<Channel, ContactFacts | null>,
  points: readonly ContactPointInUse[],
  lineOf: LineOf,
): Record<Channel, ContactFacts | null> {
  const lineFor = (channel: Channel): ContactFacts | null => {
    const [facts, point] = [contacts[channel], contactPointFor(channel, points)];
    return facts === null || point === null ? facts : { ...facts, line: lineOf(point) };
  };
  return {
    ...contacts,
    live_call: lineFor('live_call'),
    automated_call: lineFor('automated_call'),
  };
}

/**
 * The keyed hash under which a number or address stands on the do-not-contact list, hexadecimal; null for
 * one that cannot be compared. A mobile and a landline share one space: a number is a number.
 */
export function suppressionHash(
  key: Buffer,
  point: Pick<ContactPointInUse, 'kind' | 'normalised' | 'line1'>,
): string | null {
  if (point.normalised === null) return null;
  const kind = point.kind === 'mobile' || point.kind === 'landline' ? 'telephone' : point.kind;
  const place = point.kind === 'postal' ? `${firstLine(point.line1)}|${point.normalised}` : point.normalised;
  return createHmac('sha256', key).update(`${kind}|${place.toLowerCase()}`).digest('hex');
}

function firstLine(line: string | null): string {
  return (line ?? '').toLowerCase().replaceAll(/[^a-z0-9]/g, '');
}
