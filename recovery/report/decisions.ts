import type { DecisionMade } from '../model/run-state.js';

/** `02:45:00  retry smoke, by cto: application fixed` */
export const decisionInWords = ({ at, task, decision, by, reason, expiresAt }: DecisionMade): string =>
  `${at.slice(11, 19)}  ${decision} ${task}${expiresAt ? ` until ${expiresAt}` : ''}, by ${by}: ${reason}`;
