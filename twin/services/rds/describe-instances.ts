import type * as RDS from '@aws-sdk/client-rds';
import type { Context } from '../../world/context.js';
import type { Operations } from '../service.js';
import { describe } from './launch.js';
import { filtered, paged } from './listing.js';
import { instanceNamed, instancesOf, type InstanceRecord } from './records.js';

export const describeInstances = {
  DescribeDBInstances: (input, ctx) => {
    const { items, next } = paged(wanted(ctx, input), input);
    return { DBInstances: items.map((record) => describe(ctx, record)), Marker: next };
  },
} satisfies Operations<typeof RDS>;

const filters: Readonly<Record<string, (record: InstanceRecord) => readonly string[]>> = {
  'db-instance-id': ({ view }) => [view.DBInstanceIdentifier, view.DBInstanceArn],
  'dbi-resource-id': ({ view }) => [view.DbiResourceId],
  engine: ({ view }) => [view.Engine],
  'db-cluster-id': () => [],
  domain: () => [],
};

const wanted = (ctx: Context, input: RDS.DescribeDBInstancesMessage): InstanceRecord[] => {
  const all = input.DBInstanceIdentifier === undefined ? [...instancesOf(ctx).values()] : [instanceNamed(ctx, input.DBInstanceIdentifier)];
  return filtered(all, input.Filters, filters).sort((one, other) =>
    one.view.DBInstanceIdentifier < other.view.DBInstanceIdentifier ? -1 : 1,
  );
};
