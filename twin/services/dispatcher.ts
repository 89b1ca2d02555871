import { AwsError } from '../wire/aws-error.js';
import type { CallLedger, RecordedCall } from '../world/calls.js';
import type { Context } from '../world/context.js';
import type { InterferedCall } from '../world/interference.js';
import { checkExecutionRole } from './iam/execution-role.js';
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
    const call: InterferedCall = {
      service: serviceId,
      operation,
      plane: planeOf(service, operation),
      controlPlaneRegion: service?.reach === 'global' ? globalControlPlaneRegion : ctx.region,
      input,
      ctx,
    };
    try {
      const output = await this.answer(service, call);
      this.record(call);
      return output;
    } catch (error) {
      this.record(call, codeOf(error));
      throw error;
    }
  }

  private async answer(service: Service | undefined, call: InterferedCall): Promise<unknown> {
    const { operation, input, ctx } = call;
    const mustBeThere = (): void => {
      if (ctx.regionIsLost(call.controlPlaneRegion)) throw new RegionLost(call.controlPlaneRegion);
    };
    mustBeThere();
    const handler = service?.operations[operation];
    if (!handler)
      throw new AwsError('NotModelled', `NotModelled: ${call.service}.${operation}: the twin does not have this operation`, {
        status: 501,
      });
    checkExecutionRole(call.service, operation, ctx);
    await ctx.interferences.before(call);
    // Time may have passed.
    mustBeThere();
    return ctx.interferences.after(call, await handler(input as never, ctx.interferences.seenBy(call)));
  }

  private record({ service, operation, plane, controlPlaneRegion, ctx }: InterferedCall, error?: string): void {
    this.ledger.record({
      at: ctx.now(),
      account: ctx.account,
      region: ctx.region,
      service,
      operation,
      via: ctx.caller.via,
      principal: ctx.caller.principalArn,
      plane,
      controlPlaneRegion,
      ...(error === undefined ? {} : { error }),
    });
  }
}

const codeOf = (error: unknown): string => {
  if (error instanceof RegionLost) return 'region-lost';
  return error instanceof AwsError ? error.code : 'bug';
};

const planeOf = (service: Service | undefined, operation: string): RecordedCall['plane'] => {
  if (service?.dataPlane?.includes(operation)) return 'data';
  return /^(Describe|Get|List|Head|Test|Search|Filter|BatchGet)/.test(operation) ? 'control-read' : 'control-write';
};
