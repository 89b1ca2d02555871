import { describe, expect, it } from '@jest/globals';
import { stacksAreProtected } from '../../../recovery/checks/stacks-are-protected.js';
import { stackPolicy } from '../../../recovery/kit/stack-policy.js';
import { recoveryWorld, type RecoveryWorld } from '../../helpers/recovery-world.js';
import { askCheck } from '../../helpers/step-suite.js';

const types = { bucket: 'AWS::S3::Bucket', parameter: 'AWS::SSM::Parameter' } as const;
const stack = async (world: RecoveryWorld, StackName: string, kind: keyof typeof types, more: object = {}): Promise<void> => {
  const Properties = kind === 'parameter' ? { Name: `/${StackName}`, Type: 'String', Value: 'x' } : {};
  await world.call('cloudformation', 'CreateStack', {
    StackName,
    TemplateBody: JSON.stringify({ Resources: { It: { Type: types[kind], Properties } } }),
    Tags: [{ Key: 'altsite:site', Value: 'frankfurt' }],
    ...more,
  });
  await world.pass(600);
};
const guarded = { StackPolicyBody: stackPolicy, EnableTerminationProtection: true };
const ask = (world: RecoveryWorld) => askCheck(stacksAreProtected, {}, world);

describe('stacks.are-protected', () => {
  it('holds where every stack of the site with data refuses to lose it; others may have no policy', async () => {
    const world = recoveryWorld();
    await stack(world, 'uploads', 'bucket', guarded);
    await stack(world, 'endpoint', 'parameter');
    await stack(world, 'elsewhere', 'bucket', { Tags: [] });
    expect(await ask(world)).toMatchObject({ holds: true, observed: 'uploads' });
  });

  it.each([
    ['has no stack policy', { EnableTerminationProtection: true }, 'uploads has no stack policy'],
    [
      'has one that allows everything',
      { ...guarded, StackPolicyBody: '{"Statement":[{"Effect":"Allow","Action":"Update:*","Principal":"*","Resource":"*"}]}' },
      'uploads has another stack policy',
    ],
    ['can be deleted', { ...guarded, EnableTerminationProtection: false }, 'uploads can be deleted'],
  ])('does not hold where one %s', async (_how, more, observed) => {
    const world = recoveryWorld();
    await stack(world, 'uploads', 'bucket', more);
    expect(await ask(world)).toMatchObject({ holds: false, observed });
  });

  it('is no yes where nothing of the site stands', async () => {
    expect(await ask(recoveryWorld())).toMatchObject({ holds: false });
  });
});
