import type { Observed } from '../observed.js';
import type { WatchedCall } from '../orchestrator.js';

/** Every answered write of the object that moves traffic. */
export const switchCalls = ({ calls, plan }: Observed): readonly WatchedCall[] => {
  const { switchBucket, switchKey } = plan.targets.global;
  return calls.filter(
    ({ operation, input, error }) =>
      error === undefined && operation === 'PutObject' && input['Bucket'] === switchBucket && input['Key'] === switchKey,
  );
};
