import { RecoveryError } from '../model/recovery-error.js';
import { durationSeconds } from '../planning/duration.js';
import type { SimulationSummary } from '../simulation/summary.js';

/** Figures a build can be made to fail by. A duration that has no end is longer than any. */
const figures: Readonly<Record<string, (summary: SimulationSummary) => number>> = {
  p50: ({ rto }) => rto.p50 ?? Infinity,
  p95: ({ rto }) => rto.p95 ?? Infinity,
  withinObjective: ({ rto }) => rto.withinObjective,
  recovered: ({ outcomes, seeds }) => (outcomes['recovered'] ?? 0) / Math.max(1, seeds),
};
const comparisons: Readonly<Record<string, (a: number, b: number) => boolean>> = {
  '>': (a, b) => a > b,
  '>=': (a, b) => a >= b,
  '<': (a, b) => a < b,
  '<=': (a, b) => a <= b,
};

/** `p95>24h`, `withinObjective<0.99`: whether it holds of a summary. @throws RecoveryError `invalid` */
export const failIf = (text: string): ((summary: SimulationSummary) => boolean) => {
  const [, name = '', sign = '', bound = ''] = /^\s*(\w+)\s*(>=|<=|>|<)\s*(\S+)\s*$/.exec(text) ?? [];
  const figure = figures[name];
  const compare = comparisons[sign];
  const limit = boundOf(name, bound);
  if (figure && compare && limit !== undefined) return (summary) => compare(figure(summary), limit);
  throw new RecoveryError(
    'invalid',
    'invalid-condition',
    `--fail-if ${text} cannot be read; write a figure (${Object.keys(figures).join(', ')}), <, <=, > or >=, and a duration or a share: 'p95>24h', 'recovered<0.5'`,
  );
};

const units: Readonly<Record<string, number>> = { s: 1, m: 60, min: 60, h: 3600, d: 86_400 };

const boundOf = (name: string, bound: string): number | undefined => {
  if (!name.startsWith('p')) return /^(0(\.\d+)?|1(\.0+)?)$/.test(bound) ? Number(bound) : undefined;
  const [, count, unit = ''] = /^(\d+(?:\.\d+)?)(s|m|min|h|d)$/.exec(bound) ?? [];
  if (count !== undefined) return Number(count) * (units[unit] ?? NaN);
  return bound.startsWith('P') ? durationSeconds(bound) : undefined;
};
