import type * as Acm from '@aws-sdk/client-acm';
import { AwsError } from '../../wire/aws-error.js';
import type { Operations } from '../service.js';
import { needCertificate } from './records.js';

const tagsAtMost = 50;

export const tagsOf = (tags: readonly Acm.Tag[] | undefined): Map<string, string> =>
  new Map((tags ?? []).map(({ Key = '', Value = '' }) => [Key, Value]));

export const tagOperations: Operations<typeof Acm> = {
  AddTagsToCertificate: ({ CertificateArn, Tags }, ctx) => {
    const { tags } = needCertificate(ctx, CertificateArn);
    const added = tagsOf(Tags);
    if (new Set([...tags.keys(), ...added.keys()]).size > tagsAtMost)
      throw new AwsError('TooManyTagsException', `A certificate may have ${tagsAtMost} tags.`);
    for (const [key, value] of added) tags.set(key, value);
    return {};
  },
  RemoveTagsFromCertificate: ({ CertificateArn, Tags }, ctx) => {
    const { tags } = needCertificate(ctx, CertificateArn);
    // With a value, only a tag that has this value goes.
    for (const { Key = '', Value } of Tags ?? []) if (Value === undefined || tags.get(Key) === Value) tags.delete(Key);
    return {};
  },
  ListTagsForCertificate: ({ CertificateArn }, ctx) => ({
    Tags: [...needCertificate(ctx, CertificateArn).tags].map(([Key, Value]) => ({ Key, Value })),
  }),
};
