import { beforeEach, describe, expect, it } from '@jest/globals';
import { logsCanaryArrives } from '../../../recovery/checks/logs-canary-arrives.js';
import { recoveryWorld, type RecoveryWorld } from '../../helpers/recovery-world.js';
import { askCheck } from '../../helpers/step-suite.js';

const logStreamName = 'web/web/1';
let world: RecoveryWorld;
const write = (message: string) =>
  world.call('cloudwatch-logs', 'PutLogEvents', {
    logGroupName: world.targets.site.logGroup,
    logStreamName,
    logEvents: [{ timestamp: world.now(), message }],
  });

beforeEach(async () => {
  world = recoveryWorld();
  const logGroupName = world.targets.site.logGroup;
  await world.call('cloudwatch-logs', 'CreateLogGroup', { logGroupName });
  await world.call('cloudwatch-logs', 'CreateLogStream', { logGroupName, logStreamName });
});

describe('logs.canary-arrives', () => {
  it('holds when the line that was asked for is found in the log group', async () => {
    world.website.set('/canary', async (token) => {
      await write(JSON.stringify({ event: 'canary', token }));
      return { body: { token } };
    });
    expect(await askCheck(logsCanaryArrives, {}, world)).toMatchObject({ holds: true, observed: `in stream ${logStreamName}` });
  });

  it('does not hold on another canary’s line', async () => {
    world.website.set('/canary', async (token) => {
      await write(JSON.stringify({ event: 'canary', token: 'altsite-of-yesterday' }));
      return { body: { token } };
    });
    expect(await askCheck(logsCanaryArrives, {}, world)).toMatchObject({ holds: false, observed: 'no such line yet' });
  });

  it('is unknown when there is no log group', async () => {
    await world.call('cloudwatch-logs', 'DeleteLogGroup', { logGroupName: world.targets.site.logGroup });
    world.website.set('/canary', (token) => ({ body: { token } }));
    expect(await askCheck(logsCanaryArrives, {}, world)).toMatchObject({ holds: 'unknown' });
  });

  it('asks for a line of its own in every attempt', async () => {
    world.website.set('/canary', (token) => ({ body: { token } }));
    await askCheck(logsCanaryArrives, {}, world);
    await askCheck(logsCanaryArrives, {}, world, world.attempt(2));
    expect(new Set(world.requests.filter((request) => request.includes('/canary'))).size).toBe(2);
  });
});
