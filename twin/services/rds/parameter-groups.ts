import type * as RDS from '@aws-sdk/client-rds';
import { AwsError } from '../../wire/aws-error.js';
import type { Context } from '../../world/context.js';
import { page } from '../page.js';
import type { Operations } from '../service.js';
import { knownParameters } from './parameters.js';
import {
  badMarker,
  checkIdentifier,
  instancesOf,
  invalidCombination,
  invalidValue,
  parameterGroupsOf,
  rdsArn,
  tagsOf,
  type ParameterGroupRecord,
} from './records.js';

const families = ['postgres16', 'postgres17', 'postgres18'];

export const parameterGroups = {
  CreateDBParameterGroup: (input, ctx) => {
    const name = checkIdentifier('DBParameterGroupName', input.DBParameterGroupName, 255);
    if (parameterGroupsOf(ctx).has(name))
      throw new AwsError('DBParameterGroupAlreadyExistsFault', `Parameter group ${name} already exists`);
    if (!families.includes(input.DBParameterGroupFamily ?? '')) {
      throw invalidValue(`ParameterGroupFamily ${input.DBParameterGroupFamily} is not a valid parameter group family`);
    }
    const group = newGroup(ctx, name, input.DBParameterGroupFamily!, input.Description ?? '');
    tagsOf(ctx).set(group.view.DBParameterGroupArn, input.Tags ?? []);
    return { DBParameterGroup: { ...group.view } };
  },

  DescribeDBParameterGroups: (input, ctx) => {
    for (const family of families) defaultGroup(ctx, family);
    const all =
      input.DBParameterGroupName === undefined
        ? [...parameterGroupsOf(ctx).values()]
        : [parameterGroupNamed(ctx, input.DBParameterGroupName)];
    const { items, next } = page(all, { token: input.Marker, most: input.MaxRecords ?? 100 }, badMarker);
    return { DBParameterGroups: items.map(({ view }) => ({ ...view })), Marker: next };
  },

  DescribeDBParameters: (input, ctx) => {
    const { set } = parameterGroupNamed(ctx, input.DBParameterGroupName);
    const all = [...knownParameters].map(([name, known]) => set.get(name) ?? known);
    const wanted = all.filter(({ Source }) => input.Source === undefined || Source === input.Source);
    const { items, next } = page(wanted, { token: input.Marker, most: input.MaxRecords ?? 100 }, badMarker);
    return { Parameters: structuredClone(items), Marker: next };
  },

  ModifyDBParameterGroup: (input, ctx) => {
    const group = changeable(ctx, input.DBParameterGroupName);
    const changes = (input.Parameters ?? []).map(checked);
    for (const change of changes) group.set.set(change.ParameterName!, change);
    tellInstances(ctx, group, changes);
    return { DBParameterGroupName: group.view.DBParameterGroupName };
  },

  ResetDBParameterGroup: (input, ctx) => {
    const group = changeable(ctx, input.DBParameterGroupName);
    const changes = input.ResetAllParameters ? [...group.set.values()] : (input.Parameters ?? []).map(checked);
    for (const { ParameterName } of changes) group.set.delete(ParameterName!);
    tellInstances(ctx, group, changes);
    return { DBParameterGroupName: group.view.DBParameterGroupName };
  },

  DeleteDBParameterGroup: (input, ctx) => {
    const { view } = changeable(ctx, input.DBParameterGroupName);
    const name = view.DBParameterGroupName;
    if (usersOf(ctx, name).length > 0) {
      throw new AwsError(
        'InvalidDBParameterGroupStateFault',
        'One or more database instances are still members of this parameter group, so the group cannot be deleted',
      );
    }
    parameterGroupsOf(ctx).delete(name);
    tagsOf(ctx).delete(view.DBParameterGroupArn);
    return {};
  },
} satisfies Operations<typeof RDS>;

const newGroup = (ctx: Context, name: string, family: string, description: string): ParameterGroupRecord => {
  const view = {
    DBParameterGroupName: name,
    DBParameterGroupFamily: family,
    Description: description,
    DBParameterGroupArn: rdsArn(ctx, 'pg', name),
  };
  const group = { view, set: new Map<string, RDS.Parameter>() };
  parameterGroupsOf(ctx).set(name, group);
  return group;
};

/** `default.<family>`, which RDS keeps and nobody can change. */
export const defaultGroup = (ctx: Context, family: string): ParameterGroupRecord =>
  parameterGroupsOf(ctx).get(`default.${family}`) ?? newGroup(ctx, `default.${family}`, family, `Default parameter group for ${family}`);

/** @throws AwsError DBParameterGroupNotFoundFault */
export const parameterGroupNamed = (ctx: Context, id: string | undefined): ParameterGroupRecord => {
  const name = (id?.startsWith('arn:') ? id.split(':').slice(6).join(':') : (id ?? '')).toLowerCase();
  const family = name.replace(/^default\./, '');
  const found =
    parameterGroupsOf(ctx).get(name) ?? (name.startsWith('default.') && families.includes(family) ? defaultGroup(ctx, family) : undefined);
  if (!found) throw new AwsError('DBParameterGroupNotFoundFault', `DBParameterGroup not found: ${name}`);
  return found;
};

const changeable = (ctx: Context, name: string | undefined): ParameterGroupRecord => {
  if (name?.startsWith('default.'))
    throw invalidValue('The parameter DBParameterGroupName is not a valid identifier: default parameter groups cannot be changed.');
  return parameterGroupNamed(ctx, name);
};

const checked = (given: RDS.Parameter): RDS.Parameter => {
  const known = knownParameters.get(given.ParameterName ?? '');
  if (!known) {
    // AWS knows some 400; a missing one may be a misspelling or only missing here, so it is not AWS's refusal that is given.
    throw new AwsError('NotModelled', `NotModelled: rds parameter ${given.ParameterName}: the twin does not know it`, { status: 501 });
  }
  const method = given.ApplyMethod ?? 'pending-reboot';
  if (known.ApplyType === 'static' && method === 'immediate')
    throw invalidCombination('cannot use immediate apply method for static parameter');
  return { ...known, ParameterValue: given.ParameterValue, ApplyMethod: method, Source: 'user' };
};

const usersOf = (ctx: Context, group: string) =>
  [...instancesOf(ctx).values()].flatMap(({ view }) =>
    (view.DBParameterGroups ?? []).filter(({ DBParameterGroupName }) => DBParameterGroupName === group),
  );

/** Immediate changes to dynamic parameters are in force at once; everything else waits for a reboot that somebody has to ask for. */
const tellInstances = (ctx: Context, { view }: ParameterGroupRecord, changes: readonly RDS.Parameter[]): void => {
  if (changes.every(({ ApplyMethod }) => ApplyMethod === 'immediate')) return;
  for (const membership of usersOf(ctx, view.DBParameterGroupName)) membership.ParameterApplyStatus = 'pending-reboot';
};
