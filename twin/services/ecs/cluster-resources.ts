import type * as Ecs from '@aws-sdk/client-ecs';
import type { Context } from '../../world/context.js';
import type { ResourceProperties, ResourceType } from '../service.js';
import { readProperties } from '../template-properties.js';
import { as, ecs, goneIs, syncTags } from './template-calls.js';

const readCluster = (properties: ResourceProperties) => {
  const read = readProperties('AWS::ECS::Cluster', properties, [
    ...['ClusterName', 'ClusterSettings', 'CapacityProviders', 'DefaultCapacityProviderStrategy', 'Tags'],
  ]);
  return {
    name: read.text('ClusterName'),
    settings: as<Ecs.ClusterSetting[]>(properties, 'ClusterSettings'),
    providers: read.texts('CapacityProviders'),
  };
};

export const cluster: ResourceType = {
  type: 'AWS::ECS::Cluster',
  replacedOn: ['ClusterName'],
  create: async (properties, ctx, names) => {
    const { name, settings, providers } = readCluster(properties);
    const { cluster: made } = await ecs<Ecs.CreateClusterResponse>(ctx, 'CreateCluster', {
      clusterName: name ?? names.generated(255),
      settings,
      capacityProviders: providers,
      defaultCapacityProviderStrategy: as(properties, 'DefaultCapacityProviderStrategy'),
      tags: as(properties, 'Tags'),
    });
    return { physicalId: made!.clusterName!, attributes: { Arn: made!.clusterArn } };
  },
  update: async (name, properties, previous, ctx) => {
    const { settings, providers } = readCluster(properties);
    const { cluster: found } = await ecs<Ecs.UpdateClusterResponse>(ctx, 'UpdateCluster', { cluster: name, settings });
    if (providers) {
      const defaultCapacityProviderStrategy = as(properties, 'DefaultCapacityProviderStrategy') ?? [];
      await ecs(ctx, 'PutClusterCapacityProviders', { cluster: name, capacityProviders: providers, defaultCapacityProviderStrategy });
    }
    await syncTags(found!.clusterArn!, properties, previous, ctx);
    return { physicalId: name, attributes: { Arn: found!.clusterArn } };
  },
  delete: async (name, _properties, ctx) => {
    await ecs(ctx, 'DeleteCluster', { cluster: name }).catch(goneIs('ClusterNotFoundException'));
  },
};

const putProviders = async (name: string, properties: ResourceProperties, ctx: Context): Promise<void> => {
  const read = readProperties('AWS::ECS::ClusterCapacityProviderAssociations', properties, [
    ...['Cluster', 'CapacityProviders', 'DefaultCapacityProviderStrategy'],
  ]);
  const defaultCapacityProviderStrategy = as(properties, 'DefaultCapacityProviderStrategy') ?? [];
  await ecs(ctx, 'PutClusterCapacityProviders', {
    cluster: name,
    capacityProviders: read.texts('CapacityProviders') ?? [],
    defaultCapacityProviderStrategy,
  });
};

export const capacityProviders: ResourceType = {
  type: 'AWS::ECS::ClusterCapacityProviderAssociations',
  replacedOn: ['Cluster'],
  create: async (properties, ctx) => {
    const name = String(properties.Cluster);
    await putProviders(name, properties, ctx);
    return { physicalId: name };
  },
  update: async (name, properties, _previous, ctx) => {
    await putProviders(name, properties, ctx);
    return { physicalId: name };
  },
  delete: async (name, _properties, ctx) => {
    const input = { cluster: name, capacityProviders: [], defaultCapacityProviderStrategy: [] };
    await ecs(ctx, 'PutClusterCapacityProviders', input).catch(goneIs('ClusterNotFoundException'));
  },
};
