/**
 * The service scheduler: brings each service towards its desired count and its primary deployment.
 *
 * 1. `reconcile` looks, decides without waiting in between (rollout.ts), and acts; it may run at any time and any number of times.
 * 2. A rollout is followed every few seconds by whoever asked for it, so that a stack operation can be completed alone; after that
 *    a service behind a load balancer is watched, as nobody's operation, while it has tasks.
 * 3. A deployment whose tasks keep failing is throttled, and with a circuit breaker given up.
 */
import type { Context } from '../../world/context.js';
import { isBalanced, targetVerdicts, type Verdict } from './load-balancing.js';
import { countFailure, giveUpIfHopeless } from './deployment-failures.js';
import { ecsRecords, findTaskDefinition, tasksOf, type DeploymentRecord, type ServiceRecord, type TaskRecord } from './records.js';
import { cannotPlace } from './placement.js';
import { nextMoves, type Moves, type Weighed } from './rollout.js';
import { addEvent } from './service-events.js';
import { launchTask, stopTask, type StopReason, type TaskListener } from './task-life.js';

const rolloutPollSeconds = 5;
const watchSeconds = 10;

/** Has the scheduler look at the service a second from now. */
export const wake = (service: ServiceRecord, ctx: Context): void =>
  ctx.after(1, `scheduler looks at ${service.name}`, (then) => reconcile(service, then));

/** What a service does when something happens to one of its tasks. */
export const listenerOf =
  (service: ServiceRecord): TaskListener =>
  (task, ctx) => {
    const { lastStatus, desiredStatus } = task.described;
    if (desiredStatus === 'STOPPED' && lastStatus !== 'STOPPED') countFailure(service, task, ctx, wake);
    if (lastStatus === 'RUNNING' && desiredStatus === 'RUNNING') watch(service, ctx);
    wake(service, ctx);
  };

const primaryOf = (service: ServiceRecord): DeploymentRecord => service.deployments[0]!;

const reconcile = async (service: ServiceRecord, ctx: Context): Promise<void> => {
  const verdicts = isBalanced(service) ? await targetVerdicts(service, ctx) : (): Verdict => ({ is: 'healthy' });
  if (service.status === 'DRAINING') return windDown(service, ctx);
  if (service.status === 'INACTIVE') return;
  const primary = primaryOf(service);
  const tasks = tasksOf(ctx, service);
  const weighed = tasks.map((task) => weigh(service, task, verdicts(task.address), ctx));
  for (const [at, task] of tasks.entries()) if (weighed[at]?.isHealthy) noteHealthy(primary, task);
  const configuration = service.asked.deploymentConfiguration;
  const moves = nextMoves(weighed, {
    desired: service.asked.desiredCount,
    minimumHealthyPercent: configuration?.minimumHealthyPercent ?? 100,
    maximumPercent: configuration?.maximumPercent ?? 200,
  });
  act(service, moves, { tasks, verdicts }, ctx);
  conclude(service, moves, ctx);
  follow(service, ctx);
};

const weigh = (service: ServiceRecord, task: TaskRecord, verdict: Verdict, ctx: Context): Weighed => ({
  id: task.arn,
  isCurrent: task.deploymentId === primaryOf(service).id,
  isLeaving: task.described.desiredStatus === 'STOPPED',
  isHealthy: task.described.lastStatus === 'RUNNING' && verdict.is === 'healthy',
  hasFailed: task.described.lastStatus === 'RUNNING' && verdict.is === 'unhealthy' && isPastGrace(service, task, ctx),
});

/** The grace period runs from the task's start; its end is an event, for the clock may stand still while an operation is completed. */
const isPastGrace = (service: ServiceRecord, task: TaskRecord, ctx: Context): boolean => {
  const runningFor = (ctx.now() - (task.runningSince ?? ctx.now())) / 1000;
  const left = (service.asked.healthCheckGracePeriodSeconds ?? 0) - runningFor;
  if (left <= 0 || task.graceIsOver) return true;
  if (!task.graceIsTimed) {
    task.graceIsTimed = true;
    ctx.after(left, `grace period of task ${task.id}`, (then) => {
      task.graceIsOver = true;
      wake(service, then);
    });
  }
  return false;
};

const noteHealthy = (primary: DeploymentRecord, task: TaskRecord): void => {
  task.hasBeenHealthy = true;
  if (task.deploymentId === primary.id) primary.failuresInARow = 0;
};

interface Sight {
  readonly tasks: readonly TaskRecord[];
  readonly verdicts: (address: string) => Verdict;
}

const act = (service: ServiceRecord, moves: Moves, { tasks, verdicts }: Sight, ctx: Context): void => {
  const byArn = (arn: string): TaskRecord => tasks.find((task) => task.arn === arn)!;
  const stop = (arns: readonly string[], place: Context, reasonFor: (task: TaskRecord) => StopReason): void => {
    for (const arn of arns) stopTask(byArn(arn), reasonFor(byArn(arn)), listenerOf(service), place);
    if (arns.length > 0) {
      const named = arns.map((arn) => `(task ${byArn(arn).id})`).join(' ');
      addEvent(service, `has stopped ${arns.length} running tasks: ${named}.`, ctx);
    }
  };
  stop(moves.replace, ctx, (task) => {
    const verdict = verdicts(task.address) as Extract<Verdict, { is: 'unhealthy' }>;
    const where = `(port ${verdict.port}) is unhealthy in (target-group ${verdict.targetGroupArn})`;
    addEvent(service, `${where} due to (reason ${verdict.reason}).`, ctx);
    return { code: 'ServiceSchedulerInitiated', reason: `Task failed ELB health checks in (target-group ${verdict.targetGroupArn})` };
  });
  const scaling = (task: TaskRecord): StopReason => ({
    code: 'ServiceSchedulerInitiated',
    reason: `Scaling activity initiated by (deployment ${task.deploymentId})`,
  });
  stop(moves.retire, ctx, scaling);
  // A stack update that only scales in does not wait for the tasks to be gone.
  stop(moves.scaleIn, ctx.operation('ecs.scale-in'), scaling);
  launch(service, moves.launch, ctx);
};

const launch = (service: ServiceRecord, count: number, ctx: Context): void => {
  const primary = primaryOf(service);
  const definition = findTaskDefinition(ctx, primary.taskDefinitionArn);
  const cluster = ctx.state(ecsRecords).clusters.get(service.clusterArn);
  if (count === 0 || primary.isThrottled || primary.rolloutState === 'FAILED' || !definition || !cluster) return;
  if (cannotPlace(service, ctx, (then) => wake(service, then))) return;
  const started = Array.from({ length: count }, () =>
    launchTask(
      {
        ...{ cluster, definition, service, networkConfiguration: primary.networkConfiguration, zones: primary.zones },
        ...{ group: `service:${service.name}`, startedBy: primary.id, deploymentId: primary.id },
      },
      listenerOf(service),
      ctx,
    ),
  );
  addEvent(service, `has started ${count} tasks: ${started.map(({ id }) => `(task ${id})`).join(' ')}.`, ctx);
};

const conclude = (service: ServiceRecord, moves: Moves, ctx: Context): void => {
  const primary = primaryOf(service);
  if (!moves.isSteady) {
    service.isSteady = false;
    giveUpIfHopeless(service, ctx, wake);
    return;
  }
  if (primary.rolloutState === 'IN_PROGRESS') {
    complete(service, ctx);
    addEvent(service, `(deployment ${primary.id}) deployment completed.`, ctx);
  }
  if (!service.isSteady) addEvent(service, 'has reached a steady state.', ctx);
  service.isSteady = true;
};

/** The primary deployment is all that is left. */
export const complete = (service: ServiceRecord, ctx: Context): void => {
  const primary = primaryOf(service);
  Object.assign(primary, {
    rolloutState: 'COMPLETED',
    rolloutStateReason: `ECS deployment ${primary.id} completed.`,
    updatedAt: ctx.date(),
  });
  service.deployments = [primary];
};

const follow = (service: ServiceRecord, ctx: Context): void => {
  const { id, rolloutState } = primaryOf(service);
  if (rolloutState !== 'IN_PROGRESS' || service.followed === id) return;
  service.followed = id;
  const look = (then: Context): void =>
    then.after(rolloutPollSeconds, `rollout of ${service.name}`, async (later) => {
      await reconcile(service, later);
      if (service.status === 'ACTIVE' && primaryOf(service).id === id && primaryOf(service).rolloutState === 'IN_PROGRESS') look(later);
    });
  look(ctx);
};

const watch = (service: ServiceRecord, ctx: Context): void => {
  if (service.isWatched || !isBalanced(service)) return;
  service.isWatched = true;
  const look = (then: Context): void =>
    then.after(watchSeconds, `scheduler watches ${service.name}`, async (later) => {
      await reconcile(service, later);
      service.isWatched = tasksOf(later, service).length > 0;
      if (service.isWatched) look(later);
    });
  look(ctx.operation('ecs.watch'));
};

const windDown = (service: ServiceRecord, ctx: Context): void => {
  const tasks = tasksOf(ctx, service);
  for (const task of tasks) {
    stopTask(
      task,
      { code: 'ServiceSchedulerInitiated', reason: `Scaling activity initiated by (deployment ${task.deploymentId})` },
      listenerOf(service),
      ctx,
    );
  }
  if (tasks.length > 0) return;
  service.status = 'INACTIVE';
  service.deployments = [];
};
