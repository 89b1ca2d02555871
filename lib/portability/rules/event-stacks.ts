import { isEventStack, type Rule } from '../judged.js';
import { resourcesOf } from '../walk.js';

/** A kind of resource that a recovery must find, because making it needs a control plane that may be lost. */
const notInEventStacks = (id: string, what: string, why: string, isOne: (type: string, properties: object) => boolean): Rule => ({
  id,
  summary: `a stack that a recovery deploys has no ${what}`,
  why,
  find: (stack) =>
    isEventStack(stack)
      ? resourcesOf(stack)
          .filter(({ resource }) => isOne(resource.Type, resource.Properties ?? {}))
          .map(({ path, resource }) => ({ path, reason: `is a ${resource.Type} in an event stack` }))
      : [],
});

const beginsWith =
  (...prefixes: readonly string[]) =>
  (type: string): boolean =>
    prefixes.some((prefix) => type.startsWith(prefix));

/** Which control planes are where: AWS Fault Isolation Boundaries, appendices A and B. */
export const eventRules: readonly Rule[] = [
  notInEventStacks('event-stack-without-roles', 'role or policy', "IAM's control plane is in us-east-1 alone", beginsWith('AWS::IAM::')),
  notInEventStacks(
    'event-stack-without-buckets',
    'bucket',
    "making and configuring a bucket needs S3's control plane in us-east-1",
    beginsWith('AWS::S3::'),
  ),
  notInEventStacks(
    'event-stack-without-load-balancers',
    'load balancer or API endpoint',
    "making one needs Route 53's control plane, which is in us-east-1, for its name",
    beginsWith('AWS::ElasticLoadBalancing', 'AWS::ApiGateway'),
  ),
  notInEventStacks(
    'event-stack-without-dns',
    'zone, record or health check',
    "Route 53's control plane is in us-east-1 alone",
    beginsWith('AWS::Route53::'),
  ),
  notInEventStacks(
    'event-stack-without-certificates',
    'certificate',
    'a certificate is issued only once its record is written and looked for, which can take hours',
    beginsWith('AWS::CertificateManager::', 'AWS::ACMPCA::'),
  ),
  notInEventStacks(
    'event-stack-without-global-services',
    'resource of a global service',
    'CloudFront, Global Accelerator, Organizations and global web ACLs are controlled from us-east-1 or us-west-2 alone',
    (type, properties) =>
      beginsWith(
        ...['AWS::CloudFront::', 'AWS::GlobalAccelerator::', 'AWS::Organizations::', 'AWS::Shield::', 'AWS::Route53RecoveryControl::'],
      )(type) ||
      (type.startsWith('AWS::WAFv2::') && (properties as { Scope?: unknown }).Scope === 'CLOUDFRONT'),
  ),
];
