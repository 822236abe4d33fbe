import { contactPointWords } from '../../../domain/contact-point.ts';
import type { ScreenChannel } from '../../../domain/screen-channels.ts';
import { innerChannels } from '../../../domain/screen-channels.ts';
import type { Customer } from '../../customers/service.ts';
import type { GatheredFacts } from '../../facts/service.ts';
import { contactPointServing } from '../../facts/service.ts';

/** The number or address beside a channel: the very one that the engine judged. */
export interface ShownContact {
  readonly display: string;
  readonly status: 'ok' | 'bounced' | 'unverified';
  readonly remarks: readonly string[];
}

/** Null where nothing is recorded that could serve the channel. */
export function shownContact(
  channel: ScreenChannel,
  customer: Customer,
  known: GatheredFacts,
): ShownContact | null {
  const [inner] = innerChannels(channel);
  const serving = inner === undefined ? null : contactPointServing(inner, known);
  const point = customer.contactPoints.find(({ id }) => id === serving?.id);
  if (inner === undefined || point === undefined) return null;
  const facts = known.facts.contacts[inner];
  const listedOn = facts?.screening?.listedOn ?? null;
  const remarks = [
    listedOn === null ? null : `on TPS since ${listedOn.slice(0, 4)}`,
    channel === 'letter' && known.facts.mpsListed ? 'on MPS' : null,
    facts?.suppressedAt == null ? null : 'on our do-not-contact list',
    point.shared ? 'shared with another customer' : null,
  ].filter((remark) => remark !== null);
  return { display: contactPointWords(point), status: point.status, remarks };
}
