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
  readonly survivor: MergedAnswer;
  readonly absorbed: MergedAnswer;
  readonly merged: MergedAnswer;
}

/** Where one record says yes and the other no, in words, with the reason of the no and what follows; null: they agree. */
export function conflictSentence({
  channel,
  category,
  about,
  survivor,
  absorbed,
  merged,
}: ComparedAnswers): string | null {
  if (survivor.allowed === absorbed.allowed) return null;
  const topic = about === null ? categoryWords[category] : `${categoryWords[category]} about ${about}`;
  const refusing = survivor.allowed ? absorbed : survivor;
  const [yes, no] = survivor.allowed
    ? ['yes on the record that stays', 'no on the other']
    : ['yes on the other', 'no on the record that stays'];
  const after = merged.allowed ? 'yes' : 'no';
  return `${topic} by ${midSentence(channelWords[channel])}: ${yes}, ${no} (${reasonOf(refusing)}). Afterwards: ${after}.`;
}

function reasonOf({ reasons: [first] }: MergedAnswer): string {
  const reason =
    first === undefined ? undefined : Object.entries(denyReasons).find(([code]) => code === first);
  return reason === undefined ? 'no reason is known' : midSentence(reason[1].sentence.replace(/\.$/, ''));
}
