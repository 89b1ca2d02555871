import type { Context } from '../../world/context.js';
import { parameterGroupNamed } from './parameter-groups.js';
import { knownParameters } from './parameters.js';
import { databaseKey, type InstanceRecord } from './records.js';

/** The one parameter that reaches the server, as its group says when the server has started: `rds.force_ssl`. */
export const forceTls = async (ctx: Context, { view }: InstanceRecord): Promise<void> => {
  const name = 'rds.force_ssl';
  const { set } = parameterGroupNamed(ctx, view.DBParameterGroups?.[0]?.DBParameterGroupName);
  const value = (set.get(name) ?? knownParameters.get(name))?.ParameterValue;
  await ctx.dataplane.databases.requireTls(databaseKey(ctx, view.DbiResourceId), value === '1');
};
