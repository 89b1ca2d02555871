import { readFileSync } from 'node:fs';
import { AwsQueryProtocol, AwsSmithyRpcV2CborProtocol } from '@aws-sdk/core/protocols';
import { expect, test } from '@jest/globals';
import { services } from '../../../twin/services/index.js';
import { roundTrip } from './round-trip.js';

const seed = Number(process.env.WIRE_SEED ?? 1);
const { dependencies } = JSON.parse(readFileSync('package.json', 'utf8')) as { dependencies: Record<string, string> };
const clients = Object.keys(dependencies).flatMap((name) => /^@aws-sdk\/client-(.+)$/.exec(name)?.[1] ?? []);

const arrivesUnharmed = async (service: string, extra: Record<string, unknown> = {}): Promise<void> => {
  const { operations, damages } = await roundTrip(service, seed, extra);
  expect(operations).toBeGreaterThan(3);
  if (damages.length === 0) return;
  const replay = `WIRE_SEED=${seed} npm run jest -- test/twin/wire/round-trip.test.ts -t '${service} '`;
  throw new Error([`${damages.length} damaged, seed ${seed}; again with: ${replay}`, ...damages.slice(0, 20)].join('\n'));
};

/** Where a client checks digests of bodies that are random here. */
const unchecked: Readonly<Record<string, object>> = { sqs: { md5: false } };

test.each([...new Set([...clients, ...services.filter(({ sdk }) => !sdk).map(({ id }) => id)])])(
  'every operation and error of %s survives the wire',
  (service) => arrivesUnharmed(service, { ...unchecked[service] }),
);

test('every operation and error of cloudwatch survives RPC v2 CBOR, which boto3 speaks to it', () =>
  arrivesUnharmed('cloudwatch', { protocol: AwsSmithyRpcV2CborProtocol }));

test('every operation and error of cloudwatch survives Query, which older clients speak to it', () =>
  arrivesUnharmed('cloudwatch', { protocol: AwsQueryProtocol }));
