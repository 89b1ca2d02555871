import type { Context } from '../../world/context.js';
import { validationError } from './errors.js';
import { allExports, type ResourceRecord } from './records.js';
import type { ParameterValue } from './template/parameters.js';
import { noValue, type Scope } from './template/scope.js';
import type { Template } from './template/template.js';
import { isObject } from './template/template.js';

/** The stack that pseudo parameters speak of. */
export interface Place {
  readonly stackId: string;
  readonly stackName: string;
}

interface Decided {
  readonly template: Template;
  readonly parameters: ReadonlyMap<string, ParameterValue>;
  readonly conditions: ReadonlyMap<string, boolean>;
}

const partitionOf = (region: string): { partition: string; suffix: string } => {
  if (region.startsWith('cn-')) return { partition: 'aws-cn', suffix: 'amazonaws.com.cn' };
  return { partition: region.startsWith('us-gov-') ? 'aws-us-gov' : 'aws', suffix: 'amazonaws.com' };
};

export const stackArn = (name: string, uuid: string, ctx: Context): string =>
  `arn:${partitionOf(ctx.region).partition}:cloudformation:${ctx.region}:${ctx.account}:stack/${name}/${uuid}`;

const pseudoParameters = (place: Place, ctx: Context): ReadonlyMap<string, unknown> => {
  const { partition, suffix } = partitionOf(ctx.region);
  return new Map<string, unknown>([
    ['AWS::AccountId', ctx.account],
    ['AWS::Region', ctx.region],
    ['AWS::Partition', partition],
    ['AWS::URLSuffix', suffix],
    ['AWS::StackId', place.stackId],
    ['AWS::StackName', place.stackName],
    ['AWS::NotificationARNs', []],
    ['AWS::NoValue', noValue],
  ]);
};

const availabilityZones = async (region: string, ctx: Context): Promise<readonly string[]> => {
  const answer = await ctx
    .at({ region: region === '' ? ctx.region : region })
    .onBehalf('cloudformation')
    .call<{ AvailabilityZones?: { ZoneName?: string; State?: string }[] }>('ec2', 'DescribeAvailabilityZones', {});
  const usable = (answer.AvailabilityZones ?? []).filter(({ State }) => State === undefined || State === 'available');
  return usable.map(({ ZoneName }) => ZoneName ?? '').sort();
};

/** Parameters, pseudo parameters and mappings only: what Conditions and Rules may ask. */
export const plainScope = (place: Place, decided: Decided, ctx: Context): Scope => {
  const pseudo = pseudoParameters(place, ctx);
  return {
    ref: (name) => {
      if (pseudo.has(name)) return pseudo.get(name);
      const parameter = decided.parameters.get(name);
      if (!parameter) throw validationError(`Template format error: Unresolved dependencies [${name}]. Cannot reference resources here`);
      return parameter.value;
    },
    attribute: (logicalId) => {
      throw validationError(`Template format error: Unresolved dependencies [${logicalId}]. Cannot reference resources here`);
    },
    mapping: (map, first, second) => {
      const level = decided.template.Mappings[map]?.[first];
      const value = isObject(level) ? level[second] : undefined;
      if (value === undefined) throw validationError(`Template error: Unable to get mapping for ${map}::${first}::${second}`);
      return value;
    },
    condition: (name) => {
      const truth = decided.conditions.get(name);
      if (truth === undefined) throw validationError(`Template error: unresolved condition dependency ${name} in Fn::If`);
      return truth;
    },
    importValue: (name) => {
      const found = allExports(ctx).find((one) => one.name === name);
      if (!found) throw validationError(`No export named ${name} found.`);
      return found.value;
    },
    availabilityZones: (region) => availabilityZones(region, ctx),
  };
};

/** Adds the stack's resources to a plain scope: `Ref` gives the physical id, `Fn::GetAtt` the attributes. */
export const resourceScope = (plain: Scope, template: Template, resources: ReadonlyMap<string, ResourceRecord>): Scope => ({
  ...plain,
  ref: (name) => {
    if (!(name in template.Resources)) return plain.ref(name);
    const physicalId = resources.get(name)?.physicalId;
    if (physicalId === undefined) throw validationError(`Template error: resource ${name} has no physical id`);
    return physicalId;
  },
  attribute: (name, attribute) => {
    const record = resources.get(name);
    const value = record && attributeOf(record.attributes, attribute);
    if (value === undefined) {
      throw validationError(`Template error: resource ${name} does not support attribute type ${attribute} in Fn::GetAtt`);
    }
    return value;
  },
});

/** `Endpoint.Address` is either a key as it is or a path. */
const attributeOf = (attributes: Readonly<Record<string, unknown>>, name: string): unknown =>
  attributes[name] ?? name.split('.').reduce<unknown>((value, key) => (isObject(value) ? value[key] : undefined), attributes);
