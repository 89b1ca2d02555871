const months = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];
const weekdays = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];
const dayMilliseconds = 86_400_000;
const dayMinutes = 1440;
/** After 400 years the Gregorian calendar, weekdays and all, begins anew. */
const calendarDays = 146_097;

/** Minutes, or why they cannot be told. */
export type Gap = { readonly minutes: number } | { readonly unclear: string };
class Unclear extends Error {}

/**
 * The longest time between two firings of an AWS cron expression (six fields, UTC; Amazon EventBridge user guide, "Cron expressions reference").
 * What it cannot tell, it says: `L`, `W`, `#`, and years, after the last of which nothing fires.
 */
export const longestGap = (expression: string): Gap => {
  try {
    return { minutes: gapOf(expression) };
  } catch (error) {
    if (error instanceof Unclear) return { unclear: error.message };
    throw error;
  }
};

const gapOf = (expression: string): number => {
  const fields = /^cron\((.+)\)$/.exec(expression)?.[1]?.trim().split(/\s+/) ?? [];
  const [minute = '', hour = '', dayOfMonth = '', month = '', dayOfWeek = '', year = ''] = fields;
  if (fields.length !== 6) throw new Unclear('a cron expression has six fields');
  if (year !== '*') throw new Unclear('a schedule that names years ends with the last of them');
  if ((dayOfMonth === '?') === (dayOfWeek === '?')) throw new Unclear('of day of month and day of week exactly one is ?');
  const minutes = sorted(numbers(minute, 0, 59));
  const times = sorted(numbers(hour, 0, 23)).flatMap((each) => minutes.map((past) => each * 60 + past));
  const days = firingDays({
    months: numbers(named(month, months), 1, 12),
    daysOfMonth: dayOfMonth === '?' ? undefined : numbers(dayOfMonth, 1, 31),
    daysOfWeek: dayOfWeek === '?' ? undefined : numbers(named(dayOfWeek, weekdays), 1, 7),
  });
  const [first, last] = [times[0] ?? 0, times.at(-1) ?? 0];
  const overnight = longestStep(days) * dayMinutes - last + first;
  return Math.max(overnight, ...times.slice(1).map((time, index) => time - (times[index] ?? 0)));
};

interface Days {
  readonly months: ReadonlySet<number>;
  readonly daysOfMonth: ReadonlySet<number> | undefined;
  readonly daysOfWeek: ReadonlySet<number> | undefined;
}
const firingDays = ({ months: inMonths, daysOfMonth, daysOfWeek }: Days): number[] => {
  if (inMonths.size === 12 && (daysOfMonth?.size ?? 31) === 31 && (daysOfWeek?.size ?? 7) === 7) return [0, 1];
  const begin = Date.UTC(2000, 0, 1);
  const days = Array.from({ length: calendarDays }, (_, index) => index).filter((index) => {
    const date = new Date(begin + index * dayMilliseconds);
    const day = (daysOfMonth?.has(date.getUTCDate()) ?? true) && (daysOfWeek?.has(date.getUTCDay() + 1) ?? true);
    return day && inMonths.has(date.getUTCMonth() + 1);
  });
  if (days.length === 0) throw new Unclear('it never fires');
  // Once more after 400 years, so that the last gap counts too.
  return [...days, (days[0] ?? 0) + calendarDays];
};

const longestStep = (days: readonly number[]): number =>
  days.slice(1).reduce((most, day, index) => Math.max(most, day - (days[index] ?? 0)), 0);

const sorted = (set: ReadonlySet<number>): number[] => [...set].sort((one, other) => one - other);

const named = (text: string, names: readonly string[]): string =>
  text.toUpperCase().replace(/[A-Z]{3}/g, (name) => (names.includes(name) ? String(names.indexOf(name) + 1) : name));

const numbers = (text: string, least: number, most: number): ReadonlySet<number> =>
  new Set(text.split(',').flatMap((part) => range(part, least, most)));

const range = (part: string, least: number, most: number): number[] => {
  const [, from, to, step] = /^(\*|\d+)(?:-(\d+))?(?:\/(\d+))?$/.exec(part) ?? [];
  if (from === undefined) throw new Unclear(`${part} is not understood here`);
  const begins = from === '*' ? least : Number(from);
  const ends = to !== undefined ? Number(to) : from === '*' || step !== undefined ? most : begins;
  const by = Number(step ?? 1);
  if (begins < least || ends > most || begins > ends || by < 1) throw new Unclear(`${part} is not between ${least} and ${most}`);
  return Array.from({ length: Math.floor((ends - begins) / by) + 1 }, (_, index) => begins + index * by);
};
