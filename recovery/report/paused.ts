import type { RunState } from '../model/run-state.js';

/** `PAUSED at 02:45:00 by cto: the region may be coming back` */
export const pausedInWords = ({ at, by, reason }: NonNullable<RunState['paused']>): string =>
  `PAUSED at ${at.slice(11, 19)} by ${by}: ${reason}`;
