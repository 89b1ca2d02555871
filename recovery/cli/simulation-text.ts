import { inWords } from '../model/time.js';
import type { MeasuredDuration } from '../simulation/measured-durations.js';
import type { SimulationSummary } from '../simulation/summary.js';

/** A simulation for people: every figure with the number of samples it stands on. */
export const simulationText = (summary: SimulationSummary): string =>
  [timesText(summary), pathText(summary), coverageText(summary), violationsText(summary)].filter((part) => part !== '').join('\n');

const words = (seconds: number | null): string => (seconds === null ? 'never' : inWords(seconds));
const share = (part: number, of: number): string => `${of === 0 ? 0 : Math.round((1000 * part) / of) / 10} %`;

const timesText = ({ rto, outcomes, seeds, rowsLost, measured }: SimulationSummary): string =>
  [
    `RTO        P50 ${words(rto.p50)}, P95 ${words(rto.p95)} of ${rto.samples} disasters (never: customers were not served)`,
    `           P50 ${words(rto.served.p50)}, P95 ${words(rto.served.p95)} of the ${rto.served.samples} in which they were`,
    `objective  ${share(rto.withinObjective * seeds, seeds)} of ${seeds} within ${inWords(rto.objectiveSeconds)}`,
    `outcomes   ${Object.entries(outcomes)
      .map(([outcome, count]) => `${outcome} ${count}`)
      .join(', ')} of ${seeds}`,
    `durations  ${[...measured.map(measuredText), `${measured.length === 0 ? 'all' : 'all others'} as the twin assumes them`].join('; ')}`,
    `rows lost  P50 ${rowsLost.p50}, P95 ${rowsLost.p95} of ${rowsLost.samples}`,
    '',
  ].join('\n');

const measuredText = ({ task, work, leastSeconds, mostSeconds, source, samples }: MeasuredDuration): string =>
  `${task} (${work}) ${inWords(leastSeconds)} to ${inWords(mostSeconds)} by ${samples} ${source === 'history' ? 'recoveries' : 'drills'}`;

const pathText = ({ criticalPath, shorten }: SimulationSummary): string => {
  if (criticalPath.length === 0) return '';
  return [
    'On the path that decided when customers were served:',
    ...criticalPath.map(({ task, onPath, samples }) => `  ${task.padEnd(30)} ${share(onPath, samples)} of ${samples}`),
    '',
    'What to shorten: taking half as long, it would save',
    ...shorten.map(
      ({ task, p50Seconds, p95Seconds, samples }) =>
        `  ${task.padEnd(30)} ${inWords(p50Seconds)} of P50, ${inWords(p95Seconds)} of P95 (${samples} samples)`,
    ),
    '',
  ].join('\n');
};

const coverageText = ({ coverage: { hits, missing, impossible, enoughSeeds }, seeds }: SimulationSummary): string => {
  const faults = Object.entries(hits);
  if (faults.length === 0) return '';
  const worst = (tasks: Readonly<Record<string, number>>): string => {
    const [[task, least] = ['no task', 0]] = Object.entries(tasks).sort(([, a], [, b]) => a - b);
    return `least ${least} seeds (${task})`;
  };
  return [
    `Tasks under way while a fault was in force, of ${seeds} seeds:`,
    ...faults.map(([fault, tasks]) => {
      const met = Object.values(tasks).filter((count) => count > 0).length;
      return `  ${fault.padEnd(24)} ${met} of ${Object.keys(tasks).length} tasks, ${worst(tasks)}`;
    }),
    ...impossible.map(({ fault, task, why }) => `  cannot be hit: ${fault} × ${task}: ${why}`),
    ...missing.map(({ fault, task }) => `  NOT HIT: ${fault} × ${task}`),
    ...(seeds < enoughSeeds ? [`  fewer than ${enoughSeeds} seeds say nothing about what they do not hit`] : []),
    '',
  ].join('\n');
};

const violationsText = ({ violations, seeds }: SimulationSummary): string =>
  violations.length === 0
    ? `No property was broken in ${seeds} disasters.\n`
    : [
        `${violations.length} violations:`,
        ...violations.slice(0, 20).map(({ seed, property, what, replay }) => `  seed ${seed}: ${property}: ${what}\n    ${replay}`),
        ...(violations.length > 20 ? [`  and ${violations.length - 20} more`] : []),
        '',
      ].join('\n');
