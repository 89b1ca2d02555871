import { expect, test } from '@jest/globals';
import { ImpossibleFault } from '../../../twin/faults/fault.js';
import { faults } from '../../../twin/faults/index.js';
import { injectFault, UnknownFault } from '../../../twin/faults/inject-fault.js';
import { serviceWorld } from '../../helpers/service-world.js';

const region = 'eu-west-1';
const impossible = (name: string, target: object): Promise<string> =>
  injectFault(serviceWorld([]).world, name, { region, ...target }).then(
    () => 'possible',
    (error: unknown) => {
      expect(error).toBeInstanceOf(ImpossibleFault);
      return (error as Error).message;
    },
  );

test('a fault that nobody wrote is refused with the names of those there are', async () => {
  const refused = injectFault(serviceWorld([]).world, 'meteorite', { region });
  await expect(refused).rejects.toThrow('there is no fault meteorite');
  await expect(refused).rejects.toBeInstanceOf(UnknownFault);
  await expect(refused).rejects.toMatchObject({ known: expect.arrayContaining(['region-outage', 'throttling']) });
});

test.each(faults)(
  '$name says what it does and what it takes, and refuses what it does not take',
  async ({ name, description, parameters }) => {
    expect(description).toMatch(/^[A-Za-z].*[^.]$/);
    for (const sentence of Object.values(parameters)) expect(sentence.length).toBeGreaterThan(10);
    expect(await impossible(name, { with: { moon: 'full' } })).toMatch(new RegExp(`^${name} has no moon: it takes `));
    expect(await impossible(name, { region: 'Ireland' })).toBe('Ireland is not a region such as eu-west-1');
    expect(await impossible(name, { forSeconds: 0 })).toBe('0 s is no duration: give more than 0 s');
  },
);

test.each([
  ['throttling', { rate: 2 }, 'rate has to be a number from 0.001 to 1, not 2'],
  ['throttling', { service: 'RDS!' }, 'service has to be the name of an SDK package such as rds or cloudwatch-logs, not "RDS!"'],
  ['slow-api', { seconds: 'long' }, 'seconds has to be a number from 1 to 60, not "long"'],
  ['quota-exceeded', { quota: 'rds.moons' }, /^quota has to be one of rds\.instances, .*, not "rds\.moons"$/],
  ['insufficient-capacity', { of: 'ec2' }, 'of has to be one of rds, fargate, both, not "ec2"'],
  ['stuck-status', { of: 'rds' }, /^of has to be one of rds\.instance, /],
  ['stale-read', { seconds: 0 }, 'seconds has to be a number from 1 to 900, not 0'],
  ['job-failed', { job: 'copy', state: 'ABORTED' }, 'a copy job is never ABORTED: it may be FAILED or PARTIAL'],
  ['kms-denied', { key: 'alias/data' }, 'alias/data is not the id or ARN of a KMS key'],
])('%s with %j is impossible, and says why', async (name, given, why) => {
  expect(await impossible(name, { with: given })).toEqual(typeof why === 'string' ? why : expect.stringMatching(why));
});

test('what was injected is remembered with its parameters and its end, and a refused fault is not', async () => {
  const { world, pass } = serviceWorld([]);
  const at = world.now();
  await injectFault(world, 'slow-api', { region, forSeconds: 90, with: { seconds: 3 } });
  await expect(injectFault(world, 'slow-api', { region, with: { seconds: 300 } })).rejects.toThrow(ImpossibleFault);
  const { interferences } = world;
  expect(interferences.history).toEqual([{ name: 'slow-api', region, with: { seconds: 3 }, at, until: at + 90_000 }]);
  expect(interferences.isActive(interferences.history[0]!)).toBe(true);
  await pass(90);
  expect(interferences.isActive(interferences.history[0]!)).toBe(false);
});
