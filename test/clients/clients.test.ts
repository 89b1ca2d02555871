import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { expectGolden } from '../helpers/golden.js';
import { awsCli } from './drivers/aws-cli.js';
import { boto3 } from './drivers/boto3.js';
import type { Client, Driver } from './drivers/driver.js';
import { sdkV2 } from './drivers/sdk-v2.js';
import { sdkV3 } from './drivers/sdk-v3.js';
import { sharedDatabase } from './shared-database.js';
import { takeWalk } from './take-walk.js';
import { startTwinProcess, type RunningTwin } from './twin-process.js';
import { look, walk } from './walk.js';

/** World seconds per real one: a database takes minutes to make, and a copy of its snapshot up to twenty. */
const speed = 600;
const patienceMs = 300_000;

const all: readonly Client[] = [sdkV3, sdkV2, boto3, awsCli];
const here = all.filter((client) => client.missing() === undefined);
for (const client of all) {
  const why = client.missing();
  if (why !== undefined) process.stderr.write(`notice: ${client.name} does not walk: ${why}\n`);
}
const shortName = ({ name }: Client): string => name.toLowerCase().replaceAll(' ', '-');

let twin: RunningTwin;
const drivers = new Map<Client, Driver>();
/** What each client saw on its walk, and afterwards of everything. */
const walked = new Map<Client, string[]>();
const looked = new Map<Client, string[]>();

beforeAll(async () => {
  twin = await startTwinProcess(speed);
  for (const client of here) drivers.set(client, client.open(twin.environment));
  await takeWalk(sharedDatabase, 'shared', drivers.get(sdkV3)!);
  // All at once: clients of one world do not wait for each other.
  await Promise.all(here.map(async (client) => walked.set(client, await takeWalk(walk, shortName(client), drivers.get(client)!))));
  for (const client of here) looked.set(client, await takeWalk(look, 'nobody', drivers.get(client)!));
}, patienceMs);

afterAll(async () => {
  for (const driver of drivers.values()) await driver.close();
  await twin?.stop();
});

test('SDK v3 and v2 always walk', () => {
  expect(here).toEqual(expect.arrayContaining([sdkV3, sdkV2]));
});

test.each(here)('$name sees on its walk what everybody does', (client) => {
  expectGolden('clients/walk.txt', `${walked.get(client)!.join('\n')}\n`);
});

test.each(here)('$name sees what all others have made', (client) => {
  expect(looked.get(client)).toEqual(looked.get(sdkV3));
  const buckets = here.map((each) => `walk-${shortName(each)}`).sort();
  expect(looked.get(client)![0]).toBe(`s3 ListBuckets → ${JSON.stringify(buckets)}`);
});

// oxlint-disable-next-line jest/expect-expect
for (const client of all) if (!here.includes(client)) test.skip(`${client.name} walks (skipped: ${client.missing()})`, () => undefined);
