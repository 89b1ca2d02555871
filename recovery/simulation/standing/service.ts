import { repositoryOf } from '../../../lib/contract/names.js';
import type { StandingWorld } from './standing-world.js';

export interface TaskNow {
  readonly taskArn: string;
  readonly lastStatus: string;
}

/** As if it had been replicated; named by whatever digest its manifest has. */
const imageStands = async (world: StandingWorld): Promise<string> => {
  const repositoryName = repositoryOf(world.targets.facts.web.image);
  await world.call('ecr', 'CreateRepository', { repositoryName });
  const put = { repositoryName, imageManifest: '{"schemaVersion":2}', imageTag: 'replica' };
  const { image } = await world.call<{ image: { imageId: { imageDigest: string } } }>('ecr', 'PutImage', put);
  return `${repositoryName}@${image.imageId.imageDigest}`;
};

/** The web application of the site recovered to: image, load balancer, cluster and a service of no task, as targets name them. */
export const serviceStandsBy = async (world: StandingWorld): Promise<void> => {
  const { cluster, service, listenerPort, account } = world.targets.site;
  const image = await imageStands(world);
  const { Vpc } = await world.call<{ Vpc: { VpcId: string } }>('ec2', 'CreateVpc', { CidrBlock: '10.1.0.0/16' });
  const { InternetGateway } = await world.call<{ InternetGateway: { InternetGatewayId: string } }>('ec2', 'CreateInternetGateway');
  await world.call('ec2', 'AttachInternetGateway', { VpcId: Vpc.VpcId, InternetGatewayId: InternetGateway.InternetGatewayId });
  const ofVpc = { Filters: [{ Name: 'vpc-id', Values: [Vpc.VpcId] }] };
  const { RouteTables } = await world.call<{ RouteTables: { RouteTableId: string }[] }>('ec2', 'DescribeRouteTables', ofVpc);
  const route = { DestinationCidrBlock: '0.0.0.0/0', GatewayId: InternetGateway.InternetGatewayId };
  await world.call('ec2', 'CreateRoute', { ...route, RouteTableId: RouteTables[0]?.RouteTableId });
  const subnets: string[] = [];
  for (const [at, zone] of ['a', 'b'].entries()) {
    const subnet = { VpcId: Vpc.VpcId, CidrBlock: `10.1.${at}.0/24`, AvailabilityZone: `${world.to.region}${zone}` };
    subnets.push((await world.call<{ Subnet: { SubnetId: string } }>('ec2', 'CreateSubnet', subnet)).Subnet.SubnetId);
  }
  const elb = <Output>(operation: string, input: object) => world.call<Output>('elastic-load-balancing-v2', operation, input);
  const { LoadBalancers } = await elb<{ LoadBalancers: { LoadBalancerArn: string }[] }>('CreateLoadBalancer', {
    Name: 'web',
    Subnets: subnets,
  });
  const group = { Name: 'web', Protocol: 'HTTP', Port: 8080, VpcId: Vpc.VpcId, TargetType: 'ip', HealthCheckIntervalSeconds: 10 };
  const { TargetGroups } = await elb<{ TargetGroups: { TargetGroupArn: string }[] }>('CreateTargetGroup', group);
  const { TargetGroupArn } = TargetGroups[0]!;
  const { LoadBalancerArn } = LoadBalancers[0]!;
  await elb('ModifyTargetGroupAttributes', {
    TargetGroupArn,
    Attributes: [{ Key: 'deregistration_delay.timeout_seconds', Value: '10' }],
  });
  await elb('CreateListener', {
    LoadBalancerArn,
    Port: listenerPort,
    Protocol: 'HTTP',
    DefaultActions: [{ Type: 'forward', TargetGroupArn }],
  });
  await world.pass(300);
  await world.call('ecs', 'CreateCluster', { clusterName: cluster });
  await world.call('ecs', 'RegisterTaskDefinition', {
    family: service,
    networkMode: 'awsvpc',
    requiresCompatibilities: ['FARGATE'],
    cpu: '256',
    memory: '512',
    executionRoleArn: `arn:aws:iam::${account}:role/execution`,
    containerDefinitions: [
      {
        name: 'web',
        image: `${account}.dkr.ecr.${world.to.region}.amazonaws.com/${image}`,
        portMappings: [{ containerPort: 8080 }],
        environment: [{ name: 'SITE', value: world.to.name }],
      },
    ],
  });
  await world.call('ecs', 'CreateService', {
    cluster,
    serviceName: service,
    taskDefinition: service,
    desiredCount: 0,
    launchType: 'FARGATE',
    deploymentConfiguration: { deploymentCircuitBreaker: { enable: true, rollback: true } },
    loadBalancers: [{ targetGroupArn: TargetGroupArn, containerName: 'web', containerPort: 8080 }],
    networkConfiguration: { awsvpcConfiguration: { subnets, assignPublicIp: 'ENABLED' } },
  });
  await world.pass(60);
  world.targets.facts = { ...world.targets.facts, web: { ...world.targets.facts.web, image } };
  world.targets.site = { ...world.targets.site, loadBalancerArn: LoadBalancerArn, targetGroupArn: TargetGroupArn };
};

export const tasksNow = async (world: StandingWorld): Promise<TaskNow[]> => {
  const { cluster } = world.targets.site;
  const { taskArns } = await world.call<{ taskArns: string[] }>('ecs', 'ListTasks', { cluster });
  if (taskArns.length === 0) return [];
  return (await world.call<{ tasks: TaskNow[] }>('ecs', 'DescribeTasks', { cluster, tasks: taskArns })).tasks;
};
