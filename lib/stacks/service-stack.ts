import { CfnCondition, CfnParameter, Fn } from 'aws-cdk-lib';
import { Secret } from 'aws-cdk-lib/aws-ecs';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Secret as DatabaseLogin } from 'aws-cdk-lib/aws-secretsmanager';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { StringParameter } from 'aws-cdk-lib/aws-ssm';
import type { Construct } from 'constructs';
import { SiteObservability } from '../constructs/site-observability.js';
import type { SiteNetwork } from '../constructs/site-network.js';
import { WebService } from '../constructs/web-service.js';
import type { WebOrigin } from '../constructs/web-origin.js';
import { epochKey, siteNames, witnessBucket } from '../contract/names.js';
import type { Settings, SiteSettings } from '../contract/settings.js';
import { databasePort, databaseShape } from '../database-shape.js';
import type { SiteRole } from '../site-role.js';
import { AltsiteStack } from './altsite-stack.js';
import type { DataStack } from './data-stack.js';

export interface ServiceStackProps {
  readonly settings: Settings;
  readonly site: SiteSettings;
  readonly role: SiteRole;
  readonly network: SiteNetwork;
  readonly origin: WebOrigin;
  readonly data: DataStack;
}

/** The web application. Its one parameter says whether the site is active; deploys that do not name it keep its value. */
export class ServiceStack extends AltsiteStack {
  static readonly capacityParameter = 'Capacity';

  constructor(scope: Construct, id: string, props: ServiceStackProps) {
    const { settings, site } = props;
    super(scope, id, { settings, site, region: site.region, description: `Web application of ${site.name}` });
    const { clusterName, serviceName, logGroupName } = names(settings, site);
    const { image, containerPort, cpu, memoryMiB } = settings.web;
    const active = this.capacity(props.role);
    const web = new WebService(this, 'Web', {
      clusterName,
      serviceName,
      logGroupName,
      vpc: props.network.vpc,
      securityGroup: props.network.webGroup,
      targetGroup: props.origin.targetGroup,
      image,
      containerPort,
      cpu,
      memoryMiB,
      active,
      tasks: { least: settings.web.activeCount, most: settings.web.maximumCount ?? settings.web.activeCount * 4 },
      logKey: props.data.key,
      environment: environment(settings, site, props.role),
      secrets: this.secrets(props),
    });
    for (const statement of fenceAccess(settings, props.role)) web.task.addToTaskRolePolicy(statement);
    web.task.addToExecutionRolePolicy(
      new PolicyStatement({
        actions: ['kms:Decrypt'],
        resources: [props.data.key.keyArn],
        conditions: { StringEquals: { 'kms:ViaService': `secretsmanager.${site.region}.amazonaws.com` } },
      }),
    );
    this.observe(props, active, web);
  }

  private observe({ settings, site, origin }: ServiceStackProps, active: CfnCondition, web: WebService): void {
    const { service, metricNamespace, alertTopic } = siteNames(settings, site);
    new SiteObservability(this, 'Observability', {
      name: service,
      metricNamespace,
      active,
      topic: Topic.fromTopicArn(this, 'Alerts', `arn:aws:sns:${site.region}:${settings.account}:${alertTopic}`),
      runbook: settings.alerts.runbook,
      loadBalancer: origin.loadBalancer.loadBalancerFullName,
      targetGroup: origin.targetGroup.targetGroupFullName,
      logGroup: web.logGroup,
      errorPattern: settings.alerts.errorPattern,
      databaseIdentifier: databaseShape(settings, site).identifier,
    });
  }

  private capacity(role: SiteRole): CfnCondition {
    const capacity = new CfnParameter(this, ServiceStack.capacityParameter, {
      description: 'active: the site serves; standby: it runs no task. A recovery changes it',
      allowedValues: ['standby', 'active'],
      default: role === 'primary' ? 'active' : 'standby',
    });
    return new CfnCondition(this, 'Active', { expression: Fn.conditionEquals(capacity, 'active') });
  }

  private secrets({ settings, site, data }: ServiceStackProps): Record<string, Secret> {
    // By ARN: an import by name would add a stack parameter that CloudFormation resolves at every deploy.
    const endpoint = StringParameter.fromStringParameterArn(
      this,
      'DatabaseEndpoint',
      `arn:aws:ssm:${site.region}:${settings.account}:parameter${siteNames(settings, site).databaseEndpointParameter}`,
    );
    // Imported, so that reading it adds nothing to the key's policy, which is another stack's.
    const login = DatabaseLogin.fromSecretCompleteArn(this, 'DatabaseLogin', data.secret.secretArn);
    return {
      DATABASE_HOST: Secret.fromSsmParameter(endpoint),
      DATABASE_USER: Secret.fromSecretsManager(login, 'username'),
      DATABASE_PASSWORD: Secret.fromSecretsManager(login, 'password'),
    };
  }
}

const names = (settings: Settings, site: SiteSettings) => {
  const { cluster, service, logGroup } = siteNames(settings, site);
  return { clusterName: cluster, serviceName: service, logGroupName: logGroup };
};

/** The application's contract, except what is secret or moves. */
const environment = (settings: Settings, site: SiteSettings, role: SiteRole): Record<string, string> => ({
  PORT: String(settings.web.containerPort),
  DATABASE_PORT: String(databasePort),
  DATABASE_NAME: settings.database.name,
  SITE: site.name,
  WITNESS_BUCKET: witnessBucket(settings),
  WITNESS_REGION: settings.witnessRegion,
  EPOCH_KEY: epochKey,
  FENCE_LEASE_SECONDS: String(settings.fence.leaseSeconds),
  ...(role === 'primary' ? { FENCE_CLAIM_FIRST_EPOCH: 'true' } : {}),
});

/** Every writer reads the epoch; only the home primary may write the first one. ListBucket makes an absent epoch a 404, not a 403. */
const fenceAccess = (settings: Settings, role: SiteRole): PolicyStatement[] => {
  const bucketArn = `arn:aws:s3:::${witnessBucket(settings)}`;
  const actions = role === 'primary' ? ['s3:GetObject', 's3:PutObject'] : ['s3:GetObject'];
  return [
    new PolicyStatement({ actions, resources: [`${bucketArn}/${epochKey}`] }),
    new PolicyStatement({ actions: ['s3:ListBucket'], resources: [bucketArn] }),
  ];
};
