import { RemovalPolicy, Tags, Validations } from 'aws-cdk-lib';
import {
  CfnSecurityGroupEgress,
  CfnSecurityGroupIngress,
  FlowLogDestination,
  FlowLogTrafficType,
  IpAddresses,
  Peer,
  Port,
  SecurityGroup,
  SubnetType,
  Vpc,
} from 'aws-cdk-lib/aws-ec2';
import type { ISecurityGroup } from 'aws-cdk-lib/aws-ec2';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';

export interface SiteNetworkProps {
  /** Names VPC and subnets; CDK would name them by path, which has the site's role in it. */
  readonly name: string;
  /** How many availability zones it spans. */
  readonly zones: number;
  readonly listenerPort: number;
  readonly containerPort: number;
  readonly databasePort: number;
}

/**
 * A VPC over several zones: public subnets for load balancer and tasks, isolated ones for the database. No NAT, so that a
 * standby costs nothing by the hour; tasks reach registries with a public address and are reached from the load balancer only.
 */
export class SiteNetwork extends Construct {
  readonly vpc: Vpc;
  readonly loadBalancerGroup: ISecurityGroup;
  readonly webGroup: ISecurityGroup;
  readonly databaseGroup: ISecurityGroup;

  constructor(scope: Construct, id: string, props: SiteNetworkProps) {
    super(scope, id);
    this.vpc = new Vpc(this, 'Vpc', {
      vpcName: props.name,
      ipAddresses: IpAddresses.cidr('10.0.0.0/16'),
      maxAzs: props.zones,
      natGateways: 0,
      subnetConfiguration: [
        { name: 'Public', subnetType: SubnetType.PUBLIC, cidrMask: 24 },
        { name: 'Database', subnetType: SubnetType.PRIVATE_ISOLATED, cidrMask: 24 },
      ],
    });
    for (const subnet of [...this.vpc.publicSubnets, ...this.vpc.isolatedSubnets]) {
      Tags.of(subnet).add('Name', `${props.name}/${subnet.node.id}`);
    }
    this.record(props.name);
    const edge = this.group('LoadBalancer', 'What customers reach', false);
    Validations.of(edge).acknowledge({
      id: 'AwsSolutions-EC23',
      reason: 'Customers come from anywhere: this is the one group that is meant to be public',
    });
    edge.addIngressRule(Peer.anyIpv4(), Port.tcp(props.listenerPort), 'customers');
    const web = this.group('Web', 'Web application tasks', true);
    const database = this.group('Database', 'The database, and whatever a recovery restores in its place', false);
    new CfnSecurityGroupEgress(this, 'LoadBalancerToWeb', {
      groupId: edge.securityGroupId,
      destinationSecurityGroupId: web.securityGroupId,
      ...tcp(props.containerPort),
    });
    this.admit('WebFromLoadBalancer', web, edge, props.containerPort);
    this.admit('DatabaseFromWeb', database, web, props.databasePort);
    this.loadBalancerGroup = this.sealed('LoadBalancer', edge);
    this.webGroup = this.sealed('Web', web);
    this.databaseGroup = this.sealed('Database', database);
  }

  /** Who spoke to whom, for whoever has to find out afterwards; the role that writes it stands beside it. */
  private record(name: string): void {
    const logGroup = new LogGroup(this, 'FlowLog', {
      logGroupName: `/altsite/${name}/network`,
      retention: RetentionDays.THREE_MONTHS,
      removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
    });
    const flows = this.vpc.addFlowLog('Flows', {
      destination: FlowLogDestination.toCloudWatchLogs(logGroup),
      trafficType: FlowLogTrafficType.ALL,
    });
    // Otherwise named by its path, which has the site's role in it.
    Tags.of(flows).add('Name', name);
  }

  private group(name: string, description: string, allowAllOutbound: boolean): SecurityGroup {
    return new SecurityGroup(this, `${name}Group`, { vpc: this.vpc, description, allowAllOutbound });
  }

  private admit(id: string, to: SecurityGroup, from: SecurityGroup, port: number): void {
    new CfnSecurityGroupIngress(this, id, { groupId: to.securityGroupId, sourceSecurityGroupId: from.securityGroupId, ...tcp(port) });
  }

  /** The rules above are all there are: what CDK would add by itself has the site's role in its logical id. */
  private sealed(name: string, group: SecurityGroup): ISecurityGroup {
    return SecurityGroup.fromSecurityGroupId(this, `${name}Sealed`, group.securityGroupId, { mutable: false });
  }
}

const tcp = (port: number) => ({ ipProtocol: 'tcp', fromPort: port, toPort: port });
