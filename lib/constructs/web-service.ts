import { Annotations, Duration, RemovalPolicy, Stack, Validations } from 'aws-cdk-lib';
import type { ISecurityGroup, IVpc } from 'aws-cdk-lib/aws-ec2';
import { SubnetType } from 'aws-cdk-lib/aws-ec2';
import { Repository } from 'aws-cdk-lib/aws-ecr';
import { Cluster, ContainerImage, ContainerInsights, FargateService, FargateTaskDefinition, LogDriver } from 'aws-cdk-lib/aws-ecs';
import type { Secret } from 'aws-cdk-lib/aws-ecs';
import type { ApplicationTargetGroup } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { ILogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';

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
  /** May be a token. */
  readonly desiredCount: number;
  readonly environment: Readonly<Record<string, string>>;
  readonly secrets: Readonly<Record<string, Secret>>;
}

/** The web application as a Fargate service behind a target group, told everything by its task definition. */
export class WebService extends Construct {
  readonly task: FargateTaskDefinition;
  readonly logGroup: ILogGroup;

  constructor(scope: Construct, id: string, props: WebServiceProps) {
    super(scope, id);
    this.logGroup = this.madeLogGroup(props.logGroupName);
    this.task = this.taskDefinition(props);
    const service = new FargateService(this, 'Service', {
      serviceName: props.serviceName,
      cluster: new Cluster(this, 'Cluster', {
        clusterName: props.clusterName,
        vpc: props.vpc,
        containerInsightsV2: ContainerInsights.ENABLED,
      }),
      taskDefinition: this.task,
      desiredCount: props.desiredCount,
      assignPublicIp: true,
      vpcSubnets: { subnetType: SubnetType.PUBLIC },
      securityGroups: [props.securityGroup],
      minHealthyPercent: 100,
      maxHealthyPercent: 200,
      circuitBreaker: { rollback: true },
      healthCheckGracePeriod: Duration.seconds(60),
    });
    // Without the role's policy its first tasks could not read their secrets.
    service.node.addDependency(this.task.obtainExecutionRole());
    service.attachToApplicationTargetGroup(props.targetGroup);
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
    const repositoryName = props.image.split('@')[0] ?? props.image;
    Repository.fromRepositoryName(this, 'Repository', repositoryName).grantPull(task.obtainExecutionRole());
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

  private madeLogGroup(logGroupName: string): LogGroup {
    return new LogGroup(this, 'LogGroup', {
      logGroupName,
      retention: RetentionDays.ONE_YEAR,
      removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
    });
  }
}
