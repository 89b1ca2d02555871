import type { Holds } from '../model/evidence.js';
import { html, type Html } from './html.js';

/** Whether a claim holds: a sign, a word and a colour, so that none of them carries it alone. */
export const answer = (holds: Holds, waived = false): Html => {
  if (holds === true) return html`<span class="sign good">✓ yes</span>`;
  const how =
    holds === false
      ? html`<span class="sign bad">✕ no</span>`
      : holds === 'unknown'
        ? html`<span class="sign bad">? unknown</span>`
        : html`<span class="sign muted">– does not apply</span>`;
  return waived ? html`${how} <span class="sign warn">waived</span>` : how;
};

/** Whether a promise was kept. */
export const kept = (met: boolean | null, pending: string): Html =>
  met === null
    ? html`<span class="sign muted">– ${pending}</span>`
    : met
      ? html`<span class="sign good">✓ met</span>`
      : html`<span class="sign bad">✕ missed</span>`;
