import { Annotations, Aws, CfnResource, Duration, Fn, RemovalPolicy, Stack, Token, Validations } from 'aws-cdk-lib';
import type { CfnCondition } from 'aws-cdk-lib';
import type { ISecurityGroup, IVpc } from 'aws-cdk-lib/aws-ec2';
import { Repository } from 'aws-cdk-lib/aws-ecr';
import { Cluster, ContainerImage, ContainerInsights, FargateService, FargateTaskDefinition, LogDriver } from 'aws-cdk-lib/aws-ecs';
import type { Secret } from 'aws-cdk-lib/aws-ecs';
import type { ApplicationTargetGroup } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { ILogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { repositoryOf } from '../contract/names.js';
import { webSubnets } from './site-network.js';

/** Percent of the CPU of the tasks; above it tasks are added, well below it taken away. */
const targetLoadPercent = 60;

export interface WebServiceProps {
  readonly clusterName: string;
  readonly serviceName: string;
  readonly logGroupName: string;
  readonly vpc: IVpc;
  readonly securityGroup: ISecurityGroup;
  readonly targetGroup: ApplicationTargetGroup;
  /** `name@sha256:…` in the registry of this account and region. */
  readonly image: string;
  readonly containerPort: number;
  readonly cpu: number;
  readonly memoryMiB: number;
  /** Whether the site serves; where it does not, no task runs and nothing scales. */
  readonly active: CfnCondition;
  /** Bounds of the number of tasks while it does. */
  readonly tasks: { readonly least: number; readonly most: number };
  readonly logKey: IKey;
  readonly environment: Readonly<Record<string, string>>;
  readonly secrets: Readonly<Record<string, Secret>>;
}

/** The web application as a Fargate service behind a target group, told everything by its task definition. */
export class WebService extends Construct {
  readonly task: FargateTaskDefinition;
  readonly logGroup: ILogGroup;

  constructor(scope: Construct, id: string, props: WebServiceProps) {
    super(scope, id);
    this.logGroup = this.madeLogGroup(props);
    this.task = this.taskDefinition(props);
    const service = new FargateService(this, 'Service', {
      serviceName: props.serviceName,
      cluster: new Cluster(this, 'Cluster', {
        clusterName: props.clusterName,
        vpc: props.vpc,
        containerInsightsV2: ContainerInsights.ENABLED,
      }),
      taskDefinition: this.task,
      // Of an active service the number is whoever scaled it last: a deployment leaves that alone (CloudFormation, "DesiredCount").
      desiredCount: Token.asNumber(Fn.conditionIf(props.active.logicalId, Aws.NO_VALUE, 0)),
      assignPublicIp: false,
      vpcSubnets: { subnetGroupName: webSubnets },
      securityGroups: [props.securityGroup],
      minHealthyPercent: 100,
      maxHealthyPercent: 200,
      circuitBreaker: { rollback: true },
      healthCheckGracePeriod: Duration.seconds(60),
    });
    // Without the role's policy its first tasks could not read their secrets.
    service.node.addDependency(this.task.obtainExecutionRole());
    service.attachToApplicationTargetGroup(props.targetGroup);
    this.scale(service, props);
  }

  /** By a condition and not by bounds of zero: those would scale in again what a recovery has started and its stack does not know of yet. */
  private scale(service: FargateService, { active, tasks }: WebServiceProps): void {
    const scaling = service.autoScaleTaskCount({ minCapacity: tasks.least, maxCapacity: tasks.most });
    scaling.scaleOnCpuUtilization('Load', { targetUtilizationPercent: targetLoadPercent });
    for (const made of scaling.node.findAll()) if (CfnResource.isCfnResource(made)) made.cfnOptions.condition = active;
  }

  private taskDefinition(props: WebServiceProps): FargateTaskDefinition {
    const task = new FargateTaskDefinition(this, 'Task', { family: props.serviceName, cpu: props.cpu, memoryLimitMiB: props.memoryMiB });
    const { account, region } = Stack.of(this);
    const container = task.addContainer('web', {
      image: ContainerImage.fromRegistry(`${account}.dkr.ecr.${region}.amazonaws.com/${props.image}`),
      portMappings: [{ containerPort: props.containerPort }],
      environment: { ...props.environment },
      secrets: { ...props.secrets },
      logging: LogDriver.awsLogs({ logGroup: this.logGroup, streamPrefix: 'web' }),
    });
    Repository.fromRepositoryName(this, 'Repository', repositoryOf(props.image)).grantPull(task.obtainExecutionRole());
    Validations.of(task).acknowledge({
      id: 'AwsSolutions-ECS2',
      reason:
        'What is secret comes from Secrets Manager and SSM; the rest is where and for which site the application runs, and is no secret',
    });
    Validations.of(task.obtainExecutionRole()).acknowledge({
      id: 'AwsSolutions-IAM5[Resource::*]',
      reason: 'ecr:GetAuthorizationToken knows no resource; everything else of the role names one',
    });
    Annotations.of(container).acknowledgeWarning('@aws-cdk/aws-ecs:ecrImageRequiresPolicy', 'granted on the line above');
    return task;
  }

  private madeLogGroup({ logGroupName, logKey }: WebServiceProps): LogGroup {
    return new LogGroup(this, 'LogGroup', {
      logGroupName,
      encryptionKey: logKey,
      retention: RetentionDays.ONE_YEAR,
      removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
    });
  }
}
