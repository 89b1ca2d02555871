import { RemovalPolicy, Tags, Validations } from 'aws-cdk-lib';
import { FlowLog, FlowLogDestination, FlowLogResourceType, FlowLogTrafficType } from 'aws-cdk-lib/aws-ec2';
import type { IVpc } from 'aws-cdk-lib/aws-ec2';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';

export interface NetworkRecordProps {
  /** Names the flow log; CDK would name it by path, which has the site's role in it. */
  readonly name: string;
  readonly vpc: IVpc;
  readonly logGroupName: string;
  readonly key: IKey;
}

/** Who spoke to whom, for whoever has to find out afterwards; the role that writes it stands beside it. */
export class NetworkRecord extends Construct {
  constructor(scope: Construct, id: string, { name, vpc, logGroupName, key }: NetworkRecordProps) {
    super(scope, id);
    const logGroup = new LogGroup(this, 'LogGroup', {
      logGroupName,
      encryptionKey: key,
      retention: RetentionDays.THREE_MONTHS,
      removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
    });
    const flows = new FlowLog(this, 'Flows', {
      resourceType: FlowLogResourceType.fromVpc(vpc),
      destination: FlowLogDestination.toCloudWatchLogs(logGroup),
      trafficType: FlowLogTrafficType.ALL,
    });
    Tags.of(flows).add('Name', name);
    const reason = 'Its flow log is in the stack that holds the key, which needs this one: the rule looks into the stack of the VPC only';
    for (const id of ['AwsSolutions-VPC7', 'HIPAA.Security-VPCFlowLogsEnabled', 'NIST.800.53.R5-VPCFlowLogsEnabled'])
      Validations.of(vpc).acknowledge({ id, reason });
  }
}
