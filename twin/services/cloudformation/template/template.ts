import { notModelled, validationError } from '../errors.js';
import { parseTemplate } from './parse-template.js';

export interface ParameterDeclaration {
  readonly Type: string;
  readonly Default?: string | number | boolean | readonly string[];
  readonly Description?: string;
  readonly NoEcho?: boolean | string;
  readonly AllowedValues?: readonly (string | number | boolean)[];
  readonly AllowedPattern?: string;
  readonly MinLength?: number | string;
  readonly MaxLength?: number | string;
  readonly MinValue?: number | string;
  readonly MaxValue?: number | string;
  readonly ConstraintDescription?: string;
}

export const removalPolicies = ['Delete', 'Retain', 'Snapshot', 'RetainExceptOnCreate'] as const;
/** What becomes of a resource that the stack no longer wants. */
export type RemovalPolicy = (typeof removalPolicies)[number];

export interface ResourceDeclaration {
  readonly Type: string;
  readonly Properties?: Readonly<Record<string, unknown>>;
  readonly DependsOn?: string | readonly string[];
  readonly Condition?: string;
  readonly DeletionPolicy?: RemovalPolicy;
  readonly UpdateReplacePolicy?: RemovalPolicy;
  readonly Metadata?: unknown;
  readonly Description?: string;
}

export interface OutputDeclaration {
  readonly Value: unknown;
  readonly Description?: string;
  readonly Condition?: string;
  readonly Export?: { readonly Name: unknown };
}

export interface RuleDeclaration {
  readonly RuleCondition?: unknown;
  readonly Assertions?: readonly { readonly Assert: unknown; readonly AssertDescription?: string }[];
}

export interface Template {
  readonly AWSTemplateFormatVersion?: string;
  readonly Description?: string;
  readonly Metadata?: unknown;
  readonly Parameters: Readonly<Record<string, ParameterDeclaration>>;
  readonly Mappings: Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, unknown>>>>>>;
  readonly Conditions: Readonly<Record<string, unknown>>;
  readonly Rules: Readonly<Record<string, RuleDeclaration>>;
  readonly Resources: Readonly<Record<string, ResourceDeclaration>>;
  readonly Outputs: Readonly<Record<string, OutputDeclaration>>;
}

const sections = ['Parameters', 'Mappings', 'Conditions', 'Rules', 'Resources', 'Outputs'];
const others = ['AWSTemplateFormatVersion', 'Description', 'Metadata', 'Transform'];
const resourceMembers = [
  'Type',
  'Properties',
  'DependsOn',
  'Condition',
  'DeletionPolicy',
  'UpdateReplacePolicy',
  'Metadata',
  'Description',
];
/** Known to AWS, and they would change when a resource counts as done. */
const unmodelledMembers = ['CreationPolicy', 'UpdatePolicy'];
/** CloudFormation quotas: resources in a template. */
const mostResources = 500;

export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * Reads and checks a template as far as that is possible without parameters.
 * @throws AwsError ValidationError in AWS's words; NotModelled for macros and signals.
 */
export const readTemplate = (body: string): Template => {
  const structure = parseTemplate(body) as Record<string, unknown>;
  const unknown = Object.keys(structure).filter((key) => !sections.includes(key) && !others.includes(key));
  if (unknown.length > 0) throw validationError(`Invalid template property or properties [${unknown.join(', ')}]`);
  if (structure['Transform'] !== undefined) throw notModelled(`template with Transform ${JSON.stringify(structure['Transform'])}`);
  const version = structure['AWSTemplateFormatVersion'];
  if (version !== undefined && version !== '2010-09-09') {
    throw validationError(`Template format error: ${JSON.stringify(version)} is not a supported value for AWSTemplateFormatVersion.`);
  }
  for (const section of sections) {
    const members = structure[section] ?? {};
    if (!isObject(members)) throw validationError(`Template format error: [/${section}] must be an object`);
    for (const [name, member] of Object.entries(members)) {
      if (!isObject(member)) throw validationError(`Template format error: [/${section}/${name}] must be an object`);
    }
  }
  const empty = Object.fromEntries(sections.map((section) => [section, {}]));
  const template = { ...empty, ...structure } as unknown as Template;
  checkResources(template);
  return template;
};

const checkResources = (template: Template): void => {
  const resources = Object.entries(template.Resources);
  if (resources.length === 0) throw validationError('Template format error: At least one Resources member must be defined.');
  if (resources.length > mostResources) {
    throw validationError(
      `Template format error: Number of resources, ${resources.length}, is greater than maximum allowed, ${mostResources}`,
    );
  }
  for (const [name, resource] of resources) checkResource(name, resource, template);
  for (const [name, output] of Object.entries(template.Outputs)) {
    if (output.Value === undefined) throw validationError(`Template format error: Output ${name} is malformed.`);
    checkCondition(output.Condition, template);
  }
};

const checkResource = (name: string, resource: ResourceDeclaration, template: Template): void => {
  if (!/^[A-Za-z0-9]+$/.test(name)) throw validationError(`Template format error: Resource name ${name} is non alphanumeric.`);
  if (typeof resource.Type !== 'string') {
    throw validationError(`Template format error: [/Resources/${name}] Every Resources object must contain a Type member.`);
  }
  for (const member of Object.keys(resource)) {
    if (unmodelledMembers.includes(member)) throw notModelled(`${member} of resource ${name}`);
    if (!resourceMembers.includes(member)) throw validationError(`Invalid template resource property '${member}'`);
  }
  if (resource.Properties !== undefined && !isObject(resource.Properties)) {
    throw validationError(`Template format error: [/Resources/${name}/Properties] must be an object`);
  }
  for (const policy of [resource.DeletionPolicy, resource.UpdateReplacePolicy]) {
    if (policy !== undefined && !removalPolicies.includes(policy)) {
      throw validationError(`Template error: ${JSON.stringify(policy)} is not a deletion policy for resource ${name}`);
    }
  }
  if (resource.UpdateReplacePolicy === 'RetainExceptOnCreate') {
    throw validationError(`Template error: RetainExceptOnCreate is not an UpdateReplacePolicy for resource ${name}`);
  }
  checkCondition(resource.Condition, template);
};

const checkCondition = (condition: string | undefined, template: Template): void => {
  if (condition === undefined) return;
  if (typeof condition !== 'string' || !(condition in template.Conditions)) {
    throw validationError(
      `Template format error: Unresolved condition dependency ${JSON.stringify(condition)} in the Resources block of the template`,
    );
  }
};
