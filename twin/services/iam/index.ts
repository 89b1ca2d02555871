import type * as IAM from '@aws-sdk/client-iam';
import { defineService } from '../service.js';
import { instanceProfiles } from './instance-profiles.js';
import { managedPolicies } from './managed-policies.js';
import { resourceTypes } from './resource-types.js';
import { rolePolicies } from './role-policies.js';
import { roles } from './roles.js';
import { serviceLinkedRoles } from './service-linked-roles.js';

/** Identity and Access Management: roles and policies, one control plane in us-east-1 for all regions. */
export const iam = defineService<typeof IAM>({
  id: 'iam',
  reach: 'global',
  operations: { ...roles, ...rolePolicies, ...managedPolicies, ...instanceProfiles, ...serviceLinkedRoles },
  resourceTypes,
});
