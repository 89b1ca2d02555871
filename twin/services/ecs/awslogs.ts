import type * as Ecs from '@aws-sdk/client-ecs';
import { AwsError } from '../../wire/aws-error.js';
import type { Context } from '../../world/context.js';
import { ResourceInitializationError } from './task-secrets.js';

/** The log driver of one container: takes its lines, ships those of one moment together, in order. */
export type LogDriver = (line: string) => void;

/**
 * Prepares the container's log stream `prefix/container/task`, as the awslogs driver does before the container starts.
 * @throws ResourceInitializationError when the group is missing or cannot be reached.
 */
export const openLog = async (container: Ecs.ContainerDefinition, taskId: string, ctx: Context): Promise<LogDriver> => {
  const options = container.logConfiguration?.options;
  if (!options) return () => undefined;
  const there = ctx.at({ region: options['awslogs-region'] ?? ctx.region }).onBehalf('ecs');
  const logGroupName = options['awslogs-group'] ?? '';
  const logStreamName = `${options['awslogs-stream-prefix']}/${container.name}/${taskId}`;
  if (options['awslogs-create-group'] === 'true') {
    await there.call('cloudwatch-logs', 'CreateLogGroup', { logGroupName }).catch(unlessItExists);
  }
  await there.call('cloudwatch-logs', 'CreateLogStream', { logGroupName, logStreamName }).catch(unlessItExists);
  return shipper({ logGroupName, logStreamName }, there);
};

const unlessItExists = (error: unknown): void => {
  if (error instanceof AwsError && error.code === 'ResourceAlreadyExistsException') return;
  const why = error instanceof AwsError ? `${error.code}: ${error.message}` : 'context deadline exceeded';
  throw new ResourceInitializationError(
    `failed to validate logger args: create stream has been retried 1 times: failed to create Cloudwatch log stream: ${why} : exit status 1`,
  );
};

const shipper = (stream: { logGroupName: string; logStreamName: string }, ctx: Context): LogDriver => {
  // Nobody waits for log lines: they belong to no operation.
  const present = ctx.operation('ecs.logs').present();
  let lines: { timestamp: number; message: string }[] = [];
  const ship = async (then: Context): Promise<void> => {
    const logEvents = lines;
    lines = [];
    // The driver does not stop the container when the group is gone; its lines are lost.
    await then.call('cloudwatch-logs', 'PutLogEvents', { ...stream, logEvents }).catch((error: unknown) => {
      if (error instanceof AwsError && error.code === 'NotModelled') throw error;
    });
  };
  return (line) => {
    if (line === '') return;
    lines.push({ timestamp: ctx.now(), message: line });
    if (lines.length === 1) present.after(0, `log lines of ${stream.logStreamName}`, ship);
  };
};
