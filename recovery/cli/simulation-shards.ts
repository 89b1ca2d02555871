import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { SeedResult } from '../simulation/seed-result.js';
import type { WorkerAnswer, WorkerTask } from './simulation-worker.js';

/** Seeds handed to a core at a time: what an interruption loses. */
const batch = 25;

/**
 * Simulates seeds on every core; `done` is told of each batch as it is finished, in whatever order. Ends early, with nothing lost but what was
 * under way, once `interrupted`.
 */
export const simulateOnAllCores = async (
  task: WorkerTask,
  seeds: readonly number[],
  done: (results: readonly SeedResult[]) => void,
  interrupted: () => boolean,
): Promise<void> => {
  const batches = Array.from({ length: Math.ceil(seeds.length / batch) }, (_, nth) => seeds.slice(nth * batch, (nth + 1) * batch));
  const cores = Math.min(availableParallelism(), batches.length);
  await Promise.all(Array.from({ length: cores }, () => oneCore(task, batches, done, interrupted)));
};

const oneCore = async (
  task: WorkerTask,
  batches: (readonly number[])[],
  done: (results: readonly SeedResult[]) => void,
  interrupted: () => boolean,
): Promise<void> => {
  const worker = new Worker(new URL('./simulation-worker.js', import.meta.url), {
    workerData: task,
    // A disaster is over before much of it is old.
    resourceLimits: { maxYoungGenerationSizeMb: 96 },
  });
  try {
    for (let next = batches.shift(); next && !interrupted(); next = batches.shift()) {
      const answer = await answered(worker, next);
      done(answer.results);
    }
  } finally {
    await worker.terminate();
  }
};

const answered = (worker: Worker, seeds: readonly number[]): Promise<WorkerAnswer> =>
  new Promise((resolve, reject) => {
    const heard = (answer: WorkerAnswer): void => {
      worker.off('error', reject);
      resolve(answer);
    };
    worker.once('error', reject);
    worker.once('message', heard);
    worker.postMessage(seeds);
  });
