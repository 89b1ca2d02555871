import { RecoveryError } from '../model/recovery-error.js';
import type { StepContext } from '../kit/define-step.js';

/** Replaces every string `${task.field}` by that field of the task's output; the whole string must be the reference. */
export const resolveReferences = (value: unknown, ctx: Pick<StepContext, 'outputOf'>): unknown => {
  if (Array.isArray(value)) return value.map((one) => resolveReferences(one, ctx));
  if (value !== null && typeof value === 'object')
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, resolveReferences(one, ctx)]));
  const reference = referenceIn(value);
  if (!reference) return value;
  const output = ctx.outputOf(reference.task) as Record<string, unknown> | null;
  const found = output?.[reference.field];
  if (found === undefined) throw new RecoveryError('invalid', 'no-output', `${reference.task} has no output called ${reference.field}`);
  return found;
};

export const referenceIn = (value: unknown): { task: string; field: string } | undefined => {
  const match = typeof value === 'string' ? /^\$\{([a-z0-9-]+)\.([A-Za-z0-9]+)\}$/.exec(value) : null;
  return match ? { task: match[1]!, field: match[2]! } : undefined;
};
