import { judge } from './decide.ts';
import { validate } from './decision-request.ts';
import type { ContactFacts, Facts } from './facts.ts';
import type { PolicySettings } from './policy.ts';
import type { Box } from './preference-grid.ts';
import { preferenceBox } from './preference-grid.ts';
import type { DenyReason } from './reason.ts';
import { denyReasons } from './reason.ts';
import type { ScreenCategory, ScreenChannel } from './screen-channels.ts';
import { innerChannels, screenCategories } from './screen-channels.ts';
import type { Channel, ContactPointKind } from './vocabulary.ts';

/** One way of using one number or address: what may be sent by it, and whether anything may. */
export interface ContactUse {
  readonly channel: ScreenChannel;
  /** What refuses even a message about a booking (stages S1 and S3); empty where such a message may go. */
  readonly stoppedBy: readonly DenyReason[];
  readonly boxes: readonly (Box & { readonly category: ScreenCategory })[];
}

const usesOfKind: Readonly<Record<ContactPointKind, readonly ScreenChannel[]>> = {
  mobile: ['sms', 'telephone'],
  landline: ['telephone'],
  email: ['email'],
  postal: ['letter'],
  social: ['social_media'],
};

/**
 * What one number or address may be used for, judged as the boxes of the preference grid are. Of several numbers each
 * is judged by what is known of it, since whoever dials chooses one; the one that serves the channel has the answer
 * that a message has.
 *
 * @param now milliseconds since 1970; the facts are those known at that instant.
 * @param contactOf what is known of this very number or address, as it would serve a channel.
 */
export function contactUses(
  facts: Facts,
  policy: PolicySettings,
  now: number,
  kind: ContactPointKind,
  contactOf: (channel: Channel) => ContactFacts | null,
): ContactUse[] {
  return usesOfKind[kind].map((channel) => {
    const [own] = innerChannels(channel);
    if (own === undefined) throw new RangeError(`No channel stands behind ${channel}.`);
    // An audience on social media is matched by email address or mobile, whichever handle is looked at.
    const asked = { ...facts, contacts: { ...facts.contacts, [own]: contactOf(own) } };
    return {
      channel,
      stoppedBy: stoppedBy(asked, policy, now, own),
      boxes: screenCategories.map((category) => ({
        ...preferenceBox(asked, policy, now, channel, { category, company: null }),
        category,
      })),
    };
  });
}

/** Why nothing at all may reach somebody, whatever the number or address: erased, dead, on hold, unresolved (S1). */
export function nobodyMayContact(facts: Facts, policy: PolicySettings, now: number): readonly DenyReason[] {
  return stoppedBy(facts, policy, now, 'letter').filter((code) => denyReasons[code].stage === 'S1');
}

function stoppedBy(
  facts: Facts,
  policy: PolicySettings,
  now: number,
  channel: Channel,
): readonly DenyReason[] {
  const valid = validate({ channel, category: 'service_message', tool: 'manual' }, policy, now);
  if (valid === null) throw new RangeError(`A service message by ${channel} cannot be asked about.`);
  return judge(facts, valid, policy, now, 'S7').reasons;
}
