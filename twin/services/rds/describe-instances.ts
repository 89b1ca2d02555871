import type * as RDS from '@aws-sdk/client-rds';
import type { Context } from '../../world/context.js';
import { page } from '../page.js';
import type { Operations } from '../service.js';
import { describe } from './launch.js';
import { badMarker, instanceNamed, instancesOf, invalidValue, type Instance, type InstanceRecord } from './records.js';

export const describeInstances = {
  DescribeDBInstances: (input, ctx) => {
    const size = input.MaxRecords ?? 100;
    if (size < 20 || size > 100) throw invalidValue(`Invalid value ${size} for MaxRecords. Must be between 20 and 100`);
    const { items, next } = page(wanted(ctx, input), { token: input.Marker, most: size }, badMarker);
    return { DBInstances: items.map((record) => describe(ctx, record)), Marker: next };
  },
} satisfies Operations<typeof RDS>;

const filters: Readonly<Record<string, (view: Instance) => readonly string[]>> = {
  'db-instance-id': (view) => [view.DBInstanceIdentifier, view.DBInstanceArn],
  'dbi-resource-id': (view) => [view.DbiResourceId],
  engine: (view) => [view.Engine],
  'db-cluster-id': () => [],
  domain: () => [],
};

const wanted = (ctx: Context, input: RDS.DescribeDBInstancesMessage): InstanceRecord[] => {
  const all = input.DBInstanceIdentifier === undefined ? [...instancesOf(ctx).values()] : [instanceNamed(ctx, input.DBInstanceIdentifier)];
  return all
    .filter(({ view }) =>
      (input.Filters ?? []).every(({ Name, Values = [] }) => {
        const held = filters[Name ?? ''];
        if (!held) throw invalidValue(`Unrecognized filter name: ${Name}`);
        return held(view).some((value) => Values.includes(value));
      }),
    )
    .sort((one, other) => (one.view.DBInstanceIdentifier < other.view.DBInstanceIdentifier ? -1 : 1));
};
