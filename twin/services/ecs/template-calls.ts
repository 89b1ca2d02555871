import type * as Ecs from '@aws-sdk/client-ecs';
import { AwsError } from '../../wire/aws-error.js';
import type { Context } from '../../world/context.js';
import type { ResourceProperties } from '../service.js';
import { apiCase } from './template-case.js';

/** Calls ECS for a template's resource. */
export const ecs = <Output>(ctx: Context, operation: string, input: object): Promise<Output> => ctx.call<Output>('ecs', operation, input);
/** A property as the API wants it. */
export const as = <T>(properties: ResourceProperties, name: string): T | undefined => apiCase(properties[name]) as T | undefined;
/** Lets a deletion pass over what is gone already. */
export const goneIs =
  (...codes: string[]) =>
  (error: unknown): void => {
    if (!(error instanceof AwsError) || !codes.includes(error.code)) throw error;
  };

/** Makes a resource's tags those of its properties. */
export const syncTags = async (
  resourceArn: string,
  properties: ResourceProperties,
  previous: ResourceProperties,
  ctx: Context,
): Promise<void> => {
  const tags = as<Ecs.Tag[]>(properties, 'Tags') ?? [];
  const gone = (as<Ecs.Tag[]>(previous, 'Tags') ?? []).filter((old) => !tags.some(({ key }) => key === old.key)).map(({ key }) => key);
  if (gone.length > 0) await ecs(ctx, 'UntagResource', { resourceArn, tagKeys: gone });
  if (tags.length > 0) await ecs(ctx, 'TagResource', { resourceArn, tags });
};
