import type { Settings } from './settings.js';

/** Whether a declared action is ever called in this production: where the object moves traffic, nobody asks for a routing control. */
export const isCalledIn =
  ({ routingControls }: Pick<Settings, 'routingControls'>) =>
  (action: string): boolean =>
    !action.startsWith('route53-recovery-cluster:') || routingControls?.known !== undefined;
