import { inWords, secondsBetween } from '../model/time.js';
import { html, type Html } from './html.js';
import { moment, siteInWords, type PageContext } from './page-context.js';
import { facts, section } from './table.js';

/** The data that was brought back, the names that moved, and who was called. */
export const traffic = (context: PageContext): Html =>
  section('data', 'Data, traffic and calls', data(context), dns(context), calls(context));

const data = (context: PageContext): Html => {
  const { recoveryPoint, rows, clocks } = context.report;
  const compared = context.entries.findLast((entry) => entry.kind === 'rows-compared');
  if (!recoveryPoint)
    return html`<h3>Recovery point</h3>
      <p>None was chosen.</p> `;
  const before = clocks.disruptedAt ? secondsBetween(recoveryPoint.snapshotAt, clocks.disruptedAt.at) : null;
  return html`<h3>Recovery point</h3>
    ${facts([
      ['Recovery point', html`<code>${recoveryPoint.arn}</code>`],
      [
        'Its data was taken',
        html`${moment(context, recoveryPoint.snapshotAt)}${before !== null && before < 0 ? html` <span class="sign warn">after the disruption began</span>` : null}`,
      ],
      ['Its copy was complete', moment(context, recoveryPoint.completedAt)],
      ['Rows', rows ? `${rows.before} acknowledged to clients before, ${rows.recovered} recovered, ${rows.lost} lost` : 'not compared'],
      ['Not explained by it', rows ? (rows.unexplained.length ? rows.unexplained.join(', ') : 'none') : '–'],
      ['Known from', compared?.kind === 'rows-compared' ? compared.source : '–'],
    ])}`;
};

const dns = (context: PageContext): Html => {
  const { dns: moved } = context.report;
  if (!moved) return html``;
  return html`<h3>DNS</h3>
    ${facts([
      ['Name', moved.name],
      ['Before', moved.before.join(', ') || 'not known'],
      ['After', moved.after.join(', ') || 'not proven'],
      ['Switched', moved.switchedAt ? moment(context, moved.switchedAt) : 'was not touched'],
      ['By', moved.tier],
      [
        'Resolvers that hold the old answer longer than its TTL',
        moved.overHolding.length
          ? html`<ul>
              ${moved.overHolding.map(({ server, addresses, secondsPastTtl }) => html`<li><span class="sign warn">! ${server}</span> still gave ${addresses.join(', ')}, ${inWords(secondsPastTtl)} past its TTL</li>`)}
            </ul>`
          : 'none among those asked',
      ],
    ])}`;
};

const calls = ({ plan, report, entries }: PageContext): Html => {
  const counted = entries.findLast((entry) => entry.kind === 'calls-counted');
  if (!report.calls || counted?.kind !== 'calls-counted')
    return html`<h3>Calls</h3>
      <p>Nobody but us could have counted them.</p> `;
  const tone = (count: number): Html => html`<span class="sign ${count === 0 ? 'good' : 'bad'}">${count === 0 ? '✓' : '✕'} ${count}</span>`;
  return html`<h3>Calls between activation and the DNS proof</h3>
    ${facts([
      [`To the lost region, ${siteInWords(plan.from)}`, tone(counted.lostRegion)],
      ['Writes to control planes in us-east-1', tone(counted.usEast1ControlPlane)],
      ['Counted by', counted.source],
    ])}`;
};
