import type { Context } from '../../world/context.js';
import { regional } from '../../world/state.js';

type Turn = (ctx: Context) => void;
const state = regional('backup.lanes', () => new Map<string, Turn[]>());

/** One backup or copy job per resource at a time; the others wait in order (AWS Backup quotas). Every turn ends with `leaveLane`. */
export const enterLane = (ctx: Context, resourceArn: string, turn: Turn): void => {
  const lanes = ctx.state(state);
  const waiting = lanes.get(resourceArn);
  if (waiting) {
    waiting.push(turn);
    return;
  }
  lanes.set(resourceArn, []);
  turn(ctx);
};

export const leaveLane = (ctx: Context, resourceArn: string): void => {
  const lanes = ctx.state(state);
  const next = lanes.get(resourceArn)?.shift();
  if (next) next(ctx);
  else lanes.delete(resourceArn);
};
