import { Duration, RemovalPolicy, Validations } from 'aws-cdk-lib';
import { Rule, RuleTargetInput, EventField } from 'aws-cdk-lib/aws-events';
import { SfnStateMachine } from 'aws-cdk-lib/aws-events-targets';
import { ManagedPolicy, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { DefinitionBody, JsonPath, LogLevel, StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { CallAwsService } from 'aws-cdk-lib/aws-stepfunctions-tasks';
import { Construct } from 'constructs';

export interface OnwardCopyProps {
  readonly vaultName: string;
  /** Vault in the separate account, in this region: AWS Backup copies RDS across regions or accounts, not both at once. */
  readonly toVaultArn: string;
  readonly retentionDays: number;
  /** AWS Backup copies as this. */
  readonly roleName: string;
}

/**
 * Copies every recovery point that is completed in a vault on to a separate account, when AWS Backup says so (developer guide, "Monitoring AWS Backup
 * events using Amazon EventBridge"): a state machine that makes one call, and so no code to keep. Events are sent on a best-effort basis; what gets
 * lost is seen by the alarm on the age of what is there.
 */
export class OnwardCopy extends Construct {
  constructor(scope: Construct, id: string, props: OnwardCopyProps) {
    super(scope, id);
    const role = new Role(this, 'CopyRole', {
      roleName: props.roleName,
      description: 'AWS Backup copies recovery points to the separate account with this',
      assumedBy: new ServicePrincipal('backup.amazonaws.com'),
      managedPolicies: [ManagedPolicy.fromAwsManagedPolicyName('service-role/AWSBackupServiceRolePolicyForBackup')],
    });
    const copy = new CallAwsService(this, 'StartCopyJob', {
      service: 'backup',
      action: 'startCopyJob',
      parameters: {
        RecoveryPointArn: JsonPath.stringAt('$.recoveryPointArn'),
        SourceBackupVaultName: props.vaultName,
        DestinationBackupVaultArn: props.toVaultArn,
        IamRoleArn: role.roleArn,
        // An event may be delivered twice.
        IdempotencyToken: JsonPath.stringAt('$.eventId'),
        Lifecycle: { DeleteAfterDays: props.retentionDays },
      },
      iamResources: ['*'],
      additionalIamStatements: [new PolicyStatement({ actions: ['iam:PassRole'], resources: [role.roleArn] })],
    });
    copy.addRetry({ maxAttempts: 6, interval: Duration.minutes(1), backoffRate: 2 });
    const machine = new StateMachine(this, 'Machine', {
      definitionBody: DefinitionBody.fromChainable(copy),
      tracingEnabled: true,
      logs: {
        level: LogLevel.ALL,
        destination: new LogGroup(this, 'Log', { retention: RetentionDays.ONE_YEAR, removalPolicy: RemovalPolicy.RETAIN }),
      },
    });
    new Rule(this, 'Completed', {
      description: 'A recovery point is complete and can be copied on',
      eventPattern: {
        source: ['aws.backup'],
        detailType: ['Recovery Point State Change'],
        detail: { status: ['COMPLETED'], backupVaultName: [props.vaultName] },
      },
      targets: [
        new SfnStateMachine(machine, {
          input: RuleTargetInput.fromObject({
            recoveryPointArn: EventField.fromPath('$.resources[0]'),
            eventId: EventField.eventId,
          }),
        }),
      ],
    });
    acknowledge(role, machine);
  }
}

const acknowledge = (role: Role, machine: StateMachine): void => {
  Validations.of(role).acknowledge({
    id: 'AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AWSBackupServiceRolePolicyForBackup]',
    reason: 'AWS keeps this one in step with what a copy calls; only AWS Backup can assume the role',
  });
  Validations.of(machine).acknowledge({
    id: 'AwsSolutions-IAM5[Resource::*]',
    reason:
      'One action, StartCopyJob, on recovery points that RDS names as they are made; tracing and the delivery of logs have no resources',
  });
};
