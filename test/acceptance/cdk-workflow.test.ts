import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import {
  CloudFormationClient,
  DeleteStackCommand,
  DescribeStackEventsCommand,
  DescribeStacksCommand,
  UpdateTerminationProtectionCommand,
} from '@aws-sdk/client-cloudformation';
import { DescribeDBInstancesCommand, RDSClient } from '@aws-sdk/client-rds';
import { CreateBucketCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { cdk, startTwin, tryCdk, type Ran, type Twin } from './support/altsite.js';
import { bootstrap, regions } from './support/production.js';
import { boto3, hasBoto3 } from './support/boto3.js';
import { configOf } from './support/protect.js';

const account = '111122223333';
const taken = 'The parameter already exists. To overwrite this value, set the overwrite option in the request to true.';

/** Colours and line breaks are the CLI's own affair. */
const plain = ({ stdout, stderr }: Ran): string =>
  // oxlint-disable-next-line no-control-regex
  (stdout + stderr).replace(/\u001b\[[0-9;]*m/g, '').replace(/\s+/g, ' ');

describe('the whole workflow of the unmodified cdk against a twin', () => {
  let twin: Twin;
  beforeAll(async () => {
    twin = await startTwin({ seed: 815 });
    const app = join(process.cwd(), 'test', 'acceptance', 'support', 'workflow-app.mjs');
    const synthesised = promisify(execFile)(process.execPath, [app, join(twin.home, 'states'), account], {
      env: { ...process.env, ...twin.environment },
    });
    await Promise.all([bootstrap(twin), synthesised]);
  }, 240_000);
  afterAll(() => twin.stop());

  /** One command about stacks of the small app, as it is in `state`. */
  const work = async (command: string, state: string, stacks: readonly string[], more: readonly string[] = []) => {
    const exact = command === 'deploy' || command === 'destroy' ? ['--exclusively'] : [];
    const ran = await tryCdk(
      [command, '--app', join(twin.home, 'states', state), ...stacks, ...exact, ...more],
      twin.environment,
      twin.home,
    );
    return { code: ran.code, said: plain(ran) };
  };
  const deploy = (state: string, stacks: readonly string[], more: readonly string[] = []) =>
    work('deploy', state, stacks, ['--require-approval', 'never', '--concurrency', '3', ...more]);
  /** What a command said that succeeded. */
  const success = async (ran: Promise<{ code: number | null; said: string }>): Promise<string> => {
    const { code, said } = await ran;
    if (code !== 0) throw new Error(`cdk ended with ${code}: ${said}`);
    return said;
  };
  const refusedWith = (text: string) => ({ code: 1, said: expect.stringContaining(text) as unknown });
  const cloudFormation = (region: string) => new CloudFormationClient(configOf(twin, region));
  const statusOf = async (StackName: string, region = 'eu-west-1') =>
    (await cloudFormation(region).send(new DescribeStacksCommand({ StackName }))).Stacks?.[0]?.StackStatus;

  it('brings a small app through a day: made, failed, mended, changed, rolled back, imported into, compared and taken down', async () => {
    await success(deploy('first', ['Shelf-*', 'Archive']));
    expect(await Promise.all(regions.map((region) => statusOf(`Shelf-${region}`, region)))).toEqual(regions.map(() => 'CREATE_COMPLETE'));
    expect(await success(deploy('first', ['Shelf-*', 'Archive']))).toMatch(/(\(no changes\).*){4}/);

    // A creation fails with the service's own reason, and the next deployment makes the stack anew.
    expect(await deploy('first', ['Reader'])).toMatchObject(refusedWith(taken));
    expect(await statusOf('Reader')).toBe('ROLLBACK_COMPLETE');
    expect(await success(deploy('mended', ['Reader']))).toContain('Reader.HeardSize = small from /workflow/size');

    // What would change is told beforehand: what in place, what by a new one.
    const difference = await success(work('diff', 'grown', ['Shelf-eu-west-1', 'Reader']));
    expect(difference).toMatch(
      /AWS::Logs::LogGroup Log .*\[~\] AWS::SSM::Parameter Size \S+ └─ \[~\] Value ├─ \[-\] small └─ \[\+\] large/,
    );
    expect(difference).toContain('Name (requires replacement) ├─ [-] /workflow/heard └─ [+] /workflow/heard-anew');
    expect(difference).toContain('Number of stacks with differences: 2');
    await success(deploy('grown', ['Shelf-*']));
    expect(await success(deploy('grown', ['Reader']))).toContain('large from /workflow/size');

    // An update fails and goes back by itself, or stands where it failed until somebody takes it back.
    expect(await deploy('breaking', ['Reader'])).toMatchObject(refusedWith(taken));
    expect(await statusOf('Reader')).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(await deploy('breaking', ['Reader'], ['--no-rollback'])).toMatchObject(refusedWith(taken));
    expect(await statusOf('Reader')).toBe('UPDATE_FAILED');
    await success(work('rollback', 'breaking', ['Reader']));
    expect(await statusOf('Reader')).toBe('UPDATE_ROLLBACK_COMPLETE');

    await makeBehindTheirBacks('eu-central-1');
    expect(await success(work('drift', 'grown', ['Shelf-eu-central-1']))).toContain('[~] /Value ├─ [-] large └─ [+] huge');
    const mapping = JSON.stringify({ Books8C439C90: { BucketName: 'workflow-books-eu-central-1' } });
    await success(work('import', 'importing', ['Shelf-eu-central-1'], ['--resource-mapping-inline', mapping]));
    expect(await statusOf('Shelf-eu-central-1', 'eu-central-1')).toBe('IMPORT_COMPLETE');

    if (hasBoto3()) expect(boto3(whatIsThere, twin.environment)).toEqual(asTheStacksSay);

    // What others live on, and what holds data, is not taken down by the way; the rest is.
    expect(await work('destroy', 'grown', ['Shelf-eu-west-1'], ['--force'])).toMatchObject(
      refusedWith('Export workflow-size-name cannot be deleted as it is in use by Reader'),
    );
    expect(await work('destroy', 'grown', ['Archive'], ['--force'])).toMatchObject(
      refusedWith('Stack [Archive] cannot be deleted while TerminationProtection is enabled'),
    );
    await success(work('destroy', 'importing', ['Reader', 'Shelf-*'], ['--force']));
    const gone = regions.map((region) => statusOf(`Shelf-${region}`, region));
    for (const asked of [...gone, statusOf('Reader')]) await expect(asked).rejects.toThrow('does not exist');
    if (hasBoto3()) expect(boto3(whatIsThere, twin.environment)).toEqual(onlyWhatHoldsData);
  }, 180_000);

  it('does not let the real database go: not by destroy, and not with its stack', async () => {
    const output = join(twin.home, 'cdk.out');
    await cdk(['deploy', 'Primary/Database', '--require-approval', 'never', '--concurrency', '3', '--output', output], twin.environment);
    const destroyed = await tryCdk(['destroy', 'Primary/Database', '--force', '--app', output], twin.environment);
    const StackName = 'ambassify-dublin-db-1';
    expect({ code: destroyed.code, said: plain(destroyed) }).toMatchObject(
      refusedWith(`Stack [${StackName}] cannot be deleted while TerminationProtection is enabled`),
    );

    const client = cloudFormation('eu-west-1');
    const { StackId } = await client.send(new UpdateTerminationProtectionCommand({ StackName, EnableTerminationProtection: false }));
    await client.send(new DeleteStackCommand({ StackName }));
    expect(await statusOf(StackId!)).toBe('DELETE_COMPLETE');
    const { StackEvents } = await client.send(new DescribeStackEventsCommand({ StackName: StackId }));
    const skipped = StackEvents?.filter(({ ResourceStatus }) => ResourceStatus === 'DELETE_SKIPPED');
    expect(skipped).toMatchObject([{ ResourceType: 'AWS::RDS::DBInstance' }]);
    const { DBInstances } = await new RDSClient(configOf(twin, 'eu-west-1')).send(new DescribeDBInstancesCommand({}));
    expect(DBInstances).toMatchObject([{ DBInstanceIdentifier: skipped?.[0]?.PhysicalResourceId, DeletionProtection: true }]);
  }, 240_000);

  /** A bucket that no stack knows, and a parameter changed without its stack. */
  const makeBehindTheirBacks = async (region: string): Promise<void> => {
    const s3 = new S3Client({ ...configOf(twin, region), forcePathStyle: true });
    const Bucket = `workflow-books-${region}`;
    await s3.send(new CreateBucketCommand({ Bucket, CreateBucketConfiguration: { LocationConstraint: 'eu-central-1' } }));
    await s3.send(new PutObjectCommand({ Bucket, Key: 'a-book', Body: 'read me' }));
    await new SSMClient(configOf(twin, region)).send(new PutParameterCommand({ Name: '/workflow/size', Value: 'huge', Overwrite: true }));
  };
});

/** Parameters, log groups and books of every region, and what CloudFormation has there, as somebody else's client sees them. */
const whatIsThere = `
seen = {}
for region in ${JSON.stringify(regions)}:
    at = lambda service: boto3.client(service, region_name=region)
    parameters = at('ssm').get_parameters_by_path(Path='/workflow', Recursive=True)['Parameters']
    stacks = [stack['StackName'] for stack in at('cloudformation').describe_stacks()['Stacks']]
    seen[region] = {
        'parameters': {one['Name']: one['Value'] for one in parameters},
        'logGroups': [one['logGroupName'] for one in at('logs').describe_log_groups(logGroupNamePrefix='workflow')['logGroups']],
        'stacks': sorted(name for name in stacks if name != 'CDKToolkit' and not name.startswith('ambassify')),
    }
s3 = boto3.client('s3')
buckets = sorted(one['Name'] for one in s3.list_buckets()['Buckets'] if one['Name'].startswith('workflow'))
seen['buckets'] = {name: [one['Key'] for one in s3.list_objects_v2(Bucket=name).get('Contents', [])] for name in buckets}
print(json.dumps(seen))
`;
const buckets = { 'workflow-books-eu-central-1': ['a-book'], 'workflow-records': [] };
const shelf = (size: string, region: string) => ({
  parameters: { '/workflow/size': size },
  logGroups: ['workflow'],
  stacks: [`Shelf-${region}`],
});
const asTheStacksSay = {
  'eu-west-1': {
    ...shelf('large', 'eu-west-1'),
    parameters: { '/workflow/size': 'large', '/workflow/heard-anew': 'large from /workflow/size' },
    stacks: ['Archive', 'Reader', 'Shelf-eu-west-1'],
  },
  'eu-central-1': shelf('huge', 'eu-central-1'),
  'eu-west-3': shelf('large', 'eu-west-3'),
  buckets,
};
const nothing = { parameters: {}, logGroups: [], stacks: [] };
const onlyWhatHoldsData = {
  'eu-west-1': { ...nothing, stacks: ['Archive'] },
  'eu-central-1': nothing,
  'eu-west-3': nothing,
  buckets,
};
