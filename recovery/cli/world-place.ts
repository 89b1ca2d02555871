import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { recoveryRoleArn } from '../../lib/contract/names.js';
import type { Settings } from '../../lib/contract/settings.js';
import { assumedRole, type RoleToAssume } from '../adapters/assumed-role.js';
import { awsClients, type ClientSettings } from '../adapters/aws-clients.js';
import { findTwin, type TwinDescription } from '../adapters/find-twin.js';
import type { WorldName } from '../model/plan.js';
import { RecoveryError } from '../model/recovery-error.js';
import type { Aws } from '../ports/aws.js';
import type { Console } from './command.js';
import type { WorldOptions } from './compose.js';
import { homeOf } from './home-of.js';

/** A world that is there, before anything of it is taken. */
export interface WorldPlace {
  readonly name: WorldName;
  /** Different for every world there ever was. */
  readonly identity: string;
  readonly twin: TwinDescription | null;
  /** With the caller's own credentials: for what is no recovery. */
  readonly aws: Aws;
  /** As a recovery role: that of a team's tasks, or of the recovery around them. */
  readonly as: (of: string, acting: Acting) => Aws;
  /** How any client of this world is made. */
  readonly clients: ClientSettings;
}

export interface Acting extends Pick<RoleToAssume, 'session' | 'clock'> {
  /** Sent with every call. */
  readonly headers?: ClientSettings['headers'];
}

/** One world's clients: with the caller's own credentials, and as recovery roles, which are assumed in the region recovered to. */
const clientsIn = (clients: ClientSettings, settings: Settings, aws = awsClients(clients)): Pick<WorldPlace, 'aws' | 'as' | 'clients'> => {
  const { region } = settings.sites.alternate;
  const as: WorldPlace['as'] = (of, { headers = clients.headers, ...acting }) =>
    awsClients({
      ...clients,
      headers,
      credentials: assumedRole({ arn: recoveryRoleArn(settings, of), sts: aws.sts(region), region, ...acting }),
    });
  return { aws, as, clients };
};

const none = (): Record<string, string> => ({});

/** @throws RecoveryError `invalid` when the options name no world that is there. */
export const worldPlace = async (console: Console, options: WorldOptions, settings: Settings): Promise<WorldPlace> => {
  if (options.world === 'aws') return awsItself(console, options, settings);
  if (options.world !== undefined && options.world !== 'twin')
    throw new RecoveryError('invalid', 'unknown-world', `--world ${options.world} is no world; it can be twin or aws`);
  const named = options.twin ?? console.environment['ALTSITE_TWIN'] ?? console.environment['AWS_ENDPOINT_URL'];
  const twin = await findTwin(homeOf(console).twins, named);
  const credentials = { accessKeyId: `AKIA${settings.account}TWIN`, secretAccessKey: 'twin' };
  return {
    name: 'twin',
    identity: `twin-${twin.identity ?? new URL(twin.url).host.replace(':', '-')}`,
    twin,
    ...clientsIn({ endpoint: twin.url, credentials, headers: none }, settings),
  };
};

const awsItself = async ({ environment }: Console, options: WorldOptions, settings: Settings): Promise<WorldPlace> => {
  const { account, sites } = settings;
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
  const clients: ClientSettings = { endpoint: null, credentials: null, headers: none };
  const aws = awsClients(clients);
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
    identity: `aws-${account}`,
    twin: null,
    ...clientsIn(clients, settings, aws),
  };
};

/** The recovery of the primary in the alternate, in this world and no other. */
export const recoveryOf = ({ identity }: WorldPlace, { sites }: Settings): string =>
  `${identity}-${sites.primary.name}-${sites.alternate.name}`;
