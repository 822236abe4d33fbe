import { createHash } from 'node:crypto';

/** How fast messages leave by one way out, and when one that could not leave is tried again. */
export interface Pace {
  /** Milliseconds to wait before the next message may leave; 0 where it may now, and then it counts as gone. */
  take(): number;
}

/**
 * A bucket of tokens: `perSecond` messages a second on average, and up to `burst` at once after a pause.
 *
 * @param now milliseconds that never go back, from the clock of whoever sends.
 */
export function tokenBucket(perSecond: number, burst: number, now: () => number): Pace {
  let tokens = burst;
  let filledAt = now();
  return {
    take: () => {
      const at = Math.max(now(), filledAt);
      tokens = Math.min(burst, tokens + ((at - filledAt) / 1000) * perSecond);
      filledAt = at;
      if (tokens >= 1) {
        tokens -= 1;
        return 0;
      }
      return Math.ceil(((1 - tokens) / perSecond) * 1000);
    },
  };
}

const minute = 60_000;
const waits = [1, 5, 15, 60, 180, 360].map((minutes) => minutes * minute);

/**
 * Milliseconds until a message is tried again after it failed `attempts` times for a passing reason; null when it has
 * been tried often enough, after some ten hours. The waits of many messages are spread by up to a quarter, by the id of
 * each, so that they do not all come back at once; the same message always waits equally long.
 */
export function waitBeforeAttempt(
  messageId: string,
  attempts: number,
  askedMilliseconds: number | null = null,
): number | null {
  const wait = waits[attempts - 1];
  if (wait === undefined) return null;
  const [first = 0, second = 0] = createHash('sha256').update(`${messageId} ${attempts}`).digest();
  const share = (first * 256 + second) / 65_536;
  return Math.max(Math.round(wait * (1 + share / 4)), askedMilliseconds ?? 0);
}
