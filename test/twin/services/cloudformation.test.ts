import { expect, test } from '@jest/globals';
import { chargedSeconds } from '../../../twin/services/cloudformation/index.js';
import { templateOf, worldOfThings } from '../../helpers/things.js';

test('a stack is created dependencies first, and its events tell it in AWS’s words', async () => {
  const world = worldOfThings();
  const stack = await world.deploy(
    templateOf({ Web: { Properties: { Database: { 'Fn::GetAtt': 'Db.Endpoint.Address' } } }, Alarm: { DependsOn: 'Web' }, Db: {} }),
  );
  expect(stack.StackStatus).toBe('CREATE_COMPLETE');
  expect((await world.things()).Log).toEqual(['create Db', 'create Web', 'create Alarm']);
  expect(await world.events()).toEqual([
    'Site CREATE_IN_PROGRESS User Initiated',
    'Db CREATE_IN_PROGRESS',
    'Db CREATE_IN_PROGRESS Resource creation Initiated',
    'Db CREATE_COMPLETE',
    'Web CREATE_IN_PROGRESS',
    'Web CREATE_IN_PROGRESS Resource creation Initiated',
    'Web CREATE_COMPLETE',
    'Alarm CREATE_IN_PROGRESS',
    'Alarm CREATE_IN_PROGRESS Resource creation Initiated',
    'Alarm CREATE_COMPLETE',
    'Site CREATE_COMPLETE',
  ]);
  expect((await world.things()).Things[1]?.properties['Database']).toBe('thing-1.example.com');
});

test('the owner of the clock sees a stack under way and sleeps; a look by anyone else completes it and charges the time', async () => {
  const world = worldOfThings();
  const template = JSON.stringify(templateOf({ Slow: { Properties: { TakesSeconds: 600 } } }));
  const status = async (name: string): Promise<unknown> =>
    (await world.cfn<{ Stacks: { StackStatus: string }[] }>('DescribeStacks', { StackName: name })).Stacks[0]?.StackStatus;

  await world.cfn('CreateStack', { StackName: 'Owned', TemplateBody: template });
  await world.pass(590);
  expect(await status('Owned')).toBe('CREATE_IN_PROGRESS');
  await world.pass(30);
  expect(await status('Owned')).toBe('CREATE_COMPLETE');
  expect(chargedSeconds(world.ctx())).toBe(0);

  await world.cfn('CreateStack', { StackName: 'Looked', TemplateBody: template });
  const now = world.world.now();
  expect((await world.stack('Looked')).StackStatus).toBe('CREATE_COMPLETE');
  expect(world.world.now()).toBe(now);
  expect(chargedSeconds(world.ctx())).toBeGreaterThanOrEqual(600);
  expect(chargedSeconds(world.ctx())).toBeLessThan(620);
});

test('event times never go back and never lie before now', async () => {
  const world = worldOfThings();
  await world.deploy(templateOf({ One: {}, Two: { DependsOn: 'One' } }));
  const { StackEvents } = await world.look<{ StackEvents: { Timestamp: Date; EventId: string }[] }>('DescribeStackEvents', {
    StackName: 'Site',
  });
  const times = StackEvents.map(({ Timestamp }) => Timestamp.getTime()).reverse();
  expect(times).toEqual([...times].sort((a, b) => a - b));
  expect(times[0]).toBeGreaterThanOrEqual(world.world.now());
  expect(new Set(StackEvents.map(({ EventId }) => EventId)).size).toBe(StackEvents.length);
});

test('a failed creation rolls back what was made, with the service’s reason', async () => {
  const world = worldOfThings();
  const stack = await world.deploy(
    templateOf({ Good: {}, Bad: { DependsOn: 'Good', Properties: { Fail: 'no room' } }, Never: { DependsOn: 'Bad' } }),
  );
  expect(stack.StackStatus).toBe('ROLLBACK_COMPLETE');
  expect(await world.names()).toEqual([]);
  const events = await world.events();
  expect(events).toContainEqual(
    expect.stringMatching(
      /^Bad CREATE_FAILED Resource handler returned message: ""no room"" \(RequestToken: .*, HandlerErrorCode: ServiceLimitExceeded\)$/,
    ),
  );
  expect(events).toContain('Site ROLLBACK_IN_PROGRESS The following resource(s) failed to create: [Bad]. Rollback requested by user.');
  expect(events).toContain('Good DELETE_COMPLETE');
  expect(events.filter((event) => event.startsWith('Never'))).toEqual([]);
  await expect(world.deploy(templateOf({ Good: {} }))).rejects.toThrow(/is in ROLLBACK_COMPLETE state and can not be updated/);
  await world.cfn('DeleteStack', { StackName: 'Site' });
  await expect(world.stack()).rejects.toThrow('Stack with id Site does not exist');
  expect((await world.deploy(templateOf({ Good: {} }))).StackStatus).toBe('CREATE_COMPLETE');
});

test('what was under way when another resource failed is cancelled and removed too', async () => {
  const world = worldOfThings();
  await world.deploy(
    templateOf({ Slow: { Properties: { TakesSeconds: 300 } }, Early: {}, Bad: { DependsOn: 'Early', Properties: { Fail: 'no' } } }),
  );
  expect(await world.events()).toContain('Slow CREATE_FAILED Resource creation cancelled');
  expect(await world.names()).toEqual([]);
});

test('OnFailure DELETE removes the stack as well', async () => {
  const world = worldOfThings();
  await world.cfn('CreateStack', {
    StackName: 'Site',
    TemplateBody: JSON.stringify(templateOf({ Bad: { Properties: { Fail: 'no' } } })),
    OnFailure: 'DELETE',
  });
  await expect(world.stack()).rejects.toThrow('Stack with id Site does not exist');
});

test('an update changes in place what it can, replaces what it must and lets the rest alone', async () => {
  const world = worldOfThings();
  await world.deploy(
    templateOf({ Same: {}, Grown: { Properties: { Size: 1 } }, Renamed: {}, User: { Properties: { Of: { Ref: 'Renamed' } } } }),
  );
  const stack = await world.deploy(
    templateOf({
      Same: {},
      Grown: { Properties: { Size: 2 } },
      Renamed: { Properties: { Name: 'New' } },
      User: { Properties: { Of: { Ref: 'Renamed' } } },
    }),
  );
  expect(stack.StackStatus).toBe('UPDATE_COMPLETE');
  const { Log, Things } = await world.things();
  expect(Log.slice(4).sort()).toEqual(['create New', 'delete Renamed', 'modify Grown', 'modify User']);
  expect(Log.at(-1)).toBe('delete Renamed');
  expect(Things.find(({ properties }) => properties['Name'] === 'User')?.properties['Of']).toBe('thing-5');
  const events = await world.events();
  expect(events.filter((event) => event.startsWith('Same')).length).toBe(3);
  expect(events).toContain(
    'Renamed UPDATE_IN_PROGRESS Requested update requires the creation of a new physical resource; hence creating one.',
  );
  expect(events.indexOf('Site UPDATE_COMPLETE_CLEANUP_IN_PROGRESS')).toBeLessThan(events.indexOf('Renamed DELETE_IN_PROGRESS'));
});

test('a type without update is replaced by any change', async () => {
  const world = worldOfThings();
  await world.deploy(templateOf({ Fixed: { Type: 'Test::Fixed', Properties: { Size: 1 } } }));
  await world.deploy(templateOf({ Fixed: { Type: 'Test::Fixed', Properties: { Size: 2 } } }));
  expect((await world.things()).Log).toEqual(['create Fixed', 'create Fixed', 'delete Fixed']);
});

test('a failed update restores properties, brings replaced resources back and removes what is new', async () => {
  const world = worldOfThings();
  const before = templateOf({ Grown: { Properties: { Size: 1 } }, Renamed: {}, Last: { DependsOn: ['Grown', 'Renamed'] } });
  await world.deploy(before);
  const after = templateOf({
    Grown: { Properties: { Size: 2 } },
    Renamed: { Properties: { Name: 'New' } },
    Extra: {},
    Last: { DependsOn: ['Grown', 'Renamed', 'Extra'], Properties: { FailUpdate: true } },
  });
  const stack = await world.deploy(after);
  expect(stack.StackStatus).toBe('UPDATE_ROLLBACK_COMPLETE');
  const { Things } = await world.things();
  expect(Things.map(({ id, properties }) => [id, properties['Name'], properties['Size']])).toEqual([
    ['thing-1', 'Grown', 1],
    ['thing-2', 'Renamed', undefined],
    ['thing-3', 'Last', undefined],
  ]);
  const events = await world.events();
  expect(events).toContain('Site UPDATE_ROLLBACK_IN_PROGRESS The following resource(s) failed to update: [Last].');
  expect(events).toContain('Site UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS');
  // The stack stands on the old template again: deploying it anew changes nothing.
  await expect(world.deploy(before)).rejects.toThrow('No updates are to be performed.');
});

test('deletion and replacement keep what the template says to retain', async () => {
  const world = worldOfThings();
  const kept = { DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' };
  await world.deploy(templateOf({ Kept: kept, Gone: {} }));
  await world.deploy(templateOf({ Kept: { ...kept, Properties: { Name: 'Second' } }, Gone: {} }));
  expect(await world.names()).toEqual(['Gone', 'Kept', 'Second']);
  const { StackId } = await world.stack();
  await world.cfn('DeleteStack', { StackName: 'Site' });
  expect((await world.stack(StackId)).StackStatus).toBe('DELETE_COMPLETE');
  expect(await world.names()).toEqual(['Kept', 'Second']);
  expect(await world.events(StackId)).toContain('Kept DELETE_SKIPPED');
});

test('RetainExceptOnCreate is deleted when its creation is rolled back, Retain is not', async () => {
  const world = worldOfThings();
  await world.deploy(
    templateOf({
      Kept: { DeletionPolicy: 'Retain' },
      Dropped: { DeletionPolicy: 'RetainExceptOnCreate' },
      Bad: { DependsOn: ['Kept', 'Dropped'], Properties: { Fail: 'no' } },
    }),
  );
  expect(await world.names()).toEqual(['Kept']);
});

test('a resource that cannot be deleted fails the deletion by name, and can be left behind at the second try', async () => {
  const world = worldOfThings();
  const { StackId } = await world.deploy(templateOf({ Base: {}, Stuck: { DependsOn: 'Base', Properties: { Undeletable: true } } }));
  await world.cfn('DeleteStack', { StackName: 'Site' });
  const stack = await world.stack();
  expect(stack).toMatchObject({ StackStatus: 'DELETE_FAILED', StackStatusReason: 'The following resource(s) failed to delete: [Stuck].' });
  expect(await world.names()).toEqual(['Base', 'Stuck']);
  await world.cfn('DeleteStack', { StackName: 'Site', RetainResources: ['Stuck'] });
  expect((await world.stack(StackId)).StackStatus).toBe('DELETE_COMPLETE');
  expect(await world.names()).toEqual(['Stuck']);
});

test('a stack under termination protection is not deleted', async () => {
  const world = worldOfThings();
  await world.deploy(templateOf({ Thing: {} }), { EnableTerminationProtection: true });
  await expect(world.cfn('DeleteStack', { StackName: 'Site' })).rejects.toThrow(
    'Stack [Site] cannot be deleted while TerminationProtection is enabled',
  );
  await world.cfn('UpdateTerminationProtection', { StackName: 'Site', EnableTerminationProtection: false });
  await world.cfn('DeleteStack', { StackName: 'Site' });
  await expect(world.stack()).rejects.toThrow('does not exist');
});

test('a resource type that nothing backs fails the deploy by name, and no stack remains', async () => {
  const world = worldOfThings();
  await expect(world.deploy(templateOf({ Thing: {}, Queue: { Type: 'AWS::SQS::Queue' } }))).rejects.toMatchObject({
    code: 'ValidationError',
    message: expect.stringContaining('Unrecognized resource types: [AWS::SQS::Queue]') as unknown,
  });
  await expect(world.stack()).rejects.toThrow('Stack with id Site does not exist');
  expect(await world.names()).toEqual([]);
});

test('a stack being created can be deleted, and nothing of it remains', async () => {
  const world = worldOfThings();
  await world.cfn('CreateStack', {
    StackName: 'Site',
    TemplateBody: JSON.stringify(templateOf({ Quick: {}, Slow: { Properties: { TakesSeconds: 600 } } })),
  });
  await world.pass(30);
  expect(await world.names()).toEqual(['Quick', 'Slow']);
  await world.cfn('DeleteStack', { StackName: 'Site' });
  await world.pass(900);
  expect(await world.names()).toEqual([]);
  await expect(world.stack()).rejects.toThrow('does not exist');
});

test('a repeated request with the same token starts nothing twice', async () => {
  const world = worldOfThings();
  const input = { StackName: 'Site', TemplateBody: JSON.stringify(templateOf({ Thing: {} })), ClientRequestToken: 'run-1' };
  const first = await world.cfn('CreateStack', input);
  await world.stack();
  expect(await world.cfn('CreateStack', input)).toEqual(first);
  await expect(world.cfn('CreateStack', { ...input, ClientRequestToken: 'run-2' })).rejects.toMatchObject({
    code: 'AlreadyExistsException',
  });
  expect(await world.names()).toEqual(['Thing']);
});

test('a stack policy denies replacement, and the update is rolled back', async () => {
  const world = worldOfThings();
  await world.deploy(templateOf({ Db: {}, Web: {} }));
  const StackPolicyBody = JSON.stringify({
    Statement: [
      { Effect: 'Allow', Action: 'Update:*', Principal: '*', Resource: '*' },
      { Effect: 'Deny', Action: ['Update:Replace', 'Update:Delete'], Principal: '*', Resource: 'LogicalResourceId/Db' },
    ],
  });
  await world.cfn('SetStackPolicy', { StackName: 'Site', StackPolicyBody });
  expect((await world.deploy(templateOf({ Db: { Properties: { Name: 'Other' } }, Web: {} }))).StackStatus).toBe('UPDATE_ROLLBACK_COMPLETE');
  expect(await world.events()).toContainEqual(
    expect.stringContaining('Db UPDATE_FAILED Action denied by stack policy: Statement [#2] does not allow [Update:Replace]'),
  );
  expect((await world.deploy(templateOf({ Web: {} }))).StackStatus).toBe('UPDATE_ROLLBACK_COMPLETE');
  expect((await world.deploy(templateOf({ Db: { Properties: { Size: 3 } }, Web: {} }))).StackStatus).toBe('UPDATE_COMPLETE');
  expect(await world.names()).toEqual(['Db', 'Web']);
});

test('calls for a stack’s resources are made by CloudFormation on the client’s behalf', async () => {
  const world = worldOfThings();
  await world.deploy(templateOf({ Thing: {} }));
  const made = world.ledger.since().filter(({ service, operation }) => service === 'things' && operation === 'CreateThing');
  expect(made.map(({ via }) => via)).toEqual(['cloudformation']);
});
