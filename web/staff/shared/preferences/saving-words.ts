import type { Box, Preferences } from './preferences.ts';
import { boxOf } from './preferences.ts';

/**
 * What pressing Save would record, before it is pressed: every box that was shown is an answer, so that a box which
 * nobody asked about takes away what is allowed today.
 */
export function savingWords({ channels }: Pick<Preferences, 'channels'>, ticked: ReadonlySet<Box>): string {
  const left = channels.flatMap(({ channel, cells }) =>
    cells.filter((cell) => !ticked.has(boxOf(channel, cell))),
  );
  const ending = left.filter(({ verdict }) => verdict === 'allow').length;
  const saved = `Saves ${ticked.size} yes and ${left.length} no`;
  if (ending === 0) return `${saved}.`;
  const which = ending === 1 ? '1 no ends what is allowed' : `${ending} of them end what is allowed`;
  return `${saved}: ${which} today. Ask about every line first.`;
}
