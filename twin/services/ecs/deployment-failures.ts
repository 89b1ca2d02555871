import type { Context } from '../../world/context.js';
import type { ServiceRecord, TaskRecord } from './records.js';
import { addEvent } from './service-events.js';

type Wake = (service: ServiceRecord, ctx: Context) => void;

/** Longest pause between attempts; ECS's own steps are unpublished ("service throttle logic" gives only the idea). */
const longestPauseSeconds = 900;

/** Counts a task of the deployment that ended before it was ever healthy, and makes the scheduler wait longer after each. */
export const countFailure = (service: ServiceRecord, task: TaskRecord, ctx: Context, wake: Wake): void => {
  const deployment = service.deployments.find(({ id }) => id === task.deploymentId);
  const reason = task.described.stoppedReason ?? '';
  if (!deployment || task.hasBeenHealthy || reason.startsWith('Scaling activity') || task.described.stopCode === 'UserInitiated') return;
  deployment.failedTasks += 1;
  addEvent(service, `deployment ${deployment.id}: task ${task.id} failed: ${reason}`, ctx);
  if (deployment.isThrottled) return;
  deployment.failuresInARow += 1;
  if (deployment.failuresInARow === 3) {
    addEvent(service, 'is unable to consistently start tasks successfully. For more information, see the Troubleshooting section.', ctx);
  }
  deployment.isThrottled = true;
  const pause = Math.min(longestPauseSeconds, 10 * 2 ** (deployment.failuresInARow - 1));
  ctx.after(pause, `${service.name} may start tasks again`, (then) => {
    deployment.isThrottled = false;
    wake(service, then);
  });
};

/** Failures the circuit breaker bears (ECS developer guide, "deployment circuit breaker": half the desired count, within 3 and 200). */
const threshold = (desired: number): number => Math.min(200, Math.max(3, Math.ceil(desired / 2)));

/** Trips the circuit breaker, where the service has one: the deployment has failed, and with `rollback` the last good one returns. */
export const giveUpIfHopeless = (service: ServiceRecord, ctx: Context, wake: Wake): void => {
  const breaker = service.asked.deploymentConfiguration?.deploymentCircuitBreaker;
  const primary = service.deployments[0]!;
  if (!breaker?.enable || primary.rolloutState !== 'IN_PROGRESS' || primary.failedTasks < threshold(service.asked.desiredCount)) return;
  Object.assign(primary, {
    rolloutState: 'FAILED',
    rolloutStateReason: 'ECS deployment circuit breaker: tasks failed to start.',
    updatedAt: ctx.date(),
  });
  addEvent(service, `(deployment ${primary.id}) deployment failed: tasks failed to start.`, ctx);
  const lastGood = service.deployments.find(({ rolloutState }) => rolloutState === 'COMPLETED');
  if (!breaker.rollback || !lastGood) return;
  addEvent(service, `rolling back to deployment ${lastGood.id}.`, ctx);
  Object.assign(lastGood, { status: 'PRIMARY', rolloutState: 'IN_PROGRESS', updatedAt: ctx.date() });
  lastGood.rolloutStateReason = `ECS deployment circuit breaker: rolling back to deploymentId ${lastGood.id}.`;
  primary.status = 'ACTIVE';
  service.deployments = [lastGood, ...service.deployments.filter((one) => one !== lastGood)];
  wake(service, ctx);
};
