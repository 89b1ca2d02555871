import type * as Ecs from '@aws-sdk/client-ecs';
import type { ResourceType } from '../service.js';
import { readProperties } from '../template-properties.js';
import { as, ecs, syncTags } from './template-calls.js';

const definitionProperties = [
  ...['Family', 'ContainerDefinitions', 'Cpu', 'Memory', 'NetworkMode', 'RequiresCompatibilities', 'ExecutionRoleArn', 'TaskRoleArn'],
  ...['RuntimePlatform', 'EphemeralStorage', 'Volumes', 'PlacementConstraints'],
];
/** Sizes of containers are numbers, those of the task are text. */
const sized = (containers: Ecs.ContainerDefinition[] | undefined): Ecs.ContainerDefinition[] =>
  (containers ?? []).map((container) => {
    const sizes = (['cpu', 'memory', 'memoryReservation'] as const).filter((name) => container[name] !== undefined);
    return { ...container, ...Object.fromEntries(sizes.map((name) => [name, Number(container[name])])) };
  });

export const taskDefinition: ResourceType = {
  type: 'AWS::ECS::TaskDefinition',
  replacedOn: definitionProperties,
  create: async (properties, ctx, names) => {
    const read = readProperties('AWS::ECS::TaskDefinition', properties, [...definitionProperties, 'Tags']);
    const { taskDefinition: made } = await ecs<Ecs.RegisterTaskDefinitionResponse>(ctx, 'RegisterTaskDefinition', {
      family: read.text('Family') ?? names.generated(255),
      containerDefinitions: sized(as(properties, 'ContainerDefinitions')),
      cpu: read.text('Cpu'),
      memory: read.text('Memory'),
      networkMode: read.text('NetworkMode'),
      requiresCompatibilities: read.texts('RequiresCompatibilities'),
      executionRoleArn: read.text('ExecutionRoleArn'),
      taskRoleArn: read.text('TaskRoleArn'),
      runtimePlatform: as(properties, 'RuntimePlatform'),
      ephemeralStorage: as(properties, 'EphemeralStorage'),
      volumes: as(properties, 'Volumes'),
      placementConstraints: as(properties, 'PlacementConstraints'),
      tags: as(properties, 'Tags'),
    });
    return { physicalId: made!.taskDefinitionArn!, attributes: { TaskDefinitionArn: made!.taskDefinitionArn } };
  },
  update: async (arn, properties, previous, ctx) => {
    await syncTags(arn, properties, previous, ctx);
    return { physicalId: arn, attributes: { TaskDefinitionArn: arn } };
  },
  delete: async (arn, _properties, ctx) => {
    await ecs(ctx, 'DeregisterTaskDefinition', { taskDefinition: arn });
  },
};
