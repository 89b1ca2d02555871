import { modelDataplane } from '../../twin/dataplane/model.js';
import { inhabitedWorld } from '../../twin/services/inhabited-world.js';
import type { Service } from '../../twin/services/service.js';
import { CallLedger } from '../../twin/world/calls.js';
import type { Context } from '../../twin/world/context.js';
import type { Dataplane } from '../../twin/world/dataplane.js';

/** A world of some services over the model data plane, or another, for tests of what operations answer and what time does to it. */
export const serviceWorld = (services: readonly Service[], options: { seed?: number; region?: string; over?: Dataplane } = {}) => {
  const ledger = new CallLedger();
  const dataplane = modelDataplane();
  const { world, dispatcher } = inhabitedWorld({
    ...{ services, ledger, dataplane: options.over ?? dataplane, seed: options.seed ?? 1, account: '111122223333' },
    startsAt: Date.parse('2030-01-01T02:00:00Z'),
    endpoint: 'http://127.0.0.1:0',
    onEventError: (what, error) => {
      throw new Error(`event ${what} failed`, { cause: error });
    },
  });
  const ctx = (region = options.region ?? 'eu-west-1', ownsClock = true): Context =>
    world.context({
      account: '111122223333',
      region,
      caller: { principalArn: 'arn:aws:iam::111122223333:user/test', via: 'client', ownsClock },
    });
  return {
    world,
    dispatcher,
    dataplane,
    ledger,
    ctx,
    call: <Output = Record<string, unknown>>(service: string, operation: string, input: object = {}, region?: string) =>
      ctx(region).call<Output>(service, operation, input),
    /** Lets `seconds` of world time pass. */
    pass: (seconds: number) => world.sleepUntil(world.now() + seconds * 1000),
  };
};
