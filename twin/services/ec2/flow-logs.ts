import type * as EC2 from '@aws-sdk/client-ec2';
import { accept, need } from '../members.js';
import type { Operations } from '../service.js';
import { described } from './describe.js';
import { ec2Error, find, network, newId, type FlowLog } from './records.js';
import { tagNew } from './tags.js';

const defaultFormat =
  '${version} ${account-id} ${interface-id} ${srcaddr} ${dstaddr} ${srcport} ${dstport} ${protocol} ${packets} ${bytes} ${start} ${end} ${action} ${log-status}';
const kinds = { VPC: 'vpcs', Subnet: 'subnets', NetworkInterface: 'interfaces' } as const;

/** Flow logs, as records: no packets pass, so none are logged. */
export const flowLogs = {
  CreateFlowLogs: (input, ctx) => {
    accept('ec2.CreateFlowLogs', input, [
      'ClientToken',
      'DeliverLogsPermissionArn',
      'LogGroupName',
      'ResourceIds',
      'ResourceType',
      'TrafficType',
      'LogDestinationType',
      'LogDestination',
      'LogFormat',
      'TagSpecifications',
      'MaxAggregationInterval',
    ]);
    const kind = kinds[need(input.ResourceType, 'ResourceType', 'MissingParameter') as keyof typeof kinds];
    if (kind === undefined)
      throw ec2Error('InvalidParameter', `The flow log resource type ${input.ResourceType} is not modelled by the twin`);
    const destination = input.LogDestinationType ?? 'cloud-watch-logs';
    if (destination === 'cloud-watch-logs' && (input.LogGroupName ?? input.LogDestination) === undefined) {
      throw ec2Error('InvalidParameter', 'LogGroupName or LogDestination must be specified');
    }
    const earlier = input.ClientToken === undefined ? undefined : network(ctx).byToken.get(`fl/${input.ClientToken}`);
    if (earlier !== undefined) return { ClientToken: input.ClientToken, FlowLogIds: earlier.split(','), Unsuccessful: [] };
    const resources = need(input.ResourceIds, 'ResourceIds', 'MissingParameter');
    for (const id of resources) find(ctx, kind, id);
    const made = resources.map((ResourceId): FlowLog => ({
      FlowLogId: newId(ctx, 'fl'),
      ResourceId,
      FlowLogStatus: 'ACTIVE',
      DeliverLogsStatus: 'SUCCESS',
      CreationTime: ctx.date(),
      TrafficType: input.TrafficType ?? 'ALL',
      LogDestinationType: destination,
      LogDestination: input.LogDestination,
      LogGroupName: input.LogGroupName,
      DeliverLogsPermissionArn: input.DeliverLogsPermissionArn,
      LogFormat: input.LogFormat ?? defaultFormat,
      MaxAggregationInterval: input.MaxAggregationInterval ?? 600,
    }));
    for (const log of made) {
      network(ctx).flowLogs.set(log.FlowLogId, log);
      tagNew(ctx, log.FlowLogId, 'vpc-flow-log', input.TagSpecifications);
    }
    const ids = made.map(({ FlowLogId }) => FlowLogId);
    if (input.ClientToken !== undefined) network(ctx).byToken.set(`fl/${input.ClientToken}`, ids.join(','));
    return { ClientToken: input.ClientToken, FlowLogIds: ids, Unsuccessful: [] };
  },
  DescribeFlowLogs: (input, ctx) => {
    accept('ec2.DescribeFlowLogs', input, ['FlowLogIds', 'Filter', 'NextToken', 'MaxResults']);
    const { items, next } = described(ctx, 'flowLogs', {
      ids: input.FlowLogIds,
      asked: { ...input, Filters: input.Filter },
      idOf: ({ FlowLogId }) => FlowLogId,
      fields: {
        'flow-log-id': ({ FlowLogId }) => FlowLogId,
        'resource-id': ({ ResourceId }) => ResourceId,
        'log-destination-type': ({ LogDestinationType }) => LogDestinationType,
        'log-group-name': ({ LogGroupName }) => LogGroupName,
        'traffic-type': ({ TrafficType }) => TrafficType,
        'deliver-log-status': ({ DeliverLogsStatus }) => DeliverLogsStatus,
      },
    });
    return { FlowLogs: items, NextToken: next };
  },
  DeleteFlowLogs: ({ FlowLogIds }, ctx) => {
    for (const id of need(FlowLogIds, 'FlowLogIds', 'MissingParameter')) {
      find(ctx, 'flowLogs', id);
      network(ctx).flowLogs.delete(id);
      network(ctx).tags.delete(id);
    }
    return { Unsuccessful: [] };
  },
} satisfies Operations<typeof EC2>;
