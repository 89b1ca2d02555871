import type { ResourceType } from '../service.js';
import { roleResource } from './role-resource.js';
import { instanceProfileResource, inlinePolicyResource, managedPolicyResource, serviceLinkedRoleResource } from './policy-resources.js';

/** CloudFormation types that IAM backs. */
export const resourceTypes: readonly ResourceType[] = [
  roleResource,
  inlinePolicyResource,
  managedPolicyResource,
  serviceLinkedRoleResource,
  instanceProfileResource,
];
