/** A moment, ISO 8601 in UTC with milliseconds, as `2030-01-01T02:00:00.000Z`. Sorts as text. */
export type Instant = string;

/** Thousands of looks are planned for one moment: its text is made once. */
let last = { milliseconds: 0, text: '1970-01-01T00:00:00.000Z' };
export const instant = (milliseconds: number): Instant => {
  if (milliseconds !== last.milliseconds) last = { milliseconds, text: new Date(milliseconds).toISOString() };
  return last.text;
};
export const milliseconds = (at: Instant): number => Date.parse(at);
export const secondsBetween = (from: Instant, to: Instant): number => (milliseconds(to) - milliseconds(from)) / 1000;
/** The later of two moments. */
export const laterOf = (a: Instant, b: Instant): Instant => (a < b ? b : a);
export const later = (at: Instant, seconds: number): Instant => instant(milliseconds(at) + seconds * 1000);

/** `1 h 02 min 05 s`; for people. */
export const inWords = (seconds: number): string => {
  const whole = Math.max(0, Math.round(seconds));
  const [h, m, s] = [Math.floor(whole / 3600), Math.floor((whole % 3600) / 60), whole % 60];
  const two = (n: number): string => String(n).padStart(2, '0');
  return h ? `${h} h ${two(m)} min ${two(s)} s` : m ? `${m} min ${two(s)} s` : `${s} s`;
};
