import { DescribeTypeCommand } from '@aws-sdk/client-cloudformation';
import { RecoveryError } from '../model/recovery-error.js';
import type { Probe } from './probe.js';

/** Asked one by one, as CloudFormation's registry of the region knows them; what is made by a function of ours is judged by a rule. */
export const regionOffersResourceTypes: Probe = {
  id: 'region-offers-resource-type',
  summary: 'CloudFormation makes every type of resource in the region',
  wants: (stack) => {
    const types = new Map<string, string>();
    for (const [id, { Type }] of Object.entries(stack.template.Resources ?? {}))
      if (!Type.startsWith('Custom::') && !types.has(Type)) types.set(Type, stack.pathOf(id));
    return [...types].map(([name, path]) => ({ path, name }));
  },
  lacks: async ({ name }, region, aws) => {
    try {
      const { DeprecatedStatus } = await aws.cloudformation(region).send(new DescribeTypeCommand({ Type: 'RESOURCE', TypeName: name }));
      return DeprecatedStatus === 'DEPRECATED' ? `${region} has deprecated ${name}` : undefined;
    } catch (error) {
      if (!(error instanceof RecoveryError) || !/^TypeNotFound/.test(error.code)) throw error;
      return `${region} does not have ${name}`;
    }
  },
};
