import type { Context } from '../../../world/context.js';
import { partitionWide } from '../../../world/state.js';
import type { StackOperation, StackRecord } from '../records.js';
import type { Moment } from './moment.js';

const charged = partitionWide('cloudformation.charged-seconds', () => ({ seconds: 0 }));

/** World seconds of stack operations that looks have skipped so far, all accounts and regions: what they would have taken. */
export const chargedSeconds = (ctx: Context): number => ctx.state(charged).seconds;

/** Starts an operation of the stack; whatever was still running on it is void from now on. */
export const beginOperation = (stack: StackRecord, token: string | undefined, ctx: Context, run: (moment: Moment) => void): void => {
  stack.operationCount += 1;
  const operation: StackOperation = {
    id: `cloudformation/${stack.id}/${stack.operationCount}`,
    startedAt: ctx.now(),
    token,
    seconds: 0,
    completing: undefined,
  };
  stack.operation = operation;
  const work = ctx.operation(operation.id).onBehalf('cloudformation', undefined, stack.deployment?.roleArn);
  run({ ctx: work, seconds: 0, isLive: () => stack.operation === operation });
};

/** The operation's last step: nothing of it may happen any more. */
export const endOperation = (stack: StackRecord, moment: Moment): void => {
  if (stack.operation) stack.operation.seconds = moment.seconds;
  stack.operation = undefined;
};

/**
 * A look at a stack by a client that cannot sleep in the world's time completes the stack's operation first.
 * The owner of the clock sees it under way, and sleeps.
 */
export const completeForLook = async (stack: StackRecord, ctx: Context): Promise<void> => {
  const { operation } = stack;
  if (!operation || ctx.caller.via !== 'client' || ctx.caller.ownsClock) return;
  operation.completing ??= complete(stack, operation, ctx).finally(() => {
    operation.completing = undefined;
  });
  await operation.completing;
};

const complete = async (stack: StackRecord, operation: StackOperation, ctx: Context): Promise<void> => {
  await ctx.completeOperation(operation.id, () => stack.operation !== operation);
  const skipped = Math.max(0, operation.seconds - (ctx.now() - operation.startedAt) / 1000);
  stack.chargedSeconds += skipped;
  ctx.state(charged).seconds += skipped;
};
