import { expect, test } from '@jest/globals';
import { injectFault } from '../../../twin/faults/inject-fault.js';
import { ec2 } from '../../../twin/services/ec2/index.js';
import { rds } from '../../../twin/services/rds/index.js';
import { ssm } from '../../../twin/services/ssm/index.js';
import { serviceWorld } from '../../helpers/service-world.js';

const reads = { rds: 'DescribeDBInstances', ec2: 'DescribeVpcs', ssm: 'DescribeParameters' } as const;
const throttled = async (given: object = {}, seed = 1) => {
  const world = serviceWorld([rds, ec2, ssm], { seed });
  await injectFault(world.world, 'throttling', { region: 'eu-west-1', forSeconds: 60, with: { rate: 1, ...given } });
  /** What the service answers: an error's code, or `ok`. */
  const answer = (service: keyof typeof reads, region?: string): Promise<string> =>
    world.call(service, reads[service], {}, region).then(
      () => 'ok',
      ({ code, options }: { code: string; options: { status: number } }) => `${code} ${options.status}`,
    );
  return { ...world, answer };
};

test('each service says in its own words that there were too many calls', async () => {
  const { answer } = await throttled();
  expect([await answer('rds'), await answer('ec2'), await answer('ssm')]).toEqual([
    'Throttling 400',
    'RequestLimitExceeded 503',
    'ThrottlingException 400',
  ]);
});

test('only the region and the service that were named are throttled, and not for longer than was asked', async () => {
  const { answer, pass } = await throttled({ service: 'rds' });
  expect([await answer('rds'), await answer('rds', 'eu-central-1'), await answer('ssm')]).toEqual(['Throttling 400', 'ok', 'ok']);
  await pass(60);
  expect(await answer('rds')).toBe('ok');
});

test('what services ask for themselves is let through', async () => {
  const { ctx } = await throttled();
  await expect(ctx().onBehalf('backup').call('rds', 'DescribeDBInstances', {})).resolves.toMatchObject({ DBInstances: [] });
});

test('the share of refused calls is the rate, and the same seed refuses the same calls', async () => {
  const answers = async (seed: number) => {
    const { answer } = await throttled({ rate: 0.3 }, seed);
    const all: string[] = [];
    for (let call = 0; call < 200; call++) all.push(await answer('rds'));
    return all;
  };
  const first = await answers(1);
  const refused = first.filter((answer) => answer !== 'ok').length;
  expect(refused).toBeGreaterThan(40);
  expect(refused).toBeLessThan(80);
  expect(await answers(1)).toEqual(first);
  expect(await answers(2)).not.toEqual(first);
});
