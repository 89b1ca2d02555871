import { later, secondsBetween, type Instant } from '../model/time.js';
import type { PageContext } from './page-context.js';

/** A moment everything else is seen against. */
export interface Moment {
  readonly name: string;
  readonly at: Instant;
  readonly source: string;
}

/** Disruption to service, as far as the run got; in order. */
export const moments = ({ plan, report, entries }: PageContext): readonly Moment[] => {
  const { disruptedAt, detectedAt, activatedAt, servedAt } = report.clocks;
  const cannotBeUndone = new Set(plan.tasks.filter(({ effect }) => effect !== 'reversible').map(({ id }) => id));
  const noReturn = entries.find((entry) => entry.kind === 'started' && cannotBeUndone.has(entry.task));
  const named = (name: string, clock: { at: Instant; source: string } | null | undefined): Moment[] => (clock ? [{ name, ...clock }] : []);
  return [
    ...named('disruption', disruptedAt),
    ...named('detection', detectedAt),
    ...named('activation', activatedAt),
    ...named('point of no return', noReturn?.kind === 'started' ? { at: noReturn.at, source: `the start of ${noReturn.task}` } : null),
    ...named('cut-over', report.dns?.switchedAt ? { at: report.dns.switchedAt, source: 'the switch, read back' } : null),
    ...named('served again', servedAt),
  ].sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
};

/** ①, ② … as the timeline marks them. */
export const numbered = (index: number): string => String.fromCharCode(0x2460 + index);

/** One try at a task. */
export interface Span {
  readonly task: string;
  readonly attempt: number;
  readonly from: Instant;
  /** Null while it is not over. */
  readonly to: Instant | null;
  readonly failed: boolean;
}

/** Every try at every task, in the order they were begun. */
export const spans = ({ entries }: PageContext): readonly Span[] => {
  const found: Span[] = [];
  const end = (task: string, to: Instant, failed: boolean): void => {
    const at = found.findLastIndex((span) => span.task === task && span.to === null);
    const open = found[at];
    if (open) found[at] = { ...open, to, failed };
  };
  for (const entry of entries)
    if (entry.kind === 'started' || entry.kind === 'asked')
      found.push({ task: entry.task, attempt: entry.attempt, from: entry.at, to: null, failed: false });
    else if (entry.kind === 'verified' || entry.kind === 'acknowledged') end(entry.task, entry.at, false);
    else if (entry.kind === 'failed') end(entry.task, entry.at, true);
  return found;
};

/** Where a moment lies between two others, in percent. */
export const percent = (from: Instant, to: Instant, at: Instant): number => {
  const whole = secondsBetween(from, to);
  return whole <= 0 ? 0 : Math.max(0, Math.min(100, Math.round((secondsBetween(from, at) / whole) * 1e4) / 100));
};

/** The end of a scale that also has room for what took no time at all. */
export const scaleEnd = (from: Instant, last: Instant): Instant => (last > from ? last : later(from, 1));
