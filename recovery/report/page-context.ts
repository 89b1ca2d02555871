import type { JournalEntry } from '../model/journal-entry.js';
import type { Plan } from '../model/plan.js';
import { inWords, secondsBetween, type Instant } from '../model/time.js';
import { html, type Html } from './html.js';
import type { RunReport } from './run-report.js';

/** All that a page is made of: whoever has plan and journal gets the same page. */
export interface PageContext {
  readonly plan: Plan;
  readonly report: RunReport;
  readonly entries: readonly JournalEntry[];
}

/** When the clock of this run starts. */
export const zeroOf = ({ report, entries }: PageContext): Instant => report.clocks.disruptedAt?.at ?? entries[0]?.at ?? '';

/** The last thing the journal knows of. */
export const lastOf = ({ entries }: PageContext): Instant => entries.at(-1)?.at ?? '';

/** Nothing to say in a cell. */
export const none = html`<span class="muted">–</span>`;

/** A duration without the noughts that say nothing: `24 h`. */
export const briefly = (seconds: number): string =>
  inWords(seconds)
    .replace(/(?<= h) 00 min(?= 00 s)/, '')
    .replace(/(?<=h|min) 00 s$/, '');

/** A moment as the time of day, with its date where that is not the first day's, and its distance from the disruption. */
export const moment = (context: PageContext, at: Instant | null | undefined): Html => {
  if (!at) return none;
  const zero = zeroOf(context);
  const date = at.slice(0, 10);
  const seconds = secondsBetween(zero, at);
  const day = date === zero.slice(0, 10) ? '' : `${date} `;
  return html`<time datetime="${at}">${day}${at.slice(11, 19)}</time>${
      seconds === 0 ? '' : html` <span class="distance">${seconds < 0 ? `${inWords(-seconds)} before` : `+${inWords(seconds)}`}</span>`
    }`;
};

/** `sites` of the run in words. */
export const siteInWords = ({ name, region }: { readonly name: string; readonly region: string }): string => `${name} (${region})`;
