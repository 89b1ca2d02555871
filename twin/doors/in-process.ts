import { modelDataplane, type ModelDataplane } from '../dataplane/model.js';
import { defaultAccount } from '../client-environment.js';
import { inhabitedWorld } from '../services/inhabited-world.js';
import { services } from '../services/index.js';
import { CallLedger, type RecordedCall } from '../world/calls.js';
import type { Durations } from '../world/durations.js';
import type { Interfering } from '../world/interference.js';
import type { World } from '../world/world.js';
import { ImpossibleFault, type FaultTarget } from '../faults/fault.js';
import { faults } from '../faults/index.js';
import { injectFault } from '../faults/inject-fault.js';
import { attachClient, type Answers, type SdkClient } from './attach-client.js';
import { inProcessAnswers } from './in-process-door.js';

export { ImpossibleFault };
export type { Durations, FaultTarget, Interfering, ModelDataplane, RecordedCall, SdkClient };

export interface InProcessOptions {
  readonly seed: number | string;
  /** Milliseconds since the epoch. */
  readonly startsAt: number;
  readonly account?: string;
  /** Known better than the twin assumes them. */
  readonly durations?: Durations;
}
export interface InProcessTwin {
  readonly world: World;
  readonly ledger: CallLedger;
  /** The model: no processes, no sockets. */
  readonly dataplane: ModelDataplane;
  /** What attached clients are answered with. */
  readonly answers: Answers;
  /** From now on the twin answers this client; accounts are told apart by access keys (`accessKeyOf`). */
  attach(client: SdkClient): void;
  /** Calls AWS as `via` would, who is no client: never troubled by what troubles clients. */
  call<Output = Record<string, unknown>>(via: string, region: string, service: string, operation: string, input: object): Promise<Output>;
  /** @throws ImpossibleFault, UnknownFault */
  inject(name: string, target: FaultTarget): Promise<Interfering>;
  /** Runs everything that is due until `instant` (milliseconds since the epoch), then stands there. */
  sleepUntil(instant: number): Promise<number>;
  now(): number;
}

/** Every fault that a twin can be given, by name. */
export const faultNames: readonly string[] = faults.map(({ name }) => name);

/** A whole twin inside this process, for simulation: what its clients see is what they would see over HTTP. An error of the twin itself is thrown by `sleepUntil`. */
export const inProcessTwin = ({ seed, startsAt, account = defaultAccount, durations = {} }: InProcessOptions): InProcessTwin => {
  const ledger = new CallLedger();
  const dataplane = modelDataplane();
  const { world, dispatcher } = inhabitedWorld({
    ...{ services, ledger, account, seed, startsAt, dataplane, durations },
    endpoint: 'http://127.0.0.1:0',
    // There is nothing to attend to: no socket, no process.
    attend: async () => undefined,
    onEventError: (what, error) => {
      throw new Error(`bug in the twin: ${what}`, { cause: error });
    },
  });
  const log = (message: string): void => {
    throw new Error(message);
  };
  const answers = inProcessAnswers({ world, dispatcher, services, log });
  return {
    world,
    ledger,
    dataplane,
    answers,
    attach: (client) => attachClient(client, () => answers),
    call: (via, region, service, operation, input) =>
      world
        .context({ account, region, caller: { principalArn: `arn:aws:iam::${account}:user/${via}`, via, ownsClock: true } })
        .call(service, operation, input),
    inject: (name, target) => injectFault(world, name, target),
    sleepUntil: (instant) => world.sleepUntil(instant),
    now: () => world.now(),
  };
};

/** Clients that outlive a twin: attached once, they are answered by whichever twin was plugged in last. */
export const switchboard = () => {
  let answers: Answers | undefined;
  const plugged = (): Answers => {
    if (!answers) throw new Error('no twin is plugged in');
    return answers;
  };
  return {
    attach: (client: SdkClient): void => attachClient(client, plugged),
    plugIn: (twin: InProcessTwin): void => void (answers = twin.answers),
  };
};
