import { once } from 'node:events';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import type ControlConfig from 'aws-sdk/clients/route53recoverycontrolconfig.js';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { awsDoor } from '../../../twin/doors/aws-door.js';
import { services } from '../../../twin/services/index.js';
import { route53RecoveryControlConfig } from '../../../twin/services/route53-recovery-control-config/index.js';
import { parseTarget } from '../../../twin/wire/http-message.js';
import { ServiceModels } from '../../../twin/wire/service-models.js';
import { Wire } from '../../../twin/wire/wire.js';
import { Timekeeper } from '../../../twin/world/timekeeper.js';
import { arcRegion, clusterRegions, routingControlsStand } from '../../helpers/routing-controls.js';
import { serviceWorld } from '../../helpers/service-world.js';

type Client = InstanceType<typeof ControlConfig>;
// SDK v2 has schemas of its own for this API, and so is the judge of ours.
const Sdk = createRequire(import.meta.url)('aws-sdk/clients/route53recoverycontrolconfig') as new (options: object) => Client;

const twin = serviceWorld(services, { region: arcRegion });
const wire = new Wire(new ServiceModels([route53RecoveryControlConfig]));
const door = awsDoor({
  wire,
  world: twin.world,
  dispatcher: twin.dispatcher,
  timekeeper: new Timekeeper(twin.world, 0),
  log: () => undefined,
});
const server = createServer((request, response) => {
  const { method = 'GET', url = '/', headers } = request;
  void door({ method, ...parseTarget(url), headers: headers as Record<string, string>, body: Buffer.alloc(0) }).then((answer) => {
    response.writeHead(answer.status, { ...answer.headers });
    response.end(answer.body);
  });
  request.resume();
});
let arns: Record<string, string>;
let clientIn: (region: string) => Client;
beforeAll(async () => {
  arns = await routingControlsStand(twin, ['dublin', 'frankfurt']);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const credentials = { accessKeyId: 'AKIA111122223333TWIN', secretAccessKey: 'none' };
  clientIn = (region) => new Sdk({ region, endpoint, credentials, maxRetries: 0 });
}, 60_000);
afterAll(() => void server.close());

describe('the configuration of routing controls, as SDK v2 reads it', () => {
  test('tells a cluster with its five endpoints', async () => {
    const { Cluster } = await clientIn(arcRegion).describeCluster({ ClusterArn: arns['Cluster']! }).promise();
    expect(Cluster).toMatchObject({ ClusterArn: arns['Cluster'], Name: 'example', Status: 'DEPLOYED', Owner: '111122223333' });
    expect(Cluster?.ClusterEndpoints?.map(({ Region }) => Region)).toEqual(clusterRegions);
    for (const { Endpoint, Region } of Cluster?.ClusterEndpoints ?? [])
      expect(Endpoint).toMatch(new RegExp(`^https://[0-9a-f]{8}\\.route53-recovery-cluster\\.${Region}\\.amazonaws\\.com/v1$`));
    expect((await clientIn(arcRegion).listClusters({ MaxResults: 1 }).promise()).Clusters).toEqual([Cluster]);
  });

  test('tells a control panel, its routing controls page by page, and a safety rule', async () => {
    const client = clientIn(arcRegion);
    const panel = { ControlPanelArn: arns['Panel']! };
    const { ControlPanel } = await client.describeControlPanel(panel).promise();
    expect(ControlPanel).toMatchObject({ ClusterArn: arns['Cluster'], RoutingControlCount: 2, DefaultControlPanel: false });
    const first = await client.listRoutingControls({ ...panel, MaxResults: 1 }).promise();
    const rest = await client.listRoutingControls({ ...panel, NextToken: first.NextToken }).promise();
    expect([...first.RoutingControls!, ...rest.RoutingControls!].map(({ Name }) => Name)).toEqual(['dublin', 'frankfurt']);
    const { RoutingControl } = await client.describeRoutingControl({ RoutingControlArn: arns['Other']! }).promise();
    expect(RoutingControl).toEqual(rest.RoutingControls![0]);
    const { AssertionRule } = await client.describeSafetyRule({ SafetyRuleArn: arns['Rule']! }).promise();
    expect(AssertionRule).toMatchObject({
      AssertedControls: [arns['One'], arns['Other']],
      RuleConfig: { Type: 'ATLEAST', Threshold: 1, Inverted: false },
      WaitPeriodMs: 5000,
    });
  });

  test('does not know what was never made, is in no other region, and makes nothing by API', async () => {
    const asked = { ClusterArn: `${arns['Cluster']}0` };
    await expect(clientIn(arcRegion).describeCluster(asked).promise()).rejects.toMatchObject({
      code: 'ResourceNotFoundException',
      statusCode: 404,
    });
    await expect(clientIn('us-east-1').listClusters().promise()).rejects.toMatchObject({
      message: expect.stringContaining('not in us-east-1') as unknown,
    });
    await expect(clientIn(arcRegion).createCluster({ ClusterName: 'another' }).promise()).rejects.toMatchObject({ statusCode: 501 });
  });
});
