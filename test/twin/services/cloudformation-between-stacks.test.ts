import { expect, test } from '@jest/globals';
import { ssm } from '../../../twin/services/ssm/index.js';
import { templateOf, worldOfThings } from '../../helpers/things.js';

const speaking = (value: string) => ({
  Resources: { Said: { Type: 'AWS::SSM::Parameter', Properties: { Name: '/said', Type: 'String', Value: value } } },
});
const hearing = (name: string, type = 'AWS::SSM::Parameter::Value<String>') =>
  templateOf({ Ear: { Properties: { Heard: { Ref: 'Word' } } } }, { Parameters: { Word: { Type: type, Default: name } } });

const heardBy = async (world: ReturnType<typeof worldOfThings>) => (await world.things()).Things[0]?.properties['Heard'];

test('what one stack puts into the parameter store another hears, and hears anew when it is updated', async () => {
  const world = worldOfThings([ssm]);
  await world.deploy(speaking('first'), {}, 'Speaker');
  await world.deploy(hearing('/said'), {}, 'Hearer');
  expect(await heardBy(world)).toBe('first');
  await world.deploy(speaking('second'), {}, 'Speaker');
  expect(await heardBy(world)).toBe('first');
  // The template is the same and the parameter's name too: its value is what changed.
  expect((await world.deploy(hearing('/said'), {}, 'Hearer')).StackStatus).toBe('UPDATE_COMPLETE');
  expect(await heardBy(world)).toBe('second');
  await expect(world.deploy(hearing('/said'), {}, 'Hearer')).rejects.toThrow('No updates are to be performed.');
});

test('a parameter is heard as of one version', async () => {
  const world = worldOfThings([ssm]);
  await world.deploy(speaking('first'), {}, 'Speaker');
  await world.deploy(speaking('second'), {}, 'Speaker');
  await world.deploy(hearing('/said:1'), {}, 'Hearer');
  expect(await heardBy(world)).toBe('first');
});

test('a parameter that is not there refuses the template by its name, and a secure one by its type', async () => {
  const world = worldOfThings([ssm]);
  await expect(world.deploy(hearing('/unsaid'))).rejects.toThrow(
    'Unable to fetch parameters [/unsaid] from parameter store for this account.',
  );
  await world.call('ssm', 'PutParameter', { Name: '/secret', Value: 'x', Type: 'SecureString' });
  await expect(world.deploy(hearing('/secret'))).rejects.toThrow(
    'Parameters [/secret] referenced by template have types not supported by CloudFormation.',
  );
});

test('an export that another stack uses can neither change nor go, with an update or with its stack, which stays what it was', async () => {
  const world = worldOfThings();
  const exporting = (outputs: object) => templateOf({ Base: {} }, { Outputs: outputs });
  const exported = { Id: { Value: { Ref: 'Base' }, Export: { Name: 'base' } } };
  await world.deploy(exporting(exported), {}, 'Base');
  await expect(world.look('ListImports', { ExportName: 'base' })).rejects.toThrow("Export 'base' is not imported by any stack.");
  await world.deploy(templateOf({ User: { Properties: { Of: { 'Fn::ImportValue': 'base' } } } }), {}, 'User');
  expect(await world.deploy(exporting({}), {}, 'Base')).toMatchObject({ StackStatus: 'UPDATE_ROLLBACK_COMPLETE' });
  expect(await world.events('Base')).toContain('Base UPDATE_ROLLBACK_IN_PROGRESS Export base cannot be deleted as it is in use by User');
  await world.cfn('DeleteStack', { StackName: 'Base' });
  expect(await world.stack('Base')).toMatchObject({
    StackStatus: 'UPDATE_ROLLBACK_COMPLETE',
    StackStatusReason: 'Export base cannot be deleted as it is in use by User',
  });
  await expect(world.deploy(exporting(exported), {}, 'Base')).rejects.toThrow('No updates are to be performed.');
  expect(await world.names()).toEqual(['Base', 'User']);
});

test('a policy for the time of one update lets through what the stack’s own denies, once', async () => {
  const world = worldOfThings();
  const policy = (Effect: string) => JSON.stringify({ Statement: [{ Effect, Action: 'Update:*', Principal: '*', Resource: '*' }] });
  await world.deploy(templateOf({ Thing: { Properties: { Size: 1 } } }), { StackPolicyBody: policy('Deny') });
  const grown = (size: number) => templateOf({ Thing: { Properties: { Size: size } } });
  expect((await world.deploy(grown(2))).StackStatus).toBe('UPDATE_ROLLBACK_COMPLETE');
  expect((await world.deploy(grown(2), { StackPolicyDuringUpdateBody: policy('Allow') })).StackStatus).toBe('UPDATE_COMPLETE');
  expect((await world.deploy(grown(3))).StackStatus).toBe('UPDATE_ROLLBACK_COMPLETE');
  expect(await world.look('GetStackPolicy', { StackName: 'Site' })).toEqual({ StackPolicyBody: policy('Deny') });
});

test.each(['AWS::CloudFormation::Stack', 'AWS::CloudFormation::CustomResource', 'Custom::Anything'])(
  '%s is refused by name',
  async (Type) => {
    await expect(worldOfThings().deploy(templateOf({ Thing: { Type } }))).rejects.toThrow(`Unrecognized resource types: [${Type}]`);
  },
);
