import type { Evidence } from '../model/evidence.js';
import { answer } from './answer.js';
import { html, type Html, type Part } from './html.js';
import { moment, type PageContext } from './page-context.js';
import { section, table } from './table.js';

interface Told {
  readonly task: string;
  readonly attempt: number;
  readonly evidence: Evidence;
  /** That it does not hold was let pass, by what was decided next about the task. */
  readonly waived: boolean;
}

/** Every answer of every try, in the order they were given: what was claimed, expected and seen, by whom it was said, and when. */
export const gates = (context: PageContext): Html => {
  const told = evidenceOf(context, 'gate');
  return section(
    'gates',
    'Gates and their evidence',
    told.length
      ? table(
          'Claims about the site recovered to; traffic moves only when they hold',
          columns,
          told.map((one) => row(context, one)),
        )
      : html`<p>No gate has answered yet.</p> `,
    receipt(context),
  );
};

/** What the steps found when they asked again after their work. */
export const stepEvidence = (context: PageContext): Html => {
  const told = evidenceOf(context, 'step');
  return section(
    'steps',
    'What the steps verified of their own work',
    told.length
      ? table(
          'Asked of AWS again after each step',
          columns,
          told.map((one) => row(context, one)),
        )
      : html`<p>No step is verified yet.</p> `,
  );
};

const columns = [
  ['Claim', 27],
  ['Holds', 11],
  ['Expected', 21],
  ['Observed', 21],
  ['Source, and when', 20],
] as const;

const row = (context: PageContext, { task, attempt, evidence, waived }: Told): readonly Part[] => [
  html`${evidence.claim} <code class="id">${task}${attempt > 1 ? `, try ${attempt}` : ''}</code>`,
  answer(evidence.holds, waived),
  evidence.expected,
  evidence.observed,
  html`${evidence.source}, ${moment(context, evidence.at)}`,
];

const evidenceOf = ({ plan, entries }: PageContext, does: 'gate' | 'step'): readonly Told[] => {
  const asked = new Set(plan.tasks.filter((task) => task.does === does).map(({ id }) => id));
  return entries.flatMap((entry, index) => {
    if ((entry.kind !== 'verified' && entry.kind !== 'failed') || !asked.has(entry.task)) return [];
    const next = entries
      .slice(index + 1)
      .find((later) => (later.kind === 'decided' || later.kind === 'started') && later.task === entry.task);
    const waived = next?.kind === 'decided' && next.decision === 'waive';
    return entry.evidence.map((evidence) => ({ task: entry.task, attempt: entry.attempt, evidence, waived }));
  });
};

const receipt = (context: PageContext): Html => {
  const { receipt: issued } = context.report;
  if (!issued)
    return html`<h3>Receipt</h3>
      <p>None was issued; without one nothing moves traffic.</p> `;
  const { site, region, stackDigest, recoveryPointArn, suiteHash, gates: passed, waived, issuedAt, expiresAt } = issued;
  return html`<h3>Receipt</h3>
    <p>Proof that this very site passed its gates; DNS moves only with one.</p>
    <dl class="facts">
      <div>
        <dt>Site</dt>
        <dd>${site} (${region})</dd>
      </div>
      <div>
        <dt>Issued</dt>
        <dd>${moment(context, issuedAt)}, valid until ${moment(context, expiresAt)}</dd>
      </div>
      <div>
        <dt>Stack as deployed</dt>
        <dd><code>${stackDigest}</code></dd>
      </div>
      <div>
        <dt>Recovery point</dt>
        <dd><code>${recoveryPointArn}</code></dd>
      </div>
      <div>
        <dt>Claims asked</dt>
        <dd><code>${suiteHash}</code></dd>
      </div>
      <div>
        <dt>Claims that held</dt>
        <dd>${passed.length}: ${passed.join(', ')}</dd>
      </div>
      <div>
        <dt>Waived</dt>
        <dd>
          ${waived.length === 0 ? 'none' : waived.map(({ task, checks, by, reason, expiresAt: until }) => html`<p>${checks.join(', ')} of <code>${task}</code>, by ${by}: ${reason}; until ${moment(context, until)}</p>`)}
        </dd>
      </div>
    </dl> `;
};
