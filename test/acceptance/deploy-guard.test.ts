import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CloudFormationClient, DescribeStacksCommand, GetStackPolicyCommand } from '@aws-sdk/client-cloudformation';
import { DescribeDBInstancesCommand, RDSClient } from '@aws-sdk/client-rds';
import { altsite, cdk, startTwin, tryCdk, type Twin } from './support/altsite.js';
import { bootstrap, synthesise } from './support/production.js';
import { configOf } from './support/protect.js';

interface Deployed {
  readonly deployed: boolean;
  readonly stacks: readonly { path: string; is: string; losses?: readonly { path: string; type: string; what: string }[] }[];
}

describe('altsite deploy', () => {
  let twin: Twin;
  let production: string;
  let renamed: string;
  beforeAll(async () => {
    twin = await startTwin({ seed: 52 });
    [production, renamed] = [join(twin.home, 'production'), join(twin.home, 'renamed')];
    const settings = join(twin.home, 'settings.yaml');
    const text = await readFile('plans/ambassify/settings.yaml', 'utf8');
    await writeFile(settings, text.replace('  name: ambassify\n', '  name: another\n'));
    await Promise.all([bootstrap(twin), synthesise(production)]);
    await cdk(['synth', '--quiet', '--output', renamed, '-c', `settings=${settings}`], twin.environment);
  }, 240_000);
  afterAll(() => twin.stop());

  const deploy = async (assembly: string, ...stacks: string[]) => {
    const ran = await altsite(['deploy', ...stacks, '--assembly', assembly, '--twin', twin.url, '--json'], twin);
    return { code: ran.code, ...(ran.json() as Deployed), said: ran.stderr };
  };
  const database = async () => {
    const { DBInstances = [] } = await new RDSClient(configOf(twin, 'eu-west-1')).send(new DescribeDBInstancesCommand({}));
    return DBInstances.map(({ DbiResourceId, DBName, DBInstanceStatus }) => ({ DbiResourceId, DBName, DBInstanceStatus }));
  };

  it('protects what it deploys, changes nothing the second time, and neither it nor the stack policy lets the database be replaced', async () => {
    const first = await deploy(production, 'Primary/Database');
    expect({ code: first.code, said: first.said, deployed: first.deployed }).toMatchObject({ code: 0, deployed: true });
    // With whatever it needs, which is there before it.
    expect(first.stacks.at(-1)).toMatchObject({ path: 'Primary/Database', is: 'deployed' });
    expect(new Set(first.stacks.map(({ is }) => is))).toEqual(new Set(['deployed']));
    expect(first.stacks.map(({ path }) => path)).toEqual(expect.arrayContaining(['Global/Zone', 'Primary/Network', 'Primary/Data']));
    const cloudFormation = new CloudFormationClient(configOf(twin, 'eu-west-1'));
    const StackName = 'ambassify-dublin-db-1';
    const { Stacks } = await cloudFormation.send(new DescribeStacksCommand({ StackName }));
    expect(Stacks?.[0]).toMatchObject({ EnableTerminationProtection: true });
    expect((await cloudFormation.send(new GetStackPolicyCommand({ StackName }))).StackPolicyBody).toContain('AWS::RDS::DBInstance');

    const second = await deploy(production, 'Primary/Database');
    expect(second.stacks.map(({ path, is }) => ({ path, is }))).toEqual(first.stacks.map(({ path }) => ({ path, is: 'unchanged' })));

    const before = await database();
    expect(before).toHaveLength(1);
    const refused = await deploy(renamed, 'Primary/Database');
    expect(refused).toMatchObject({ code: 6, deployed: false });
    expect(refused.stacks.filter(({ is }) => is === 'refused')).toMatchObject([
      {
        path: 'Primary/Database',
        losses: [
          {
            path: 'Primary/Database/Database/Instance/Resource',
            type: 'AWS::RDS::DBInstance',
            what: expect.stringMatching(/^would be replaced because of .*DBName/) as unknown,
          },
        ],
      },
    ]);
    expect(await database()).toEqual(before);

    const past = await tryCdk(
      ['deploy', 'Primary/Database', '--exclusively', '--app', renamed, '--require-approval', 'never'],
      twin.environment,
    );
    expect(past.code).not.toBe(0);
    expect(past.stdout + past.stderr).toMatch(/Action denied by stack policy: Statement \[#2\] does not allow \[Update:Replace\]/);
    expect(await database()).toEqual(before);
  }, 180_000);
});
