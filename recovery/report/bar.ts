import { briefly } from './page-context.js';
import { html, type Html } from './html.js';
import type { Measured } from './run-report.js';

/** What was measured against what was promised, as a bar; the objective is the mark on it. */
export const bar = ({ seconds, objectiveSeconds }: Measured): Html => {
  const whole = Math.max(objectiveSeconds, seconds ?? 0, 1);
  const share = (part: number): string => `${Math.round((Math.max(0, part) / whole) * 1e4) / 100}%`;
  const over = (seconds ?? 0) > objectiveSeconds;
  const text = seconds === null ? `not measured, of ${briefly(objectiveSeconds)}` : `${briefly(seconds)} of ${briefly(objectiveSeconds)}`;
  return html`<svg class="bar" width="100%" height="14" role="img" aria-label="${text}">
    <rect class="track" x="0" y="3" width="100%" height="8" rx="4" />
    ${
      seconds === null || seconds <= 0
        ? null
        : html`<rect class="${over ? 'over' : 'within'}" x="0" y="3" width="${share(seconds)}" height="8" rx="4" />
            <rect class="${over ? 'over' : 'within'}" x="0" y="3" width="4" height="8" rx="2" />`
    }
    ${over ? html`<rect class="objective" x="${share(objectiveSeconds)}" y="0" width="2" height="14" />` : null}
  </svg>`;
};
