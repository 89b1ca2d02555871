import type * as EC2 from '@aws-sdk/client-ec2';
import { AwsError } from '../../../wire/aws-error.js';
import type { Context } from '../../../world/context.js';
import type { ResourceProperties } from '../../service.js';

const tagsIn = (properties: ResourceProperties): EC2.Tag[] => (properties.Tags ?? []) as EC2.Tag[];

export const tagSpecifications = (type: EC2.ResourceType, properties: ResourceProperties): EC2.TagSpecification[] =>
  tagsIn(properties).length === 0 ? [] : [{ ResourceType: type, Tags: tagsIn(properties) }];

/** Brings a resource's tags from what the template said to what it says. */
export const retag = async (ctx: Context, id: string, wanted: ResourceProperties, previous: ResourceProperties): Promise<void> => {
  const gone = tagsIn(previous).filter(({ Key }) => !tagsIn(wanted).some((tag) => tag.Key === Key));
  if (gone.length > 0) await ctx.call('ec2', 'DeleteTags', { Resources: [id], Tags: gone.map(({ Key }) => ({ Key })) });
  if (tagsIn(wanted).length > 0) await ctx.call('ec2', 'CreateTags', { Resources: [id], Tags: tagsIn(wanted) });
};

/** Runs a deletion that may find its subject gone already. */
export const unlessGone = async (deletion: Promise<unknown>): Promise<void> => {
  await deletion.catch((error: unknown) => {
    if (!(error instanceof AwsError && /NotFound$|^Gateway\.NotAttached$/.test(error.code))) throw error;
  });
};

export const isTrue = (value: unknown): boolean => value === true || value === 'true';
/** CloudFormation passes numbers and their texts alike. */
export const asNumber = (value: unknown): number | undefined => (value === undefined ? undefined : Number(value));
