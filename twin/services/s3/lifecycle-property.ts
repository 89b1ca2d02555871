import type { LifecycleRule } from '@aws-sdk/client-s3';
import { acceptProperties } from '../members.js';

type RuleProperty = Record<string, unknown>;
const days = (value: unknown): number => Number(value);

/** A rule of AWS::S3::Bucket's LifecycleConfiguration as the API takes it: the two spell it differently. */
const rule = (property: RuleProperty): LifecycleRule => {
  acceptProperties('AWS::S3::Bucket lifecycle rule', property, [
    'Id',
    'Status',
    'Prefix',
    'ExpirationInDays',
    'ExpiredObjectDeleteMarker',
    'NoncurrentVersionExpiration',
    'NoncurrentVersionExpirationInDays',
    'AbortIncompleteMultipartUpload',
  ]);
  const noncurrent = (property.NoncurrentVersionExpiration as { NoncurrentDays?: unknown } | undefined)?.NoncurrentDays;
  const noncurrentDays = noncurrent ?? property.NoncurrentVersionExpirationInDays;
  const abort = (property.AbortIncompleteMultipartUpload as { DaysAfterInitiation?: unknown } | undefined)?.DaysAfterInitiation;
  return {
    ID: property.Id as string | undefined,
    Status: property.Status as LifecycleRule['Status'],
    Filter: { Prefix: (property.Prefix as string | undefined) ?? '' },
    ...(property.ExpirationInDays === undefined ? {} : { Expiration: { Days: days(property.ExpirationInDays) } }),
    ...(property.ExpiredObjectDeleteMarker ? { Expiration: { ExpiredObjectDeleteMarker: true } } : {}),
    ...(noncurrentDays === undefined ? {} : { NoncurrentVersionExpiration: { NoncurrentDays: days(noncurrentDays) } }),
    ...(abort === undefined ? {} : { AbortIncompleteMultipartUpload: { DaysAfterInitiation: days(abort) } }),
  };
};

export const lifecycleRules = (property: unknown): LifecycleRule[] => ((property as { Rules?: RuleProperty[] }).Rules ?? []).map(rule);
