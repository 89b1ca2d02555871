import { AwsError } from '../wire/aws-error.js';
import { isAnsweredIn } from './bites.js';
import type { Fault } from './fault.js';
import { oneOf } from './parameters.js';

const starting = [
  'CreateDBInstance',
  'CreateDBInstanceReadReplica',
  'RestoreDBInstanceFromDBSnapshot',
  'RestoreDBInstanceToPointInTime',
  'StartDBInstance',
];

/** AWS has no room: nothing new starts, what runs goes on. When a whole region fails, everybody comes to the next one. */
export const insufficientCapacity: Fault = {
  name: 'insufficient-capacity',
  description: 'one region has no room: RDS refuses to start instances, ECS cannot place Fargate tasks; what runs goes on',
  parameters: { of: 'rds, fargate or both (default: both)' },
  inject: (_world, target) => {
    const of = oneOf(target, 'of', ['rds', 'fargate', 'both'], 'both');
    return {
      call: (call) => {
        const { DBInstanceClass: asked } = call.input as { DBInstanceClass?: string };
        const grows = call.operation === 'ModifyDBInstance' && asked !== undefined;
        if (of === 'fargate' || !isAnsweredIn(target.region, 'rds', call) || !(starting.includes(call.operation) || grows)) return;
        const what = asked ?? 'the requested';
        throw new AwsError(
          'InsufficientDBInstanceCapacityFault',
          `Cannot create a ${what} database instance because there are no availability zones with sufficient capacity for VPC. ` +
            'Please try the request again at a later time.',
          { status: 400 },
        );
      },
      obstacle: (what, { region }) =>
        of !== 'rds' && what === 'ecs.task' && region === target.region
          ? 'Capacity is unavailable at this time. Please try again later or in a different availability zone'
          : undefined,
    };
  },
};
