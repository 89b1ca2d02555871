import { invalidValue } from './records.js';

interface Cron {
  readonly minutes: ReadonlySet<number>;
  readonly hours: ReadonlySet<number>;
  readonly daysOfMonth: ReadonlySet<number> | undefined;
  readonly months: ReadonlySet<number>;
  readonly daysOfWeek: ReadonlySet<number> | undefined;
  readonly years: ReadonlySet<number>;
}
const months = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];
const weekdays = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];
const day = 86_400_000;

/**
 * AWS's six fields: minutes, hours, day of month, month, day of week (SUN is 1), year; one of the two days is `?`.
 * @throws AwsError InvalidParameterValueException, also for L, W and #, which the twin does not have.
 */
export const parseCron = (expression: string): Cron => {
  const fields = /^cron\((.+)\)$/.exec(expression)?.[1]?.trim().split(/\s+/);
  if (fields?.length !== 6) throw invalid(expression);
  const [minute, hour, dayOfMonth, month, dayOfWeek, year] = fields as [string, string, string, string, string, string];
  if ((dayOfMonth === '?') === (dayOfWeek === '?')) throw invalid(expression);
  return {
    minutes: field(expression, minute, 0, 59),
    hours: field(expression, hour, 0, 23),
    daysOfMonth: dayOfMonth === '?' ? undefined : field(expression, dayOfMonth, 1, 31),
    months: field(expression, named(month, months), 1, 12),
    daysOfWeek: dayOfWeek === '?' ? undefined : field(expression, named(dayOfWeek, weekdays), 1, 7),
    years: field(expression, year, 1970, 2199),
  };
};

/** First moment after `after` (milliseconds since the epoch, UTC) the expression names; undefined when there is none within four years. */
export const nextRun = (cron: Cron, after: number): number | undefined => {
  const midnight = Math.floor(after / day) * day;
  for (let start = midnight; start < midnight + 4 * 366 * day; start += day) {
    if (!runsOn(cron, new Date(start))) continue;
    for (const hour of sorted(cron.hours)) {
      for (const minute of sorted(cron.minutes)) {
        const at = start + hour * 3_600_000 + minute * 60_000;
        if (at > after) return at;
      }
    }
  }
  return undefined;
};

const runsOn = (cron: Cron, date: Date): boolean =>
  cron.years.has(date.getUTCFullYear()) &&
  cron.months.has(date.getUTCMonth() + 1) &&
  (cron.daysOfMonth?.has(date.getUTCDate()) ?? true) &&
  (cron.daysOfWeek?.has(date.getUTCDay() + 1) ?? true);

const sorted = (numbers: ReadonlySet<number>): number[] => [...numbers].sort((one, other) => one - other);

const named = (text: string, names: readonly string[]): string =>
  text.toUpperCase().replace(/[A-Z]{3}/g, (name) => (names.includes(name) ? String(names.indexOf(name) + 1) : name));

const field = (expression: string, text: string, least: number, most: number): ReadonlySet<number> =>
  new Set(
    text.split(',').flatMap((part) => {
      const [, from, to, step] = /^(\*|\d+)(?:-(\d+))?(?:\/(\d+))?$/.exec(part) ?? [];
      if (from === undefined) throw invalid(expression);
      const begins = from === '*' ? least : Number(from);
      const ends = to !== undefined ? Number(to) : from === '*' || step !== undefined ? most : begins;
      const by = Number(step ?? 1);
      if (begins < least || ends > most || begins > ends || by < 1) throw invalid(expression);
      return Array.from({ length: Math.floor((ends - begins) / by) + 1 }, (_, index) => begins + index * by);
    }),
  );

const invalid = (expression: string) => invalidValue(`Invalid schedule expression: ${expression}`);
