import { anonymous, regionOfBucket } from '../services/s3/access.js';
import { globalControlPlaneRegion, RegionLost, type Dispatcher } from '../services/dispatcher.js';
import { AwsError } from '../wire/aws-error.js';
import { readCredential, type Credential } from '../wire/credential.js';
import type { WireRequest, WireResponse } from '../wire/http-message.js';
import type { Wire } from '../wire/wire.js';
import type { Context } from '../world/context.js';
import type { Timekeeper } from '../world/timekeeper.js';
import type { World } from '../world/world.js';
import { principalOf } from './caller.js';
import { requestIds } from './request-ids.js';
import { asAwsError } from './twin-bug.js';

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

/** Answers AWS requests: decodes, dispatches, encodes. The function it gives throws RegionLost where AWS would not answer at all. */
export const awsDoor = ({ wire, world, dispatcher, timekeeper, log }: AwsDoorParts): ((request: WireRequest) => Promise<WireResponse>) => {
  const requestId = requestIds(world.chance);
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

const bucketIn = ({ path }: WireRequest): string => decodeURIComponent(path.split('/')[1] ?? '');

/** Only S3 answers strangers, and only about a bucket that they name. @throws AwsError 403 */
const unsignedService = (request: WireRequest): string => {
  const isForm = request.headers['content-type']?.startsWith('application/x-www-form-urlencoded') ?? false;
  if (bucketIn(request) === '' || isForm || request.headers['x-amz-target'] !== undefined)
    throw new AwsError('MissingAuthenticationToken', 'Request is missing Authentication Token', { status: 403 });
  return 's3';
};
