import { Tags } from 'aws-cdk-lib';
import {
  CfnSecurityGroupIngress,
  GatewayVpcEndpointAwsService,
  InterfaceVpcEndpointAwsService,
  InterfaceVpcEndpointService,
  SecurityGroup,
} from 'aws-cdk-lib/aws-ec2';
import type { IInterfaceVpcEndpointService } from 'aws-cdk-lib/aws-ec2';
import { Construct } from 'constructs';
import type { SiteNetwork } from './site-network.js';
import { webSubnets } from './site-network.js';

export interface WebEndpointsProps {
  /** Names the endpoints, too. */
  readonly name: string;
  readonly network: SiteNetwork;
  readonly region: string;
  /** Where the fence's epoch is. */
  readonly witnessRegion: string;
}

/**
 * The ways from the tasks to AWS, all private: what a Fargate task needs to start (ECS developer guide, "Amazon ECS interface VPC endpoints"),
 * and the fence's bucket, which is of another region (AWS PrivateLink guide, "Cross-region enabled AWS services").
 */
export class WebEndpoints extends Construct {
  constructor(scope: Construct, id: string, { name, network, region, witnessRegion }: WebEndpointsProps) {
    super(scope, id);
    const { vpc, webGroup } = network;
    const group = new SecurityGroup(this, 'Group', { vpc, description: 'Ways from the tasks to AWS', allowAllOutbound: false });
    new CfnSecurityGroupIngress(this, 'FromWeb', {
      groupId: group.securityGroupId,
      sourceSecurityGroupId: webGroup.securityGroupId,
      ...{ ipProtocol: 'tcp', fromPort: 443, toPort: 443 },
    });
    const door = (service: IInterfaceVpcEndpointService, endpointId: string, serviceRegion?: string): void => {
      const endpoint = vpc.addInterfaceEndpoint(endpointId, {
        service,
        subnets: { subnetGroupName: webSubnets },
        securityGroups: [group],
        privateDnsEnabled: true,
        open: false,
        ...(serviceRegion === undefined ? {} : { serviceRegion }),
      });
      Tags.of(endpoint).add('Name', `${name}/${endpointId}`);
    };
    const { ECR, ECR_DOCKER, CLOUDWATCH_LOGS, SECRETS_MANAGER, SSM } = InterfaceVpcEndpointAwsService;
    door(ECR, 'Registry');
    door(ECR_DOCKER, 'Images');
    door(CLOUDWATCH_LOGS, 'Logs');
    door(SECRETS_MANAGER, 'Secrets');
    door(SSM, 'Parameters');
    vpc.addGatewayEndpoint('Objects', { service: GatewayVpcEndpointAwsService.S3, subnets: [{ subnetGroupName: webSubnets }] });
    if (witnessRegion !== region) door(new InterfaceVpcEndpointService(`com.amazonaws.${witnessRegion}.s3`, 443), 'Witness', witnessRegion);
  }
}
