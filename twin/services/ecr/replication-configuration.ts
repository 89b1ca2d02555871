import type { ReplicationConfiguration, ReplicationRule } from '@aws-sdk/client-ecr';
import { AwsError } from '../../wire/aws-error.js';
import type { Context } from '../../world/context.js';
import { acceptProperties } from '../members.js';
import type { ResourceProperties, ResourceType } from '../service.js';

interface TemplateRule {
  readonly Destinations: readonly { readonly Region: string; readonly RegistryId: string }[];
  readonly RepositoryFilters?: readonly { readonly Filter: string; readonly FilterType: 'PREFIX_MATCH' }[];
}

const type = 'AWS::ECR::ReplicationConfiguration';

const put = (ctx: Context, rules: readonly ReplicationRule[]): Promise<unknown> =>
  ctx.call('ecr', 'PutReplicationConfiguration', { replicationConfiguration: { rules } });
const rulesNow = async (ctx: Context): Promise<readonly ReplicationRule[]> =>
  (await ctx.call<{ replicationConfiguration: ReplicationConfiguration }>('ecr', 'DescribeRegistry', {})).replicationConfiguration.rules ??
  [];

const asked = (properties: ResourceProperties): ReplicationRule[] => {
  acceptProperties(type, properties, ['ReplicationConfiguration']);
  const { Rules } = properties.ReplicationConfiguration as { Rules: readonly TemplateRule[] };
  return Rules.map(({ Destinations, RepositoryFilters }) => ({
    destinations: Destinations.map(({ Region, RegistryId }) => ({ region: Region, registryId: RegistryId })),
    ...(RepositoryFilters
      ? { repositoryFilters: RepositoryFilters.map(({ Filter, FilterType }) => ({ filter: Filter, filterType: FilterType })) }
      : {}),
  }));
};

/** There is one for an account and region, by the account's id; CloudFormation refuses to make it where rules are there already, and deletes it by putting none. */
export const replicationConfiguration: ResourceType = {
  type,
  replacedOn: [],
  create: async (properties, ctx) => {
    if ((await rulesNow(ctx)).length > 0)
      throw new AwsError('AlreadyExistsException', `Resource of type '${type}' with identifier '${ctx.account}' already exists.`);
    await put(ctx, asked(properties));
    return { physicalId: ctx.account, attributes: { RegistryId: ctx.account } };
  },
  update: async (physicalId, properties, _previous, ctx) => {
    await put(ctx, asked(properties));
    return { physicalId, attributes: { RegistryId: physicalId } };
  },
  delete: async (_physicalId, _properties, ctx) => {
    await put(ctx, []);
  },
};
