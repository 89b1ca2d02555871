import type * as Logs from '@aws-sdk/client-cloudwatch-logs';
import { AwsError } from '../../wire/aws-error.js';
import type { Context } from '../../world/context.js';
import { accept, need } from '../members.js';
import { page } from '../page.js';
import type { Operations } from '../service.js';
import { groupArn, groupNamed, invalid, logs, type LogGroup } from './records.js';

/** Days CloudWatch Logs accepts (PutRetentionPolicy, API reference). */
const retentions = [1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653];
const badToken = (): AwsError => invalid('The specified nextToken is invalid.');

const described = (ctx: Context, group: LogGroup): Logs.LogGroup => ({
  logGroupName: group.name,
  creationTime: group.createdAt,
  metricFilterCount: group.metricFilters.size,
  arn: `${groupArn(ctx, group.name)}:*`,
  logGroupArn: groupArn(ctx, group.name),
  logGroupClass: group.groupClass,
  storedBytes: [...group.streams.values()].reduce(
    (sum, { events }) => sum + events.reduce((bytes, { message }) => bytes + 26 + Buffer.byteLength(message), 0),
    0,
  ),
  ...(group.retentionDays === undefined ? {} : { retentionInDays: group.retentionDays }),
  ...(group.kmsKeyId === undefined ? {} : { kmsKeyId: group.kmsKeyId }),
});

export const groups = {
  CreateLogGroup: (input, ctx) => {
    accept('logs.CreateLogGroup', input, [
      'logGroupName',
      'kmsKeyId',
      'tags',
      ...(input.logGroupClass === 'STANDARD' ? (['logGroupClass'] as const) : []),
    ]);
    const name = need(input.logGroupName, 'logGroupName', 'InvalidParameterException');
    if (!/^[.\-_/#A-Za-z0-9]{1,512}$/.test(name)) {
      throw invalid(
        "1 validation error detected: Value at 'logGroupName' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\.\\-_/#A-Za-z0-9]+",
      );
    }
    const held = logs(ctx).groups;
    if (held.has(name)) throw new AwsError('ResourceAlreadyExistsException', 'The specified log group already exists');
    held.set(name, {
      name,
      createdAt: ctx.now(),
      groupClass: 'STANDARD',
      kmsKeyId: input.kmsKeyId,
      retentionDays: undefined,
      tags: { ...input.tags },
      streams: new Map(),
      metricFilters: new Map(),
    });
    return {};
  },
  DescribeLogGroups: (input, ctx) => {
    accept('logs.DescribeLogGroups', input, ['logGroupNamePrefix', 'logGroupNamePattern', 'logGroupIdentifiers', 'nextToken', 'limit']);
    const { logGroupNamePrefix = '', logGroupNamePattern = '', logGroupIdentifiers } = input;
    const named = logGroupIdentifiers?.length ? logGroupIdentifiers.map((each) => groupNamed(ctx, each)) : [...logs(ctx).groups.values()];
    const found = named
      .filter(({ name }) => name.startsWith(logGroupNamePrefix) && name.toLowerCase().includes(logGroupNamePattern.toLowerCase()))
      .sort((one, other) => (one.name < other.name ? -1 : 1));
    const { items, next } = page(found, { token: input.nextToken, most: input.limit ?? 50 }, badToken);
    return { logGroups: items.map((group) => described(ctx, group)), nextToken: next };
  },
  DeleteLogGroup: ({ logGroupName }, ctx) => {
    logs(ctx).groups.delete(groupNamed(ctx, logGroupName).name);
    return {};
  },
  PutRetentionPolicy: ({ logGroupName, retentionInDays }, ctx) => {
    const group = groupNamed(ctx, logGroupName);
    if (!retentions.includes(retentionInDays ?? 0)) {
      throw invalid(
        `1 validation error detected: Value '${retentionInDays}' at 'retentionInDays' failed to satisfy constraint: Member must satisfy enum value set: [${retentions.join(', ')}]`,
      );
    }
    group.retentionDays = retentionInDays;
    return {};
  },
  DeleteRetentionPolicy: ({ logGroupName }, ctx) => {
    groupNamed(ctx, logGroupName).retentionDays = undefined;
    return {};
  },
  AssociateKmsKey: (input, ctx) => {
    accept('logs.AssociateKmsKey', input, ['logGroupName', 'kmsKeyId']);
    groupNamed(ctx, input.logGroupName).kmsKeyId = need(input.kmsKeyId, 'kmsKeyId', 'InvalidParameterException');
    return {};
  },
  DisassociateKmsKey: (input, ctx) => {
    accept('logs.DisassociateKmsKey', input, ['logGroupName']);
    groupNamed(ctx, input.logGroupName).kmsKeyId = undefined;
    return {};
  },
  TagResource: ({ resourceArn, tags }, ctx) => {
    Object.assign(groupNamed(ctx, resourceArn).tags, tags);
    return {};
  },
  UntagResource: ({ resourceArn, tagKeys = [] }, ctx) => {
    const group = groupNamed(ctx, resourceArn);
    group.tags = Object.fromEntries(Object.entries(group.tags).filter(([name]) => !tagKeys.includes(name)));
    return {};
  },
  ListTagsForResource: ({ resourceArn }, ctx) => ({ tags: groupNamed(ctx, resourceArn).tags }),
} satisfies Operations<typeof Logs>;
