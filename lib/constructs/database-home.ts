import type { ISecurityGroup, Vpc } from 'aws-cdk-lib/aws-ec2';
import { CfnDBParameterGroup, CfnDBSubnetGroup } from 'aws-cdk-lib/aws-rds';
import { Construct } from 'constructs';
import { databaseSubnets } from './site-network.js';

export interface DatabaseHomeProps {
  readonly vpc: Vpc;
  readonly securityGroup: ISecurityGroup;
  readonly siteName: string;
  /** Parameter group family such as postgres18. */
  readonly family: string;
  readonly parameters: Readonly<Record<string, string>>;
}

/** Where a database can live in a site, whether or not one does: subnets, parameters, security group. */
export class DatabaseHome extends Construct {
  readonly subnetGroupName: string;
  readonly parameterGroupName: string;
  readonly securityGroup: ISecurityGroup;

  constructor(scope: Construct, id: string, props: DatabaseHomeProps) {
    super(scope, id);
    this.securityGroup = props.securityGroup;
    this.subnetGroupName = new CfnDBSubnetGroup(this, 'SubnetGroup', {
      dbSubnetGroupDescription: `Isolated subnets of ${props.siteName}`,
      subnetIds: props.vpc.selectSubnets({ subnetGroupName: databaseSubnets }).subnetIds,
    }).ref;
    this.parameterGroupName = new CfnDBParameterGroup(this, 'ParameterGroup', {
      description: `Database parameters of ${props.siteName}`,
      family: props.family,
      parameters: props.parameters,
    }).ref;
  }
}
