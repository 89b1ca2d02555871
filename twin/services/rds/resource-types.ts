import type {
  CreateDBParameterGroupCommandOutput,
  CreateDBSubnetGroupCommandOutput,
  DescribeDBParametersCommandOutput,
  DescribeDBParameterGroupsCommandOutput,
  DescribeDBSubnetGroupsCommandOutput,
} from '@aws-sdk/client-rds';
import type { Context } from '../../world/context.js';
import type { ResourceProperties, ResourceType } from '../service.js';
import { readProperties, type TemplateProperties } from '../template-properties.js';
import { dbInstanceType, retag } from './db-instance-type.js';

const readSubnetGroup = (properties: ResourceProperties): TemplateProperties =>
  readProperties('AWS::RDS::DBSubnetGroup', properties, ['DBSubnetGroupName', 'DBSubnetGroupDescription', 'SubnetIds', 'Tags']);

const dbSubnetGroup: ResourceType = {
  type: 'AWS::RDS::DBSubnetGroup',
  replacedOn: ['DBSubnetGroupName'],
  create: async (properties, ctx, names) => {
    const read = readSubnetGroup(properties);
    const made = await ctx.call<CreateDBSubnetGroupCommandOutput>('rds', 'CreateDBSubnetGroup', {
      DBSubnetGroupName: read.text('DBSubnetGroupName') ?? names.generated(255),
      DBSubnetGroupDescription: read.text('DBSubnetGroupDescription'),
      SubnetIds: read.texts('SubnetIds'),
      Tags: read.tags(),
    });
    return { physicalId: made.DBSubnetGroup!.DBSubnetGroupName! };
  },
  update: async (name, properties, previous, ctx) => {
    const read = readSubnetGroup(properties);
    await ctx.call('rds', 'ModifyDBSubnetGroup', {
      DBSubnetGroupName: name,
      DBSubnetGroupDescription: read.text('DBSubnetGroupDescription'),
      SubnetIds: read.texts('SubnetIds'),
    });
    const { DBSubnetGroups } = await ctx.call<DescribeDBSubnetGroupsCommandOutput>('rds', 'DescribeDBSubnetGroups', {
      DBSubnetGroupName: name,
    });
    await retag(ctx, DBSubnetGroups![0]!.DBSubnetGroupArn!, read, readSubnetGroup(previous));
    return { physicalId: name };
  },
  delete: async (name, _properties, ctx) => {
    await ctx.call('rds', 'DeleteDBSubnetGroup', { DBSubnetGroupName: name });
  },
};

const readParameterGroup = (properties: ResourceProperties): TemplateProperties =>
  readProperties('AWS::RDS::DBParameterGroup', properties, ['DBParameterGroupName', 'Description', 'Family', 'Parameters', 'Tags']);
const valuesOf = (read: TemplateProperties): Record<string, unknown> =>
  (read.raw('Parameters') as Record<string, unknown> | undefined) ?? {};

const dbParameterGroup: ResourceType = {
  type: 'AWS::RDS::DBParameterGroup',
  replacedOn: ['DBParameterGroupName', 'Description', 'Family'],
  create: async (properties, ctx, names) => {
    const read = readParameterGroup(properties);
    const made = await ctx.call<CreateDBParameterGroupCommandOutput>('rds', 'CreateDBParameterGroup', {
      DBParameterGroupName: read.text('DBParameterGroupName') ?? names.generated(255),
      DBParameterGroupFamily: read.text('Family'),
      Description: read.text('Description'),
      Tags: read.tags(),
    });
    const name = made.DBParameterGroup!.DBParameterGroupName!;
    await setParameters(ctx, name, valuesOf(read));
    return { physicalId: name, attributes: { DBParameterGroupName: name } };
  },
  update: async (name, properties, previous, ctx) => {
    const read = readParameterGroup(properties);
    const values = valuesOf(read);
    const before = valuesOf(readParameterGroup(previous));
    const dropped = Object.keys(before).filter((parameter) => !(parameter in values));
    if (dropped.length > 0) {
      const Parameters = dropped.map((ParameterName) => ({ ParameterName, ApplyMethod: 'pending-reboot' }));
      await ctx.call('rds', 'ResetDBParameterGroup', { DBParameterGroupName: name, Parameters });
    }
    await setParameters(ctx, name, Object.fromEntries(Object.entries(values).filter(([parameter, value]) => before[parameter] !== value)));
    const found = await ctx.call<DescribeDBParameterGroupsCommandOutput>('rds', 'DescribeDBParameterGroups', {
      DBParameterGroupName: name,
    });
    await retag(ctx, found.DBParameterGroups![0]!.DBParameterGroupArn!, read, readParameterGroup(previous));
    return { physicalId: name, attributes: { DBParameterGroupName: name } };
  },
  delete: async (name, _properties, ctx) => {
    await ctx.call('rds', 'DeleteDBParameterGroup', { DBParameterGroupName: name });
  },
};

/** Dynamic parameters at once, static ones with the next reboot. */
const setParameters = async (ctx: Context, group: string, values: Record<string, unknown>): Promise<void> => {
  if (Object.keys(values).length === 0) return;
  const { Parameters: known = [] } = await ctx.call<DescribeDBParametersCommandOutput>('rds', 'DescribeDBParameters', {
    DBParameterGroupName: group,
  });
  const isStatic = (name: string): boolean => known.find(({ ParameterName }) => ParameterName === name)?.ApplyType === 'static';
  await ctx.call('rds', 'ModifyDBParameterGroup', {
    DBParameterGroupName: group,
    Parameters: Object.entries(values).map(([name, value]) => ({
      ParameterName: name,
      ParameterValue: String(value as string | number | boolean),
      ApplyMethod: isStatic(name) ? 'pending-reboot' : 'immediate',
    })),
  });
};

export const resourceTypes: readonly ResourceType[] = [dbInstanceType, dbSubnetGroup, dbParameterGroup];
