import type { Step } from '../../../recovery/kit/define-step.js';
import type { Tampering } from '../../../recovery/simulation/simulated-run.js';

/** One step replaced by another that is made of it. */
export const withStep = (uses: string, change: (step: Step) => Step): NonNullable<Tampering['registries']> => {
  return (registries) => ({ ...registries, steps: registries.steps.map((step) => (step.uses === uses ? change(step) : step)) });
};
