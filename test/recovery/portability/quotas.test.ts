import { describe, expect, it } from '@jest/globals';
import type { JudgedStack, Resource } from '../../../lib/portability/judged.js';
import { serviceStandsBy } from '../../../recovery/simulation/standing/service.js';
import { regionClients } from '../../../recovery/adapters/region-clients.js';
import { regionHasFargateQuota } from '../../../recovery/portability/region-has-fargate-quota.js';
import { probed } from '../../../recovery/portability/probe.js';
import { regionHasQuotas } from '../../../recovery/portability/region-has-quotas.js';
import { inProcessTwin } from '../../../twin/doors/in-process.js';
import { accessKeyOf } from '../../../twin/wire/credential.js';
import { dublin, frankfurt } from '../../helpers/recovery-world.js';
import { sampleTargets } from '../../helpers/sample-targets.js';

const [account, region] = ['111122223333', 'eu-central-1'];
const begin = () => {
  const twin = inProcessTwin({ seed: 1, startsAt: Date.parse('2030-01-01T02:00:00Z'), account });
  const aws = regionClients({
    endpoint: 'http://127.0.0.1:9',
    credentials: { accessKeyId: accessKeyOf(account), secretAccessKey: 'test' },
    headers: () => ({}),
    attach: (client) => twin.attach(client),
  });
  const call = <Output = Record<string, unknown>>(service: string, operation: string, input: object = {}) =>
    twin.call<Output>('somebody', region, service, operation, input);
  const findings = async (resources: Readonly<Record<string, Resource>>) =>
    (await Promise.all([regionHasQuotas, regionHasFargateQuota].map((probe) => probed(probe, stackOf(resources), region, aws)))).flat();
  return { twin, call, findings };
};
const stackOf = (resources: Readonly<Record<string, Resource>>): JudgedStack => ({
  ...{ path: 'Site', name: 'site', account, region, tags: {}, template: { Resources: resources } },
  pathOf: (id) => `Site/${id}`,
});
const addresses = (count: number): Record<string, Resource> =>
  Object.fromEntries(Array.from({ length: count }, (_, at) => [`Address${at}`, { Type: 'AWS::EC2::EIP', Properties: { Domain: 'vpc' } }]));

describe('quotas of a region', () => {
  it('leave room for the load balancer, target group and addresses of a site', async () => {
    const balanced = {
      Balancer: { Type: 'AWS::ElasticLoadBalancingV2::LoadBalancer' },
      Group: { Type: 'AWS::ElasticLoadBalancingV2::TargetGroup' },
    };
    expect(await begin().findings({ ...balanced, ...addresses(5) })).toEqual([]);
  });

  it('count what is there already', async () => {
    const { call, findings } = begin();
    await call('ec2', 'AllocateAddress', { Domain: 'vpc' });
    expect(await findings(addresses(4))).toEqual([]);
    expect(await findings(addresses(5))).toEqual([
      { rule: 'region-has-quota', path: 'Site', reason: 'quota vpc-max-elastic-ips in eu-central-1 leaves 4 of 5, and 5 are needed' },
    ]);
    for (let more = 0; more < 4; more++) await call('ec2', 'AllocateAddress', { Domain: 'vpc' });
    await expect(call('ec2', 'AllocateAddress', { Domain: 'vpc' })).rejects.toMatchObject({ code: 'AddressLimitExceeded' });
  });

  it('are five networks', async () => {
    const { call, findings } = begin();
    for (let vpc = 0; vpc < 5; vpc++) {
      expect(await findings({ Network: { Type: 'AWS::EC2::VPC' } })).toEqual([]);
      await call('ec2', 'CreateVpc', { CidrBlock: '10.0.0.0/16' });
    }
    expect(await findings({ Network: { Type: 'AWS::EC2::VPC' } })).toMatchObject([{ rule: 'region-has-quota' }]);
    await expect(call('ec2', 'CreateVpc', { CidrBlock: '10.0.0.0/16' })).rejects.toMatchObject({ code: 'VpcLimitExceeded' });
  });

  it("leave room for a service at its largest, by Fargate's virtual CPUs", async () => {
    const service = (Cpu: string, DesiredCount: unknown, MaxCapacity = 1): Record<string, Resource> => ({
      Task: { Type: 'AWS::ECS::TaskDefinition', Properties: { Cpu } },
      Service: { Type: 'AWS::ECS::Service', Properties: { ServiceName: 'web', DesiredCount, TaskDefinition: { Ref: 'Task' } } },
      Target: { Type: 'AWS::ApplicationAutoScaling::ScalableTarget', Properties: { MaxCapacity } },
    });
    const active = (count: number) => ({ 'Fn::If': ['Active', count, 0] });
    const { findings } = begin();
    expect(await findings(service('512', active(12)))).toEqual([]);
    const beyond = "the quota of Fargate's vCPUs in eu-central-1 leaves 6 of 6, and 6.5 are needed";
    expect(await findings(service('512', active(13)))).toEqual([
      { rule: 'region-has-fargate-quota', path: 'Site/Service', reason: beyond },
    ]);
    expect(await findings(service('512', active(2), 13))).toMatchObject([{ reason: beyond }]);
  });

  it('count the tasks of others, and not those of the service itself', async () => {
    const { call, findings, twin } = begin();
    const targets = sampleTargets();
    const pass = (seconds: number) => twin.sleepUntil(twin.now() + seconds * 1000);
    await serviceStandsBy({ from: dublin, to: frankfurt, targets, call, pass, now: () => twin.now() });
    const { cluster, service } = targets.site;
    await call('ecs', 'UpdateService', { cluster, service, desiredCount: 4 });
    await pass(600);
    const named = (ServiceName: string): Record<string, Resource> => ({
      Task: { Type: 'AWS::ECS::TaskDefinition', Properties: { Cpu: '256' } },
      Service: { Type: 'AWS::ECS::Service', Properties: { ServiceName, DesiredCount: 24, TaskDefinition: { Ref: 'Task' } } },
    });
    expect(await findings(named('another'))).toMatchObject([
      { reason: expect.stringContaining('leaves 5 of 6, and 6 are needed') as unknown },
    ]);
    expect(await findings(named(service))).toEqual([]);
  });

  it('do not count what the very stack has there twice', async () => {
    const { call, findings, twin } = begin();
    const TemplateBody = JSON.stringify({ Resources: addresses(5) });
    await call('cloudformation', 'CreateStack', { StackName: 'site', TemplateBody });
    await twin.sleepUntil(twin.now() + 600_000);
    expect(await call('ec2', 'DescribeAddresses')).toMatchObject({ Addresses: { length: 5 } });
    expect(await findings(addresses(5))).toEqual([]);
  });

  it('are no reason to think that there is room where the region does not answer', async () => {
    const { findings, twin } = begin();
    await twin.world.loseRegion(region);
    expect(await findings(addresses(1))).toMatchObject([{ reason: expect.stringMatching(/could not be told/) as unknown }]);
  });
});
