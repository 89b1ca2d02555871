import type { JournalEntry } from '../model/journal-entry.js';
import { html, type Html, type Part } from './html.js';
import { moment, type PageContext } from './page-context.js';
import { section, table } from './table.js';

type Told = readonly [who: Part, what: Part, why: Part];

/** Who activated, authorised, decided and acknowledged; with their reasons and how we know. */
export const people = (context: PageContext): Html => {
  const rows = context.entries.flatMap((entry) => {
    const told = tell(entry);
    return told ? [[moment(context, entry.at), ...told]] : [];
  });
  return section(
    'people',
    'Who decided what',
    rows.length
      ? table(
          'Decisions, requests and acknowledgements',
          [
            ['When', 17],
            ['Who', 14],
            ['What', 28],
            ['Why, and known from', 41],
          ],
          rows,
        )
      : html`<p>Nobody decided anything yet.</p> `,
    waivers(context),
  );
};

const tell = (entry: JournalEntry): Told | null => {
  switch (entry.kind) {
    case 'activated':
      return [entry.by, 'activated the plan', reasoned(entry.reason, entry.source)];
    case 'authorised':
      return [entry.by, html`authorised what cannot be undone, from <code>${entry.task}</code> on`, reasoned(entry.reason, entry.source)];
    case 'asked':
      return [entry.owner, html`was asked for <code>${entry.task}</code>`, entry.request];
    case 'acknowledged':
      return [entry.by, html`acknowledged <code>${entry.task}</code>`, reasoned(entry.note, entry.source)];
    case 'decided':
      return [
        entry.by,
        html`decided: <strong>${entry.decision}</strong>
          <code>${entry.task}</code
          >${entry.expiresAt ? html`, until <time datetime="${entry.expiresAt}">${entry.expiresAt}</time>` : null}`,
        entry.reason,
      ];
    case 'held':
      return ['altsite', html`stopped for a decision at <code>${entry.task}</code>`, entry.reason];
    case 'failed':
      return [
        'altsite',
        html`<span class="sign bad">✕</span> <code>${entry.task}</code> failed, try ${entry.attempt}`,
        [entry.error.message, ...entry.error.causes].join('; because '),
      ];
    case 'undone':
      return [
        'altsite',
        html`undid <code>${entry.task}</code>`,
        entry.left.length ? html`stays where it is: ${entry.left.join(', ')}` : '',
      ];
    case 'undo-failed':
      return ['altsite', html`<span class="sign bad">✕</span> could not undo <code>${entry.task}</code>`, entry.error.message];
    case 'paused':
      return [entry.by, 'had the run stand still', reasoned(entry.reason, entry.source)];
    case 'resumed':
      return ['altsite', 'was resumed', entry.notice];
    case 'ended':
      return ['altsite', html`ended: <strong>${entry.outcome}</strong>`, ''];
    default:
      return null;
  }
};

const reasoned = (reason: string, source: string): Html => html`${reason}${reason ? ' ' : ''}<span class="muted">(${source})</span>`;

const waivers = ({ entries }: PageContext): Html => {
  const waived = entries.filter((entry) => entry.kind === 'decided' && entry.decision === 'waive').length;
  const skipped = entries.filter((entry) => entry.kind === 'decided' && entry.decision === 'skip').length;
  return html`<p>
    ${waived === 0 ? 'No gate was waived' : html`<span class="sign warn">${waived} gate${waived === 1 ? '' : 's'} waived</span>`};
    ${skipped === 0 ? 'no task was skipped' : html`<span class="sign warn">${skipped} task${skipped === 1 ? '' : 's'} skipped</span>`}.
  </p> `;
};
