/** A service's task as the scheduler weighs it. */
export interface Weighed {
  readonly id: string;
  /** Of the primary deployment. */
  readonly isCurrent: boolean;
  /** On its way out already. */
  readonly isLeaving: boolean;
  readonly isHealthy: boolean;
  /** Its load balancer found it unhealthy after the grace period. */
  readonly hasFailed: boolean;
}

export interface Limits {
  readonly desired: number;
  readonly minimumHealthyPercent: number;
  readonly maximumPercent: number;
}

export interface Moves {
  readonly launch: number;
  /** Failed their health checks. */
  readonly replace: readonly string[];
  /** Of older deployments, no longer needed to keep the minimum. */
  readonly retire: readonly string[];
  /** More than desired. */
  readonly scaleIn: readonly string[];
  /** The primary deployment is all there is, all of it and all healthy. */
  readonly isSteady: boolean;
}

/**
 * What the ECS scheduler does next in a rolling update (ECS developer guide, "Rolling update"): never more tasks than
 * `maximumPercent`, counting those that still stop, and no healthy task stopped for the update below `minimumHealthyPercent`.
 */
export const nextMoves = (tasks: readonly Weighed[], { desired, minimumHealthyPercent, maximumPercent }: Limits): Moves => {
  const minimum = Math.ceil((desired * minimumHealthyPercent) / 100);
  const maximum = Math.floor((desired * maximumPercent) / 100);
  const failed = tasks.filter((task) => !task.isLeaving && task.hasFailed);
  const staying = tasks.filter((task) => !task.isLeaving && !task.hasFailed);
  const current = staying.filter((task) => task.isCurrent);
  const old = staying.filter((task) => !task.isCurrent);
  const surplus = Math.max(0, current.length - desired);
  const scaleIn = [...current].sort((one, other) => Number(one.isHealthy) - Number(other.isHealthy)).slice(0, surplus);
  const healthy = staying.filter((task) => task.isHealthy && !scaleIn.includes(task)).length;
  const spare = Math.max(0, healthy - minimum);
  const retire = [...old.filter((task) => !task.isHealthy), ...old.filter((task) => task.isHealthy).slice(0, spare)];
  return {
    launch: Math.max(0, Math.min(desired - current.length, maximum - tasks.length)),
    replace: failed.map(({ id }) => id),
    retire: retire.map(({ id }) => id),
    scaleIn: scaleIn.map(({ id }) => id),
    isSteady:
      current.length === desired && current.every((task) => task.isHealthy) && tasks.every((task) => task.isCurrent) && failed.length === 0,
  };
};
