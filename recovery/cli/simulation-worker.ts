/** One core's share of a simulation: a thread of its own, that simulates the seeds it is given. */
import { parentPort, workerData } from 'node:worker_threads';
import type { Plan } from '../model/plan.js';
import { benchFor } from '../simulation/bench.js';
import type { DisasterOptions } from '../simulation/disaster.js';
import { resultOf, type SeedResult } from '../simulation/seed-result.js';
import { simulateSeed } from '../simulation/simulate-seed.js';

/** What a worker is made with, is sent, and answers. */
export interface WorkerTask {
  readonly plan: Plan;
  readonly options: DisasterOptions;
}
export interface WorkerAnswer {
  readonly results: readonly SeedResult[];
}

const { plan, options } = workerData as WorkerTask;
const bench = benchFor(plan);

parentPort?.on('message', (seeds: readonly number[]) => {
  // What is thrown here is nobody's answer: it ends the thread, and is told to whoever made it.
  void simulated(seeds).then((results) => parentPort?.postMessage({ results } satisfies WorkerAnswer));
});

const simulated = async (seeds: readonly number[]): Promise<readonly SeedResult[]> => {
  const results: SeedResult[] = [];
  for (const seed of seeds) results.push(resultOf(await simulateSeed(bench, seed, options)));
  return results;
};
