import { sharedLooks } from '../../recovery/engine/shared-looks.js';
import type { StepContext } from '../../recovery/kit/define-step.js';
import { RecoveryError } from '../../recovery/model/recovery-error.js';
import type { Targets } from '../../recovery/model/plan.js';
import { instant } from '../../recovery/model/time.js';
import type { DnsView } from '../../recovery/ports/network.js';
import type { FaultTarget } from '../../twin/faults/fault.js';
import { injectFault } from '../../twin/faults/inject-fault.js';
import { services } from '../../twin/services/index.js';
import { awsOver } from './aws-over.js';
import { sampleTargets } from './sample-targets.js';
import { serviceWorld } from './service-world.js';

const account = '111122223333';
export const dublin = { name: 'dublin', provider: 'aws', region: 'eu-west-1', account } as const;
export const frankfurt = { name: 'frankfurt', provider: 'aws', region: 'eu-central-1', account } as const;

interface WebAnswer {
  readonly status?: number;
  readonly body: unknown;
}

/** The twin's services in process, seen as a step or check sees AWS; nothing stands in them yet (`standing.ts`). */
export const recoveryWorld = (options: { seed?: number } = {}) => {
  const world = serviceWorld(services, { seed: options.seed ?? 1, region: frankfurt.region });
  const over = awsOver(world);
  const targets: { -readonly [Part in keyof Targets]: Targets[Part] } = sampleTargets();
  /** What the web application answers, by path without its query and given its `token`; a missing one is a refused connection. */
  const website = new Map<string, (token: string) => WebAnswer | Promise<WebAnswer>>();
  const names = new Map<string, readonly DnsView[]>();
  const requests: string[] = [];
  const context = (changes: Partial<StepContext> = {}): StepContext => {
    const at = instant(world.world.now());
    return {
      run: 'run-1',
      task: 'task',
      attempt: 1,
      token: 'run-1/task/1',
      at,
      startedAt: at,
      from: dublin,
      to: frankfurt,
      targets,
      aws: over.aws,
      network: {
        http: async ({ host, path }) => {
          requests.push(`${host}${path}`);
          const route = website.get(path.split('?')[0] ?? '');
          if (!route) throw new RecoveryError('transient', 'no-answer', `http://${host}${path}: connection refused`);
          const { status = 200, body } = await route(new URL(path, 'http://web').searchParams.get('token') ?? '');
          return { status, body: JSON.stringify(body) };
        },
        resolve: async (name) => names.get(name) ?? [],
      },
      look: sharedLooks(over.aws),
      receipt: null,
      outputOf: (task) => {
        throw new RecoveryError('invalid', 'no-output', task);
      },
      gates: [],
      waivers: [],
      ...changes,
    };
  };
  return {
    ...over,
    from: dublin,
    to: frankfurt,
    targets,
    website,
    names,
    requests,
    context,
    dataplane: world.dataplane,
    ledger: world.ledger,
    now: () => world.world.now(),
    pass: (seconds: number) => world.pass(seconds),
    inject: (name: string, target: FaultTarget) => injectFault(world.world, name, target),
    loseDublin: () => world.world.loseRegion(dublin.region),
    /** Calls AWS as somebody else would; not counted, never troubled. */
    call: <Output = Record<string, unknown>>(service: string, operation: string, input: object = {}, region?: string) =>
      world.ctx(region).onBehalf('somebody').call<Output>(service, operation, input),
    attempt: (attempt: number): Partial<StepContext> => ({ attempt, token: `run-1/task/${attempt}` }),
  };
};
export type RecoveryWorld = ReturnType<typeof recoveryWorld>;
