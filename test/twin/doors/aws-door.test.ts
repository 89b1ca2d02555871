import { expect, test } from '@jest/globals';
import { awsDoor } from '../../../twin/doors/aws-door.js';
import { Dispatcher, RegionLost } from '../../../twin/services/dispatcher.js';
import { defineService, type Service } from '../../../twin/services/service.js';
import { sessionToken } from '../../../twin/services/sts/session-token.js';
import { parseTarget, type WireRequest } from '../../../twin/wire/http-message.js';
import { ServiceModels } from '../../../twin/wire/service-models.js';
import { Wire } from '../../../twin/wire/wire.js';
import { CallLedger } from '../../../twin/world/calls.js';
import type { Context } from '../../../twin/world/context.js';
import { Timekeeper } from '../../../twin/world/timekeeper.js';
import { serviceWorld } from '../../helpers/service-world.js';

/** A door before one service with one operation. */
const doorOf = (answer: (ctx: Context) => object) => {
  const ssm: Service = defineService<Record<string, unknown>>({
    id: 'ssm',
    reach: 'regional',
    sdk: () => import('@aws-sdk/client-ssm'),
    operations: { GetParameter: (_input: unknown, ctx: Context) => answer(ctx) },
  });
  const { world } = serviceWorld([ssm]);
  const timekeeper = new Timekeeper(world, 0);
  const logged: string[] = [];
  const dispatcher = new Dispatcher([ssm], new CallLedger());
  const door = awsDoor({ wire: new Wire(new ServiceModels([ssm])), world, dispatcher, timekeeper, log: (line) => void logged.push(line) });
  return { door, world, timekeeper, logged };
};

const getParameter = (headers: Record<string, string> = {}): WireRequest => ({
  method: 'POST',
  ...parseTarget('/'),
  headers: {
    authorization:
      'AWS4-HMAC-SHA256 Credential=ASIA444455556666TWIN/20300101/eu-central-1/ssm/aws4_request, SignedHeaders=host, Signature=0',
    'x-amz-target': 'AmazonSSM.GetParameter',
    'content-type': 'application/x-amz-json-1.1',
    ...headers,
  },
  body: Buffer.from('{"Name":"n"}'),
});

test('account, region and caller come from the signature and the session token', async () => {
  let seen: Context | undefined;
  const { door } = doorOf((ctx) => ((seen = ctx), {}));
  const role = 'arn:aws:sts::444455556666:assumed-role/deploy/me';
  await door(getParameter({ 'x-amz-security-token': sessionToken(role) }));
  expect(seen).toMatchObject({
    account: '444455556666',
    region: 'eu-central-1',
    caller: { principalArn: role, via: 'client', ownsClock: false },
  });
});

test('a request that names the lease comes from whoever owns the clock', async () => {
  const owns: boolean[] = [];
  const { door, timekeeper } = doorOf((ctx) => (owns.push(ctx.caller.ownsClock), {}));
  const lease = await timekeeper.take('a run');
  await door(getParameter({ 'x-altsite-lease': lease }));
  await door(getParameter({ 'x-altsite-lease': 'an-old-lease' }));
  expect(owns).toEqual([true, false]);
});

test('an error of the twin itself is 501 TwinBug and is logged, so that the CDK does not retry it', async () => {
  const { door, logged } = doorOf(() => {
    throw new TypeError('x is not a function');
  });
  const response = await door(getParameter());
  expect(response.status).toBe(501);
  expect(JSON.parse(response.body as string)).toMatchObject({ __type: 'TwinBug', message: expect.stringContaining('x is not a function') });
  expect(logged.join()).toContain('x is not a function');
});

test('a lost region is not answered for, and others are', async () => {
  const { door, world } = doorOf(() => ({}));
  await world.loseRegion('eu-central-1');
  await expect(door(getParameter())).rejects.toThrow(RegionLost);
  const elsewhere = getParameter().headers.authorization!.replace('eu-central-1', 'eu-west-1');
  expect((await door(getParameter({ authorization: elsewhere }))).status).toBe(200);
});

test('every answer has a request id of its own', async () => {
  const { door } = doorOf(() => ({}));
  const ids = [await door(getParameter()), await door(getParameter())].map(({ headers }) => headers['x-amzn-requestid']);
  expect(ids[0]).toMatch(/^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/);
  expect(ids[1]).not.toBe(ids[0]);
});
