/** The only place that picks adapters: from options and environment to everything a run touches. */
import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { isAbsolute, join } from 'node:path';
import type { Settings } from '../../lib/contract/settings.js';
import { awsClients } from '../adapters/aws-clients.js';
import { findTwin, type TwinDescription } from '../adapters/find-twin.js';
import type { Home } from '../adapters/home.js';
import { network } from '../adapters/network.js';
import { planFiles } from '../adapters/plan-files.js';
import { systemClock } from '../adapters/system-clock.js';
import { noAudit, twinAudit } from '../adapters/twin-audit.js';
import { twinClock } from '../adapters/twin-clock.js';
import { checks } from '../checks/index.js';
import type { Mode, WorldName } from '../model/plan.js';
import { RecoveryError } from '../model/recovery-error.js';
import { loadPlan, type PlanDocuments } from '../planning/load-plan.js';
import type { Aws } from '../ports/aws.js';
import type { CallAudit } from '../ports/call-audit.js';
import type { Clock } from '../ports/clock.js';
import type { Network } from '../ports/network.js';
import { steps } from '../steps/index.js';
import type { Console } from './command.js';
import { homeOf } from './home-of.js';

export interface WorldOptions {
  readonly world?: string;
  readonly twin?: string;
  readonly account?: string;
  readonly plans?: string;
}

/** A world to work in; `leave` gives back what it holds (the twin's clock). */
export interface Composed {
  readonly name: WorldName;
  readonly home: Home;
  readonly clock: Clock;
  readonly aws: Aws;
  readonly network: Network;
  readonly audit: CallAudit;
  readonly twin: TwinDescription | null;
  leave(): Promise<void>;
}

/** @throws RecoveryError `invalid` with every problem of the plan's documents. */
export const documentsOf = ({ cwd }: Console, options: WorldOptions, packageRoot: string, mode: Mode = 'failover'): PlanDocuments => {
  const directory =
    options.plans === undefined
      ? join(packageRoot, 'plans', 'ambassify')
      : isAbsolute(options.plans)
        ? options.plans
        : join(cwd, options.plans);
  return loadPlan(options.plans ?? 'plans/ambassify', mode, planFiles(directory), { steps, checks });
};

/** @throws RecoveryError `invalid` when the options name no world that is there. */
export const compose = async (console: Console, options: WorldOptions, settings: Settings, owner: string): Promise<Composed> => {
  const home = homeOf(console);
  const { domain: zone, account } = settings;
  if (options.world === 'aws') return composeAws(console, home, options, settings);
  if (options.world !== undefined && options.world !== 'twin')
    throw new RecoveryError('invalid', 'unknown-world', `--world ${options.world} is no world; it can be twin or aws`);
  const twin = await findTwin(home.twins, options.twin ?? console.environment['ALTSITE_TWIN'] ?? console.environment['AWS_ENDPOINT_URL']);
  const clock = twin.clock ? await twinClock(twin.url, owner) : null;
  return {
    name: 'twin',
    home,
    clock: clock ?? systemClock,
    aws: awsClients({
      endpoint: twin.url,
      credentials: { accessKeyId: `AKIA${account}TWIN`, secretAccessKey: 'twin' },
      headers: (): Record<string, string> => (clock ? { 'x-altsite-lease': clock.lease } : {}),
    }),
    network: network({
      authoritative: twin.dns ? [twin.dns] : [],
      // HTTP goes by the first; the proof asks them all.
      resolvers: [twin.resolver, twin.overHoldingResolver].flatMap((server) => server ?? []),
      zone,
      privilegedPortOffset: twin.privilegedPortOffset,
      loopbackOnly: true,
    }),
    audit: twin.clock ? twinAudit(twin.url) : noAudit,
    twin,
    leave: async () => clock?.release(),
  };
};

const composeAws = async (
  { environment }: Console,
  home: Home,
  options: WorldOptions,
  { domain: zone, account, sites }: Settings,
): Promise<Composed> => {
  if (options.account !== account)
    throw new RecoveryError(
      'invalid',
      'account-not-named',
      `--world aws needs --account ${account}, the account of the settings; ${options.account === undefined ? 'it was not given' : `not ${options.account}`}`,
    );
  // The SDK would follow them: a shell that `altsite twin` was exported into must not pass for AWS.
  const elsewhere = Object.keys(environment).filter((name) => name.startsWith('AWS_ENDPOINT_URL') && environment[name]);
  if (elsewhere.length)
    throw new RecoveryError(
      'invalid',
      'not-aws',
      `--world aws is AWS itself, and ${elsewhere.join(', ')} leads elsewhere; unset ${elsewhere.length === 1 ? 'it' : 'them'}`,
    );
  const aws = awsClients({ endpoint: null, credentials: null, headers: () => ({}) });
  const { Account } = await aws
    .sts(sites.alternate.region)
    .send(new GetCallerIdentityCommand({}))
    .catch((error: unknown) => {
      if (!(error instanceof RecoveryError) || error.code !== 'CredentialsProviderError') throw error;
      throw new RecoveryError('invalid', 'no-credentials', `${error.message}; --world aws needs credentials for account ${account}`);
    });
  if (Account !== account)
    throw new RecoveryError(
      'invalid',
      'wrong-account',
      `these credentials are for account ${Account ?? 'none'}, not ${account}; use credentials of that account`,
    );
  return {
    name: 'aws',
    home,
    clock: systemClock,
    aws,
    network: network({ authoritative: null, resolvers: null, zone, privilegedPortOffset: 0, loopbackOnly: false }),
    audit: noAudit,
    twin: null,
    leave: async () => undefined,
  };
};
