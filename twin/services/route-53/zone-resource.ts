import type * as R53 from '@aws-sdk/client-route-53';
import type { Context } from '../../world/context.js';
import type { ProvisionedResource, ResourceProperties, ResourceType } from '../service.js';
import { readProperties, type TemplateProperties } from '../template-properties.js';
import { awaitChange, changeIsInSync } from './record-set-resources.js';
import { bareId } from './records.js';

const readZone = (properties: ResourceProperties): TemplateProperties =>
  readProperties('AWS::Route53::HostedZone', properties, ['Name', 'HostedZoneConfig', 'HostedZoneTags', 'HostedZoneFeatures']);
const isAccelerated = (properties: ResourceProperties): boolean => {
  const asked = (properties.HostedZoneFeatures as { EnableAcceleratedRecovery?: unknown } | undefined)?.EnableAcceleratedRecovery;
  return asked === true || asked === 'true';
};
const accelerate = async (HostedZoneId: string, now: boolean, before: boolean, ctx: Context): Promise<void> => {
  if (now !== before) await ctx.call('route-53', 'UpdateHostedZoneFeatures', { HostedZoneId, EnableAcceleratedRecovery: now });
};
const commentOf = (properties: ResourceProperties): string | undefined =>
  (properties.HostedZoneConfig as { Comment?: string } | undefined)?.Comment;

/** Makes a resource's tags those of its properties. */
export const syncTags = async (
  resource: { ResourceType: R53.TagResourceType; ResourceId: string },
  { before, after }: { before: readonly R53.Tag[]; after: readonly R53.Tag[] },
  ctx: Context,
): Promise<void> => {
  const RemoveTagKeys = before.filter((old) => !after.some(({ Key }) => Key === old.Key)).map(({ Key }) => Key);
  if (after.length > 0 || RemoveTagKeys.length > 0) {
    await ctx.call('route-53', 'ChangeTagsForResource', { ...resource, AddTags: after, RemoveTagKeys });
  }
};

const provisioned = async (id: string, ctx: Context): Promise<ProvisionedResource> => {
  const { DelegationSet } = await ctx.call<R53.GetHostedZoneResponse>('route-53', 'GetHostedZone', { Id: id });
  return { physicalId: id, attributes: { Id: id, NameServers: DelegationSet?.NameServers } };
};

export const hostedZone: ResourceType = {
  type: 'AWS::Route53::HostedZone',
  replacedOn: ['Name'],
  create: async (properties, ctx, names) => {
    const read = readZone(properties);
    const Comment = commentOf(properties);
    const { HostedZone, ChangeInfo } = await ctx.call<R53.CreateHostedZoneResponse>('route-53', 'CreateHostedZone', {
      Name: read.text('Name'),
      CallerReference: names.generated(128),
      ...(Comment === undefined ? {} : { HostedZoneConfig: { Comment } }),
    });
    const id = bareId(HostedZone!.Id);
    awaitChange(`zone ${id}`, ChangeInfo, ctx);
    await syncTags({ ResourceType: 'hostedzone', ResourceId: id }, { before: [], after: read.tags('HostedZoneTags') ?? [] }, ctx);
    await accelerate(id, isAccelerated(properties), false, ctx);
    return provisioned(id, ctx);
  },
  stable: (id, _properties, ctx) => changeIsInSync(`zone ${id}`, ctx),
  update: async (id, properties, previous, ctx) => {
    const tags = { before: readZone(previous).tags('HostedZoneTags') ?? [], after: readZone(properties).tags('HostedZoneTags') ?? [] };
    await accelerate(id, isAccelerated(properties), isAccelerated(previous), ctx);
    await ctx.call('route-53', 'UpdateHostedZoneComment', { Id: id, Comment: commentOf(properties) });
    await syncTags({ ResourceType: 'hostedzone', ResourceId: id }, tags, ctx);
    return provisioned(id, ctx);
  },
  delete: async (id, _properties, ctx) => {
    await ctx.call('route-53', 'DeleteHostedZone', { Id: id });
  },
};
