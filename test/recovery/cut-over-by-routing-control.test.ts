import { beforeAll, expect, it } from '@jest/globals';
import type { Settings } from '../../lib/contract/settings.js';
import { globalFacts } from '../../lib/global-facts.js';
import { dnsCutOver } from '../../recovery/steps/dns-cut-over.js';
import { stackStands } from '../../recovery/simulation/standing/stack.js';
import { fenceStands, switchStands } from '../../recovery/simulation/standing/traffic.js';
import { receiptFor } from '../helpers/good-receipt.js';
import { recoveryWorld } from '../helpers/recovery-world.js';
import { arcRegion, knownControls } from '../helpers/routing-controls.js';
import { carryOut } from '../helpers/step-suite.js';
import { ambassify, synthesise } from '../lib/production-templates.js';

const world = recoveryWorld();
const { witnessRegion, domain, webName, sites } = ambassify;

/** Deploys a stack of the app, and answers its outputs. */
const deployed = (settings: Settings, path: string, region: string): Promise<Record<string, string>> => {
  const { stacks, templates } = synthesise(settings);
  return stackStands(world, stacks.get(path)!.stackName, templates.get(path)!, { region, Capabilities: ['CAPABILITY_NAMED_IAM'] });
};

let zone = '';
const answers = async (): Promise<readonly string[]> =>
  (
    await world.call<{ RecordData: string[] }>('route-53', 'TestDNSAnswer', {
      HostedZoneId: zone,
      RecordName: webName,
      RecordType: 'A',
    })
  ).RecordData;

/** As the operator's manual has it: make the controls, turn the serving site's on, write down what they are, deploy what follows them. */
beforeAll(async () => {
  await deployed(ambassify, 'Global/Zone', witnessRegion);
  const { HostedZones } = await world.call<{ HostedZones: { Id: string }[] }>('route-53', 'ListHostedZones');
  zone = HostedZones[0]!.Id;
  const origin = (site: string, Value: string) => ({
    Action: 'CREATE',
    ResourceRecordSet: { Name: `${site}.origin.${domain}`, Type: 'A', TTL: 60, ResourceRecords: [{ Value }] },
  });
  const Changes = [origin('dublin', '192.0.2.1'), origin('frankfurt', '192.0.2.2')];
  await world.call('route-53', 'ChangeResourceRecordSets', { HostedZoneId: zone, ChangeBatch: { Changes } });

  const outputs = await deployed({ ...ambassify, routingControls: {} }, 'Global/RoutingControls', arcRegion);
  const controls = { dublin: outputs['ControlOfdublin']!, frankfurt: outputs['ControlOffrankfurt']! };
  const on = { RoutingControlArn: controls.dublin, RoutingControlState: 'On' };
  await world.call('route53-recovery-cluster', 'UpdateRoutingControlState', on, 'us-east-1');
  const settings: Settings = { ...ambassify, routingControls: { known: knownControls(controls) } };
  await deployed(settings, 'Global/Traffic', witnessRegion);
  world.targets.global = globalFacts(settings);
  await fenceStands(world, { epoch: 2, writer: 'frankfurt', raisedBy: 'run-1' });
  await switchStands(world);
}, 180_000);

it("production's own stacks, deployed, answer with the primary; a cut-over with two endpoints lost moves DNS, and turning everything off is refused", async () => {
  expect(await answers()).toEqual(['192.0.2.1']);

  await world.loseDublin();
  await world.inject('region-outage', { region: arcRegion });
  await carryOut({ ...dnsCutOver, start: (input, ctx) => dnsCutOver.start(input, { ...ctx, receipt: receiptFor(world) }) }, {}, world);
  await world.pass(30);
  expect(await answers()).toEqual(['192.0.2.2']);

  const { controls } = world.targets.global.routingControls!;
  const off = { RoutingControlArn: controls[sites.alternate.name], RoutingControlState: 'Off' };
  await expect(world.call('route53-recovery-cluster', 'UpdateRoutingControlState', off, 'ap-northeast-1')).rejects.toMatchObject({
    code: 'ConflictException',
    message: expect.stringContaining('one-site-serves') as unknown,
  });
  await world.pass(60);
  expect(await answers()).toEqual(['192.0.2.2']);
});
