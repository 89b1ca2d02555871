import type { StandingWorld } from './standing-world.js';

/** The site's service stack, standing by; `resources` beside one that says how many tasks run. */
export const serviceStackStands = async (world: StandingWorld, resources: Record<string, object> = {}): Promise<void> => {
  const { serviceStack, capacityParameter } = world.targets.site;
  const Capacity = { 'Fn::If': ['Active', '2 tasks', 'no task'] };
  const template = {
    Parameters: {
      [capacityParameter]: { Type: 'String', Default: 'standby', AllowedValues: ['standby', 'active'] },
      Image: { Type: 'String', Default: 'latest' },
    },
    Conditions: {
      Active: { 'Fn::Equals': [{ Ref: capacityParameter }, 'active'] },
      StandingBy: { 'Fn::Not': [{ Condition: 'Active' }] },
    },
    Resources: {
      Service: { Type: 'AWS::SSM::Parameter', Properties: { Name: '/test/service', Type: 'String', Value: Capacity } },
      Other: { Type: 'AWS::SSM::Parameter', Properties: { Name: '/test/image', Type: 'String', Value: { Ref: 'Image' } } },
      ...resources,
    },
  };
  await world.call('cloudformation', 'CreateStack', {
    StackName: serviceStack,
    TemplateBody: JSON.stringify(template),
    Parameters: [{ ParameterKey: 'Image', ParameterValue: 'sealed' }],
    Capabilities: ['CAPABILITY_NAMED_IAM'],
  });
  await world.pass(600);
  if ((await serviceStackNow(world)).StackStatus !== 'CREATE_COMPLETE') throw new Error('the service stack does not stand');
};
export const serviceStackNow = async (world: StandingWorld) => {
  const { Stacks } = await world.call<{
    Stacks: { StackStatus: string; StackStatusReason?: string; Parameters: { ParameterKey: string; ParameterValue: string }[] }[];
  }>('cloudformation', 'DescribeStacks', { StackName: world.targets.site.serviceStack });
  return Stacks[0]!;
};
