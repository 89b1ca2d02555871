import { expect, test } from '@jest/globals';
import { templateOf, worldOfThings } from '../../helpers/things.js';

interface Described {
  Status: string;
  StatusReason?: string;
  ExecutionStatus: string;
  Changes: {
    ResourceChange: {
      LogicalResourceId: string;
      Action: string;
      Replacement?: string;
      PolicyAction?: string;
      Details: { Evaluation: string; ChangeSource: string; CausingEntity?: string }[];
    };
  }[];
}

const worldOfChangeSets = () => {
  const world = worldOfThings();
  const propose = async (template: object | undefined, more: object = {}): Promise<Described> => {
    await world.look('CreateChangeSet', {
      StackName: 'Site',
      ChangeSetName: 'proposal',
      ...(template ? { TemplateBody: JSON.stringify(template) } : {}),
      ...more,
    });
    return world.look<Described>('DescribeChangeSet', { StackName: 'Site', ChangeSetName: 'proposal' });
  };
  const execute = async () => {
    await world.look('ExecuteChangeSet', { StackName: 'Site', ChangeSetName: 'proposal' });
    return world.stack();
  };
  const shortly = ({ Changes }: Described) =>
    Object.fromEntries(
      Changes.map(({ ResourceChange: c }) => [c.LogicalResourceId, `${c.Action} ${c.Replacement ?? ''} ${c.PolicyAction ?? ''}`.trim()]),
    );
  return { ...world, propose, execute, shortly };
};

test('a first change set stands in review, makes nothing, and creates the stack when executed', async () => {
  const world = worldOfChangeSets();
  const described = await world.propose(templateOf({ Thing: {} }), { ChangeSetType: 'CREATE', IncludeNestedStacks: true });
  expect(described).toMatchObject({ Status: 'CREATE_COMPLETE', ExecutionStatus: 'AVAILABLE' });
  expect(world.shortly(described)).toEqual({ Thing: 'Add' });
  expect((await world.stack()).StackStatus).toBe('REVIEW_IN_PROGRESS');
  expect(await world.look('GetTemplate', { StackName: 'Site' })).toMatchObject({ TemplateBody: '{}' });
  expect(await world.names()).toEqual([]);
  expect((await world.execute()).StackStatus).toBe('CREATE_COMPLETE');
  expect(await world.names()).toEqual(['Thing']);
});

test('a change set without changes fails with AWS’s reason and cannot be executed', async () => {
  const world = worldOfChangeSets();
  await world.deploy(templateOf({ Thing: {} }));
  expect(await world.propose(templateOf({ Thing: {} }))).toMatchObject({
    Status: 'FAILED',
    StatusReason: "The submitted information didn't contain changes. Submit different information to create a change set.",
    ExecutionStatus: 'UNAVAILABLE',
  });
  await expect(world.execute()).rejects.toMatchObject({ code: 'InvalidChangeSetStatusException' });
});

test('UsePreviousTemplate with a changed parameter updates what depends on it, and other parameters keep their values', async () => {
  const world = worldOfChangeSets();
  const template = templateOf(
    { Sized: { Properties: { Size: { Ref: 'Size' }, Label: { Ref: 'Label' } } }, Other: {} },
    { Parameters: { Size: { Type: 'Number', Default: 1 }, Label: { Type: 'String' } } },
  );
  await world.deploy(template, { Parameters: [{ ParameterKey: 'Label', ParameterValue: 'first' }] });
  const described = await world.propose(undefined, {
    UsePreviousTemplate: true,
    Parameters: [
      { ParameterKey: 'Size', ParameterValue: '2' },
      { ParameterKey: 'Label', UsePreviousValue: true },
    ],
  });
  expect(world.shortly(described)).toEqual({ Sized: 'Modify False' });
  expect(described.Changes[0]?.ResourceChange.Details).toMatchObject([
    { Evaluation: 'Static', ChangeSource: 'ParameterReference', CausingEntity: 'Size' },
  ]);
  expect((await world.execute()).StackStatus).toBe('UPDATE_COMPLETE');
  expect((await world.things()).Things.find(({ properties }) => properties['Name'] === 'Sized')?.properties).toMatchObject({
    Size: '2',
    Label: 'first',
  });
});

test('replacement is told beforehand: certain, impossible, or conditional on what another resource becomes', async () => {
  const world = worldOfChangeSets();
  const before = (size: number, name: string) =>
    templateOf({
      Grown: { Properties: { Size: size } },
      Renamed: { UpdateReplacePolicy: 'Retain', Properties: { Name: name } },
      NamedByAttribute: { Properties: { Name: { 'Fn::GetAtt': ['Grown', 'Arn'] } } },
      NamedByReference: { Properties: { Name: { Ref: 'Renamed' } } },
      Dropped: { DeletionPolicy: 'Retain' },
      Untouched: {},
    });
  await world.deploy(before(1, 'Old'));
  const after = before(2, 'New');
  const described = await world.propose({
    ...after,
    Resources: Object.fromEntries(Object.entries(after.Resources).filter(([name]) => name !== 'Dropped')),
  });
  expect(world.shortly(described)).toEqual({
    Grown: 'Modify False',
    Renamed: 'Modify True ReplaceAndRetain',
    NamedByAttribute: 'Modify Conditional ReplaceAndDelete',
    NamedByReference: 'Modify True ReplaceAndDelete',
    Dropped: 'Remove  Retain',
  });
  // The attribute turns out the same, so nothing happens to what it names.
  await world.execute();
  expect(await world.events()).not.toContainEqual(expect.stringContaining('NamedByAttribute UPDATE'));
});

test('a change of outputs alone is a change', async () => {
  const world = worldOfChangeSets();
  await world.deploy(templateOf({ Thing: {} }));
  const described = await world.propose(templateOf({ Thing: {} }, { Outputs: { Id: { Value: { Ref: 'Thing' } } } }));
  expect(described).toMatchObject({ Status: 'CREATE_COMPLETE', Changes: [] });
  expect((await world.execute()).Outputs).toMatchObject([{ OutputKey: 'Id', OutputValue: 'thing-1' }]);
});

test('a change set that is deleted is not found, and deleting it again succeeds', async () => {
  const world = worldOfChangeSets();
  await world.deploy(templateOf({ Thing: {} }));
  await world.propose(templateOf({ Thing: {}, More: {} }));
  const named = { StackName: 'Site', ChangeSetName: 'proposal' };
  await world.look('DeleteChangeSet', named);
  await world.look('DeleteChangeSet', named);
  await expect(world.look('DescribeChangeSet', named)).rejects.toMatchObject({
    code: 'ChangeSetNotFoundException',
    message: 'ChangeSet [proposal] does not exist',
  });
});

test('executing one change set makes the stack’s others void', async () => {
  const world = worldOfChangeSets();
  await world.deploy(templateOf({ Thing: {} }));
  await world.look('CreateChangeSet', {
    StackName: 'Site',
    ChangeSetName: 'other',
    TemplateBody: JSON.stringify(templateOf({ Other: {} })),
  });
  await world.propose(templateOf({ Thing: {}, More: {} }));
  await world.execute();
  const { Summaries } = await world.look<{ Summaries: { ChangeSetName: string; ExecutionStatus: string }[] }>('ListChangeSets', {
    StackName: 'Site',
  });
  expect(Summaries).toMatchObject([{ ChangeSetName: 'proposal', ExecutionStatus: 'EXECUTE_COMPLETE' }]);
});

test('a change set says no where the stack’s state does not allow it', async () => {
  const world = worldOfChangeSets();
  const template = { TemplateBody: JSON.stringify(templateOf({ Thing: {} })), ChangeSetName: 'late' };
  await expect(world.look('CreateChangeSet', { StackName: 'Site', ...template })).rejects.toThrow('Stack [Site] does not exist');
  await world.deploy(templateOf({ Thing: {} }));
  await expect(world.look('CreateChangeSet', { StackName: 'Site', ChangeSetType: 'CREATE', ...template })).rejects.toThrow(
    'Stack [Site] already exists and cannot be created again with the changeSet [late].',
  );
  await expect(world.propose(templateOf({ Thing: { Type: 'Test::Fixed' } }))).rejects.toThrow(
    'The new template modifies resource type of the following resources: [Thing]',
  );
});
