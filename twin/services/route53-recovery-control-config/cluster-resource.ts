import type { Context } from '../../world/context.js';
import { freshUuid } from '../fresh-id.js';
import type { ProvisionedResource, ResourceType } from '../service.js';
import { readProperties } from '../template-properties.js';
import { freshEndpoints } from '../route53-recovery-cluster/endpoints.js';
import { mustBeOffered } from './offered.js';
import { recoveryControl, type ClusterRecord } from '../route53-recovery-cluster/records.js';

const type = 'AWS::Route53RecoveryControl::Cluster';

const provisioned = ({ arn, endpoints, status }: ClusterRecord): ProvisionedResource => ({
  physicalId: arn,
  attributes: { ClusterArn: arn, ClusterEndpoints: endpoints, Status: status },
});

const deploy = (cluster: ClusterRecord, ctx: Context): void =>
  ctx.after(ctx.takes('route53-recovery.deploy-cluster'), `cluster ${cluster.arn}`, () => {
    cluster.status = 'DEPLOYED';
  });

export const clusterResource: ResourceType = {
  type,
  replacedOn: ['Name', 'Tags'],
  create: async (properties, ctx) => {
    mustBeOffered(type, ctx);
    const read = readProperties(type, properties, ['Name', 'Tags']);
    const arn = `arn:aws:route53-recovery-control::${ctx.account}:cluster/${freshUuid(ctx, 'route53-recovery-cluster')}`;
    const cluster: ClusterRecord = { arn, name: read.text('Name') ?? '', endpoints: freshEndpoints(ctx), status: 'PENDING' };
    ctx.state(recoveryControl).clusters.set(arn, cluster);
    deploy(cluster, ctx);
    return provisioned(cluster);
  },
  stable: (arn, _properties, ctx) => {
    const cluster = ctx.state(recoveryControl).clusters.get(arn);
    return cluster?.status === 'DEPLOYED' ? { stable: true, attributes: provisioned(cluster).attributes ?? {} } : undefined;
  },
  delete: async (arn, _properties, ctx) => void ctx.state(recoveryControl).clusters.delete(arn),
};
