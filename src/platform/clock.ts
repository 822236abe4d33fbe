/**
 * The one source of the present instant. Everything else is handed an instant, so that any decision can be
 * made again as of any past moment.
 */
export interface Clock {
  now(): Temporal.Instant;
}

export interface ManualClock extends Clock {
  set(instant: Temporal.Instant | string): void;
  /** Moves by an exact duration (hours, minutes, seconds …); calendar units need a time zone and are refused. */
  advance(duration: Temporal.Duration | Temporal.DurationLike | string): void;
}

/**
 * Whole milliseconds, because that is what the database layer hands back: an instant written and read again
 * must be equal to itself.
 */
export const systemClock: Clock = {
  now: () => Temporal.Instant.fromEpochMilliseconds(Date.now()),
};

/** A clock that stands still until it is told otherwise: for tests, forecasts and replays. */
export function manualClock(start: Temporal.Instant | string): ManualClock {
  let current = Temporal.Instant.from(start);
  return {
    now: () => current,
    set: (instant) => {
      current = Temporal.Instant.from(instant);
    },
    advance: (duration) => {
      current = current.add(duration);
    },
  };
}
