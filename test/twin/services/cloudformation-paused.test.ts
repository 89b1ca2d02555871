import { expect, test } from '@jest/globals';
import { templateOf, worldOfThings } from '../../helpers/things.js';

const standing = { DisableRollback: true };

test('without rollback a failed creation stands, with everything that did not wait for the failed', async () => {
  const world = worldOfThings();
  const stack = await world.deploy(
    templateOf({
      Bad: { Properties: { Fail: 'no' } },
      Slow: { Properties: { TakesSeconds: 300 } },
      After: { DependsOn: 'Slow' },
      Never: { DependsOn: 'Bad' },
    }),
    { OnFailure: 'DO_NOTHING' },
  );
  expect(stack).toMatchObject({ StackStatus: 'CREATE_FAILED', StackStatusReason: 'The following resource(s) failed to create: [Bad].' });
  expect(await world.names()).toEqual(['After', 'Slow']);
});

test('a stack that stands where it failed is updated only without rollback, and carries on from there', async () => {
  const world = worldOfThings();
  await world.deploy(templateOf({ Good: {}, Bad: { DependsOn: 'Good', Properties: { Fail: 'no' } } }), standing);
  const mended = templateOf({ Good: {}, Bad: { DependsOn: 'Good' } });
  await expect(world.deploy(mended)).rejects.toThrow(
    'This stack is currently in a non-terminal [CREATE_FAILED] state. To update the stack from this state, please use the disable-rollback parameter with update-stack API. To rollback to the last known good state, use the rollback-stack API',
  );
  expect((await world.deploy(mended, standing)).StackStatus).toBe('UPDATE_COMPLETE');
  expect(await world.names()).toEqual(['Bad', 'Good']);
  // From a good end an update may roll back again.
  expect((await world.deploy(templateOf({ Good: {} }))).StackStatus).toBe('UPDATE_COMPLETE');
});

test('rolling back a creation that was left standing empties the stack, and what was kept on purpose stays', async () => {
  const world = worldOfThings();
  await world.deploy(
    templateOf({ Good: {}, Kept: { DeletionPolicy: 'Retain' }, Bad: { DependsOn: ['Good', 'Kept'], Properties: { Fail: 'no' } } }),
    standing,
  );
  await world.cfn('RollbackStack', { StackName: 'Site' });
  expect((await world.stack()).StackStatus).toBe('ROLLBACK_COMPLETE');
  expect(await world.names()).toEqual(['Kept']);
  expect(await world.events()).toContain('Site ROLLBACK_IN_PROGRESS User Initiated');
});

test('RetainExceptOnCreate makes a rollback take along also what the template retains', async () => {
  const world = worldOfThings();
  await world.deploy(templateOf({ Kept: { DeletionPolicy: 'Retain' }, Bad: { DependsOn: 'Kept', Properties: { Fail: 'no' } } }), standing);
  await world.cfn('RollbackStack', { StackName: 'Site', RetainExceptOnCreate: true });
  expect((await world.stack()).StackStatus).toBe('ROLLBACK_COMPLETE');
  expect(await world.names()).toEqual([]);
});

test('rolling back updates that were left standing goes past all of them, to the last good state', async () => {
  const world = worldOfThings();
  const good = templateOf({ Grown: { Properties: { Size: 1 } }, Last: { DependsOn: 'Grown' } });
  await world.deploy(good);
  const failing = (size: number, more: object = {}) =>
    templateOf({ Grown: { Properties: { Size: size } }, Last: { DependsOn: 'Grown', Properties: { FailUpdate: size } }, ...more });
  expect((await world.deploy(failing(2), standing)).StackStatus).toBe('UPDATE_FAILED');
  expect((await world.deploy(failing(3, { Extra: {} }), standing)).StackStatus).toBe('UPDATE_FAILED');
  expect(await world.names()).toEqual(['Extra', 'Grown', 'Last']);
  await world.cfn('RollbackStack', { StackName: 'Site' });
  expect((await world.stack()).StackStatus).toBe('UPDATE_ROLLBACK_COMPLETE');
  expect((await world.things()).Things.map(({ properties }) => [properties['Name'], properties['Size']])).toEqual([
    ['Grown', 1],
    ['Last', undefined],
  ]);
  await expect(world.deploy(good)).rejects.toThrow('No updates are to be performed.');
});

test('without rollback nothing is replaced', async () => {
  const world = worldOfThings();
  await world.deploy(templateOf({ Thing: {} }));
  expect((await world.deploy(templateOf({ Thing: { Properties: { Name: 'Other' } } }), standing)).StackStatus).toBe('UPDATE_FAILED');
  expect(await world.events()).toContain('Thing UPDATE_FAILED Replacement type updates not supported on stack with disable-rollback.');
  expect(await world.names()).toEqual(['Thing']);
});

test('only a stack that stands where it failed can be rolled back', async () => {
  const world = worldOfThings();
  await world.deploy(templateOf({ Thing: {} }));
  await expect(world.cfn('RollbackStack', { StackName: 'Site' })).rejects.toThrow(
    /is in CREATE_COMPLETE state and can not be rolled back\.$/,
  );
  await expect(world.cfn('RollbackStack', { StackName: 'Other' })).rejects.toThrow('Stack [Other] does not exist');
});

test('a change set for a stack that stands where it failed is made, and executed without rollback only', async () => {
  const world = worldOfThings();
  await world.deploy(templateOf({ Good: {}, Bad: { Properties: { Fail: 'no' } } }), standing);
  const named = { StackName: 'Site', ChangeSetName: 'mend' };
  await world.look('CreateChangeSet', { ...named, TemplateBody: JSON.stringify(templateOf({ Good: {}, Bad: {} })) });
  await expect(world.look('ExecuteChangeSet', named)).rejects.toThrow('non-terminal [CREATE_FAILED] state');
  await world.look('ExecuteChangeSet', { ...named, DisableRollback: true });
  expect((await world.stack()).StackStatus).toBe('UPDATE_COMPLETE');
});
