import type * as Elb from '@aws-sdk/client-elastic-load-balancing-v2';
import type { Context } from '../../world/context.js';
import type { ResourceProperties } from '../service.js';

export const service = 'elastic-load-balancing-v2';
/** The part of an ARN by which CloudWatch names the thing: `app/name/id`, `targetgroup/name/id`. */
export const fullName = (arn: string, kind: string): string => arn.slice(arn.lastIndexOf(`:${kind}`) + 1).replace(/^loadbalancer\//, '');

/** Makes a resource's tags those of its properties. */
export const syncTags = async (arn: string, properties: ResourceProperties, previous: ResourceProperties, ctx: Context): Promise<void> => {
  const tags = (properties.Tags ?? []) as Elb.Tag[];
  const gone = ((previous.Tags ?? []) as Elb.Tag[]).filter((old) => !tags.some(({ Key }) => Key === old.Key)).map(({ Key }) => Key);
  if (gone.length > 0) await ctx.call(service, 'RemoveTags', { ResourceArns: [arn], TagKeys: gone });
  if (tags.length > 0) await ctx.call(service, 'AddTags', { ResourceArns: [arn], Tags: tags });
};

/** Attributes as the API takes them: values are text. */
export const attributesOf = (properties: ResourceProperties, name: string): { Key: string; Value: string }[] =>
  ((properties[name] ?? []) as { Key: string; Value: unknown }[]).map(({ Key, Value }) => ({ Key, Value: String(Value as string) }));
