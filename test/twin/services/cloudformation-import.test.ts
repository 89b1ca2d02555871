import { expect, test } from '@jest/globals';
import { s3 } from '../../../twin/services/s3/index.js';
import { templateOf, worldOfThings } from '../../helpers/things.js';

const kept = { DeletionPolicy: 'Retain' };

/** A world with a thing that no stack has, and change sets of type IMPORT for it. */
const worldWithAThing = async () => {
  const world = worldOfThings();
  const { id } = await world.call<{ id: string }>('things', 'CreateThing', { Properties: { Name: 'Old', Size: 7 } });
  const toImport = (ThingId = id, LogicalResourceId = 'Old', ResourceType = 'Test::Thing') => ({
    ResourcesToImport: [{ LogicalResourceId, ResourceType, ResourceIdentifier: { ThingId } }],
  });
  const named = { StackName: 'Site', ChangeSetName: 'import' };
  const propose = (template: object, more: object = toImport()) =>
    world.look('CreateChangeSet', { ...named, ChangeSetType: 'IMPORT', TemplateBody: JSON.stringify(template), ...more });
  const changes = async () =>
    (await world.look<{ Changes: { ResourceChange: object }[] }>('DescribeChangeSet', named)).Changes.map((one) => one.ResourceChange);
  const execute = async () => {
    await world.look('ExecuteChangeSet', named);
    return world.stack();
  };
  return { ...world, id, toImport, propose, changes, execute };
};

test('an existing resource becomes part of a new stack as it is, and from then on is the stack’s', async () => {
  const world = await worldWithAThing();
  await world.propose(templateOf({ Old: kept }));
  expect(await world.changes()).toMatchObject([
    { Action: 'Import', LogicalResourceId: 'Old', PhysicalResourceId: world.id, ResourceType: 'Test::Thing' },
  ]);
  expect((await world.execute()).StackStatus).toBe('IMPORT_COMPLETE');
  expect(await world.events()).toEqual([
    'Site REVIEW_IN_PROGRESS User Initiated',
    'Site IMPORT_IN_PROGRESS User Initiated',
    'Old IMPORT_IN_PROGRESS Resource import started.',
    'Old IMPORT_COMPLETE Resource import completed.',
    'Site IMPORT_COMPLETE',
  ]);
  expect((await world.things()).Log).toEqual(['create Old']);
  // Its attributes are those of what was there.
  const next = templateOf({ Old: kept, User: { Properties: { Of: { 'Fn::GetAtt': 'Old.Arn' } } } });
  expect((await world.deploy(next)).StackStatus).toBe('UPDATE_COMPLETE');
  expect((await world.things()).Things[1]?.properties['Of']).toBe(`arn:aws:things:::${world.id}`);
  await world.cfn('DeleteStack', { StackName: 'Site' });
  await expect(world.stack()).rejects.toThrow('does not exist');
  expect(await world.names()).toEqual(['Old']);
});

test('a resource is imported into a stack that stands, which otherwise stays as it is', async () => {
  const world = await worldWithAThing();
  const outputs = { Outputs: { Own: { Value: { Ref: 'Own' } } } };
  await world.deploy(templateOf({ Own: {} }, outputs));
  await world.propose(templateOf({ Own: {}, Old: kept }, outputs));
  expect(await world.execute()).toMatchObject({ StackStatus: 'IMPORT_COMPLETE', Outputs: [{ OutputValue: 'thing-2' }] });
  await expect(world.deploy(templateOf({ Own: {}, Old: kept }, outputs))).rejects.toThrow('No updates are to be performed.');
});

test('what is not there fails the import by its identifier, and the stack goes back to what it was', async () => {
  const world = await worldWithAThing();
  await world.deploy(templateOf({ Own: {} }));
  await world.propose(templateOf({ Own: {}, Old: kept }), world.toImport('thing-99'));
  expect((await world.execute()).StackStatus).toBe('IMPORT_ROLLBACK_COMPLETE');
  expect(await world.events()).toContain("Old IMPORT_FAILED Resource of type 'Test::Thing' with identifier 'thing-99' was not found.");
  await expect(world.deploy(templateOf({ Own: {} }))).rejects.toThrow('No updates are to be performed.');
  expect(await world.names()).toEqual(['Old', 'Own']);
});

test('what was imported before another import failed is let be', async () => {
  const world = await worldWithAThing();
  const ResourcesToImport = [...world.toImport().ResourcesToImport, ...world.toImport('thing-99', 'Gone').ResourcesToImport];
  await world.propose(templateOf({ Old: kept, Gone: { ...kept, DependsOn: 'Old' } }), { ResourcesToImport });
  expect((await world.execute()).StackStatus).toBe('IMPORT_ROLLBACK_COMPLETE');
  expect(await world.names()).toEqual(['Old']);
  await world.cfn('DeleteStack', { StackName: 'Site' });
  await expect(world.stack()).rejects.toThrow('does not exist');
  expect(await world.names()).toEqual(['Old']);
});

test.each([
  [
    'without a DeletionPolicy',
    templateOf({ Own: {}, Old: {} }),
    undefined,
    'The following resources to import [Old] must have DeletionPolicy attribute specified in the template.',
  ],
  [
    'together with another addition',
    templateOf({ Own: {}, Old: kept, More: {} }),
    undefined,
    'Resources [More] is missing from ResourceToImport list',
  ],
  [
    'together with a change',
    templateOf({ Own: { Properties: { Size: 2 } }, Old: kept }),
    undefined,
    'You have modified resources [Own] in your template that are not being imported.',
  ],
  ['together with a removal', templateOf({ Old: kept }), undefined, 'You have modified resources [Own]'],
  [
    'together with an output',
    templateOf({ Own: {}, Old: kept }, { Outputs: { Id: { Value: { Ref: 'Old' } } } }),
    undefined,
    'As part of the import operation, you cannot modify or add [Outputs]',
  ],
  ['that is not in the template', templateOf({ Own: {} }), undefined, 'Resources [Old] do not exist in the template.'],
  ['by another property', templateOf({ Own: {}, Old: kept }), { Name: 'Old' }, 'Test::Thing is identified by [ThingId]'],
])('a resource %s is not imported', async (_what, template, ResourceIdentifier, message) => {
  const world = await worldWithAThing();
  await world.deploy(templateOf({ Own: {} }));
  const [first] = world.toImport().ResourcesToImport;
  await expect(
    world.propose(template, { ResourcesToImport: [{ ...first, ...(ResourceIdentifier ? { ResourceIdentifier } : {}) }] }),
  ).rejects.toThrow(message);
});

test('what belongs to a stack already is not imported into another', async () => {
  const world = await worldWithAThing();
  await world.propose(templateOf({ Old: kept }));
  await world.execute();
  await expect(world.propose(templateOf({ Old: kept }), { ...world.toImport(), StackName: 'Other' })).rejects.toThrow(
    'Resources [Old] passed in ResourceToImport are already in a stack and cannot be imported.',
  );
});

test('a type that the twin cannot read back is refused by name', async () => {
  const world = await worldWithAThing();
  const template = templateOf({ Old: { ...kept, Type: 'Test::Fixed' } });
  await expect(world.propose(template, world.toImport(world.id, 'Old', 'Test::Fixed'))).rejects.toMatchObject({
    code: 'NotModelled',
    message: 'NotModelled: cloudformation: import of Test::Fixed',
  });
});

test('ImportExistingResources takes over what has the custom name, and makes the rest', async () => {
  const world = await worldWithAThing();
  await world.call('things', 'CreateThing', { Properties: { Name: 'shared' }, Named: true });
  const template = templateOf({ Shared: { ...kept, Type: 'Test::Named', Properties: { Name: 'shared' } }, Fresh: {} });
  await world.propose(template, { ChangeSetType: 'CREATE', ImportExistingResources: true });
  expect(await world.changes()).toMatchObject([{ Action: 'Import', PhysicalResourceId: 'shared' }, { Action: 'Add' }]);
  expect((await world.execute()).StackStatus).toBe('CREATE_COMPLETE');
  expect(await world.names()).toEqual(['Fresh', 'Old', 'shared']);
});

test('ImportExistingResources takes nothing over that would be deleted with the stack', async () => {
  const world = await worldWithAThing();
  await world.call('things', 'CreateThing', { Properties: { Name: 'shared' }, Named: true });
  const template = templateOf({ Shared: { Type: 'Test::Named', Properties: { Name: 'shared' } } });
  await expect(world.propose(template, { ChangeSetType: 'CREATE', ImportExistingResources: true })).rejects.toThrow(
    'The affected resources are Shared ({Name=shared})',
  );
});

test('a creation that fails after it took something over lets that be', async () => {
  const world = await worldWithAThing();
  await world.call('things', 'CreateThing', { Properties: { Name: 'shared' }, Named: true });
  const template = templateOf({
    Shared: { DeletionPolicy: 'RetainExceptOnCreate', Type: 'Test::Named', Properties: { Name: 'shared' } },
    Bad: { DependsOn: 'Shared', Properties: { Fail: 'no' } },
  });
  await world.propose(template, { ChangeSetType: 'CREATE', ImportExistingResources: true });
  expect((await world.execute()).StackStatus).toBe('ROLLBACK_COMPLETE');
  expect(await world.names()).toEqual(['Old', 'shared']);
});

test('GetTemplateSummary says by what each importable type is named', async () => {
  const world = worldOfThings([s3]);
  const TemplateBody = JSON.stringify({
    Resources: { One: { Type: 'AWS::S3::Bucket' }, Two: { Type: 'AWS::S3::Bucket' }, Fixed: { Type: 'Test::Fixed' } },
  });
  expect(await world.look('GetTemplateSummary', { TemplateBody })).toMatchObject({
    ResourceIdentifierSummaries: [
      { ResourceType: 'AWS::S3::Bucket', LogicalResourceIds: ['One', 'Two'], ResourceIdentifiers: ['BucketName'] },
    ],
  });
});
