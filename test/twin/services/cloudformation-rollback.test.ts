import { expect, test } from '@jest/globals';
import { templateOf, worldOfThings } from '../../helpers/things.js';

/** A stack whose update failed, and one of whose resources does not go back. */
const stuck = async () => {
  const world = worldOfThings();
  const before = templateOf({
    Stubborn: { Properties: { Size: 1, FailUpdate: true } },
    Behind: { DependsOn: 'Stubborn', Properties: { Size: 1 } },
    Free: { Properties: { Size: 1 } },
    Last: { DependsOn: ['Behind', 'Free'] },
  });
  await world.deploy(before);
  const stack = await world.deploy(
    templateOf({
      Stubborn: { Properties: { Size: 2 } },
      Behind: { DependsOn: 'Stubborn', Properties: { Size: 2 } },
      Free: { Properties: { Size: 2 } },
      Extra: {},
      Last: { DependsOn: ['Behind', 'Free', 'Extra'], Properties: { FailUpdate: true } },
    }),
  );
  const sizes = async () =>
    Object.fromEntries((await world.things()).Things.map(({ properties }) => [String(properties['Name']), properties['Size']]));
  return { ...world, before, status: stack, sizes };
};

test('a resource that does not go back leaves the stack in UPDATE_ROLLBACK_FAILED, which can be deleted but not updated', async () => {
  const world = await stuck();
  expect(world.status).toMatchObject({
    StackStatus: 'UPDATE_ROLLBACK_FAILED',
    StackStatusReason: 'The following resource(s) failed to update: [Stubborn].',
  });
  // What does not wait for the stubborn one has gone back; nothing has been cleaned up.
  expect(await world.sizes()).toEqual({ Stubborn: 2, Behind: 2, Free: 1, Extra: undefined, Last: undefined });
  await expect(world.deploy(world.before)).rejects.toThrow(/is in UPDATE_ROLLBACK_FAILED state and can not be updated\.$/);
  await world.cfn('DeleteStack', { StackName: 'Site' });
  await expect(world.stack()).rejects.toThrow('does not exist');
  expect(await world.names()).toEqual([]);
});

test('a rollback that failed is continued once its cause is mended', async () => {
  const world = await stuck();
  const before = (await world.events()).length;
  await world.call('things', 'MendThings');
  await world.cfn('ContinueUpdateRollback', { StackName: 'Site' });
  expect((await world.stack()).StackStatus).toBe('UPDATE_ROLLBACK_COMPLETE');
  expect(await world.sizes()).toEqual({ Stubborn: 1, Behind: 1, Free: 1, Last: undefined });
  // Only what had not gone back is gone back to.
  expect((await world.events()).slice(before).filter((event) => event.startsWith('Free'))).toEqual([]);
  await expect(world.deploy(world.before)).rejects.toThrow('No updates are to be performed.');
});

test('continued without mending, the rollback fails again', async () => {
  const world = await stuck();
  await world.cfn('ContinueUpdateRollback', { StackName: 'Site' });
  expect((await world.stack()).StackStatus).toBe('UPDATE_ROLLBACK_FAILED');
});

test.each([
  ['by name', { ResourcesToSkip: ['Stubborn'] }],
  ['all of them, by force', { ForceRollback: true }],
])('what does not go back is skipped %s, and stays as the update left it', async (_how, input) => {
  const world = await stuck();
  await world.cfn('ContinueUpdateRollback', { StackName: 'Site', ...input });
  expect((await world.stack()).StackStatus).toBe('UPDATE_ROLLBACK_COMPLETE');
  expect(await world.sizes()).toEqual({ Stubborn: 2, Behind: 1, Free: 1, Last: undefined });
});

test('only what failed to go back can be skipped, and only a failed rollback can be continued', async () => {
  const world = await stuck();
  await expect(world.cfn('ContinueUpdateRollback', { StackName: 'Site', ResourcesToSkip: ['Free'] })).rejects.toThrow('[Free]');
  await expect(
    world.cfn('ContinueUpdateRollback', { StackName: 'Site', ResourcesToSkip: ['Stubborn'], ForceRollback: true }),
  ).rejects.toThrow('ForceRollback and ResourcesToSkip');
  await world.call('things', 'MendThings');
  await world.cfn('ContinueUpdateRollback', { StackName: 'Site' });
  await world.stack();
  await expect(world.cfn('ContinueUpdateRollback', { StackName: 'Site' })).rejects.toThrow(
    /is in UPDATE_ROLLBACK_COMPLETE state and can not continue update rollback\.$/,
  );
});

test('an update under way is cancelled: what it was doing is given up, and the stack goes back', async () => {
  const world = worldOfThings();
  await world.deploy(templateOf({ Grown: { Properties: { Size: 1 } } }));
  const TemplateBody = JSON.stringify(
    templateOf({ Grown: { Properties: { Size: 2 } }, Slow: { DependsOn: 'Grown', Properties: { TakesSeconds: 900 } } }),
  );
  await world.cfn('UpdateStack', { StackName: 'Site', TemplateBody });
  await world.pass(60);
  expect(await world.names()).toEqual(['Grown', 'Slow']);
  await world.cfn('CancelUpdateStack', { StackName: 'Site' });
  expect((await world.stack()).StackStatus).toBe('UPDATE_ROLLBACK_COMPLETE');
  expect((await world.things()).Things.map(({ properties }) => properties)).toEqual([{ Name: 'Grown', Size: 1 }]);
  const events = await world.events();
  expect(events).toContain('Slow CREATE_FAILED Resource creation cancelled');
  expect(events).toContain('Site UPDATE_ROLLBACK_IN_PROGRESS User Initiated');
  await expect(world.cfn('CancelUpdateStack', { StackName: 'Site' })).rejects.toThrow(
    'CancelUpdateStack cannot be called from current stack status',
  );
});

test('a creation whose rollback cannot delete something says so, and the stack can still be deleted without it', async () => {
  const world = worldOfThings();
  const stack = await world.deploy(
    templateOf({ Stuck: { Properties: { Undeletable: true } }, Bad: { DependsOn: 'Stuck', Properties: { Fail: 'no' } } }),
  );
  expect(stack).toMatchObject({
    StackStatus: 'ROLLBACK_FAILED',
    StackStatusReason: 'The following resource(s) failed to delete: [Stuck].',
  });
  await world.cfn('DeleteStack', { StackName: 'Site' });
  expect((await world.stack()).StackStatus).toBe('DELETE_FAILED');
  await world.cfn('DeleteStack', { StackName: 'Site', RetainResources: ['Stuck'] });
  await expect(world.stack()).rejects.toThrow('does not exist');
  expect(await world.names()).toEqual(['Stuck']);
});
