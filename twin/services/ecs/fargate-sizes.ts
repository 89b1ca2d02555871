import { clientException } from './records.js';

const range = (from: number, to: number, step: number): number[] =>
  Array.from({ length: (to - from) / step + 1 }, (_, at) => (from + at * step) * 1024);

/** Memory in MiB that Fargate offers per CPU units (ECS developer guide, "Task CPU and memory"). */
const memories: Readonly<Record<string, readonly number[]>> = {
  '256': [512, 1024, 2048],
  '512': range(1, 4, 1),
  '1024': range(2, 8, 1),
  '2048': range(4, 16, 1),
  '4096': range(8, 30, 1),
  '8192': range(16, 60, 4),
  '16384': range(32, 120, 8),
};

/** @throws AwsError ClientException as RegisterTaskDefinition answers for a size Fargate does not have. */
export const checkFargateSize = (cpu: string | undefined, memory: string | undefined): void => {
  if (!cpu || !memory) throw clientException("Fargate requires that 'cpu' and 'memory' be defined at the task level.");
  if (memories[cpu]?.includes(Number(memory))) return;
  throw clientException(
    `No Fargate configuration exists for given values: ${cpu} CPU, ${memory} memory. See the Amazon ECS documentation for the valid values.`,
  );
};
