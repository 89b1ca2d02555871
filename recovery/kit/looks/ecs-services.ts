import { DescribeServicesCommand, type Failure, type Service } from '@aws-sdk/client-ecs';
import type { Look } from '../look.js';

/** A service, or why AWS does not show it. */
export interface FoundService {
  readonly service?: Service;
  readonly failure?: Failure;
}

/** Services of one cluster by name, ten in one request: as many as DescribeServices takes. */
export const ecsServices = (cluster: string): Look<FoundService> => ({
  of: `ecs:service of ${cluster}`,
  most: 10,
  ask: async (names, region, aws) => {
    const { services = [], failures = [] } = await aws.ecs(region).send(new DescribeServicesCommand({ cluster, services: [...names] }));
    return new Map<string, FoundService>([
      ...failures.map((failure) => [failure.arn?.split('/').at(-1) ?? '', { failure }] as const),
      ...services.map((service) => [service.serviceName ?? '', { service }] as const),
    ]);
  },
});
