import { readPlan } from '../adapters/home.js';
import { pastDurations } from '../adapters/past-durations.js';
import { checks } from '../checks/index.js';
import type { Plan } from '../model/plan.js';
import { RecoveryError } from '../model/recovery-error.js';
import { durationRecord, durationsOf } from '../planning/duration-record.js';
import { unsurveyed } from '../planning/plan.js';
import { targetsOf } from '../simulation/standing/targets.js';
import { summaryOf } from '../simulation/summary.js';
import { steps } from '../steps/index.js';
import { faultNames } from '../../twin/doors/in-process.js';
import type { Console, Ended } from './command.js';
import { documentsOf, type WorldOptions } from './compose.js';
import { failIf } from './fail-if.js';
import { homeOf } from './home-of.js';
import { progressOf } from './simulation-progress.js';
import { simulateOnAllCores } from './simulation-shards.js';
import { simulationText } from './simulation-text.js';

export interface SimulateOptions extends Pick<WorldOptions, 'plans'> {
  readonly plan?: string;
  readonly seeds: string;
  readonly fromSeed: string;
  readonly faults: string;
  readonly assumed?: boolean;
  readonly failIf?: string;
  readonly resume?: boolean;
}

export const simulate = async (console: Console, options: SimulateOptions): Promise<Ended> => {
  const seeds = numberOf('--seeds', options.seeds, 1);
  const fromSeed = numberOf('--from-seed', options.fromSeed, 0);
  const faults = faultsOf(options.faults);
  const fails = options.failIf === undefined ? undefined : failIf(options.failIf);
  const plan = await planOf(console, options);
  const progress = progressOf(homeOf(console), { plan, fromSeed, seeds, faults }, options.resume ?? false);
  const known = new Set(progress.results.map(({ seed }) => seed));
  const waiting = Array.from({ length: seeds }, (_, nth) => fromSeed + nth).filter((seed) => !known.has(seed));
  const before = process.cpuUsage();
  const task = { plan, options: { faults, atLeastOne: options.faults !== 'all' && faults.length > 0, crashes: true } };
  await simulateOnAllCores(
    task,
    waiting,
    (results) => {
      progress.keep(results);
      // At once: whoever looks at a long simulation before its end must not take silence for success.
      for (const { seed, violations } of results)
        for (const { property, what } of violations) console.err(`simulate  seed ${seed} breaks ${property}: ${what}\n`);
      if (console.watched || seeds > 1000) console.err(`simulate  ${progress.results.length} of ${seeds} seeds\n`);
    },
    console.interrupted,
  );
  const { user, system } = process.cpuUsage(before);
  const { results } = progress;
  const summary = summaryOf(results, { plan, planHash: options.plan ?? null, fromSeed, faults, replay: replayOf(options, plan) });
  if (results.length < seeds)
    return {
      exitCode: 130,
      text: `interrupted after ${results.length} of ${seeds} seeds; go on with the same command and --resume\n`,
      json: summary,
    };
  const failed = fails?.(summary) ?? false;
  const spent = {
    calls: results.reduce((sum, { calls }) => sum + calls, 0) / seeds,
    milliseconds: waiting.length === 0 ? null : (user + system) / 1000 / waiting.length,
  };
  console.err(
    `simulate  ${spent.calls.toFixed(0)} calls a seed${spent.milliseconds === null ? '' : `, ${spent.milliseconds.toFixed(0)} ms of CPU a seed`}\n`,
  );
  const broken = summary.violations.length > 0 || summary.coverage.missing.length > 0;
  return {
    exitCode: failed || broken ? 6 : 0,
    text: `${simulationText(summary)}${failed ? `\nfails, as asked: ${options.failIf}\n` : ''}`,
    json: { ...summary, failIf: options.failIf === undefined ? null : { condition: options.failIf, holds: failed } },
  };
};

const numberOf = (option: string, text: string, least: number): number => {
  const value = Number(text);
  if (/^\d+$/.test(text) && Number.isSafeInteger(value) && value >= least && value <= 1_000_000_000) return value;
  throw new RecoveryError('invalid', 'invalid-number', `${option} ${text} is not a whole number from ${least} to 1000000000`);
};

const faultsOf = (text: string): readonly string[] => {
  if (text === 'all') return faultNames;
  if (text === 'none') return [];
  const names = text.split(',').map((name) => name.trim());
  const unknown = names.filter((name) => !faultNames.includes(name));
  if (unknown.length === 0) return names;
  throw new RecoveryError(
    'invalid',
    'unknown-fault',
    `--faults ${unknown.join(',')} is no fault; there are ${faultNames.join(', ')}, none and all`,
  );
};

const planOf = async (console: Console, options: SimulateOptions): Promise<Plan> => {
  if (options.plan !== undefined) return readPlan(homeOf(console), options.plan);
  const documents = documentsOf(console, options);
  const took = options.assumed ? [] : await pastDurations(homeOf(console), durationsOf, (text) => console.err(`${text}\n`));
  return {
    ...unsurveyed(documents, { steps, checks }, 'failover', 'twin', durationRecord(took, 'twin')),
    targets: targetsOf(documents.settings),
    survey: [],
    quotas: [],
  };
};

/** Where nothing was measured, it gives the same wherever it is typed; measured durations are those of this home. */
const replayOf =
  ({ plan, plans, faults }: SimulateOptions, { tasks }: Plan) =>
  (seed: number): string =>
    [
      `altsite simulate --seeds 1 --from-seed ${seed}`,
      plan === undefined ? [] : `--plan ${plan}`,
      plans === undefined ? [] : `--plans ${plans}`,
      plan === undefined && tasks.every(({ duration }) => duration.source === 'assumption') ? '--assumed' : [],
      faults === 'all' ? [] : `--faults ${faults}`,
    ]
      .flat()
      .join(' ');
