import type * as ECR from '@aws-sdk/client-ecr';
import { AwsError } from '../../wire/aws-error.js';
import type { Context } from '../../world/context.js';
import { accept, need } from '../members.js';
import { page } from '../page.js';
import type { Operations } from '../service.js';
import { newRepository, repositoriesOf, repositoryNamed, type RepositoryRecord } from './records.js';

const invalid = (message: string): AwsError => new AwsError('InvalidParameterException', message);

const checkName = (name: string): void => {
  if (!/^(?:[a-z0-9]+(?:[._-][a-z0-9]+)*\/)*[a-z0-9]+(?:[._-][a-z0-9]+)*$/.test(name) || name.length < 2 || name.length > 256) {
    throw invalid(
      "Invalid parameter at 'repositoryName' failed to satisfy constraint: 'must satisfy regular expression '(?:[a-z0-9]+(?:[._-][a-z0-9]+)*/)*[a-z0-9]+(?:[._-][a-z0-9]+)*''",
    );
  }
};
const byArn = (ctx: Context, arn: string | undefined): RepositoryRecord => repositoryNamed(ctx, arn?.split(':repository/')[1]);
const checkJson = (text: string, what: string): string => {
  try {
    JSON.parse(text);
    return text;
  } catch {
    throw invalid(`Invalid parameter at '${what}' failed to satisfy constraint: 'Invalid ${what} provided'`);
  }
};

export const repositories = {
  CreateRepository: (input, ctx) => {
    accept('ecr.CreateRepository', input, [
      'repositoryName',
      'tags',
      'imageTagMutability',
      'imageScanningConfiguration',
      'encryptionConfiguration',
      ...(input.registryId === ctx.account ? (['registryId'] as const) : []),
    ]);
    const name = need(input.repositoryName, 'repositoryName', 'InvalidParameterException');
    checkName(name);
    if (!['MUTABLE', 'IMMUTABLE'].includes(input.imageTagMutability ?? 'MUTABLE')) {
      throw new AwsError('NotModelled', `NotModelled: ecr.CreateRepository with imageTagMutability ${input.imageTagMutability}`, {
        status: 501,
      });
    }
    if (repositoriesOf(ctx).has(name)) {
      throw new AwsError(
        'RepositoryAlreadyExistsException',
        `The repository with name '${name}' already exists in the registry with id '${ctx.account}'`,
      );
    }
    const record = newRepository(ctx, name);
    if (input.imageTagMutability) record.repository.imageTagMutability = input.imageTagMutability;
    if (input.imageScanningConfiguration) record.repository.imageScanningConfiguration = input.imageScanningConfiguration;
    if (input.encryptionConfiguration) record.repository.encryptionConfiguration = input.encryptionConfiguration;
    record.tags = input.tags ?? [];
    repositoriesOf(ctx).set(name, record);
    return { repository: record.repository };
  },
  DescribeRepositories: (input, ctx) => {
    accept('ecr.DescribeRepositories', input, ['registryId', 'repositoryNames', 'nextToken', 'maxResults']);
    const named = input.repositoryNames?.map((name) => repositoryNamed(ctx, name, input.registryId));
    const held = named ?? [...repositoriesOf(ctx).values()];
    const { items, next } = page(held, { token: input.nextToken, most: input.maxResults ?? 100 }, () => invalid('Invalid nextToken'));
    return { repositories: items.map(({ repository }) => repository), nextToken: next };
  },
  DeleteRepository: ({ repositoryName, registryId, force }, ctx) => {
    const { repository, images } = repositoryNamed(ctx, repositoryName, registryId);
    if (images.size > 0 && !force) {
      throw new AwsError(
        'RepositoryNotEmptyException',
        `The repository with name '${repositoryName}' in registry with id '${ctx.account}' cannot be deleted because it still contains images`,
      );
    }
    repositoriesOf(ctx).delete(repository.repositoryName);
    return { repository };
  },
  SetRepositoryPolicy: (input, ctx) => {
    const record = repositoryNamed(ctx, input.repositoryName, input.registryId);
    record.policy = checkJson(need(input.policyText, 'policyText', 'InvalidParameterException'), 'policyText');
    return { registryId: ctx.account, repositoryName: input.repositoryName, policyText: record.policy };
  },
  GetRepositoryPolicy: ({ repositoryName, registryId }, ctx) => ({
    registryId: ctx.account,
    repositoryName,
    policyText: policyOf(ctx, repositoryNamed(ctx, repositoryName, registryId)),
  }),
  DeleteRepositoryPolicy: ({ repositoryName, registryId }, ctx) => {
    const record = repositoryNamed(ctx, repositoryName, registryId);
    const policyText = policyOf(ctx, record);
    record.policy = undefined;
    return { registryId: ctx.account, repositoryName, policyText };
  },
  PutLifecyclePolicy: (input, ctx) => {
    const record = repositoryNamed(ctx, input.repositoryName, input.registryId);
    const text = checkJson(need(input.lifecyclePolicyText, 'lifecyclePolicyText', 'InvalidParameterException'), 'LifecyclePolicyText');
    record.lifecycle = { text, evaluatedAt: ctx.date() };
    return { registryId: ctx.account, repositoryName: input.repositoryName, lifecyclePolicyText: text };
  },
  GetLifecyclePolicy: ({ repositoryName, registryId }, ctx) => {
    const { text, evaluatedAt } = lifecycleOf(ctx, repositoryNamed(ctx, repositoryName, registryId));
    return { registryId: ctx.account, repositoryName, lifecyclePolicyText: text, lastEvaluatedAt: evaluatedAt };
  },
  DeleteLifecyclePolicy: ({ repositoryName, registryId }, ctx) => {
    const record = repositoryNamed(ctx, repositoryName, registryId);
    const { text, evaluatedAt } = lifecycleOf(ctx, record);
    record.lifecycle = undefined;
    return { registryId: ctx.account, repositoryName, lifecyclePolicyText: text, lastEvaluatedAt: evaluatedAt };
  },
  PutImageScanningConfiguration: ({ repositoryName, registryId, imageScanningConfiguration }, ctx) => {
    repositoryNamed(ctx, repositoryName, registryId).repository.imageScanningConfiguration = imageScanningConfiguration;
    return { registryId: ctx.account, repositoryName, imageScanningConfiguration };
  },
  PutImageTagMutability: (input, ctx) => {
    accept('ecr.PutImageTagMutability', input, ['registryId', 'repositoryName', 'imageTagMutability']);
    repositoryNamed(ctx, input.repositoryName, input.registryId).repository.imageTagMutability = input.imageTagMutability;
    return { registryId: ctx.account, repositoryName: input.repositoryName, imageTagMutability: input.imageTagMutability };
  },
  TagResource: ({ resourceArn, tags = [] }, ctx) => {
    const record = byArn(ctx, resourceArn);
    record.tags = [...record.tags.filter(({ Key }) => !tags.some((tag) => tag.Key === Key)), ...tags];
    return {};
  },
  UntagResource: ({ resourceArn, tagKeys = [] }, ctx) => {
    const record = byArn(ctx, resourceArn);
    record.tags = record.tags.filter(({ Key }) => !tagKeys.includes(Key ?? ''));
    return {};
  },
  ListTagsForResource: ({ resourceArn }, ctx) => ({ tags: byArn(ctx, resourceArn).tags }),
} satisfies Operations<typeof ECR>;

const where = (ctx: Context, { repository }: RepositoryRecord): string =>
  `the repository with name '${repository.repositoryName}' in the registry with id '${ctx.account}'`;
const policyOf = (ctx: Context, record: RepositoryRecord): string => {
  if (record.policy !== undefined) return record.policy;
  throw new AwsError('RepositoryPolicyNotFoundException', `Repository policy does not exist for ${where(ctx, record)}`);
};
const lifecycleOf = (ctx: Context, record: RepositoryRecord): { text: string; evaluatedAt: Date } => {
  if (record.lifecycle) return record.lifecycle;
  throw new AwsError('LifecyclePolicyNotFoundException', `Lifecycle policy does not exist for ${where(ctx, record)}`);
};
