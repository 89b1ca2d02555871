import type { Measured } from './run-report.js';

/** What was measured against what was promised. */
export const measured = (seconds: number | null, objectiveSeconds: number): Measured => ({
  seconds,
  objectiveSeconds,
  met: seconds === null ? null : seconds <= objectiveSeconds,
});
