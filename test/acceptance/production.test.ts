import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CloudFormationClient, DescribeStacksCommand, ListStackResourcesCommand, paginateListStacks } from '@aws-sdk/client-cloudformation';
import { altsite, cdk, startTwin, type Twin } from './support/altsite.js';
import { bootstrap, pushImage, regions, synthesise } from './support/production.js';
import { missingFrom } from './support/describe-resource.js';
import { ownClock } from './support/world-clock.js';
import { configOf } from './support/protect.js';

describe('production, deployed by the unmodified cdk from an empty account', () => {
  let twin: Twin;
  let assembly: string;
  beforeAll(async () => {
    twin = await startTwin({ seed: 5 });
    assembly = join(twin.home, 'cdk.out');
    await Promise.all([bootstrap(twin), synthesise(assembly)]);
  }, 240_000);
  afterAll(() => twin.stop());

  const deploy = (stacks: string) =>
    cdk(['deploy', stacks, '--app', assembly, '--require-approval', 'never', '--concurrency', '3'], twin.environment);
  const stacksIn = async (region: string): Promise<string[]> => {
    const client = new CloudFormationClient(configOf(twin, region));
    const names: string[] = [];
    for await (const { StackSummaries = [] } of paginateListStacks({ client }, {}))
      for (const { StackName = '', StackStatus } of StackSummaries)
        if (StackName.startsWith('ambassify') && StackStatus !== 'DELETE_COMPLETE') names.push(StackName);
    return names;
  };

  it('stands at the primary, is not changed by deploying it again, and stands at the alternate though the primary has been lost meanwhile', async () => {
    await deploy('Primary/Images');
    await pushImage(twin);
    await deploy('Primary/*');
    const again = await deploy('Primary/*');
    const stacks = again.match(/✅.*/gu) ?? [];
    // Its own six, the zone, the proof of its names, and what its data and images are copied to: network, data and images of the alternate.
    expect(stacks).toHaveLength(11);
    for (const stack of stacks) expect(stack).toMatch(/no changes/);

    const clock = await ownClock(twin.url);
    // By then the image has been copied.
    await clock.pass(3600);
    await clock.release();
    const lost = await altsite(['twin', 'fault', 'region-outage', '--region', 'eu-west-1', '--twin', twin.url, '--json'], twin);
    expect(lost.code).toBe(0);
    await deploy('Alternate/*');
    await deploy('Global/*');

    const missing: string[] = [];
    let seen = 0;
    for (const region of regions.filter((one) => one !== 'eu-west-1')) {
      const client = new CloudFormationClient(configOf(twin, region));
      for (const StackName of await stacksIn(region)) {
        const { Stacks } = await client.send(new DescribeStacksCommand({ StackName }));
        expect({ StackName, status: Stacks?.[0]?.StackStatus }).toMatchObject({
          status: expect.stringMatching(/^(CREATE|UPDATE)_COMPLETE$/) as unknown,
        });
        const { StackResourceSummaries = [] } = await client.send(new ListStackResourcesCommand({ StackName }));
        const found = await Promise.all(
          StackResourceSummaries.map(({ ResourceType = '', PhysicalResourceId = '' }) =>
            missingFrom(ResourceType, PhysicalResourceId, configOf(twin, region)),
          ),
        );
        seen += found.length;
        missing.push(...found.flatMap((why) => why ?? []));
      }
    }
    expect(missing).toEqual([]);

    const ready = await altsite(['check', '--assembly', assembly, '--twin', twin.url, '--json'], twin);
    const { answers } = ready.json() as { answers: { check: string; holds: unknown; observed: string }[] };
    expect(answers.find((answer) => answer.check === 'portability')).toMatchObject({ holds: true });
    // Nothing was backed up here, and it was not altsite deploy that deployed, which sets stack policies: both are found.
    expect({ code: ready.code, unmet: answers.filter(({ holds }) => holds !== true).map((answer) => answer.check) }).toEqual({
      code: 6,
      unmet: ['backup.copy-is-fresh', 'stacks.are-protected'],
    });
    expect(seen).toBeGreaterThan(70);
  }, 180_000);
});
