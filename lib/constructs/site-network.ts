import { Tags, Validations } from 'aws-cdk-lib';
import {
  CfnSecurityGroupEgress,
  CfnSecurityGroupIngress,
  IpAddresses,
  Peer,
  Port,
  SecurityGroup,
  SubnetType,
  Vpc,
} from 'aws-cdk-lib/aws-ec2';
import type { ISecurityGroup } from 'aws-cdk-lib/aws-ec2';
import { Construct } from 'constructs';

/** Names of the groups of subnets that tasks and databases are in. */
export const webSubnets = 'Web';
export const databaseSubnets = 'Database';

export interface SiteNetworkProps {
  /** Names VPC and subnets; CDK would name them by path, which has the site's role in it. */
  readonly name: string;
  /** How many availability zones it spans. */
  readonly zones: number;
  /** NAT gateways, for what is not AWS. */
  readonly internetEgress: boolean;
  readonly listenerPort: number;
  readonly containerPort: number;
  readonly databasePort: number;
}

/**
 * A VPC over several zones: public subnets for the load balancer alone, private ones for tasks, isolated ones for the database. Whoever
 * has no business with customers has no public address.
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
      natGateways: props.internetEgress ? props.zones : 0,
      subnetConfiguration: [
        { name: 'Public', subnetType: SubnetType.PUBLIC, cidrMask: 24 },
        { name: databaseSubnets, subnetType: SubnetType.PRIVATE_ISOLATED, cidrMask: 24 },
        { name: webSubnets, subnetType: props.internetEgress ? SubnetType.PRIVATE_WITH_EGRESS : SubnetType.PRIVATE_ISOLATED, cidrMask: 24 },
      ],
    });
    for (const subnet of [...this.vpc.publicSubnets, ...this.vpc.privateSubnets, ...this.vpc.isolatedSubnets]) {
      Tags.of(subnet).add('Name', `${props.name}/${subnet.node.id}`);
    }
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
