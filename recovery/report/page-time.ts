import { inWords, secondsBetween } from '../model/time.js';
import { html, type Html } from './html.js';
import { moments, numbered } from './moments.js';
import { moment, none, type PageContext } from './page-context.js';
import { section, table } from './table.js';

/** The moments that count, and which part of the whole went by between them: what there is to shorten. */
export const time = (context: PageContext): Html => {
  const marks = moments(context);
  const whole = marks.length > 1 ? secondsBetween(marks[0]!.at, marks.at(-1)!.at) : 0;
  return section(
    'time',
    'Where the time went',
    table(
      'From the disruption to service',
      [
        ['Moment', 22],
        ['When', 22],
        ['Since the one before', 24],
        ['Known from', 32],
      ],
      marks.map(({ name, at, source }, index) => [
        html`<span class="mark">${numbered(index)}</span> ${name}`,
        moment(context, at),
        index === 0 ? none : share(secondsBetween(marks[index - 1]!.at, at), whole),
        source,
      ]),
    ),
  );
};

const share = (seconds: number, whole: number): Html => {
  const percent = whole > 0 ? Math.round((seconds / whole) * 1000) / 10 : 0;
  return html`<span class="distance">${inWords(seconds)}, ${Math.round(percent)} %</span
    ><svg class="bar share" width="100%" height="10" aria-hidden="true">
      <rect class="track" x="0" y="2" width="100%" height="6" rx="2" />
      <rect class="within" x="0" y="2" width="${percent}%" height="6" rx="2" />
    </svg>`;
};
