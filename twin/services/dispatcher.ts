import { AwsError } from '../wire/aws-error.js';
import type { CallLedger, RecordedCall } from '../world/calls.js';
import type { Context } from '../world/context.js';
import type { Service } from './service.js';

/** The control plane of every global service lives here (AWS Fault Isolation Boundaries, "global services"). */
export const globalControlPlaneRegion = 'us-east-1';

/** Thrown where AWS would not answer at all: the doors turn it into a hung or refused connection, never into an answer. */
export class RegionLost extends Error {
  constructor(readonly region: string) {
    super(`region ${region} is lost`);
  }
}

/** Brings a decoded call to the operation that answers it, and writes it into the ledger. */
export class Dispatcher {
  private readonly services: ReadonlyMap<string, Service>;

  constructor(
    services: readonly Service[],
    private readonly ledger: CallLedger,
  ) {
    this.services = new Map(services.map((service) => [service.id, service]));
  }

  /**
   * @throws AwsError as AWS would answer; code `NotModelled` (status 501) for an operation the twin does not have.
   * @throws RegionLost when the region that would have to answer is gone.
   */
  async dispatch(serviceId: string, operation: string, input: object, ctx: Context): Promise<unknown> {
    const service = this.services.get(serviceId);
    const answering = service?.reach === 'global' ? globalControlPlaneRegion : ctx.region;
    const record = (error?: string): void =>
      this.ledger.record({
        at: ctx.now(),
        account: ctx.account,
        region: ctx.region,
        service: serviceId,
        operation,
        via: ctx.caller.via,
        plane: planeOf(service, operation),
        controlPlaneRegion: answering,
        ...(error === undefined ? {} : { error }),
      });
    if (ctx.regionIsLost(answering)) {
      record('region-lost');
      throw new RegionLost(answering);
    }
    const handler = service?.operations[operation];
    if (!handler) {
      record('NotModelled');
      throw new AwsError('NotModelled', `NotModelled: ${serviceId}.${operation}: the twin does not have this operation`, { status: 501 });
    }
    try {
      const output = await handler(input as never, ctx);
      record();
      return output;
    } catch (error) {
      record(error instanceof AwsError ? error.code : 'bug');
      throw error;
    }
  }
}

const planeOf = (service: Service | undefined, operation: string): RecordedCall['plane'] => {
  if (service?.dataPlane?.includes(operation)) return 'data';
  return /^(Describe|Get|List|Head|Test|Search|Filter|BatchGet)/.test(operation) ? 'control-read' : 'control-write';
};
