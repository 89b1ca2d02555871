import { beforeEach, describe, expect, it } from '@jest/globals';
import type { AssemblyStack } from '../../../recovery/adapters/cloud-assembly.js';
import { deployStack } from '../../../recovery/cli/deploy-stack.js';
import { hashOf } from '../../../recovery/model/canonical.js';
import { instant, milliseconds } from '../../../recovery/model/time.js';
import { frankfurt, recoveryWorld, type RecoveryWorld } from '../../helpers/recovery-world.js';

const bucket = { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'records' } };
const size = (Value: string) => ({ Type: 'AWS::SSM::Parameter', Properties: { Name: '/size', Type: 'String', Value } });
type Resources = Readonly<Record<string, { readonly Type: string }>>;

describe('a stack with a change set that cdk prepared', () => {
  let world: RecoveryWorld;
  beforeEach(async () => {
    world = recoveryWorld();
    const TemplateBody = JSON.stringify({ Resources: { Records: bucket, Size: size('small') } });
    await world.call('cloudformation', 'CreateStack', { StackName: 'data', TemplateBody });
    await world.pass(600);
  });

  const deploy = async (resources: Resources, changeSet = 'ours') => {
    const stack: AssemblyStack = {
      ...{ path: 'Site/Data', name: 'data', account: frankfurt.account, region: frankfurt.region, tags: {}, terminationProtection: false },
      ...{
        needs: [],
        digest: hashOf({ Resources: resources }),
        pathOf: (id: string) => `Site/Data/${id}`,
        template: { Resources: resources },
      },
    };
    const TemplateBody = JSON.stringify({ Resources: resources });
    await world.call('cloudformation', 'CreateChangeSet', { StackName: 'data', ChangeSetName: 'ours', TemplateBody });
    const clock = {
      passesByItself: false,
      now: () => instant(world.now()),
      sleepUntil: async (until: string) => void (await world.pass((milliseconds(until) - world.now()) / 1000)),
    };
    return deployStack(stack, changeSet, world.aws.cloudformation(frankfurt.region), clock);
  };
  const guard = async () => {
    const { Stacks } = await world.call<{ Stacks: object[] }>('cloudformation', 'DescribeStacks', { StackName: 'data' });
    const { StackPolicyBody } = await world.call<{ StackPolicyBody?: string }>('cloudformation', 'GetStackPolicy', { StackName: 'data' });
    const { Summaries } = await world.call<{ Summaries: object[] }>('cloudformation', 'ListChangeSets', { StackName: 'data' });
    return { ...(Stacks[0] as { EnableTerminationProtection: boolean; StackStatus: string }), StackPolicyBody, prepared: Summaries.length };
  };
  const guarded = { EnableTerminationProtection: true, StackPolicyBody: expect.stringContaining('AWS::S3::Bucket') as unknown };

  it('is deployed, followed to its end and guarded', async () => {
    expect(await deploy({ Records: bucket, Size: size('large') })).toMatchObject({ is: 'deployed', changes: 1, losses: [] });
    expect(await guard()).toMatchObject({ ...guarded, StackStatus: 'UPDATE_COMPLETE' });
  });

  it('is unchanged by one without changes, which is deleted; it is guarded all the same', async () => {
    expect(await deploy({ Records: bucket, Size: size('small') })).toMatchObject({ is: 'unchanged' });
    expect(await guard()).toMatchObject({ ...guarded, prepared: 0, StackStatus: 'CREATE_COMPLETE' });
  });

  it('is left alone and guarded where its data would go, though the app that no longer has the data asks for no guard', async () => {
    expect(await deploy({ Size: size('large') })).toMatchObject({ is: 'refused', losses: [{ path: 'Site/Data/Records' }] });
    expect(await guard()).toMatchObject({ ...guarded, prepared: 0, StackStatus: 'CREATE_COMPLETE' });
    expect(world.asked.map(({ operation }) => operation)).not.toContain('ExecuteChangeSet');
  });

  it('says what went wrong where its update fails and goes back', async () => {
    const failing = deploy({ Records: bucket, Size: size('large'), Taken: size('x') });
    await expect(failing).rejects.toMatchObject({
      kind: 'unexpected-status',
      message: expect.stringMatching(/UPDATE_ROLLBACK_COMPLETE.*Taken: .*already exists/) as unknown,
    });
  });

  it('is unchanged where cdk prepared none and it stands by this very template', async () => {
    expect(await deploy({ Records: bucket, Size: size('small') }, 'nobody-made')).toMatchObject({ is: 'unchanged' });
  });

  it('is not said to be unchanged where there is no change set and it stands by another template', async () => {
    await expect(deploy({ Records: bucket, Size: size('large') }, 'nobody-made')).rejects.toMatchObject({ code: 'no-change-set' });
  });
});
