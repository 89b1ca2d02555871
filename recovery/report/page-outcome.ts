import { inWords } from '../model/time.js';
import { kept } from './answer.js';
import { bar } from './bar.js';
import { html, type Html } from './html.js';
import { briefly, siteInWords, type PageContext } from './page-context.js';
import type { Measured, RunReport } from './run-report.js';

const signs: Readonly<Record<RunReport['outcome'], readonly [sign: string, tone: string, word: string]>> = {
  recovered: ['✓', 'good', 'Recovered'],
  held: ['‖', 'warn', 'Held'],
  undone: ['↶', 'warn', 'Undone'],
  stuck: ['✕', 'bad', 'Stuck'],
  abandoned: ['✕', 'bad', 'Abandoned'],
  interrupted: ['‖', 'warn', 'Interrupted'],
  running: ['…', 'warn', 'Under way'],
};

/** The outcome at a glance: one word, one sentence, four figures. */
export const outcome = (context: PageContext): Html => {
  const { report } = context;
  const [sign, tone, word] = signs[report.outcome];
  return html`<section class="outcome ${tone}" aria-labelledby="outcome">
    <h2 id="outcome"><span class="badge" aria-hidden="true">${sign}</span> ${word}</h2>
    <p class="lead">${sentence(context)}</p>
    ${
      report.hold
        ? html`<div class="hold">
            <p><strong>Held at ${report.hold.task}:</strong> ${report.hold.reason}</p>
            <p>Choose one:</p>
            <ul>
              ${report.hold.choices.map((choice) => html`<li><code>${choice}</code></li>`)}
            </ul>
          </div> `
        : null
    }
    ${report.left.length ? html`<p><strong>Left where it is, for whoever disposes of it:</strong> ${report.left.join(', ')}</p>` : null}
    <div class="figures">${figures(context)}</div>
  </section> `;
};

const sentence = ({ plan, report }: PageContext): Html => {
  const [from, to] = [siteInWords(plan.from), siteInWords(plan.to)];
  const name = plan.targets.global.webName;
  if (report.rto.seconds !== null)
    return html`${to} answered for ${name} ${inWords(report.rto.seconds)} after ${from} was
    disrupted${report.rows ? html`, with ${report.rows.recovered} of ${report.rows.before} acknowledged rows` : null}.`;
  const done = report.tasks.filter(({ finishedAt, state }) => finishedAt && state !== 'failed').length;
  return html`${name} was not proven to be answered by ${to}. ${done} of ${report.tasks.length} tasks are finished.`;
};

const figures = ({ plan, report: { rto, rpo, rows, calls } }: PageContext): readonly Html[] => [
  figure('Time to recover (RTO)', measured(rto), promise(rto, 'not served'), rto),
  figure('Data lost, in time (RPO)', measured(rpo), promise(rpo, rpo.seconds === null ? 'not known' : 'not served'), rpo),
  figure(
    'Rows lost',
    rows ? String(rows.lost) : 'not compared',
    rows
      ? html`${rows.recovered} of ${rows.before} acknowledged rows came back;
        ${
          rows.unexplained.length
            ? html`<span class="sign bad">✕ ${rows.unexplained.length} unexplained</span>`
            : 'the recovery point explains every one'
        }`
      : 'nobody compared what clients were promised with what came back',
  ),
  figure(
    'Calls to the lost region',
    calls ? String(calls.lostRegion) : 'not counted',
    calls
      ? html`to ${plan.from.region}, activation to DNS proof; ${calls.usEast1ControlPlane} control-plane writes in us-east-1`
      : 'nobody but us could have counted',
  ),
];

const measured = ({ seconds }: Measured): string =>
  seconds === null ? 'not measured' : seconds < 0 ? `${inWords(-seconds)} after the disruption` : inWords(seconds);

const promise = ({ objectiveSeconds, met }: Measured, pending: string): Html =>
  html`objective ${briefly(objectiveSeconds)} ${kept(met, pending)}`;

const figure = (title: string, value: string, about: Html | string, against?: Measured): Html =>
  html`<div class="figure">
    <h3>${title}</h3>
    <p class="value">${value}</p>
    ${against ? bar(against) : null}
    <p class="about">${about}</p>
  </div> `;
