import { expect, it } from '@jest/globals';
import { spawnSync } from 'node:child_process';

it('the bench of the engine, which is run by hand, can be run', () => {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['.ci/bench/one-plan.mjs', 'random', '100'], { encoding: 'utf8' });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(JSON.parse(stdout)).toMatchObject({ edges: expect.any(Number) as unknown });
}, 60_000);
