/**
 * Calendar arithmetic in Europe/London, between instants (milliseconds since 1970) and dates (YYYY-MM-DD).
 *
 * Each answer is remembered, bounded: a million customers share a few thousand dates, and Temporal is
 * exact but slow.
 */
const zone = 'Europe/London';
const rememberedAnswersMax = 50_000;

function remember<K, V>(compute: (key: K) => V): (key: K) => V {
  const answers = new Map<K, V>();
  return (key) => {
    const known = answers.get(key);
    if (known !== undefined) return known;
    if (answers.size >= rememberedAnswersMax) answers.clear();
    const answer = compute(key);
    answers.set(key, answer);
    return answer;
  };
}

const startOfDay = remember(
  (date: string): number => Temporal.PlainDate.from(date).toZonedDateTime(zone).epochMilliseconds,
);

/** The instant at which a local date begins. */
export function startOfLondonDay(date: string): number {
  return startOfDay(date);
}

const dateOfHour = remember((hour: number): string =>
  Temporal.Instant.fromEpochMilliseconds(hour * 3_600_000)
    .toZonedDateTimeISO(zone)
    .toPlainDate()
    .toString(),
);

/** The local date of an instant. London's offset is a whole number of hours, so the hour decides. */
export function londonDateOf(instant: number): string {
  return dateOfHour(Math.floor(instant / 3_600_000));
}

/** The same for an answer about a date and a number: one memory a number, of which there are few. */
function rememberBy<V>(compute: (date: string, count: number) => V): (date: string, count: number) => V {
  const memories = remember((count: number) => remember((date: string): V => compute(date, count)));
  return (date, count) => memories(count)(date);
}

const plusMonths = rememberBy((date, months) => Temporal.PlainDate.from(date).add({ months }).toString());

/** Corresponding date so many months later, clamped to the end of the month; always from the original date. */
export function addMonths(date: string, months: number): string {
  return plusMonths(date, months);
}

const plusDays = rememberBy((date, days) => Temporal.PlainDate.from(date).add({ days }).toString());

export function addDays(date: string, days: number): string {
  return plusDays(date, days);
}

/** Days from one local date to another; negative when the other is earlier. */
export function daysBetween(from: string, to: string): number {
  return Temporal.PlainDate.from(from).until(to, { largestUnit: 'days' }).days;
}

const endOfDay = remember((date: string): number => startOfLondonDay(addDays(date, 1)));

/** The first instant after a whole local date has passed. */
export function endOfLondonDay(date: string): number {
  return endOfDay(date);
}

const birthday = rememberBy((birthOn, years) => {
  const born = Temporal.PlainDate.from(birthOn);
  const corresponding = born.add({ years });
  const day = corresponding.day === born.day ? corresponding : corresponding.add({ days: 1 });
  return startOfLondonDay(day.toString());
});

/** The instant at which somebody born on a date reaches an age: the start of that birthday; 29 February → 1 March. */
export function reachesAgeAt(birthOn: string, years: number): number {
  return birthday(birthOn, years);
}

const isRealDate = remember((text: string): boolean => {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  try {
    return Temporal.PlainDate.from(text).toString() === text;
  } catch {
    return false;
  }
});

/** Whether a text is a date that exists, written YYYY-MM-DD. */
export function isLocalDate(text: string): boolean {
  return isRealDate(text);
}

const weekday = remember((date: string): number => Temporal.PlainDate.from(date).dayOfWeek);

/** 1 = Monday … 7 = Sunday. */
export function dayOfWeek(date: string): number {
  return weekday(date);
}

const timesOfDay = remember((time: string) =>
  remember(
    (date: string): number =>
      Temporal.PlainDate.from(date).toZonedDateTime({
        timeZone: zone,
        plainTime: Temporal.PlainTime.from(time),
      }).epochMilliseconds,
  ),
);

/** The instant of a local time of day (HH:MM, 24:00 allowed as the end of the day). */
export function londonInstant(date: string, time: string): number {
  if (time === '24:00') return endOfLondonDay(date);
  return timesOfDay(time)(date);
}
