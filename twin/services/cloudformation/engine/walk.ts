import type { Dependencies } from '../template/dependency-order.js';
import { later, type Moment } from './moment.js';

/** Ends a step: `failure` says why it did not work. */
export type Settle = (moment: Moment, failure?: string) => void;

export interface Walk {
  readonly dependencies: Dependencies;
  /** Does the work of one node; must settle exactly once. */
  readonly step: (name: string, moment: Moment, settle: Settle) => void | Promise<void>;
  /** `stop` gives up everything under way at the first failure; `go-on` leaves out only what waits for the failed. */
  readonly onFailure: 'stop' | 'go-on';
  readonly finished: (outcome: { failed: readonly string[]; interrupted: readonly string[] }, moment: Moment) => void | Promise<void>;
}

/**
 * Walks a dependency graph in world time.
 *
 * 1. A step begins when everything it depends on has settled without failure; independent steps run side by side.
 * 2. `finished` is called once, when nothing is under way and nothing more may begin.
 */
export const walk = (plan: Walk, start: Moment): void => {
  const waiting = new Set(plan.dependencies.keys());
  const underWay = new Set<string>();
  const done = new Set<string>();
  const failed: string[] = [];
  let stopped = false;

  const finish = (moment: Moment, interrupted: readonly string[]): void => {
    stopped = true;
    later({ ...moment, isLive: start.isLive }, 0, 'steps are done', (now) => plan.finished({ failed, interrupted }, now));
  };
  const settle =
    (name: string): Settle =>
    (moment, failure) => {
      if (stopped) return;
      underWay.delete(name);
      if (failure === undefined) done.add(name);
      else failed.push(name);
      if (failure !== undefined && plan.onFailure === 'stop') finish(moment, [...underWay]);
      else advance(moment);
    };
  const advance = (moment: Moment): void => {
    for (const name of waiting) {
      if (![...(plan.dependencies.get(name) ?? [])].every((before) => done.has(before))) continue;
      waiting.delete(name);
      underWay.add(name);
      later(moment, 0, `begin ${name}`, (now) => plan.step(name, now, settle(name)));
    }
    if (underWay.size === 0) finish(moment, []);
  };
  advance({ ...start, isLive: () => !stopped && start.isLive() });
};
