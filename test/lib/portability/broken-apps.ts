import { App, CfnParameter, CfnResource, CustomResource, Fn, Stack } from 'aws-cdk-lib';
import type { StackProps } from 'aws-cdk-lib';
import { CfnBackupPlan } from 'aws-cdk-lib/aws-backup';
import { CfnCertificate } from 'aws-cdk-lib/aws-certificatemanager';
import { CfnInstance, CfnSubnet, LookupMachineImage, Vpc } from 'aws-cdk-lib/aws-ec2';
import { CfnTaskDefinition } from 'aws-cdk-lib/aws-ecs';
import { CfnLoadBalancer } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { CfnAlias, CfnKey, Key } from 'aws-cdk-lib/aws-kms';
import { CfnDBInstance } from 'aws-cdk-lib/aws-rds';
import { CfnRecordSet } from 'aws-cdk-lib/aws-route53';
import { Bucket, CfnBucket } from 'aws-cdk-lib/aws-s3';
import { CfnSecret } from 'aws-cdk-lib/aws-secretsmanager';
import { CfnTopic, Topic } from 'aws-cdk-lib/aws-sns';
import { CfnParameter as CfnSsmParameter, StringParameter } from 'aws-cdk-lib/aws-ssm';

const account = '111122223333';
const primary = { account, region: 'eu-west-1' };
const alternate = { account, region: 'eu-central-1' };
const site = { 'altsite:site': 'north' };
const event = { ...site, 'altsite:event': 'e-1' };
const digest = `sha256:${'0'.repeat(64)}`;

/** An app with one stack, in which something is wrong. */
const stack = (wrong: (stack: Stack) => unknown, props: StackProps = {}) => {
  // CDK's own limit is off, so that ours is seen.
  const app = new App({ context: { '@aws-cdk/core:stackResourceLimit': 0 } });
  wrong(new Stack(app, 'Site', { env: primary, tags: site, ...props }));
  return app;
};
const inEvent = (wrong: (stack: Stack) => unknown) => stack(wrong, { tags: event });

const database = (in_: Stack, more: Partial<ConstructorParameters<typeof CfnDBInstance>[2]> = {}, keep = true): CfnDBInstance => {
  const made = new CfnDBInstance(in_, 'Database', {
    dbInstanceIdentifier: 'north-db-1',
    engine: 'postgres',
    dbInstanceClass: 'db.t4g.medium',
    ...more,
  });
  if (keep) {
    made.addPropertyOverride('DeletionProtection', true);
    made.cfnOptions.deletionPolicy = made.cfnOptions.updateReplacePolicy = 'Retain' as never;
  }
  return made;
};
const task = (in_: Stack, image: string) =>
  new CfnTaskDefinition(in_, 'Task', { family: 'web', containerDefinitions: [{ name: 'web', image }] });

/** Each breaks the rule it is named for, and no other. */
export const brokenApps: Readonly<Record<string, readonly [what: string, app: () => App][]>> = {
  'no-cross-region-import': [
    [
      'a key of the other region',
      () => {
        const app = new App();
        const there = new Stack(app, 'There', { env: primary, tags: site });
        there.exportValue(new Key(there, 'Key').keyArn, { name: 'there-key' });
        new CfnTopic(new Stack(app, 'Here', { env: alternate, tags: site }), 'Topic', { kmsMasterKeyId: Fn.importValue('there-key') });
        return app;
      },
    ],
    ['what nobody exports', () => stack((in_) => new CfnTopic(in_, 'Topic', { kmsMasterKeyId: Fn.importValue('somebody-elses') }))],
  ],
  'no-stack-output': [
    [
      "another stack's output, read at every deployment",
      () =>
        stack((in_) =>
          new CfnTopic(in_, 'Topic').addPropertyOverride('DisplayName', {
            'Fn::GetStackOutput': { StackName: 'other', OutputName: 'Name' },
          }),
        ),
    ],
  ],
  'no-cross-region-export': [
    ['an export written by a function', () => stack((in_) => new CfnResource(in_, 'Writer', { type: 'Custom::CrossRegionExportWriter' }))],
    ['an export read by a function', () => stack((in_) => new CfnResource(in_, 'Reader', { type: 'Custom::CrossRegionExportReader' }))],
  ],
  'no-custom-resource': [
    [
      'a resource made by a function',
      () => stack((in_) => new CustomResource(in_, 'Made', { serviceToken: `arn:aws:lambda:eu-west-1:${account}:function:maker` })),
    ],
    [
      'the same with a type of its own',
      () =>
        stack(
          (in_) =>
            new CustomResource(in_, 'Made', {
              resourceType: 'Custom::Maker',
              serviceToken: `arn:aws:lambda:eu-west-1:${account}:function:maker`,
            }),
        ),
    ],
  ],
  'no-hard-coded-zone': [
    ['a subnet in a zone by name', () => stack((in_) => new CfnSubnet(in_, 'Subnet', { vpcId: 'vpc', availabilityZone: 'eu-west-1b' }))],
  ],
  'no-hard-coded-machine-image': [
    ['an instance of an image by id', () => stack((in_) => new CfnInstance(in_, 'Instance', { imageId: 'ami-0abcdef1234567890' }))],
  ],
  'no-arn-of-another-region': [
    [
      'a topic encrypted with a key of the other region',
      () => stack((in_) => new CfnTopic(in_, 'Topic', { kmsMasterKeyId: `arn:aws:kms:eu-central-1:${account}:key/1` })),
    ],
  ],
  'no-arn-of-another-account': [
    [
      "somebody else's topic",
      () => stack((in_) => new CfnTopic(in_, 'Topic', { kmsMasterKeyId: 'arn:aws:kms:eu-west-1:444455556666:key/1' })),
    ],
  ],
  'event-stack-without-roles': [
    ['a role', () => inEvent((in_) => new Role(in_, 'Role', { assumedBy: new ServicePrincipal('ecs-tasks.amazonaws.com') }))],
  ],
  'event-stack-without-buckets': [['a bucket', () => inEvent((in_) => new CfnBucket(in_, 'Bucket'))]],
  'event-stack-without-load-balancers': [['a load balancer', () => inEvent((in_) => new CfnLoadBalancer(in_, 'LoadBalancer'))]],
  'event-stack-without-dns': [
    ['a record', () => inEvent((in_) => new CfnRecordSet(in_, 'Record', { name: 'www.example.com.', type: 'A' }))],
  ],
  'event-stack-without-certificates': [
    ['a certificate', () => inEvent((in_) => new CfnCertificate(in_, 'Certificate', { domainName: 'www.example.com' }))],
  ],
  'event-stack-without-global-services': [
    ['a distribution', () => inEvent((in_) => new CfnResource(in_, 'Distribution', { type: 'AWS::CloudFront::Distribution' }))],
    [
      'a web ACL for distributions',
      () => inEvent((in_) => new CfnResource(in_, 'Acl', { type: 'AWS::WAFv2::WebACL', properties: { Scope: 'CLOUDFRONT' } })),
    ],
  ],
  'stateful-ids-stay': [
    ['a bucket under another logical id', () => stack((in_) => new Bucket(in_, 'Renamed'), { stackName: 'known' })],
    ['a bucket gone', () => stack((in_) => new Topic(in_, 'Topic'), { stackName: 'known' })],
  ],
  'database-has-no-origin': [['a database from a snapshot', () => stack((in_) => database(in_, { dbSnapshotIdentifier: 'rds:before' }))]],
  'database-is-named': [['a database without an identifier', () => stack((in_) => database(in_, { dbInstanceIdentifier: undefined }))]],
  'database-is-retained': [['a database that goes with its stack', () => stack((in_) => database(in_, {}, false))]],
  'database-has-no-generated-login': [
    ['a login managed by RDS', () => stack((in_) => database(in_, { manageMasterUserPassword: true }))],
    [
      'a password made beside the database',
      () =>
        stack((in_) => {
          const login = new CfnSecret(in_, 'Login', { name: 'login', generateSecretString: { passwordLength: 32 } });
          database(in_, { masterUserPassword: Fn.join('', ['{{resolve:secretsmanager:', login.ref, ':SecretString:password}}']) });
        }),
    ],
  ],
  'fact-is-here': [
    [
      'a parameter that somebody made by hand',
      () => stack((in_) => new CfnTopic(in_, 'Topic', { displayName: '{{resolve:ssm:/by-hand/name}}' })),
    ],
    [
      'the same as a parameter of the stack',
      () => stack((in_) => new CfnParameter(in_, 'Name', { type: 'AWS::SSM::Parameter::Value<String>', default: '/by-hand/name' })),
    ],
    [
      'a parameter that only the other region has',
      () => {
        const app = stack((in_) => new CfnSsmParameter(in_, 'Name', { name: '/there/name', type: 'String', value: 'x' }));
        const here = new Stack(app, 'Here', { env: alternate, tags: site });
        new CfnTopic(here, 'Topic', { displayName: '{{resolve:ssm:/there/name}}' });
        return app;
      },
    ],
  ],
  'secret-is-replicated': [["a partner's key in one region", () => stack((in_) => new CfnSecret(in_, 'Partner', { name: 'partner' }))]],
  'backup-is-copied': [
    [
      'a backup that stays at home',
      () =>
        stack(
          (in_) =>
            new CfnBackupPlan(in_, 'Plan', {
              backupPlan: { backupPlanName: 'hourly', backupPlanRule: [{ ruleName: 'hourly', targetBackupVault: 'vault' }] },
            }),
        ),
    ],
  ],
  'image-by-digest': [['an image by tag', () => stack((in_) => task(in_, `${account}.dkr.ecr.eu-west-1.amazonaws.com/web:latest`))]],
  'image-of-this-region': [
    [
      "an image of the other region's registry",
      () => stack((in_) => task(in_, `${account}.dkr.ecr.eu-central-1.amazonaws.com/web@${digest}`)),
    ],
  ],
  'within-limits': [
    ['five hundred and one resources', () => stack((in_) => Array.from({ length: 501 }, (_, nth) => new CfnTopic(in_, `Topic${nth}`)))],
  ],
  'fixed-environment': [['a stack for wherever the shell points', () => stack((in_) => new CfnTopic(in_, 'Topic'), { env: {} })]],
  'no-lookup': [
    ['a VPC that is looked up', () => stack((in_) => Vpc.fromLookup(in_, 'Vpc', { vpcName: 'main' }))],
    ['a machine image that is looked up', () => stack((in_) => new LookupMachineImage({ name: 'base-*' }).getImage(in_))],
  ],
};

/** Sound, and near to what is broken above. */
export const cleanApps: Readonly<Record<string, () => App>> = {
  'an import of the own region': () => {
    const app = new App();
    const one = new Stack(app, 'One', { env: primary, tags: site });
    one.exportValue(new Key(one, 'Key').keyArn, { name: 'one-key' });
    new CfnTopic(new Stack(app, 'Other', { env: primary, tags: site }), 'Topic', { kmsMasterKeyId: Fn.importValue('one-key') });
    return app;
  },
  'zones that CloudFormation chooses': () =>
    stack((in_) => new CfnSubnet(in_, 'Subnet', { vpcId: 'vpc', availabilityZone: Fn.select(0, Fn.getAzs()) })),
  'a backup that is copied': () =>
    stack(
      (in_) =>
        new CfnBackupPlan(in_, 'Plan', {
          backupPlan: {
            backupPlanName: 'hourly',
            backupPlanRule: [
              {
                ruleName: 'hourly',
                targetBackupVault: 'vault',
                copyActions: [{ destinationBackupVaultArn: `arn:aws:backup:eu-central-1:${account}:backup-vault:there` }],
              },
            ],
          },
        }),
    ),
  'a secret in both regions, used in both': () => {
    const app = stack((in_) => {
      new CfnSecret(in_, 'Partner', { name: 'partner', replicaRegions: [{ region: 'eu-central-1' }] });
      new CfnTopic(in_, 'Topic', { displayName: '{{resolve:secretsmanager:partner:SecretString:name}}' });
    });
    new CfnTopic(new Stack(app, 'Here', { env: alternate, tags: site }), 'Topic', {
      displayName: '{{resolve:secretsmanager:partner:SecretString:name}}',
    });
    return app;
  },
  'a parameter that the same region makes': () =>
    stack((in_) => {
      new StringParameter(in_, 'Name', { parameterName: '/here/name', stringValue: 'x' });
      new CfnTopic(in_, 'Topic', { displayName: '{{resolve:ssm:/here/name}}' });
    }),
  'a database with an identifier, kept, restored from nothing': () => stack((in_) => database(in_)),
  'a database as an event deploys it': () => inEvent((in_) => database(in_)),
  'roles, buckets and names where they stand all along': () =>
    stack((in_) => {
      new Role(in_, 'Role', { assumedBy: new ServicePrincipal('ecs-tasks.amazonaws.com') });
      new CfnBucket(in_, 'Bucket');
      new CfnRecordSet(in_, 'Record', { name: 'www.example.com.', type: 'A' });
      new CfnAlias(in_, 'Alias', { aliasName: 'alias/north', targetKeyId: new CfnKey(in_, 'Key', { keyPolicy: {} }).ref });
    }),
  'an image by digest of the own region': () => stack((in_) => task(in_, `${account}.dkr.ecr.eu-west-1.amazonaws.com/web@${digest}`)),
  'exactly as many resources as there may be': () =>
    stack((in_) => Array.from({ length: 500 }, (_, nth) => new CfnTopic(in_, `Topic${nth}`))),
  'a bucket under the logical id it has': () => stack((in_) => new CfnBucket(in_, 'Known'), { stackName: 'known' }),
};
