import { named } from './kit/named.js';
import { untilServed } from './kit/until-served.js';
import type { Finding, Lint } from './lint.js';

/**
 * Actions whose calls go to us-east-1, wherever one is: of the services whose only control plane is there, and those that configure S3 buckets
 * (AWS Fault Isolation Boundaries, "Global services").
 */
const there =
  /^(iam|organizations|account|route53|route53domains|cloudfront|shield|waf):|^s3:(CreateBucket|DeleteBucket|Put(Bucket|Replication|Lifecycle|Encryption|Inventory|Analytics|Metrics|Accelerate))/;
/** A permission that the service called checks by itself: nobody calls it. */
const notCalled = ['iam:PassRole'];

/** Work that calls a control plane which is in us-east-1 only. */
export const usEast1Needed: Lint = {
  name: 'us-east-1-needed',
  severity: 'refuses',
  why: 'the control planes of IAM, Route 53, CloudFront, Organizations and S3 buckets are in us-east-1 alone, and can be lost while both sites stand',
  find: (plan) =>
    untilServed(plan).flatMap(({ id, iam }): Finding[] => {
      const actions = iam.filter((action) => there.test(action) && !notCalled.includes(action));
      if (actions.length === 0) return [];
      const message = `${id} needs us-east-1 (${named(actions)}); have this made beforehand, or put it after the proof of the cut-over`;
      return [{ tasks: [id], message }];
    }),
};
