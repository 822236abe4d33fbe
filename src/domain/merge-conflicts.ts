import { categoryWords, channelWords, midSentence } from './plain-words.ts';
import type { ReasonCode } from './reason.ts';
import { denyReasons } from './reason.ts';
import type { Category, Channel } from './vocabulary.ts';

/** One box of the grid on one record, or on what the two would become. */
export interface MergedAnswer {
  readonly allowed: boolean;
  readonly reasons: readonly ReasonCode[];
}

export interface ComparedAnswers {
  readonly channel: Channel;
  readonly category: Category;
  /** The vehicle it is about, in words; null where it is about none. */
  readonly about: string | null;
  /** Null where the question does not arise on this record: the vehicle is not theirs. */
  readonly survivor: MergedAnswer | null;
  readonly absorbed: MergedAnswer | null;
  readonly merged: MergedAnswer;
}

/** Where one record says yes and the other no, or a yes is lost, in words, with the reason of the no; null: neither. */
export function conflictSentence({
  channel,
  category,
  about,
  survivor,
  absorbed,
  merged,
}: ComparedAnswers): string | null {
  const topic = about === null ? categoryWords[category] : `${categoryWords[category]} about ${about}`;
  const way = `${topic} by ${midSentence(channelWords[channel])}`;
  const isAllowedSomewhere = survivor?.allowed === true || absorbed?.allowed === true;
  if (!isAllowedSomewhere) return null;
  if (survivor === null || absorbed === null || survivor.allowed === absorbed.allowed) {
    if (merged.allowed) return null;
    return `${way}: yes on ${holderWords(survivor, absorbed)}. Afterwards: no (${reasonOf(merged)}).`;
  }
  const refusing = survivor.allowed ? absorbed : survivor;
  const [yes, no] = survivor.allowed
    ? ['yes on the record that stays', 'no on the other']
    : ['yes on the other', 'no on the record that stays'];
  const after = merged.allowed ? 'yes' : 'no';
  return `${way}: ${yes}, ${no} (${reasonOf(refusing)}). Afterwards: ${after}.`;
}

function holderWords(survivor: MergedAnswer | null, absorbed: MergedAnswer | null): string {
  if (absorbed === null) return 'the record that stays, which alone has this vehicle';
  return survivor === null ? 'the other, which alone has this vehicle' : 'both records';
}

function reasonOf({ reasons: [first] }: MergedAnswer): string {
  const reason =
    first === undefined ? undefined : Object.entries(denyReasons).find(([code]) => code === first);
  return reason === undefined ? 'no reason is known' : midSentence(reason[1].sentence.replace(/\.$/, ''));
}
