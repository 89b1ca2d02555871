import type { Rule } from '../judged.js';
import { resourcesOf } from '../walk.js';
import { crossRegionTypes } from './no-cross-region-export.js';

const isCustom = (type: string): boolean => type === 'AWS::CloudFormation::CustomResource' || type.startsWith('Custom::');

export const noCustomResource: Rule = {
  id: 'no-custom-resource',
  summary: 'no resource is made by a function of ours',
  why: 'a function has to be there, with its role and its code, before the stack can be made, and fails in ways that CloudFormation waits an hour for',
  find: (stack) =>
    resourcesOf(stack)
      .filter(({ resource: { Type } }) => isCustom(Type) && !crossRegionTypes.includes(Type))
      .map(({ path, resource }) => ({ path, reason: `is a ${resource.Type}` })),
};
