import type { ResourceNames, ResourceType, Service } from '../../twin/services/service.js';

/** Names as CloudFormation would hand them to a resource type. */
export const resourceNames = (logicalId = 'Thing'): ResourceNames => ({
  stackName: 'stack',
  stackId: 'arn:aws:cloudformation:eu-west-1:111122223333:stack/stack/1',
  logicalId,
  generated: (most = 128) => `stack-${logicalId}-ABCDEFGHIJKL`.slice(0, most),
});

export const resourceTypeOf = (service: Service, type: string): ResourceType => {
  const found = service.resourceTypes?.find((candidate) => candidate.type === type);
  if (!found) throw new Error(`${service.id} does not back ${type}`);
  return found;
};
