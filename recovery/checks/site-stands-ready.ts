import { DescribeBackupVaultCommand } from '@aws-sdk/client-backup';
import { DescribeLogGroupsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { DescribeServicesCommand } from '@aws-sdk/client-ecs';
import { DescribeLoadBalancersCommand } from '@aws-sdk/client-elastic-load-balancing-v2';
import { DescribeKeyCommand } from '@aws-sdk/client-kms';
import { DescribeDBParameterGroupsCommand, DescribeDBSubnetGroupsCommand } from '@aws-sdk/client-rds';
import { GetSecretValueCommand } from '@aws-sdk/client-secrets-manager';
import { z } from 'zod';
import { asking } from '../kit/asking.js';
import { defineCheck } from '../kit/define-check.js';
import type { StepContext } from '../kit/define-step.js';
import { epochObjectIam, readEpoch } from '../kit/epoch-object.js';
import type { Holds } from '../model/evidence.js';

/** What has to stand beforehand: its name, and how it is found to be as it should. */
type Part = readonly [name: string, look: (ctx: StepContext) => Promise<string | undefined>, expected: string];

const parts: readonly Part[] = [
  [
    'service',
    async ({ aws, to, targets: { site } }) =>
      (await aws.ecs(to.region).send(new DescribeServicesCommand({ cluster: site.cluster, services: [site.service] }))).services?.[0]
        ?.status,
    'ACTIVE',
  ],
  [
    'load balancer',
    async ({ aws, to, targets: { site } }) =>
      (await aws.elb(to.region).send(new DescribeLoadBalancersCommand({ LoadBalancerArns: [site.loadBalancerArn] }))).LoadBalancers?.[0]
        ?.State?.Code,
    'active',
  ],
  [
    'key',
    async ({ aws, to, targets: { site } }) =>
      (await aws.kms(to.region).send(new DescribeKeyCommand({ KeyId: site.keyArn }))).KeyMetadata?.KeyState,
    'Enabled',
  ],
  [
    'database secret',
    async ({ aws, to, targets: { site } }) =>
      (await aws.secrets(to.region).send(new GetSecretValueCommand({ SecretId: site.secretArn }))).SecretString ? 'readable' : 'empty',
    'readable',
  ],
  [
    'vault',
    async ({ aws, to, targets: { site } }) =>
      (await aws.backup(to.region).send(new DescribeBackupVaultCommand({ BackupVaultName: site.vault }))).BackupVaultName && 'there',
    'there',
  ],
  [
    'subnet group',
    async ({ aws, to, targets: { site } }) =>
      (await aws.rds(to.region).send(new DescribeDBSubnetGroupsCommand({ DBSubnetGroupName: site.subnetGroup }))).DBSubnetGroups?.[0]
        ?.SubnetGroupStatus,
    'Complete',
  ],
  [
    'parameter group',
    async ({ aws, to, targets: { site } }) =>
      (await aws.rds(to.region).send(new DescribeDBParameterGroupsCommand({ DBParameterGroupName: site.databaseParameterGroup })))
        .DBParameterGroups?.[0] && 'there',
    'there',
  ],
  [
    'log group',
    async ({ aws, to, targets: { site } }) =>
      (await aws.logs(to.region).send(new DescribeLogGroupsCommand({ logGroupNamePrefix: site.logGroup }))).logGroups?.some(
        ({ logGroupName }) => logGroupName === site.logGroup,
      )
        ? 'there'
        : undefined,
    'there',
  ],
  [
    'witness',
    async (ctx) => {
      // No epoch yet is fine: raising it makes the first. A bucket that does not answer is not.
      await readEpoch(ctx);
      return 'readable';
    },
    'readable',
  ],
];

/** Asked before anything is built; asks nothing of the lost region. */
export const siteStandsReady = defineCheck<object>({
  uses: 'site.stands-ready',
  claim: 'everything the recovery needs stands at the site recovered to',
  input: z.strictObject({}),
  iam: [
    'ecs:DescribeServices',
    'elasticloadbalancing:DescribeLoadBalancers',
    'kms:DescribeKey',
    'kms:Decrypt',
    'secretsmanager:GetSecretValue',
    'backup:DescribeBackupVault',
    'rds:DescribeDBSubnetGroups',
    'rds:DescribeDBParameterGroups',
    'logs:DescribeLogGroups',
    ...epochObjectIam,
  ],
  asks: ['to', 'witness'],
  expectedSeconds: 5,
  patienceSeconds: 60,
  paceSeconds: 10,
  // Vault, key and witness are among what has to stand: the recovery point and the fence.
  waivable: false,
  ask: async (_input, ctx) => {
    const answers = [];
    for (const [name, look, expected] of parts)
      answers.push(
        await asking({ expected: `${name} ${expected}`, source: name }, async () => {
          const observed = (await look(ctx)) ?? 'not there';
          return { holds: observed === expected, observed: `${name} ${observed}` };
        }),
      );
    const amiss = answers.filter(({ holds }) => holds !== true);
    return {
      holds: worst(answers.map(({ holds }) => holds)),
      expected: answers.map(({ expected }) => expected).join(', '),
      observed: amiss.length ? amiss.map(({ source, observed }) => `${source}: ${observed}`).join('; ') : `all ${answers.length} stand`,
      source: `describe calls in ${ctx.to.region} and ${ctx.targets.global.witnessRegion}`,
    };
  },
});

const worst = (all: readonly Holds[]): Holds => (all.includes(false) ? false : all.includes('unknown') ? 'unknown' : true);
