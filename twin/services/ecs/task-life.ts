/**
 * The life of a task: PROVISIONING → PENDING → ACTIVATING → RUNNING → DEACTIVATING → STOPPING → DEPROVISIONING → STOPPED
 * (ECS developer guide, "Task lifecycle").
 *
 * 1. Secrets, image and log stream are had when the task starts, not when it is defined: whatever is missing then stops it.
 * 2. A service's task is in its target groups from ACTIVATING until it leaves RUNNING, and its process lives on while they drain it.
 * 3. Whoever wants a task gone calls `stopTask`, once or often; the first reason stays.
 */
import type * as Ecs from '@aws-sdk/client-ecs';
import type { Context } from '../../world/context.js';
import { openLog, type LogDriver } from './awslogs.js';
import { deregisterTarget, drainSeconds, registerTarget } from './load-balancing.js';
import { newTask, type Launch } from './new-task.js';
import { checkReach } from './reach.js';
import { ImageNotPulled, pullImage } from './pull-image.js';
import { ecsRecords, type ServiceRecord, type TaskRecord } from './records.js';
import { environmentOf, ResourceInitializationError } from './task-secrets.js';
import { setTags } from './tags.js';

/** Told of everything that changes a service's tasks; the scheduler listens. */
export type TaskListener = (task: TaskRecord, ctx: Context) => void;

interface Container {
  readonly definition: Ecs.ContainerDefinition;
  readonly environment: Record<string, string>;
  /** By digest. */
  readonly image: string;
  readonly log: LogDriver;
}

const containerOf = (task: TaskRecord, name: string | undefined): Ecs.Container =>
  task.described.containers.find((container) => container.name === name) ?? {};
const processId = (task: TaskRecord, name: string | undefined): string => `${task.id}/${name}`;
const mayStillStart = (task: TaskRecord): boolean => task.described.desiredStatus === 'RUNNING';

const enter = (task: TaskRecord, status: string, also: Partial<Ecs.Task> = {}): void => {
  Object.assign(task.described, also, { lastStatus: status, version: (task.described.version ?? 0) + 1 });
};

/** Creates a task and sets it on its way. */
export const launchTask = (launch: Launch, listener: TaskListener, ctx: Context): TaskRecord => {
  const task = newTask(launch, ctx);
  ctx.state(ecsRecords).tasks.set(task.arn, task);
  setTags(ctx, task.arn, launch.tags);
  const seconds = ctx.takes('ecs.start-task');
  ctx.after(Math.floor(seconds / 3), `task ${task.id} is pending`, (then) => {
    if (mayStillStart(task)) enter(task, 'PENDING', { pullStartedAt: then.date(), connectivity: 'CONNECTED' });
    for (const attachment of task.described.attachments ?? []) attachment.status = 'ATTACHED';
  });
  ctx.after(seconds, `task ${task.id} starts`, (then) => startTask(task, launch.service, listener, then));
  return task;
};

const startTask = async (task: TaskRecord, service: ServiceRecord | undefined, listener: TaskListener, ctx: Context): Promise<void> => {
  if (!mayStillStart(task)) return;
  try {
    const containers = await prepare(task, ctx);
    enter(task, 'ACTIVATING', { pullStoppedAt: ctx.date() });
    for (const container of containers) await runContainer(task, container, listener, ctx);
  } catch (error) {
    return stopTask(task, { code: 'TaskFailedToStart', reason: startFailure(error) }, listener, ctx);
  }
  if (!mayStillStart(task)) return;
  if (service) await registerTarget(service, task, ctx);
  if (!mayStillStart(task)) return service && deregisterTarget(service, task, ctx);
  enter(task, 'RUNNING', { startedAt: ctx.date() });
  task.runningSince = ctx.now();
  listener(task, ctx);
};

class StartFailure extends Error {}

/** The agent's words. @throws whatever is no failure of the task's. */
const startFailure = (error: unknown): string => {
  if (error instanceof ResourceInitializationError) return `ResourceInitializationError: ${error.message}`;
  if (error instanceof ImageNotPulled) return `CannotPullContainerError: ${error.message}`;
  if (error instanceof StartFailure) return error.message;
  throw error;
};

/** Everything a task needs before its first process: secrets, images, log streams, in the order Fargate fails on them. */
const prepare = async (task: TaskRecord, ctx: Context): Promise<Container[]> => {
  await checkReach(task, ctx);
  const containers: Container[] = [];
  for (const definition of task.definition.described.containerDefinitions ?? []) {
    const override = task.overrides.containerOverrides?.find(({ name }) => name === definition.name);
    const environment = await environmentOf(definition, override, ctx);
    const image = await pullImage(definition.image ?? '', ctx);
    containerOf(task, definition.name).imageDigest = image.split('@')[1];
    containers.push({ definition, environment, image, log: await openLog(definition, task.id, ctx) });
  }
  return containers;
};

const runContainer = async (
  task: TaskRecord,
  { definition, environment, image, log }: Container,
  listener: TaskListener,
  ctx: Context,
): Promise<void> => {
  const override = task.overrides.containerOverrides?.find(({ name }) => name === definition.name);
  const command = override?.command ?? definition.command;
  const spec = {
    ...{ region: ctx.region, account: ctx.account, address: task.address, image, environment, onLine: log },
    ...(command?.length ? { command } : {}),
    onExit: (exitCode: number | null) =>
      ctx.present().after(0, `container ${definition.name} exited`, (then) => onExit(task, definition, exitCode, listener, then)),
  };
  try {
    await ctx.dataplane.tasks.run(processId(task, definition.name), spec);
  } catch (error) {
    throw new StartFailure(`CannotStartContainerError: ResourceInitializationError: ${(error as Error).message}`);
  }
  containerOf(task, definition.name).lastStatus = 'RUNNING';
};

const onExit = (
  task: TaskRecord,
  definition: Ecs.ContainerDefinition,
  exitCode: number | null,
  listener: TaskListener,
  ctx: Context,
): void => {
  Object.assign(containerOf(task, definition.name), { lastStatus: 'STOPPED', exitCode: exitCode ?? 137 });
  const reason = 'Essential container in task exited';
  if (definition.essential) stopTask(task, { code: 'EssentialContainerExited', reason }, listener, ctx);
};

export interface StopReason {
  readonly code: Ecs.TaskStopCode;
  readonly reason: string;
}

/** Sets a task on its way out: out of its target groups first, then its processes, then its network. */
export const stopTask = (task: TaskRecord, { code, reason }: StopReason, listener: TaskListener, ctx: Context): void => {
  if (task.described.desiredStatus === 'STOPPED') return;
  const wasRunning = task.described.lastStatus === 'RUNNING';
  Object.assign(task.described, { desiredStatus: 'STOPPED', stopCode: code, stoppedReason: reason, stoppingAt: ctx.date() });
  listener(task, ctx);
  const service = ctx.state(ecsRecords).services.get(task.serviceArn ?? '');
  if (!wasRunning || !service) return beginStopping(task, listener, ctx);
  enter(task, 'DEACTIVATING');
  ctx.after(0, `task ${task.id} leaves its target groups`, async (then) => {
    // A container that is gone has nothing left to drain.
    const patience = code === 'EssentialContainerExited' ? 0 : await drainSeconds(service, then);
    await deregisterTarget(service, task, then);
    then.after(patience, `task ${task.id} has drained`, (drained) => beginStopping(task, listener, drained));
  });
};

const beginStopping = (task: TaskRecord, listener: TaskListener, ctx: Context): void => {
  enter(task, 'STOPPING');
  ctx.after(0, `containers of task ${task.id} are told to stop`, async (then) => {
    const alive = task.described.containers.filter(({ lastStatus }) => lastStatus === 'RUNNING');
    for (const { name } of alive) await then.dataplane.tasks.stop(processId(task, name));
  });
  ctx.after(ctx.takes('ecs.stop-task'), `task ${task.id} stops`, (then) => {
    for (const container of task.described.containers) container.lastStatus = 'STOPPED';
    for (const attachment of task.described.attachments ?? []) attachment.status = 'DELETED';
    enter(task, 'STOPPED', { stoppedAt: then.date(), executionStoppedAt: then.date() });
    listener(task, then);
    // "Stopped tasks are visible for at least one hour" (ECS API reference, DescribeTasks). Nobody's operation waits for that.
    then
      .operation('ecs.forget')
      .after(3600, `task ${task.id} is forgotten`, (later) => void later.state(ecsRecords).tasks.delete(task.arn));
  });
};
