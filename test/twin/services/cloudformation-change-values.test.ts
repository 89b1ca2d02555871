import { expect, test } from '@jest/globals';
import { templateOf, worldOfThings } from '../../helpers/things.js';

interface Shown {
  Changes: {
    ResourceChange: { LogicalResourceId: string; Scope: string[]; Details: object[]; BeforeContext?: string; AfterContext?: string };
  }[];
}

const propose = async (world: ReturnType<typeof worldOfThings>, template: object, more: object = {}) => {
  const named = { StackName: 'Site', ChangeSetName: 'proposal' };
  await world.look('CreateChangeSet', { ...named, TemplateBody: JSON.stringify(template), ...more });
  const described = (IncludePropertyValues: boolean) => world.look<Shown>('DescribeChangeSet', { ...named, IncludePropertyValues });
  return { plain: await described(false), detailed: await described(true) };
};

test('a change set shows values where they are asked for, and nowhere else', async () => {
  const world = worldOfThings();
  await world.deploy(templateOf({ Thing: { Properties: { Size: 1, Old: ['a'] } } }));
  const { plain, detailed } = await propose(world, templateOf({ Thing: { Properties: { Size: 2, New: { deep: true } } } }));
  const target = (Name: string) => ({ Attribute: 'Properties', Name, RequiresRecreation: 'Never' });
  expect(plain.Changes[0]?.ResourceChange.Details.map((detail) => (detail as { Target: object }).Target)).toEqual([
    target('Size'),
    target('Old'),
    target('New'),
  ]);
  const { Details, BeforeContext, AfterContext } = detailed.Changes[0]!.ResourceChange;
  expect(Details.map((detail) => (detail as { Target: object }).Target)).toEqual([
    { ...target('Size'), Path: '/Properties/Size', BeforeValue: '1', AfterValue: '2', AttributeChangeType: 'Modify' },
    { ...target('Old'), Path: '/Properties/Old', BeforeValue: '["a"]', AttributeChangeType: 'Remove' },
    { ...target('New'), Path: '/Properties/New', AfterValue: '{"deep":true}', AttributeChangeType: 'Add' },
  ]);
  expect(JSON.parse(BeforeContext!)).toMatchObject({ Properties: { Name: 'Thing', Size: 1, Old: ['a'] } });
  expect(JSON.parse(AfterContext!)).toMatchObject({ Properties: { Name: 'Thing', Size: 2, New: { deep: true } } });
});

test('a value that only the update will make is shown as such', async () => {
  const world = worldOfThings();
  await world.deploy(templateOf({ First: {}, User: { Properties: { Of: { Ref: 'First' } } } }));
  const { detailed } = await propose(
    world,
    templateOf({ First: { Properties: { Name: 'Renamed' } }, User: { Properties: { Of: { Ref: 'First' } } } }),
  );
  const user = detailed.Changes.find(({ ResourceChange: one }) => one.LogicalResourceId === 'User')!.ResourceChange;
  expect(user.Details).toMatchObject([
    { Target: { BeforeValue: 'thing-1', AfterValue: '{{changeSet:KNOWN_AFTER_APPLY}}' }, CausingEntity: 'First' },
  ]);
});

test('what hangs on a NoEcho parameter is never shown', async () => {
  const world = worldOfThings();
  const template = templateOf(
    { Thing: { Properties: { Login: { 'Fn::Sub': 'user:${Password}' } } } },
    { Parameters: { Password: { Type: 'String', NoEcho: true } } },
  );
  const given = (ParameterValue: string) => ({ Parameters: [{ ParameterKey: 'Password', ParameterValue }] });
  await world.deploy(template, given('first-secret'));
  const { detailed } = await propose(world, template, given('second-secret'));
  expect(detailed.Changes[0]?.ResourceChange.Details).toMatchObject([{ Target: { BeforeValue: '****', AfterValue: '****' } }]);
  expect(JSON.stringify(detailed)).not.toContain('-secret');
});

test('tags, metadata and policies are each a scope of their own, and are taken without a call to the service', async () => {
  const world = worldOfThings();
  await world.deploy(templateOf({ Tagged: {}, Policy: {}, Meta: {} }));
  const after = templateOf({
    Tagged: { Properties: { Tags: [{ Key: 'a', Value: 'b' }] } },
    Policy: { DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' },
    Meta: { Metadata: { path: 'x' } },
  });
  const { plain } = await propose(world, after);
  expect(Object.fromEntries(plain.Changes.map(({ ResourceChange: one }) => [one.LogicalResourceId, one.Scope]))).toEqual({
    Tagged: ['Tags'],
    Policy: ['DeletionPolicy', 'UpdateReplacePolicy'],
    Meta: ['Metadata'],
  });
  const before = (await world.things()).Log.length;
  expect((await world.deploy(after)).StackStatus).toBe('UPDATE_COMPLETE');
  expect((await world.things()).Log.slice(before)).toEqual(['modify Tagged']);
  await world.cfn('DeleteStack', { StackName: 'Site' });
  await expect(world.stack()).rejects.toThrow('does not exist');
  expect(await world.names()).toEqual(['Policy']);
});
