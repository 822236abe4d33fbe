import { listWords, topicWords } from './plain-words.ts';
import type { Box, BoxPart } from './preference-grid.ts';
import type { ReasonCode } from './reason.ts';
import { sentenceOf } from './reason.ts';
import type { ScreenChannel } from './screen-channels.ts';
import type { Category, Channel } from './vocabulary.ts';
import { categories } from './vocabulary.ts';

/** What follows from saved preferences, in sentences. */
export interface Effects {
  readonly may: readonly string[];
  readonly mayNot: readonly string[];
}

/** One box with what was just answered in it. */
export interface AnsweredBox {
  readonly box: Box;
  readonly ticked: boolean;
}

/** How a channel is used, after `We may`. */
const verbs: Readonly<Record<ScreenChannel, string>> = {
  sms: 'text',
  letter: 'send letters',
  telephone: 'phone',
  social_media: 'use social media',
  email: 'email',
};

const innerVerbs: Partial<Record<Channel, string>> = {
  social_dm: 'send direct messages',
  social_audience: 'show adverts on social media',
};

/** One way of contacting somebody about one thing. */
interface Use {
  readonly verb: string;
  readonly category: Category;
  readonly company: string | null;
  readonly car: string | null;
  readonly allowed: boolean;
  readonly ticked: boolean;
  readonly reasons: readonly ReasonCode[];
}

/**
 * What may be sent from now on, and what not, judged afresh: a box that was ticked and still cannot be used says
 * why, and none is promised that is refused.
 *
 * @param nameOf how a vehicle is spoken of, such as its registration.
 */
export function effectsOf(answered: readonly AnsweredBox[], nameOf: (vehicleId: string) => string): Effects {
  const uses = answered.flatMap(({ box, ticked }) => usesOf(box, ticked, nameOf));
  const refused = uses.filter(({ allowed }) => !allowed);
  return {
    may: byTopic(uses.filter(({ allowed }) => allowed)).map(
      ({ verbs: words, topic }) => `We may now ${listWords(words)} about ${topic}.`,
    ),
    mayNot: [...agreedInVain(refused), ...refusals(uses)],
  };
}

/** The answers behind a box that agree are one use; those that differ are told apart. */
function usesOf(box: Box, ticked: boolean, nameOf: (vehicleId: string) => string): Use[] {
  const bothAlike = box.parts.every((part) => alikeForItsVehicle(part, box.parts));
  const named = bothAlike ? box.parts.filter(({ channel }) => channel === box.parts[0]?.channel) : box.parts;
  return named.map((part) => ({
    verb: bothAlike ? verbs[box.channel] : (innerVerbs[part.channel] ?? verbs[box.channel]),
    category: box.category,
    company: box.company?.name ?? null,
    car: box.category === 'service_follow_up' && part.vehicleId !== null ? nameOf(part.vehicleId) : null,
    allowed: part.allowed,
    ticked,
    reasons: part.reasons,
  }));
}

function alikeForItsVehicle(part: BoxPart, parts: readonly BoxPart[]): boolean {
  return parts.every(({ vehicleId, allowed }) => vehicleId !== part.vehicleId || allowed === part.allowed);
}

/** Uses grouped into sentences: first the cars of each verb, then the verbs that share a topic. */
function byTopic(uses: readonly Use[]): { verbs: string[]; topic: string }[] {
  const topics = new Map<string, string[]>();
  for (const category of categories) {
    const inCategory = uses.filter((use) => use.category === category);
    for (const company of new Set(inCategory.map((use) => use.company))) {
      const inColumn = inCategory.filter((use) => use.company === company);
      for (const verb of new Set(inColumn.map((use) => use.verb))) {
        const cars = inColumn.flatMap((use) => (use.verb === verb && use.car !== null ? [use.car] : []));
        const topic = topicWords(category, [...new Set(cars)], company);
        topics.set(topic, [...(topics.get(topic) ?? []), verb]);
      }
    }
  }
  return [...topics].map(([topic, words]) => ({ topic, verbs: words }));
}

/** Agreed to, and still not to be used: each with the reason. */
function agreedInVain(refused: readonly Use[]): string[] {
  const reasons = new Map<string, Use[]>();
  for (const use of refused.filter(({ ticked }) => ticked)) {
    const why = use.reasons.map(sentenceOf).join(' ');
    reasons.set(why, [...(reasons.get(why) ?? []), use]);
  }
  return [...reasons].flatMap(([why, uses]) =>
    byTopic(uses).map(
      ({ verbs: words, topic }) => `Agreed, but we cannot ${listWords(words)} about ${topic}: ${why}`,
    ),
  );
}

/** A way that is closed for everything asked is named once; the others with what they are closed for. */
function refusals(uses: readonly Use[]): string[] {
  const isClosed = (verb: string): boolean =>
    uses.every((use) => use.verb !== verb || (!use.allowed && !use.ticked));
  const refused = uses.filter(({ allowed, ticked }) => !allowed && !ticked);
  const closed = [...new Set(refused.map(({ verb }) => verb))].filter(isClosed);
  const rest = byTopic(refused.filter(({ verb }) => !closed.includes(verb)));
  return [
    ...(closed.length === 0 ? [] : [`We will not ${listWords(closed, 'or')}.`]),
    ...rest.map(({ verbs: words, topic }) => `We will not ${listWords(words, 'or')} about ${topic}.`),
  ];
}
