import { modelDataplane } from '../dataplane/model.js';
import { defaultAccount } from '../client-environment.js';
import { inhabitedWorld } from '../services/inhabited-world.js';
import { services } from '../services/index.js';
import { CallLedger } from '../world/calls.js';
import type { Dataplane } from '../world/dataplane.js';
import type { Interfering } from '../world/interference.js';
import type { World } from '../world/world.js';
import type { FaultTarget } from '../faults/fault.js';
import { injectFault } from '../faults/inject-fault.js';
import { inProcessDoor, type SdkClient } from './in-process-door.js';

export interface InProcessOptions {
  readonly seed: number | string;
  /** Milliseconds since the epoch. */
  readonly startsAt: number;
  /** By default the model: no processes, no sockets. */
  readonly dataplane?: Dataplane;
}
export interface InProcessTwin {
  readonly world: World;
  readonly ledger: CallLedger;
  /** From now on the twin answers this client; accounts are told apart by access keys (`accessKeyOf`). */
  attach(client: SdkClient): void;
  /** @throws ImpossibleFault, UnknownFault */
  inject(name: string, target: FaultTarget): Promise<Interfering>;
  /** Runs everything that is due until `instant` (milliseconds since the epoch), then stands there. */
  sleepUntil(instant: number): Promise<number>;
  now(): number;
}

/** A whole twin inside this process, for simulation: what its clients see is what they would see over HTTP. An error of the twin itself is thrown by `sleepUntil`. */
export const inProcessTwin = ({ seed, startsAt, dataplane = modelDataplane() }: InProcessOptions): InProcessTwin => {
  const ledger = new CallLedger();
  const { world, dispatcher } = inhabitedWorld({
    ...{ services, ledger, account: defaultAccount, seed, startsAt, dataplane },
    endpoint: 'http://127.0.0.1:0',
    onEventError: (what, error) => {
      throw new Error(`bug in the twin: ${what}`, { cause: error });
    },
  });
  const log = (message: string): void => {
    throw new Error(message);
  };
  return {
    world,
    ledger,
    attach: inProcessDoor({ world, dispatcher, services, log }),
    inject: (name, target) => injectFault(world, name, target),
    sleepUntil: (instant) => world.sleepUntil(instant),
    now: () => world.now(),
  };
};
