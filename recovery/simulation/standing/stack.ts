import type { StandingWorld } from './standing-world.js';

interface MadeStack {
  readonly StackStatus: string;
  readonly Parameters: readonly { readonly ParameterKey: string; readonly ParameterValue: string }[];
  readonly Outputs?: readonly { readonly OutputKey: string; readonly OutputValue: string }[];
}
const stackNow = async (world: Pick<StandingWorld, 'call'>, StackName: string, region?: string): Promise<MadeStack> => {
  const { Stacks } = await world.call<{ Stacks: MadeStack[] }>('cloudformation', 'DescribeStacks', { StackName }, region);
  return Stacks[0]!;
};

/** Makes a stack, and answers its outputs. @throws Error where it does not stand ten minutes later. */
export const stackStands = async (
  world: Pick<StandingWorld, 'call' | 'pass'>,
  StackName: string,
  template: object,
  { region, ...more }: { readonly region?: string; readonly Parameters?: object; readonly Capabilities?: readonly string[] },
): Promise<Record<string, string>> => {
  await world.call('cloudformation', 'CreateStack', { StackName, TemplateBody: JSON.stringify(template), ...more }, region);
  await world.pass(600);
  const { StackStatus, Outputs = [] } = await stackNow(world, StackName, region);
  if (StackStatus !== 'CREATE_COMPLETE') throw new Error(`stack ${StackName} does not stand: ${StackStatus}`);
  return Object.fromEntries(Outputs.map(({ OutputKey, OutputValue }) => [OutputKey, OutputValue]));
};

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
  const Parameters = [{ ParameterKey: 'Image', ParameterValue: 'sealed' }];
  await stackStands(world, serviceStack, template, { Parameters, Capabilities: ['CAPABILITY_NAMED_IAM'] });
};
export const serviceStackNow = (world: StandingWorld) => stackNow(world, world.targets.site.serviceStack);
