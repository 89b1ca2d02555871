import { describe, expect, test } from '@jest/globals';
import type * as Elb from '@aws-sdk/client-elastic-load-balancing-v2';
import { cloudWatch } from '../../../twin/services/cloudwatch/index.js';
import { elasticLoadBalancingV2 } from '../../../twin/services/elastic-load-balancing-v2/index.js';
import { publishedHealth } from '../../../twin/services/elastic-load-balancing-v2/exposure.js';
import { serviceWorld } from '../../helpers/service-world.js';
import { twoSubnets } from '../../helpers/tiny-services.js';

const setUp = async (groupSettings: Partial<Elb.CreateTargetGroupInput> = {}) => {
  const world = serviceWorld([elasticLoadBalancingV2, twoSubnets, cloudWatch]);
  const elb = <Output>(operation: string, input: object) => world.call<Output>('elastic-load-balancing-v2', operation, input);
  const created = await elb<Elb.CreateLoadBalancerOutput>('CreateLoadBalancer', { Name: 'web', Subnets: ['subnet-a', 'subnet-b'] });
  const loadBalancer = created.LoadBalancers![0]!;
  const group = (
    await elb<Elb.CreateTargetGroupOutput>('CreateTargetGroup', {
      Name: 'web',
      Protocol: 'HTTP',
      Port: 8080,
      VpcId: 'vpc-1',
      TargetType: 'ip',
      HealthCheckIntervalSeconds: 10,
      ...groupSettings,
    })
  ).TargetGroups![0]!;
  const DefaultActions: Elb.Action[] = [{ Type: 'forward', TargetGroupArn: group.TargetGroupArn }];
  const listen = () =>
    elb<Elb.CreateListenerOutput>('CreateListener', {
      LoadBalancerArn: loadBalancer.LoadBalancerArn,
      Port: 80,
      Protocol: 'HTTP',
      DefaultActions,
    });
  const TargetGroupArn = group.TargetGroupArn!;
  const register = (...ids: string[]) => elb('RegisterTargets', { TargetGroupArn, Targets: ids.map((Id) => ({ Id })) });
  const deregister = (...ids: string[]) => elb('DeregisterTargets', { TargetGroupArn, Targets: ids.map((Id) => ({ Id })) });
  const health = async () => {
    const found = await elb<Elb.DescribeTargetHealthOutput>('DescribeTargetHealth', { TargetGroupArn });
    return found.TargetHealthDescriptions!.map(({ TargetHealth }) => TargetHealth!);
  };
  const state = async () => (await elb<Elb.DescribeLoadBalancersOutput>('DescribeLoadBalancers', {})).LoadBalancers![0]!.State!.Code;
  const routed = () =>
    world.dataplane.openLoadBalancers
      .get(loadBalancer.LoadBalancerArn!)?.[0]
      ?.targets()
      .map(({ address }) => address);
  return { ...world, elb, loadBalancer, TargetGroupArn, DefaultActions, listen, register, deregister, health, state, routed };
};

describe('a load balancer', () => {
  test('is provisioning for minutes, then active, and only then has an address and open listeners', async () => {
    const { loadBalancer, listen, state, pass, dataplane, routed } = await setUp();
    await listen();
    expect(await state()).toBe('provisioning');
    expect(dataplane.network.addressesOf(loadBalancer.DNSName!)).toEqual([]);
    expect(routed()).toBeUndefined();
    await pass(240);
    expect(await state()).toBe('active');
    expect(dataplane.network.addressesOf(loadBalancer.DNSName!)).toHaveLength(1);
    expect(routed()).toEqual([]);
  });

  test('has a name and a hosted zone of its region', async () => {
    const { loadBalancer } = await setUp();
    expect(loadBalancer.DNSName).toMatch(/^web-\d{10}\.eu-west-1\.elb\.amazonaws\.com$/);
    expect(loadBalancer.CanonicalHostedZoneId).toBe('Z32O12XQLNTSW2');
  });

  test('takes its name, its listeners and its address with it when deleted', async () => {
    const { elb, loadBalancer, listen, pass, dataplane } = await setUp();
    await listen();
    await pass(240);
    await elb('DeleteLoadBalancer', { LoadBalancerArn: loadBalancer.LoadBalancerArn });
    expect(dataplane.network.addressesOf(loadBalancer.DNSName!)).toEqual([]);
    expect(dataplane.openLoadBalancers.size).toBe(0);
    await expect(elb('DescribeLoadBalancers', { Names: ['web'] })).rejects.toThrow("Load balancers '[web]' not found");
  });

  test('is protected from deletion while its attribute says so', async () => {
    const { elb, loadBalancer } = await setUp();
    const LoadBalancerArn = loadBalancer.LoadBalancerArn;
    const set = (Value: string) =>
      elb('ModifyLoadBalancerAttributes', { LoadBalancerArn, Attributes: [{ Key: 'deletion_protection.enabled', Value }] });
    await set('true');
    await expect(elb('DeleteLoadBalancer', { LoadBalancerArn })).rejects.toMatchObject({ code: 'OperationNotPermittedException' });
    await set('false');
    await expect(elb('DeleteLoadBalancer', { LoadBalancerArn })).resolves.toEqual({});
  });

  test('is the same one when created again alike, and refused when its settings differ', async () => {
    const { elb, loadBalancer } = await setUp();
    const again = await elb<Elb.CreateLoadBalancerOutput>('CreateLoadBalancer', { Name: 'web', Subnets: ['subnet-b', 'subnet-a'] });
    expect(again.LoadBalancers![0]!.LoadBalancerArn).toBe(loadBalancer.LoadBalancerArn);
    const other = elb('CreateLoadBalancer', { Name: 'web', Subnets: ['subnet-a', 'subnet-b'], Scheme: 'internal' });
    await expect(other).rejects.toMatchObject({ code: 'DuplicateLoadBalancerNameException' });
  });

  test('needs subnets that exist in two zones', async () => {
    const { elb } = await setUp();
    await expect(elb('CreateLoadBalancer', { Name: 'one', Subnets: ['subnet-a'] })).rejects.toThrow('two different Availability Zones');
    const unknown = elb('CreateLoadBalancer', { Name: 'none', Subnets: ['subnet-x', 'subnet-a'] });
    await expect(unknown).rejects.toMatchObject({ code: 'SubnetNotFoundException' });
  });

  test.each([
    [
      'a certificate of IAM',
      { Protocol: 'HTTPS', Port: 443, Certificates: [{ CertificateArn: 'arn:aws:iam::111122223333:server-certificate/x' }] },
    ],
    ['a redirect', { Protocol: 'HTTP', Port: 81, DefaultActions: [{ Type: 'redirect' }] }],
  ])('refuses by name what the twin does not have: %s', async (_what, listener) => {
    const { elb, loadBalancer, DefaultActions } = await setUp();
    const input = { LoadBalancerArn: loadBalancer.LoadBalancerArn, DefaultActions, ...listener };
    await expect(elb('CreateListener', input)).rejects.toMatchObject({ code: 'NotModelled' });
  });

  test('has one listener per port', async () => {
    const { listen } = await setUp();
    await listen();
    await expect(listen()).rejects.toMatchObject({ code: 'DuplicateListenerException' });
  });
});

describe('a target', () => {
  test('is unused while no active load balancer forwards to its group, and nobody probes it', async () => {
    const { register, health, listen, pass, world } = await setUp();
    await register('10.0.0.1');
    expect(await health()).toMatchObject([{ State: 'unused', Reason: 'Target.NotInUse' }]);
    await pass(300);
    expect(world.pendingEvents).toBe(0);
    await listen();
    expect(await health()).toMatchObject([{ State: 'initial', Reason: 'Elb.RegistrationInProgress' }]);
  });

  test('goes from initial to healthy after one passed probe, and receives requests only then', async () => {
    const { register, health, listen, pass, routed } = await setUp();
    await listen();
    await pass(240);
    await register('10.0.0.1');
    expect(routed()).toEqual([]);
    await pass(9);
    expect(await health()).toMatchObject([{ State: 'initial' }]);
    await pass(1);
    expect(await health()).toEqual([{ State: 'healthy' }]);
    expect(routed()).toEqual(['10.0.0.1']);
  });

  test('turns unhealthy after the unhealthy threshold, with the status it answered, and healthy again after the healthy one', async () => {
    const { register, health, listen, pass, dataplane } = await setUp({ HealthyThresholdCount: 3 });
    await listen();
    await pass(240);
    await register('10.0.0.1');
    await pass(10);
    dataplane.probeAnswers.set('10.0.0.1', 500);
    await pass(10);
    expect(await health()).toEqual([{ State: 'healthy' }]);
    await pass(10);
    expect(await health()).toEqual([
      { State: 'unhealthy', Reason: 'Target.ResponseCodeMismatch', Description: 'Health checks failed with these codes: [500]' },
    ]);
    dataplane.probeAnswers.set('10.0.0.1', 200);
    await pass(20);
    expect(await health()).toMatchObject([{ State: 'unhealthy' }]);
    await pass(10);
    expect(await health()).toEqual([{ State: 'healthy' }]);
  });

  test.each([
    ['200-299', 204, 'healthy'],
    ['200,301', 301, 'healthy'],
    ['200-299', 302, 'unhealthy'],
  ])('is judged by the matcher: %s against %s is %s', async (HttpCode, status, expected) => {
    const { register, health, listen, pass, dataplane } = await setUp({ Matcher: { HttpCode } });
    dataplane.probeAnswers.set('10.0.0.1', status);
    await listen();
    await pass(240);
    await register('10.0.0.1');
    await pass(20);
    expect(await health()).toMatchObject([{ State: expected }]);
  });

  test('drains for the deregistration delay without new requests, and then is gone', async () => {
    const { elb, TargetGroupArn, register, deregister, health, listen, pass, routed } = await setUp();
    await elb('ModifyTargetGroupAttributes', {
      TargetGroupArn,
      Attributes: [{ Key: 'deregistration_delay.timeout_seconds', Value: '60' }],
    });
    await listen();
    await pass(240);
    await register('10.0.0.1');
    await pass(10);
    await deregister('10.0.0.1');
    expect(await health()).toMatchObject([{ State: 'draining', Reason: 'Target.DeregistrationInProgress' }]);
    expect(routed()).toEqual([]);
    await pass(59);
    expect(await health()).toHaveLength(1);
    await pass(1);
    expect(await health()).toEqual([]);
  });

  test('is probed no more once it is gone', async () => {
    const { register, deregister, listen, pass, world } = await setUp();
    await listen();
    await pass(240);
    await register('10.0.0.1');
    await deregister('10.0.0.1');
    await pass(300);
    expect(world.pendingEvents).toBe(0);
  });
});

describe('a target group', () => {
  test('fails open: with every target unhealthy all receive requests, with one healthy only that one', async () => {
    const { register, listen, pass, routed, dataplane } = await setUp();
    dataplane.probeAnswers.set('10.0.0.1', 500).set('10.0.0.2', 500);
    await listen();
    await pass(240);
    await register('10.0.0.1', '10.0.0.2');
    await pass(20);
    expect(routed()).toEqual(['10.0.0.1', '10.0.0.2']);
    dataplane.probeAnswers.set('10.0.0.2', 200);
    await pass(50);
    expect(routed()).toEqual(['10.0.0.2']);
  });

  test('cannot be deleted while a listener forwards to it', async () => {
    const { elb, TargetGroupArn, listen } = await setUp();
    const ListenerArn = (await listen()).Listeners![0]!.ListenerArn;
    await expect(elb('DeleteTargetGroup', { TargetGroupArn })).rejects.toMatchObject({ code: 'ResourceInUseException' });
    await elb('DeleteListener', { ListenerArn });
    await elb('DeleteTargetGroup', { TargetGroupArn });
    await expect(elb('DescribeTargetGroups', { TargetGroupArns: [TargetGroupArn] })).rejects.toThrow('One or more target groups not found');
  });

  test('refuses attributes that would change behaviour the twin does not have', async () => {
    const { elb, TargetGroupArn } = await setUp();
    const set = (Key: string, Value: string) => elb('ModifyTargetGroupAttributes', { TargetGroupArn, Attributes: [{ Key, Value }] });
    await expect(set('stickiness.enabled', 'true')).rejects.toMatchObject({ code: 'NotModelled' });
    await expect(set('stickiness.enabled', 'false')).resolves.toBeDefined();
    await expect(set('sticky', 'true')).rejects.toMatchObject({ code: 'ValidationError' });
  });
});

test('DNS learns of healthy targets, and of none in a lost region', async () => {
  const { register, listen, pass, loadBalancer, world, ctx } = await setUp();
  await listen();
  await pass(240);
  const healthy = () => ctx('us-east-1').state(publishedHealth).get(loadBalancer.DNSName!.toLowerCase())!();
  expect(healthy()).toBe(false);
  await register('10.0.0.1');
  await pass(10);
  expect(healthy()).toBe(true);
  await world.loseRegion('eu-west-1');
  expect(healthy()).toBe(false);
});

test('completing the operation that registered a target sees it become healthy and comes to an end', async () => {
  const { listen, pass, health, ctx, TargetGroupArn } = await setUp();
  await listen();
  await pass(240);
  const operation = ctx().operation('stack');
  await operation.call('elastic-load-balancing-v2', 'RegisterTargets', { TargetGroupArn, Targets: [{ Id: '10.0.0.1' }] });
  expect(await operation.completeOperation('stack')).toBe(10);
  expect(await health()).toEqual([{ State: 'healthy' }]);
});

describe('as CloudFormation resources', () => {
  test('a load balancer, group and listener give their attributes and are found by describe calls', async () => {
    const { ctx, pass, elb } = await setUp();
    const type = (name: string) => elasticLoadBalancingV2.resourceTypes!.find((one) => one.type.endsWith(`::${name}`))!;
    const names = { stackName: 's', stackId: 'id', logicalId: 'l', generated: () => 's-l-ABC' };
    const lb = await type('LoadBalancer').create(
      { Subnets: ['subnet-a', 'subnet-b'], LoadBalancerAttributes: [{ Key: 'deletion_protection.enabled', Value: false }] },
      ctx(),
      names,
    );
    expect(lb.attributes).toMatchObject({
      CanonicalHostedZoneID: 'Z32O12XQLNTSW2',
      LoadBalancerFullName: expect.stringMatching(/^app\/s-l-ABC\/[0-9a-f]{16}$/),
    });
    expect(await type('LoadBalancer').stable!(lb.physicalId, {}, ctx())).toBeUndefined();
    await pass(240);
    expect(await type('LoadBalancer').stable!(lb.physicalId, {}, ctx())).toEqual({ stable: true });
    const properties = { Port: '8080', Protocol: 'HTTP', TargetType: 'ip', VpcId: 'vpc-1', HealthCheckIntervalSeconds: '10' };
    const group = await type('TargetGroup').create(properties, ctx(), names);
    expect(group.attributes!.TargetGroupFullName).toMatch(/^targetgroup\/s-l-ABC\/[0-9a-f]{16}$/);
    const listen = {
      LoadBalancerArn: lb.physicalId,
      Port: 80,
      Protocol: 'HTTP',
      DefaultActions: [{ Type: 'forward', TargetGroupArn: group.physicalId }],
    };
    const listener = await type('Listener').create(listen, ctx(), names);
    const found = await elb<Elb.DescribeTargetGroupsOutput>('DescribeTargetGroups', { LoadBalancerArn: lb.physicalId });
    expect(found.TargetGroups).toMatchObject([{ TargetGroupArn: group.physicalId, HealthCheckIntervalSeconds: 10, Port: 8080 }]);
    await type('Listener').delete(listener.physicalId, listen, ctx());
    await type('TargetGroup').delete(group.physicalId, properties, ctx());
    await type('LoadBalancer').delete(lb.physicalId, {}, ctx());
    await expect(elb('DescribeLoadBalancers', { LoadBalancerArns: [lb.physicalId] })).rejects.toMatchObject({
      code: 'LoadBalancerNotFoundException',
    });
  });
});

test('an alarm sees how many targets of a group are healthy, and nothing of a group without targets', async () => {
  const { loadBalancer, TargetGroupArn, listen, register, pass, dataplane, call } = await setUp();
  await listen();
  await pass(240);
  const TargetGroup = TargetGroupArn.slice(TargetGroupArn.indexOf('targetgroup/'));
  await call('cloudwatch', 'PutMetricAlarm', {
    AlarmName: 'nobody-serves',
    Namespace: 'AWS/ApplicationELB',
    MetricName: 'HealthyHostCount',
    Dimensions: [
      { Name: 'LoadBalancer', Value: loadBalancer.LoadBalancerArn!.split(':loadbalancer/')[1] },
      { Name: 'TargetGroup', Value: TargetGroup },
    ],
    Statistic: 'Minimum',
    Period: 60,
    EvaluationPeriods: 1,
    Threshold: 1,
    ComparisonOperator: 'LessThanThreshold',
  });
  const state = async () =>
    (await call<{ MetricAlarms: { StateValue: string }[] }>('cloudwatch', 'DescribeAlarms', {})).MetricAlarms[0]!.StateValue;
  await pass(180);
  expect(await state()).toBe('INSUFFICIENT_DATA');
  await register('10.0.0.1');
  await pass(180);
  expect(await state()).toBe('OK');
  dataplane.probeAnswers.set('10.0.0.1', 500);
  await pass(180);
  expect(await state()).toBe('ALARM');
});
