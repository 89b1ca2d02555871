import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { once } from 'node:events';
import { GetRoutingControlStateCommand } from '@aws-sdk/client-route53-recovery-cluster';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { awsClients } from '../../../recovery/adapters/aws-clients.js';

/** What is asked of a host that answers every call in the same way, below /away as one that is. */
const asked: IncomingMessage[] = [];
const server = createServer((request, response) => {
  asked.push(request);
  const status = request.url?.startsWith('/away') ? 503 : 200;
  request.resume().on('end', () => {
    response.writeHead(status, { 'content-type': 'application/x-amz-json-1.0' });
    response.end(
      status === 200 ? '{"RoutingControlArn":"arn","RoutingControlState":"On"}' : '{"__type":"EndpointTemporarilyUnavailableException"}',
    );
  });
});
const url = (): string => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
beforeAll(async () => {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
});
afterAll(() => void server.close());

const stateAt = (endpoint: string | null, clusterUrl: string, region = 'ap-southeast-2') =>
  awsClients({ endpoint, credentials: { accessKeyId: 'none', secretAccessKey: 'none' }, headers: () => ({}) })
    .routingControls(region, clusterUrl)
    .send(new GetRoutingControlStateCommand({ RoutingControlArn: 'arn' }));

it("in AWS's world an endpoint of a cluster is called by the cluster's own URL, signed for its region", async () => {
  expect(await stateAt(null, `${url()}/v1`)).toMatchObject({ RoutingControlState: 'On' });
  const [call] = asked.splice(0);
  expect(call?.url).toMatch(/^\/v1\/?$/);
  expect(call?.headers.authorization).toContain('/ap-southeast-2/route53-recovery-cluster/aws4_request');
});

it("in the twin's world it is the twin, whatever the URL", async () => {
  await stateAt(url(), 'https://0a1b2c3d.route53-recovery-cluster.ap-southeast-2.amazonaws.com/v1');
  expect(asked.splice(0).map(({ headers }) => headers.host)).toEqual([new URL(url()).host]);
});

it('one that is away is asked once, and the error says to look elsewhere', async () => {
  await expect(stateAt(null, `${url()}/away`)).rejects.toMatchObject({
    kind: 'transient',
    code: 'EndpointTemporarilyUnavailableException',
  });
  expect(asked.splice(0)).toHaveLength(1);
});
