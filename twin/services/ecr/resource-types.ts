import type { Repository } from '@aws-sdk/client-ecr';
import { AwsError } from '../../wire/aws-error.js';
import type { Context } from '../../world/context.js';
import { acceptProperties } from '../members.js';
import type { ProvisionedResource, ResourceProperties, ResourceType } from '../service.js';

const known = [
  'RepositoryName',
  'EmptyOnDelete',
  'EncryptionConfiguration',
  'ImageScanningConfiguration',
  'ImageTagMutability',
  'LifecyclePolicy',
  'RepositoryPolicyText',
  'Tags',
];
const text = (document: unknown): string => (typeof document === 'string' ? document : JSON.stringify(document));
const isTrue = (value: unknown): boolean => value === true || value === 'true';

const scanning = (property: unknown) =>
  property === undefined ? undefined : { scanOnPush: isTrue((property as { ScanOnPush?: unknown }).ScanOnPush) };
const encryption = (property: unknown) => {
  const given = property as { EncryptionType?: string; KmsKey?: string } | undefined;
  return given && { encryptionType: given.EncryptionType, ...(given.KmsKey === undefined ? {} : { kmsKey: given.KmsKey }) };
};

const setPolicies = async (
  ctx: Context,
  repositoryName: string,
  wanted: ResourceProperties,
  previous: ResourceProperties,
): Promise<void> => {
  const set = (operation: string, input: object = {}): Promise<unknown> => ctx.call('ecr', operation, { repositoryName, ...input });
  const lifecycle = (wanted.LifecyclePolicy as { LifecyclePolicyText?: string } | undefined)?.LifecyclePolicyText;
  if (lifecycle !== undefined) await set('PutLifecyclePolicy', { lifecyclePolicyText: lifecycle });
  else if (previous.LifecyclePolicy) await set('DeleteLifecyclePolicy');
  if (wanted.RepositoryPolicyText) await set('SetRepositoryPolicy', { policyText: text(wanted.RepositoryPolicyText) });
  else if (previous.RepositoryPolicyText) await set('DeleteRepositoryPolicy');
};
const repository = async (ctx: Context, name: string): Promise<Repository> => {
  const { repositories } = await ctx.call<{ repositories: Repository[] }>('ecr', 'DescribeRepositories', { repositoryNames: [name] });
  return repositories[0]!;
};
const described = async (ctx: Context, name: string): Promise<ProvisionedResource> => {
  const { repositoryArn, repositoryUri } = await repository(ctx, name);
  return { physicalId: name, attributes: { Arn: repositoryArn, RepositoryUri: repositoryUri } };
};

/** CloudFormation types that ECR backs. */
export const resourceTypes: readonly ResourceType[] = [
  {
    type: 'AWS::ECR::Repository',
    replacedOn: ['RepositoryName', 'EncryptionConfiguration'],
    holdsData: true,
    create: async (properties, ctx, names) => {
      acceptProperties('AWS::ECR::Repository', properties, known);
      const repositoryName = (properties.RepositoryName as string | undefined) ?? names.generated(256).toLowerCase();
      await ctx.call('ecr', 'CreateRepository', {
        repositoryName,
        imageTagMutability: properties.ImageTagMutability,
        imageScanningConfiguration: scanning(properties.ImageScanningConfiguration),
        encryptionConfiguration: encryption(properties.EncryptionConfiguration),
        tags: properties.Tags,
      });
      try {
        await setPolicies(ctx, repositoryName, properties, {});
      } catch (error) {
        await ctx.call('ecr', 'DeleteRepository', { repositoryName });
        throw error;
      }
      return described(ctx, repositoryName);
    },
    update: async (repositoryName, properties, previous, ctx) => {
      acceptProperties('AWS::ECR::Repository', properties, known);
      await setPolicies(ctx, repositoryName, properties, previous);
      await ctx.call('ecr', 'PutImageTagMutability', { repositoryName, imageTagMutability: properties.ImageTagMutability ?? 'MUTABLE' });
      await ctx.call('ecr', 'PutImageScanningConfiguration', {
        repositoryName,
        imageScanningConfiguration: scanning(properties.ImageScanningConfiguration) ?? { scanOnPush: false },
      });
      const resource = await described(ctx, repositoryName);
      if (properties.Tags) await ctx.call('ecr', 'TagResource', { resourceArn: resource.attributes!.Arn, tags: properties.Tags });
      return resource;
    },
    delete: async (repositoryName, properties, ctx) => {
      await ctx.call('ecr', 'DeleteRepository', { repositoryName, force: isTrue(properties.EmptyOnDelete) }).catch((error: unknown) => {
        if (!(error instanceof AwsError && error.code === 'RepositoryNotFoundException')) throw error;
      });
    },
    existing: {
      identifiedBy: 'RepositoryName',
      read: async (RepositoryName, ctx) => {
        const { imageTagMutability, imageScanningConfiguration: scan } = await repository(ctx, RepositoryName);
        const ImageScanningConfiguration = { ScanOnPush: scan?.scanOnPush ?? false };
        return {
          ...(await described(ctx, RepositoryName)),
          properties: { RepositoryName, ImageTagMutability: imageTagMutability, ImageScanningConfiguration },
        };
      },
    },
  },
];
