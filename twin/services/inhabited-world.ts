import type { CallLedger } from '../world/calls.js';
import { World, type WorldOptions } from '../world/world.js';
import { Dispatcher, globalControlPlaneRegion } from './dispatcher.js';
import type { Service } from './service.js';

export interface Inhabitants extends Omit<WorldOptions, 'dispatch'> {
  readonly services: readonly Service[];
  readonly ledger: CallLedger;
  /** In whose name the services begin. */
  readonly account: string;
}

/** A world with services in it, and what brings calls to them. */
export const inhabitedWorld = ({ services, ledger, account, ...options }: Inhabitants): { world: World; dispatcher: Dispatcher } => {
  const dispatcher = new Dispatcher(services, ledger);
  const world = new World({
    ...options,
    dispatch: (service, operation, input, ctx) => dispatcher.dispatch(service, operation, input, ctx),
  });
  const caller = { principalArn: `arn:aws:iam::${account}:root`, via: 'twin', ownsClock: true };
  for (const { begin } of services) begin?.(world.context({ account, region: globalControlPlaneRegion, caller }));
  return { world, dispatcher };
};
