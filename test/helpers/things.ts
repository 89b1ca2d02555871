import { cloudFormation } from '../../twin/services/cloudformation/index.js';
import type { ExistingResource, ResourceProperties, ResourceType, Service } from '../../twin/services/service.js';
import { AwsError } from '../../twin/wire/aws-error.js';
import type { Context } from '../../twin/world/context.js';
import { regional } from '../../twin/world/state.js';
import { serviceWorld } from './service-world.js';

/** A made-up service of things, for what CloudFormation does with any service. */
interface Thing {
  id: string;
  properties: ResourceProperties;
  ready: boolean;
}

const things = regional('things', () => ({ byId: new Map<string, Thing>(), made: 0, log: [] as string[], mended: false }));

const operations = {
  CreateThing: ({ Properties: properties, Named = false }: { Properties: ResourceProperties; Named?: boolean }, ctx: Context) => {
    const held = ctx.state(things);
    if (properties['Fail'] !== undefined) throw new AwsError('ThingLimitExceeded', JSON.stringify(properties['Fail']));
    const id = Named ? String(properties['Name']) : `thing-${++held.made}`;
    if (held.byId.has(id)) throw new AwsError('ThingAlreadyExists', `thing ${id} already exists`);
    const thing = { id, properties, ready: properties['TakesSeconds'] === undefined };
    held.byId.set(thing.id, thing);
    held.log.push(`create ${String(properties['Name'])}`);
    if (!thing.ready) ctx.after(Number(properties['TakesSeconds']), 'thing is ready', () => void (thing.ready = true));
    return thing;
  },
  ModifyThing: ({ Id, Properties }: { Id: string; Properties: ResourceProperties }, ctx: Context) => {
    const thing = ctx.state(things).byId.get(Id);
    if (!thing) throw new AwsError('ThingNotFound', `no thing ${Id}`);
    if (Properties['FailUpdate'] !== undefined && !ctx.state(things).mended)
      throw new AwsError('InvalidThing', 'this thing will not change');
    thing.properties = Properties;
    ctx.state(things).log.push(`modify ${String(Properties['Name'])}`);
    return {};
  },
  DeleteThing: ({ Id }: { Id: string }, ctx: Context) => {
    const held = ctx.state(things);
    const thing = held.byId.get(Id);
    if (!thing) throw new AwsError('ThingNotFound', `no thing ${Id}`);
    if (thing.properties['Undeletable'] !== undefined) throw new AwsError('ThingInUse', `thing ${Id} is in use`);
    held.byId.delete(Id);
    held.log.push(`delete ${String(thing.properties['Name'])}`);
    return {};
  },
  /** From here on things change also where `FailUpdate` says that they do not. */
  MendThings: (_input: object, ctx: Context) => {
    ctx.state(things).mended = true;
    return {};
  },
  DescribeThings: (_input: object, ctx: Context) => ({ Things: [...ctx.state(things).byId.values()], Log: ctx.state(things).log }),
};

const attributesOf = (id: string, properties: ResourceProperties) => ({
  Arn: `arn:aws:things:::${id}`,
  Endpoint: { Address: `${id}.example.com` },
  Size: properties['Size'] ?? 0,
});

const creating =
  (Named: boolean): ResourceType['create'] =>
  async (Properties, ctx) => {
    const { id } = await ctx.call<Thing>('things', 'CreateThing', { Properties, Named });
    return { physicalId: id, attributes: attributesOf(id, Properties) };
  };
const remove: ResourceType['delete'] = async (Id, _properties, ctx) => void (await ctx.call('things', 'DeleteThing', { Id }));

const existing = (identifiedBy: string): ExistingResource => ({
  identifiedBy,
  read: async (id, ctx) => {
    const { Things } = await ctx.call<{ Things: Thing[] }>('things', 'DescribeThings', {});
    const found = Things.find((thing) => thing.id === id);
    return found && { properties: found.properties, attributes: attributesOf(id, found.properties) };
  },
});

const resourceTypes: ResourceType[] = [
  {
    type: 'Test::Thing',
    replacedOn: ['Name'],
    create: creating(false),
    existing: existing('ThingId'),
    stable: async (id, _properties, ctx) => {
      const { Things } = await ctx.call<{ Things: Thing[] }>('things', 'DescribeThings', {});
      return Things.find((thing) => thing.id === id)?.ready ? { stable: true } : undefined;
    },
    update: async (physicalId, Properties, _previous, ctx) => {
      await ctx.call('things', 'ModifyThing', { Id: physicalId, Properties });
      return { physicalId, attributes: attributesOf(physicalId, Properties) };
    },
    delete: remove,
  },
  { type: 'Test::Fixed', replacedOn: [], create: creating(false), delete: remove },
  {
    type: 'Test::Named',
    replacedOn: ['Name'],
    create: creating(true),
    update: async (physicalId) => ({ physicalId }),
    delete: remove,
    existing: existing('Name'),
  },
];

const thingService = {
  id: 'things',
  reach: 'regional',
  sdk: async () => ({}),
  operations,
  resourceTypes,
} as unknown as Service;

/** A world with things and CloudFormation, and whatever else. */
export const worldOfThings = (others: readonly Service[] = []) => {
  const all: Service[] = [thingService, ...others, cloudFormation(() => all)];
  const world = serviceWorld(all);
  const cfn = <Output = Record<string, unknown>>(operation: string, input: object = {}) =>
    world.call<Output>('cloudformation', operation, input);
  /** The same asked by a client that cannot sleep in the world's time, as the cdk CLI. */
  const look = <Output = Record<string, unknown>>(operation: string, input: object = {}) =>
    world.ctx('eu-west-1', false).call<Output>('cloudformation', operation, input);
  const stack = async (name = 'Site') =>
    (
      await look<{
        Stacks: {
          StackStatus: string;
          StackStatusReason?: string;
          Outputs: { OutputKey: string; OutputValue: string }[];
          StackId: string;
        }[];
      }>('DescribeStacks', { StackName: name })
    ).Stacks[0]!;
  return {
    ...world,
    cfn,
    look,
    stack,
    /** Creates or updates a stack directly and waits for its end. */
    deploy: async (template: object | string, more: object = {}, name = 'Site') => {
      const exists = await look('DescribeStacks', { StackName: name }).then(
        () => true,
        () => false,
      );
      const TemplateBody = typeof template === 'string' ? template : JSON.stringify(template);
      await cfn(exists ? 'UpdateStack' : 'CreateStack', { StackName: name, TemplateBody, ...more });
      return stack(name);
    },
    /** The events of a stack, oldest first, as `LogicalId STATUS reason`. */
    events: async (name = 'Site') => {
      const { StackEvents } = await look<{
        StackEvents: { LogicalResourceId: string; ResourceStatus: string; ResourceStatusReason?: string }[];
      }>('DescribeStackEvents', { StackName: name });
      return StackEvents.reverse().map((event) =>
        `${event.LogicalResourceId} ${event.ResourceStatus} ${event.ResourceStatusReason ?? ''}`.trim(),
      );
    },
    things: async () => await world.call<{ Things: Thing[]; Log: string[] }>('things', 'DescribeThings'),
    names: async () =>
      (await world.call<{ Things: Thing[] }>('things', 'DescribeThings')).Things.map(({ properties }) => properties['Name']).sort(),
  };
};

/** A template of `Test::Thing`s, each with its logical id as name unless given. */
export const templateOf = (resources: Record<string, { [member: string]: unknown; Properties?: object }>, rest: object = {}) => ({
  ...rest,
  Resources: Object.fromEntries(
    Object.entries(resources).map(([name, resource]) => [
      name,
      { Type: 'Test::Thing', ...resource, Properties: { Name: name, ...resource.Properties } },
    ]),
  ),
});
