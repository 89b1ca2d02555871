import type { Observed } from '../observed.js';
import type { WatchedCall } from '../orchestrator.js';

/** Every answered write of the object that moves traffic, or that notes who moves it by routing controls. */
const switchWrites = ({ calls, plan }: Observed): readonly WatchedCall[] => {
  const { switchBucket, switchKey } = plan.targets.global;
  return calls.filter(
    ({ operation, input, error }) =>
      error === undefined && operation === 'PutObject' && input['Bucket'] === switchBucket && input['Key'] === switchKey,
  );
};

/** Every answered call that moved traffic. */
export const movingCalls = (seen: Observed): readonly WatchedCall[] =>
  seen.plan.targets.global.routingControls
    ? seen.calls.filter(({ service, changes, error }) => service === 'routingControls' && changes && error === undefined)
    : switchWrites(seen);

/** The same, and the note that goes before where routing controls move it. */
export const switchCalls = (seen: Observed): readonly WatchedCall[] => [...new Set([...switchWrites(seen), ...movingCalls(seen)])];
