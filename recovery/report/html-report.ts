import { html, Html } from './html.js';
import { gates, stepEvidence } from './page-gates.js';
import { journal } from './page-journal.js';
import { outcome } from './page-outcome.js';
import { people } from './page-people.js';
import { pageStyle } from './page-style.js';
import { time } from './page-time.js';
import { timeline } from './page-timeline.js';
import { traffic } from './page-traffic.js';
import { siteInWords, zeroOf, type PageContext } from './page-context.js';

/** The report as one self-contained page: for a phone at night, for paper, for an auditor. Pure: the same journal, the same bytes. */
export const htmlReport = (context: PageContext): string => {
  const { plan, report } = context;
  const kind = plan.world === 'twin' ? 'Rehearsal' : report.mode;
  const title = `${kind}: ${report.outcome}, run ${report.run}`;
  const page = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'" />
        <meta name="color-scheme" content="light dark" />
        <title>${title}</title>
        <style>
          ${new Html(pageStyle + runningHead(title))}
        </style>
      </head>
      <body>
        ${rehearsed(context)}
        <header>
          <p class="over">${plan.title}</p>
          <h1>
            ${report.mode} from <span class="whole">${siteInWords(plan.from)}</span> to <span class="whole">${siteInWords(plan.to)}</span>
          </h1>
          <p class="muted">
            Run ${report.run} on
            ${zeroOf(context).slice(0, 10)}${report.scenario === null ? null : `, scenario ${report.scenario}`}${report.seed === null ? null : `, seed ${report.seed}`}.
            All times UTC.
          </p>
        </header>
        <main>
          ${outcome(context)}${notProven(context)}${time(context)}${people(context)}${timeline(context)}${gates(context)}${traffic(context)}${journal(context)}${stepEvidence(context)}
        </main>
        <footer>
          <p>${title}. Plan ${report.plan.slice(0, 12)}, journal ${context.entries.at(-1)?.hash.slice(0, 12)}.</p>
        </footer>
      </body>
    </html> `;
  return `${page.text.replace(/\s*\n\s*/g, '\n').trim()}\n`;
};

/** On every printed page. CSS has its own quotes: only plain characters go in. */
const runningHead = (title: string): string =>
  `@media print{@page{@top-left{content:"${title.replace(/[^\w .,:-]/g, ' ')}";font:9pt system-ui,sans-serif;color:#565d64}}}\n`;

const rehearsed = ({ plan, report }: PageContext): Html | null =>
  plan.world === 'twin'
    ? html`<p class="rehearsal" role="note">
        <strong>Rehearsal.</strong> No production was touched: this ran against the twin, a local AWS. All times are the twin’s clock.
      </p> `
    : report.mode === 'drill'
      ? html`<p class="rehearsal" role="note"><strong>Drill.</strong> This was an exercise on real infrastructure, not an emergency.</p> `
      : null;

const notProven = ({ report }: PageContext): Html =>
  html`<section class="not-proven" aria-labelledby="not-proven">
    <h2 id="not-proven">Not proven</h2>
    <p>What this run says nothing about, or tried to prove and could not:</p>
    <ul>
      ${report.notProven.map((line) => html`<li>${line}</li> `)}
    </ul>
  </section> `;
