import type { Task } from '../model/plan.js';
import { inWords, secondsBetween, type Instant } from '../model/time.js';
import { html, type Html } from './html.js';
import { moments, numbered, percent, scaleEnd, spans, type Moment, type Span } from './moments.js';
import { lastOf, moment, none, zeroOf, type PageContext } from './page-context.js';
import { section, table } from './table.js';

/** When everything was done: bars by procedure and team under the moments that count, and the same as a table. */
export const timeline = (context: PageContext): Html => {
  const marks = moments(context);
  const from = [zeroOf(context), ...marks.map(({ at }) => at)].sort()[0] ?? '';
  const scale: Scale = { from, to: scaleEnd(from, lastOf(context)), marks };
  return section(
    'timeline',
    'Timeline',
    html`<p class="muted" aria-hidden="true">
      ${marks.map(({ name }, index) => html`<span class="legend">${numbered(index)} ${name}</span> `)}
    </p> `,
    html`<div class="gantt" aria-hidden="true">
        <div class="row axis">
          <div class="name"></div>
          ${axis(scale)}
        </div>
        ${procedures(context).map(
          ({ tasks, title }) =>
            html`<p class="procedure">${title}</p>
              ${tasks.map(
                (task) =>
                  html`<div class="row">
                    <div class="name">${task.id}${task.effect === 'reversible' ? null : html` <span class="sign warn">⚑</span>`}</div>
                    ${track(context, scale, task)}
                  </div> `,
              )}`,
        )}
      </div>
      <p class="muted" aria-hidden="true">
        ⚑ cannot be undone ·
        <svg class="swatch" width="22" height="12"><rect class="try" x="0" y="1" width="22" height="10" rx="2" /></svg> finished ·
        <svg class="swatch" width="22" height="12"><rect class="try failed" x="1" y="2" width="20" height="8" rx="2" /></svg> failed ·
        <svg class="swatch" width="22" height="12"><rect class="try open" x="1" y="2" width="20" height="8" rx="2" /></svg> not finished
      </p> `,
    taskTable(context),
  );
};

interface Scale {
  readonly from: Instant;
  readonly to: Instant;
  readonly marks: readonly Moment[];
}

/** The numbers of the moments; those too close to be read side by side stand below each other. */
const axis = ({ from, to, marks }: Scale): Html => {
  const ends: number[] = [];
  const placed = marks.map(({ at }, index) => {
    const x = percent(from, to, at);
    const free = ends.findIndex((end) => x >= end + 7);
    const level = free === -1 ? ends.length : free;
    ends[level] = x;
    return { x, level, index };
  });
  const height = Math.max(1, ends.length) * 18 + 4;
  return html`<svg width="100%" height="${height}">
    ${placed.map(
      ({ x, level, index }) =>
        html`<line class="moment" x1="${x}%" y1="${level * 18 + 16}" x2="${x}%" y2="${height}" /><text
            x="${x}%"
            y="${level * 18 + 13}"
            text-anchor="${x < 4 ? 'start' : x > 96 ? 'end' : 'middle'}"
            >${numbered(index)}</text
          >`,
    )}
  </svg>`;
};

const track = (context: PageContext, { from, to, marks }: Scale, task: Task): Html => {
  const tries = spans(context).filter((span) => span.task === task.id);
  return html`<svg width="100%" height="20">
    ${marks.map(({ at }) => html`<line class="moment" x1="${percent(from, to, at)}%" y1="0" x2="${percent(from, to, at)}%" y2="20" />`)}${tries.map(
      (span) => bars(span, percent(from, to, span.from), percent(from, to, span.to ?? lastOf(context))),
    )}
  </svg>`;
};

/** Work that took no time is a bar of its own width still. */
const bars = ({ to, failed }: Span, start: number, end: number): Html => {
  const kind = failed ? 'try failed' : to === null ? 'try open' : 'try';
  const width = Math.round((end - start) * 100) / 100;
  return width >= 0.8
    ? html`<rect class="${kind}" x="${start}%" y="5" width="${width}%" height="10" rx="2" />`
    : html`<svg x="${start}%" y="0" width="6" height="20" overflow="visible">
        <rect class="${kind}" x="${start > 98 ? -5 : 0}" y="5" width="5" height="10" rx="2" />
      </svg>`;
};

const procedures = ({ plan }: PageContext): readonly { title: Html; tasks: readonly Task[] }[] =>
  [...new Set(plan.tasks.map(({ procedure }) => procedure))].map((procedure) => {
    const tasks = plan.tasks.filter((task) => task.procedure === procedure);
    const [first] = tasks;
    return {
      title: html`${procedure.replaceAll('-', ' ')} <span class="muted">${first?.team}, plan line ${first?.planLine}</span>`,
      tasks,
    };
  });

const taskTable = (context: PageContext): Html =>
  table(
    'Tasks',
    [
      ['Task', 28],
      ['Team', 13],
      ['State', 16],
      ['Started', 16],
      ['Took', 12],
      ['Tries', 6],
      ['Can be undone', 9],
    ],
    context.report.tasks.map(({ id, title, team, state, effect, startedAt, finishedAt, attempts }) => [
      html`${title} <code class="id">${id}</code>`,
      team,
      html`<span class="sign ${tones[state] ?? 'muted'}">${state}</span>`,
      moment(context, startedAt),
      startedAt && finishedAt ? html`<span class="whole">${inWords(secondsBetween(startedAt, finishedAt))}</span>` : none,
      attempts,
      effect === 'reversible' ? 'yes' : html`<span class="sign warn">⚑ no</span>`,
    ]),
  );

const tones: Readonly<Record<string, string>> = {
  verified: 'good',
  acknowledged: 'good',
  failed: 'bad',
  waived: 'warn',
  skipped: 'warn',
  undone: 'warn',
  undoing: 'warn',
};
