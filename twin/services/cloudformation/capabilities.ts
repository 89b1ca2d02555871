import type { Capability } from '@aws-sdk/client-cloudformation';
import { AwsError } from '../../wire/aws-error.js';
import type { Template } from './template/template.js';

/** IAM types, each with the property that gives it a custom name ("Acknowledging IAM resources in CloudFormation templates"). */
const iamTypes: Readonly<Record<string, string | undefined>> = {
  'AWS::IAM::AccessKey': undefined,
  'AWS::IAM::Group': 'GroupName',
  'AWS::IAM::InstanceProfile': 'InstanceProfileName',
  'AWS::IAM::ManagedPolicy': 'ManagedPolicyName',
  'AWS::IAM::Policy': undefined,
  'AWS::IAM::Role': 'RoleName',
  'AWS::IAM::User': 'UserName',
  'AWS::IAM::UserToGroupAddition': undefined,
};

/** The capabilities a template asks for, and why. */
export const capabilitiesNeeded = (template: Template): { capabilities: readonly Capability[]; reason: string | undefined } => {
  const resources = Object.values(template.Resources).filter(({ Type }) => Type in iamTypes);
  if (resources.length === 0) return { capabilities: [], reason: undefined };
  const named = resources.some(({ Type, Properties }) => {
    const property = iamTypes[Type];
    return property !== undefined && Properties?.[property] !== undefined;
  });
  const types = [...new Set(resources.map(({ Type }) => Type))].sort();
  return {
    capabilities: [named ? 'CAPABILITY_NAMED_IAM' : 'CAPABILITY_IAM'],
    reason: `The following resource(s) require capabilities: [${types.join(', ')}]`,
  };
};

/** @throws AwsError InsufficientCapabilitiesException */
export const checkCapabilities = (needed: readonly Capability[], given: readonly Capability[]): void => {
  const enough = needed.every((one) => given.includes(one) || (one === 'CAPABILITY_IAM' && given.includes('CAPABILITY_NAMED_IAM')));
  if (!enough) throw new AwsError('InsufficientCapabilitiesException', `Requires capabilities : [${needed.join(', ')}]`);
};
