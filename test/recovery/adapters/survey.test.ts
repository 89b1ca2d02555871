import { beforeEach, describe, expect, it } from '@jest/globals';
import { survey, surveyIam } from '../../../recovery/adapters/survey.js';
import { checks } from '../../../recovery/checks/index.js';
import { mustStandAsTested } from '../../../recovery/cli/must-stand-as-tested.js';
import { assemblyDigest } from '../../../recovery/model/published-assembly.js';
import { plan } from '../../../recovery/planning/plan.js';
import { steps } from '../../../recovery/steps/index.js';
import { documents } from '../../helpers/recovery-line.js';
import { frankfurt, recoveryWorld, type RecoveryWorld } from '../../helpers/recovery-world.js';
import { sampleTargets } from '../../helpers/sample-targets.js';

const { settings } = documents;
const at = '2030-01-01T02:00:00.000Z';
const Bucket = `cdk-hnb659fds-assets-111122223333-${frankfurt.region}`;

describe('a survey', () => {
  let world: RecoveryWorld;
  beforeEach(async () => {
    world = recoveryWorld();
    const { facts, site, global } = sampleTargets();
    const published = {
      '/altsite/ambassify-dublin/facts': facts,
      '/altsite/ambassify-frankfurt/outputs': site,
      '/altsite/ambassify/global': global,
    };
    for (const [Name, value] of Object.entries(published))
      await world.call('ssm', 'PutParameter', { Name, Type: 'String', Value: JSON.stringify(value) });
  });
  const planned = async () => plan(documents, await survey(settings, world.aws, at), { steps, checks }, 'failover', 'twin').plan;

  it('finds no assembly where none is published, and the plan is what it would be without', async () => {
    const made = await planned();
    expect('assembly' in made).toBe(false);
    mustStandAsTested(made);
  });

  const publishUntested = async (): Promise<string> => {
    const files = [{ name: 'manifest.json', sha256: 'a'.repeat(64) }];
    const digest = assemblyDigest(files);
    const Body = JSON.stringify({
      ...{ format: 1, digest, publishedAt: at, tested: false, testedBy: null, testedAt: null },
      ...{ lockfile: 'b'.repeat(64), cdk: '2.1148.1', files, stacks: [] },
    });
    await world.call('s3', 'CreateBucket', { Bucket, CreateBucketConfiguration: { LocationConstraint: frankfurt.region } });
    await world.call('s3', 'PutObject', { Bucket, Key: `altsite/assemblies/${digest}/assembly.json`, Body });
    return digest;
  };

  it('finds that the site stands by no tested one, and no run begins with that plan', async () => {
    const digest = await publishUntested();
    const made = await planned();
    expect(made.assembly).toMatchObject({ digest: null });
    expect(() => mustStandAsTested(made)).toThrow(`of what is published none was tested: ${digest}`);
  });

  it('is not held up by a record that nobody can read: it counts as one that was not tested', async () => {
    await publishUntested();
    const Key = `altsite/assemblies/${'c'.repeat(64)}/assembly.json`;
    for (const Body of ['{}', 'no JSON']) {
      await world.call('s3', 'PutObject', { Bucket, Key, Body });
      expect((await planned()).assembly?.because).toMatch(/; c{64}, where .* is not what was published/);
    }
  });

  it('declares every call it makes', async () => {
    await publishUntested();
    world.asked.length = 0;
    await planned().catch(() => undefined);
    const actions: Record<string, string> = {
      ListObjectsV2: 's3:ListBucket',
      GetObject: 's3:GetObject',
      GetTemplate: 'cloudformation:GetTemplate',
    };
    const called = world.asked.map(({ service, operation }) => actions[operation] ?? `${service}:${operation}`);
    expect([...new Set(called)].filter((action) => !surveyIam.includes(action))).toEqual([]);
  });
});
