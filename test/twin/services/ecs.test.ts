import { createHash } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import type * as Ecs from '@aws-sdk/client-ecs';
import type * as Elb from '@aws-sdk/client-elastic-load-balancing-v2';
import { ecr } from '../../../twin/services/ecr/index.js';
import { ecs } from '../../../twin/services/ecs/index.js';
import { elasticLoadBalancingV2 } from '../../../twin/services/elastic-load-balancing-v2/index.js';
import { serviceWorld } from '../../helpers/service-world.js';
import { heldLogs, heldParameters, heldSecrets, twoSubnets } from '../../helpers/tiny-services.js';

const secretArn = 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:login-AbCdEf';
const manifest = '{"schemaVersion":2}';
const digest = `sha256:${createHash('sha256').update(manifest).digest('hex')}`;
const repository = '111122223333.dkr.ecr.eu-west-1.amazonaws.com/web';
const image = `${repository}@${digest}`;
const definitionOf = (container: Partial<Ecs.ContainerDefinition> = {}): Ecs.RegisterTaskDefinitionCommandInput => ({
  family: 'web',
  networkMode: 'awsvpc',
  requiresCompatibilities: ['FARGATE'],
  cpu: '256',
  memory: '512',
  executionRoleArn: 'arn:aws:iam::111122223333:role/execution',
  containerDefinitions: [
    {
      name: 'web',
      image,
      portMappings: [{ containerPort: 8080 }],
      environment: [{ name: 'SITE', value: 'dublin' }],
      secrets: [
        { name: 'PASSWORD', valueFrom: `${secretArn}:password::` },
        { name: 'HOST', valueFrom: 'arn:aws:ssm:eu-west-1:111122223333:parameter/web/host' },
      ],
      logConfiguration: {
        logDriver: 'awslogs',
        options: { 'awslogs-group': '/web', 'awslogs-region': 'eu-west-1', 'awslogs-stream-prefix': 'web' },
      },
      ...container,
    },
  ],
});
const networkConfiguration = { awsvpcConfiguration: { subnets: ['subnet-a', 'subnet-b'] } };

const setUp = async () => {
  const secrets = new Map([[secretArn, '{"password":"first","port":5432}']]);
  const parameters = new Map([['/web/host', 'db.example.com']]);
  const logs = new Map([['/web', new Map<string, string[][]>()]]);
  const world = serviceWorld([
    ecr,
    ecs,
    elasticLoadBalancingV2,
    twoSubnets,
    heldSecrets(secrets),
    heldParameters(parameters),
    heldLogs(logs),
  ]);
  const call = <Output>(operation: string, input: object) => world.call<Output>('ecs', operation, input);
  const elb = <Output>(operation: string, input: object) => world.call<Output>('elastic-load-balancing-v2', operation, input);
  await world.call('ecr', 'CreateRepository', { repositoryName: 'web' });
  await world.call('ecr', 'PutImage', { repositoryName: 'web', imageManifest: manifest, imageTag: 'stable' });
  await call('CreateCluster', { clusterName: 'site' });
  await call('RegisterTaskDefinition', definitionOf());
  const create = (input: Partial<Ecs.CreateServiceCommandInput> = {}) =>
    call<Ecs.CreateServiceResponse>('CreateService', {
      ...{ cluster: 'site', serviceName: 'web', taskDefinition: 'web', desiredCount: 2, launchType: 'FARGATE', networkConfiguration },
      ...input,
    });
  const update = (input: Partial<Ecs.UpdateServiceCommandInput>) => call('UpdateService', { cluster: 'site', service: 'web', ...input });
  const service = async () => {
    const found = await call<Ecs.DescribeServicesResponse>('DescribeServices', { cluster: 'site', services: ['web'] });
    return found.services![0]!;
  };
  const tasks = async (desiredStatus: Ecs.DesiredStatus = 'RUNNING') => {
    const { taskArns } = await call<Ecs.ListTasksResponse>('ListTasks', { cluster: 'site', desiredStatus });
    const found = await call<Ecs.DescribeTasksResponse>('DescribeTasks', { cluster: 'site', tasks: taskArns });
    return found.tasks!;
  };
  const balance = async (): Promise<Ecs.LoadBalancer[]> => {
    const Subnets = ['subnet-a', 'subnet-b'];
    const { LoadBalancers } = await elb<Elb.CreateLoadBalancerOutput>('CreateLoadBalancer', { Name: 'web', Subnets });
    const group = { Name: 'web', Protocol: 'HTTP', Port: 8080, VpcId: 'vpc-1', TargetType: 'ip', HealthCheckIntervalSeconds: 10 };
    const { TargetGroups } = await elb<Elb.CreateTargetGroupOutput>('CreateTargetGroup', group);
    const TargetGroupArn = TargetGroups![0]!.TargetGroupArn!;
    const DefaultActions = [{ Type: 'forward', TargetGroupArn }];
    const listener = { LoadBalancerArn: LoadBalancers![0]!.LoadBalancerArn, Port: 80, Protocol: 'HTTP', DefaultActions };
    await elb('CreateListener', listener);
    await elb('ModifyTargetGroupAttributes', {
      TargetGroupArn,
      Attributes: [{ Key: 'deregistration_delay.timeout_seconds', Value: '10' }],
    });
    await world.pass(240);
    return [{ targetGroupArn: TargetGroupArn, containerName: 'web', containerPort: 8080 }];
  };
  const targets = async (loadBalancers: Ecs.LoadBalancer[]) => {
    const input = { TargetGroupArn: loadBalancers[0]!.targetGroupArn };
    const found = await elb<Elb.DescribeTargetHealthOutput>('DescribeTargetHealth', input);
    return found.TargetHealthDescriptions!.map(({ TargetHealth }) => TargetHealth!.State);
  };
  const processes = () => [...world.dataplane.taskSpecs.values()];
  return { ...world, call, elb, create, update, service, tasks, balance, targets, processes, secrets, parameters, logs };
};

describe('a task', () => {
  test('runs what a tag of its registry names when it starts', async () => {
    const { call, pass, processes, tasks } = await setUp();
    await call('RegisterTaskDefinition', definitionOf({ image: `${repository}:stable` }));
    await call('RunTask', { cluster: 'site', taskDefinition: 'web', launchType: 'FARGATE', networkConfiguration });
    await pass(45);
    expect(processes()).toMatchObject([{ image }]);
    expect((await tasks())[0]!.containers).toMatchObject([{ image: `${repository}:stable`, imageDigest: digest }]);
  });

  test('goes from provisioning over pending to running, with a process that has its environment and its secrets', async () => {
    const { call, pass, tasks, processes } = await setUp();
    await call('RunTask', { cluster: 'site', taskDefinition: 'web', launchType: 'FARGATE', networkConfiguration });
    const status = async () => (await tasks())[0]!.lastStatus;
    expect(await status()).toBe('PROVISIONING');
    await pass(15);
    expect(await status()).toBe('PENDING');
    expect(processes()).toEqual([]);
    await pass(30);
    expect(await status()).toBe('RUNNING');
    const environment = { SITE: 'dublin', PASSWORD: 'first', HOST: 'db.example.com' };
    expect(processes()).toMatchObject([{ image, environment, region: 'eu-west-1' }]);
    expect((await tasks())[0]!.containers![0]!.networkInterfaces![0]!.privateIpv4Address).toBe(processes()[0]!.address);
  });

  test('reads secrets when it starts, not when it is defined', async () => {
    const { call, pass, processes, secrets, parameters } = await setUp();
    await call('RunTask', { cluster: 'site', taskDefinition: 'web', launchType: 'FARGATE', networkConfiguration });
    secrets.set(secretArn, '{"password":"second"}');
    parameters.set('/web/host', 'restored.example.com');
    await pass(45);
    expect(processes()[0]!.environment).toMatchObject({ PASSWORD: 'second', HOST: 'restored.example.com' });
  });

  test.each<[string, (world: Awaited<ReturnType<typeof setUp>>) => unknown, RegExp]>([
    [
      'its secret is missing',
      ({ secrets }) => secrets.clear(),
      /^ResourceInitializationError: unable to pull secrets .*asm: .*ResourceNotFoundException/,
    ],
    [
      'the secret lacks the key',
      ({ secrets }) => secrets.set(secretArn, '{}'),
      /^ResourceInitializationError: .*did not contain json key password/,
    ],
    [
      'its parameter is missing',
      ({ parameters }) => parameters.clear(),
      /^ResourceInitializationError: .*invalid ssm parameters: \/web\/host/,
    ],
    [
      'its log group is missing',
      ({ logs }) => logs.clear(),
      /^ResourceInitializationError: failed to validate logger args: .*log group does not exist/,
    ],
    [
      'nothing on this machine stands for its image',
      ({ dataplane }) => (dataplane.tasks.knowsImage = () => false),
      /^CannotPullContainerError: .*web@sha256:[0-9a-f]{64}: not found/,
    ],
    [
      'its image is in the registry no longer',
      (world) => world.call('RegisterTaskDefinition', definitionOf({ image: `${repository}:gone` })),
      /^CannotPullContainerError: .*web:gone: not found/,
    ],
    [
      'its repository is in another region only',
      (world) => world.call('RegisterTaskDefinition', definitionOf({ image: image.replace('eu-west-1', 'eu-central-1') })),
      /^CannotPullContainerError: .*eu-central-1\.amazonaws\.com\/web@.*: not found/,
    ],
    [
      'the region of its registry is lost',
      async (world) => {
        await world.call('RegisterTaskDefinition', definitionOf({ image: image.replace('eu-west-1', 'eu-central-1') }));
        await world.world.loseRegion('eu-central-1');
      },
      /^CannotPullContainerError: .*dkr\.ecr\.eu-central-1\.amazonaws\.com\/v2\/web\/manifests": dial tcp: i\/o timeout/,
    ],
  ])('stops with the reason when %s', async (_what, spoil, reason) => {
    const world = await setUp();
    await spoil(world);
    await world.call('RunTask', { cluster: 'site', taskDefinition: 'web', launchType: 'FARGATE', networkConfiguration });
    await world.pass(80);
    expect(world.processes()).toEqual([]);
    const [task] = await world.tasks('STOPPED');
    expect(task).toMatchObject({ lastStatus: 'STOPPED', stopCode: 'TaskFailedToStart', stoppedReason: expect.stringMatching(reason) });
  });

  test('stops when its essential container exits, and tells the exit code', async () => {
    const { call, pass, processes, tasks } = await setUp();
    await call('RunTask', { cluster: 'site', taskDefinition: 'web', launchType: 'FARGATE', networkConfiguration });
    await pass(45);
    processes()[0]!.onExit(7);
    await pass(60);
    const [task] = await tasks('STOPPED');
    expect(task).toMatchObject({ lastStatus: 'STOPPED', stopCode: 'EssentialContainerExited', containers: [{ exitCode: 7 }] });
  });

  test('ships the lines of one moment together and in order, into the stream named after it', async () => {
    const { call, pass, processes, tasks, logs } = await setUp();
    await call('RunTask', { cluster: 'site', taskDefinition: 'web', launchType: 'FARGATE', networkConfiguration });
    await pass(45);
    const { onLine } = processes()[0]!;
    onLine('one');
    onLine('two');
    await pass(1);
    onLine('three');
    await pass(1);
    const id = (await tasks())[0]!.taskArn!.split('/').at(-1);
    expect(logs.get('/web')!.get(`web/web/${id}`)).toEqual([['one', 'two'], ['three']]);
  });

  test('can be stopped by hand at any moment and never starts after that', async () => {
    const { call, pass, processes, tasks } = await setUp();
    const run = { cluster: 'site', taskDefinition: 'web', launchType: 'FARGATE', networkConfiguration };
    const { tasks: started } = await call<Ecs.RunTaskResponse>('RunTask', run);
    await pass(5);
    await call('StopTask', { cluster: 'site', task: started![0]!.taskArn, reason: 'not needed' });
    await pass(60);
    expect(processes()).toEqual([]);
    expect(await tasks('STOPPED')).toMatchObject([{ lastStatus: 'STOPPED', stoppedReason: 'not needed', stopCode: 'UserInitiated' }]);
  });
});

describe('a task definition', () => {
  test('counts its revisions, and the newest active one is what its family means', async () => {
    const { call } = await setUp();
    await call('RegisterTaskDefinition', definitionOf());
    const newest = async () =>
      (await call<Ecs.DescribeTaskDefinitionResponse>('DescribeTaskDefinition', { taskDefinition: 'web' })).taskDefinition!.revision;
    expect(await newest()).toBe(2);
    await call('DeregisterTaskDefinition', { taskDefinition: 'web:2' });
    expect(await newest()).toBe(1);
    await expect(call('DeregisterTaskDefinition', { taskDefinition: 'web' })).rejects.toThrow('Revision is missing.');
  });

  test.each([
    ['a size Fargate does not have', { ...definitionOf(), memory: '4096' }, 'No Fargate configuration exists'],
    ['no execution role for its secrets', { ...definitionOf(), executionRoleArn: undefined }, 'execution role ARN'],
    ['a health check of its own', definitionOf({ healthCheck: { command: ['CMD', 'true'] } }), 'NotModelled'],
    ['another log driver', definitionOf({ logConfiguration: { logDriver: 'splunk', options: {} } }), 'logDriver splunk'],
  ])('is refused with %s', async (_what, input, message) => {
    const { call } = await setUp();
    await expect(call('RegisterTaskDefinition', input)).rejects.toThrow(message);
  });
});

describe('a service', () => {
  test('reaches its desired count and says so', async () => {
    const { create, pass, service } = await setUp();
    await create();
    expect(await service()).toMatchObject({ runningCount: 0, deployments: [{ status: 'PRIMARY', rolloutState: 'IN_PROGRESS' }] });
    await pass(60);
    expect(await service()).toMatchObject({ runningCount: 2, pendingCount: 0, deployments: [{ rolloutState: 'COMPLETED' }] });
    expect((await service()).events![0]!.message).toBe('(service web) has reached a steady state.');
  });

  test('with nothing desired is complete at once, and scales up without a new deployment', async () => {
    const { create, update, pass, service } = await setUp();
    await create({ desiredCount: 0 });
    const before = await service();
    expect(before.deployments).toMatchObject([{ rolloutState: 'COMPLETED' }]);
    await update({ desiredCount: 3 });
    await pass(60);
    expect(await service()).toMatchObject({ runningCount: 3, deployments: [{ id: before.deployments![0]!.id }] });
  });

  test('replaces a task that exits', async () => {
    const { create, pass, processes, tasks } = await setUp();
    await create();
    await pass(60);
    const before = (await tasks()).map(({ taskArn }) => taskArn);
    processes()[0]!.onExit(1);
    await pass(120);
    const after = await tasks();
    expect(after.map(({ lastStatus }) => lastStatus)).toEqual(['RUNNING', 'RUNNING']);
    expect(after.filter(({ taskArn }) => before.includes(taskArn))).toHaveLength(1);
  });

  test('is complete behind a load balancer only when its targets are healthy', async () => {
    const { create, balance, pass, service, targets } = await setUp();
    const loadBalancers = await balance();
    await create({ loadBalancers, healthCheckGracePeriodSeconds: 60 });
    while ((await service()).runningCount === 0) await pass(1);
    expect(await targets(loadBalancers)).toContain('initial');
    expect(await service()).toMatchObject({ deployments: [{ rolloutState: 'IN_PROGRESS' }] });
    await pass(60);
    expect(await targets(loadBalancers)).toEqual(['healthy', 'healthy']);
    expect(await service()).toMatchObject({ deployments: [{ rolloutState: 'COMPLETED' }] });
  });

  test('rolls to new tasks without ever having fewer than two healthy targets', async () => {
    const { create, update, balance, pass, service, tasks, targets } = await setUp();
    const loadBalancers = await balance();
    await create({ loadBalancers });
    await pass(90);
    const before = (await tasks()).map(({ taskArn }) => taskArn);
    await update({ forceNewDeployment: true });
    let most = 0;
    for (let second = 0; second < 150; second++) {
      await pass(1);
      const healthy = (await targets(loadBalancers)).filter((state) => state === 'healthy').length;
      most = Math.max(most, (await tasks()).length);
      expect(healthy).toBeGreaterThanOrEqual(2);
    }
    expect(most).toBe(4);
    expect(await service()).toMatchObject({ runningCount: 2, deployments: [{ rolloutState: 'COMPLETED' }] });
    expect((await tasks()).filter(({ taskArn }) => before.includes(taskArn))).toEqual([]);
  });

  test('replaces a task that fails its health checks, but not within its grace period', async () => {
    const { create, balance, pass, dataplane, processes, tasks } = await setUp();
    const loadBalancers = await balance();
    await create({ loadBalancers, healthCheckGracePeriodSeconds: 120, desiredCount: 1 });
    await pass(46);
    const sick = processes()[0]!.address;
    dataplane.probeAnswers.set(sick, 500);
    const [task] = await tasks();
    await pass(70); // At most 96 s after it started, however long that took.
    expect(await tasks()).toMatchObject([{ taskArn: task!.taskArn, lastStatus: 'RUNNING' }]);
    await pass(140);
    expect(await tasks()).toMatchObject([{ lastStatus: 'RUNNING' }]);
    expect(processes().map(({ address }) => address)).not.toContain(sick);
    const [stopped] = await tasks('STOPPED');
    expect(stopped!.stoppedReason).toContain('Task failed ELB health checks in (target-group');
  });

  test('keeps its old tasks while the new ones cannot start, and tells why', async () => {
    const { create, update, call, pass, dataplane, service, processes } = await setUp();
    await create();
    await pass(60);
    dataplane.tasks.knowsImage = (name) => name === image;
    await call('RegisterTaskDefinition', definitionOf({ image: 'web@sha256:ff' }));
    await update({ taskDefinition: 'web' });
    await pass(600);
    const found = await service();
    expect(found.runningCount).toBe(2);
    expect(processes()).toHaveLength(2);
    expect(found.deployments).toMatchObject([
      { status: 'PRIMARY', rolloutState: 'IN_PROGRESS' },
      { status: 'ACTIVE', runningCount: 2 },
    ]);
    expect(found.deployments![0]!.failedTasks).toBeGreaterThan(2);
    expect(found.events!.map(({ message }) => message).join('\n')).toContain('unable to consistently start tasks successfully');
  });

  test.each([
    [true, 'web:1', 'COMPLETED'],
    [false, 'web:2', 'FAILED'],
  ])('gives a deployment up by its circuit breaker; rollback %s leaves %s %s', async (rollback, definition, rolloutState) => {
    const { create, update, call, pass, dataplane, service } = await setUp();
    await create({ deploymentConfiguration: { deploymentCircuitBreaker: { enable: true, rollback } } });
    await pass(60);
    dataplane.tasks.knowsImage = (name) => name === image;
    await call('RegisterTaskDefinition', definitionOf({ image: 'web@sha256:ff' }));
    await update({ taskDefinition: 'web' });
    await pass(600);
    const found = await service();
    expect(found.deployments![0]).toMatchObject({ taskDefinition: expect.stringMatching(`${definition}$`), rolloutState });
    expect(found.runningCount).toBe(2);
  });

  test('drains its targets before their processes stop when it scales in', async () => {
    const { create, update, balance, pass, targets, processes, service } = await setUp();
    const loadBalancers = await balance();
    await create({ loadBalancers });
    await pass(90);
    await update({ desiredCount: 0 });
    await pass(5);
    expect(await targets(loadBalancers)).toEqual(['draining', 'draining']);
    expect(processes()).toHaveLength(2);
    await pass(60);
    expect(processes()).toEqual([]);
    expect(await service()).toMatchObject({ desiredCount: 0, runningCount: 0 });
  });

  test('is deleted only when scaled to nothing or by force, and then drains until inactive', async () => {
    const { create, call, pass, service } = await setUp();
    await create();
    await pass(60);
    await expect(call('DeleteService', { cluster: 'site', service: 'web' })).rejects.toThrow('scaled above 0');
    await expect(call('DeleteCluster', { cluster: 'site' })).rejects.toMatchObject({ code: 'ClusterContainsServicesException' });
    await call('DeleteService', { cluster: 'site', service: 'web', force: true });
    expect((await service()).status).toBe('DRAINING');
    await pass(60);
    expect((await service()).status).toBe('INACTIVE');
    await expect(call('DeleteCluster', { cluster: 'site' })).resolves.toMatchObject({ cluster: { status: 'INACTIVE' } });
  });

  test.each([
    ['an unknown task definition', { taskDefinition: 'other' }, 'TaskDefinition not found.'],
    [
      'an unknown subnet',
      { networkConfiguration: { awsvpcConfiguration: { subnets: ['subnet-x'] } } },
      "The subnet ID 'subnet-x' does not exist",
    ],
    ['a launch type without servers of ours', { launchType: 'EC2' as const }, 'launchType EC2'],
    ['service discovery', { serviceRegistries: [{ registryArn: 'arn' }] }, 'serviceRegistries'],
  ])('is refused with %s', async (_what, input, message) => {
    const { create } = await setUp();
    await expect(create(input)).rejects.toThrow(message);
  });

  test('is refused behind a target group that no load balancer uses', async () => {
    const { create, elb } = await setUp();
    const group = { Name: 'idle', Protocol: 'HTTP', Port: 8080, VpcId: 'vpc-1', TargetType: 'ip' };
    const { TargetGroups } = await elb<Elb.CreateTargetGroupOutput>('CreateTargetGroup', group);
    const loadBalancers = [{ targetGroupArn: TargetGroups![0]!.TargetGroupArn, containerName: 'web', containerPort: 8080 }];
    await expect(create({ loadBalancers })).rejects.toThrow('does not have an associated load balancer');
  });

  test('calls other services on its own account, so that the ledger tells them from the client', async () => {
    const { create, pass, ledger } = await setUp();
    const before = ledger.since().length;
    await create();
    await pass(60);
    const others = ledger
      .since()
      .slice(before)
      .filter(({ service }) => service !== 'ecs');
    expect(new Set(others.map(({ via }) => via))).toEqual(new Set(['ecs']));
  });
});

describe('as CloudFormation resources', () => {
  const type = (name: string) => ecs.resourceTypes!.find((one) => one.type === `AWS::ECS::${name}`)!;
  const names = { stackName: 's', stackId: 'id', logicalId: 'l', generated: () => 's-l-ABC' };
  const properties = (TaskDefinition: string, targetGroupArn: string) => ({
    Cluster: 'site',
    TaskDefinition,
    DesiredCount: '1',
    LaunchType: 'FARGATE',
    HealthCheckGracePeriodSeconds: 60,
    EnableECSManagedTags: false,
    DeploymentConfiguration: {
      Alarms: { AlarmNames: [], Enable: false, Rollback: false },
      DeploymentCircuitBreaker: { Enable: true, Rollback: true },
      MaximumPercent: 200,
      MinimumHealthyPercent: 100,
    },
    DeploymentController: { Type: 'ECS' },
    LoadBalancers: [{ ContainerName: 'web', ContainerPort: '8080', TargetGroupArn: targetGroupArn }],
    NetworkConfiguration: {
      AwsvpcConfiguration: { AssignPublicIp: 'DISABLED', Subnets: ['subnet-a', 'subnet-b'], SecurityGroups: ['sg-1'] },
    },
  });
  const container = {
    Name: 'web',
    Image: image,
    Essential: true,
    PortMappings: [{ ContainerPort: 8080, Protocol: 'tcp' }],
    Environment: [{ Name: 'A', Value: 'b' }],
    LogConfiguration: {
      LogDriver: 'awslogs',
      Options: { 'awslogs-group': '/web', 'awslogs-stream-prefix': 'web', 'awslogs-region': 'eu-west-1' },
    },
  };
  const define = (ctx: ReturnType<Awaited<ReturnType<typeof setUp>>['ctx']>, Image = image) =>
    type('TaskDefinition').create(
      {
        ...{ Family: 'stack', ContainerDefinitions: [{ ...container, Image }], Cpu: '256', Memory: '512', NetworkMode: 'awsvpc' },
        ...{ RequiresCompatibilities: ['FARGATE'], ExecutionRoleArn: 'arn:aws:iam::111122223333:role/execution' },
      },
      ctx,
      names,
    );

  test('a service is stable when its deployment is complete, also when its operation is completed alone', async () => {
    const { balance, ctx, call } = await setUp();
    const [balancer] = await balance();
    const operation = ctx().operation('stack');
    const definition = await define(operation);
    const wanted = properties(definition.physicalId, balancer!.targetGroupArn!);
    const made = await type('Service').create(wanted, operation, names);
    expect(made.attributes!.Name).toBe('s-l-ABC');
    expect(await type('Service').stable!(made.physicalId, wanted, operation)).toBeUndefined();
    expect(await operation.completeOperation('stack')).toBeLessThan(90);
    expect(await type('Service').stable!(made.physicalId, wanted, operation)).toEqual({ stable: true });
    await type('Service').delete(made.physicalId, wanted, operation);
    expect(await type('Service').gone!(made.physicalId, operation)).toBe(false);
    await operation.completeOperation('stack');
    expect(await type('Service').gone!(made.physicalId, operation)).toBe(true);
    const { services } = await call<Ecs.DescribeServicesResponse>('DescribeServices', { cluster: 'site', services: ['s-l-ABC'] });
    expect(services![0]!.status).toBe('INACTIVE');
  });

  test('a service whose image is missing fails the stack, by its circuit breaker', async () => {
    const { balance, ctx, dataplane } = await setUp();
    const [balancer] = await balance();
    dataplane.tasks.knowsImage = () => false;
    const operation = ctx().operation('stack');
    const wanted = properties((await define(operation)).physicalId, balancer!.targetGroupArn!);
    const made = await type('Service').create(wanted, operation, names);
    await operation.completeOperation('stack');
    expect(await type('Service').stable!(made.physicalId, wanted, operation)).toMatchObject({
      failed: expect.stringContaining('Circuit Breaker'),
    });
  });
});
