import { anonymous, regionOfBucket } from '../services/s3/access.js';
import { principalOfSessionToken } from '../services/sts/session-token.js';
import { globalControlPlaneRegion, RegionLost, type Dispatcher } from '../services/dispatcher.js';
import { AwsError } from '../wire/aws-error.js';
import { readCredential, type Credential } from '../wire/credential.js';
import type { WireRequest, WireResponse } from '../wire/http-message.js';
import type { Wire } from '../wire/wire.js';
import type { Context } from '../world/context.js';
import type { Timekeeper } from '../world/timekeeper.js';
import type { World } from '../world/world.js';

export interface AwsDoorParts {
  readonly wire: Wire;
  readonly world: World;
  readonly dispatcher: Dispatcher;
  readonly timekeeper: Timekeeper;
  readonly log: (message: string) => void;
}

/** Names the lease of whoever owns the clock, on every request of its AWS clients. */
const leaseHeader = 'x-altsite-lease';
/** Whose account an unsigned request is: nobody's. */
const noAccount = '000000000000';

/**
 * Answers AWS requests: decodes, dispatches, encodes. An error of the twin itself is 501 `TwinBug`, because the CDK retries 500s for most of a minute.
 * The function it gives throws RegionLost where AWS would not answer at all.
 */
export const awsDoor = ({ wire, world, dispatcher, timekeeper, log }: AwsDoorParts): ((request: WireRequest) => Promise<WireResponse>) => {
  let requests = 0;
  const requestId = (): string => {
    const hex = world.chance.stream(`request/${++requests}`).hex(32);
    return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
  };
  const contextOf = (request: WireRequest, credential: Credential | undefined): Context => {
    const ownsClock = timekeeper.holds(request.headers[leaseHeader]);
    const context = (account: string, region: string, principalArn: string): Context =>
      world.context({ account, region, caller: { principalArn, via: 'client', ownsClock } });
    if (credential) return context(credential.account, credential.region, principalOf(credential));
    const unsigned = context(noAccount, globalControlPlaneRegion, anonymous);
    return unsigned.at({ region: regionOfBucket(unsigned, bucketIn(request)) ?? unsigned.region });
  };
  return async (request) => {
    const id = requestId();
    let signingName: string | undefined;
    try {
      const credential = readCredential(request);
      signingName = credential?.signingName ?? unsignedService(request);
      const call = await wire.read(request, signingName);
      const output = await dispatcher.dispatch(call.service, call.operation, call.input, contextOf(request, credential));
      return call.reply((output ?? {}) as Record<string, unknown>, id);
    } catch (error) {
      if (error instanceof RegionLost) throw error;
      return wire.refuse(request, signingName, asAwsError(error, log), id);
    }
  };
};

const principalOf = ({ account, sessionToken }: Credential): string =>
  (sessionToken === undefined ? undefined : principalOfSessionToken(sessionToken)) ?? `arn:aws:iam::${account}:user/twin`;

const bucketIn = ({ path }: WireRequest): string => decodeURIComponent(path.split('/')[1] ?? '');

/** Only S3 answers strangers, and only about a bucket that they name. @throws AwsError 403 */
const unsignedService = (request: WireRequest): string => {
  const isForm = request.headers['content-type']?.startsWith('application/x-www-form-urlencoded') ?? false;
  if (bucketIn(request) === '' || isForm || request.headers['x-amz-target'] !== undefined)
    throw new AwsError('MissingAuthenticationToken', 'Request is missing Authentication Token', { status: 403 });
  return 's3';
};

const asAwsError = (error: unknown, log: (message: string) => void): AwsError => {
  if (error instanceof AwsError) return error;
  log(`bug in the twin: ${error instanceof Error ? error.stack : String(error)}`);
  return new AwsError('TwinBug', `the twin itself failed: ${(error as Error).message}`, { status: 501, fault: 'server' });
};
