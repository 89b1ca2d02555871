import { StringParameter } from 'aws-cdk-lib/aws-ssm';
import type { Construct } from 'constructs';
import { CutOverSwitch } from '../constructs/cut-over-switch.js';
import { JournalBucket } from '../constructs/journal-bucket.js';
import { JsonParameter } from '../constructs/json-parameter.js';
import { ProbeAlarm } from '../constructs/probe-alarm.js';
import { SiteAlerting } from '../constructs/site-alerting.js';
import { factsParameter, globalOutputsParameter, siteNames, switchKey } from '../contract/names.js';
import type { SiteOutputs } from '../contract/outputs.js';
import type { Settings, SiteSettings } from '../contract/settings.js';
import { globalFacts } from '../global-facts.js';
import { siteFacts } from '../site-facts.js';
import { stackName } from '../stack-name.js';
import { AltsiteStack } from './altsite-stack.js';
import type { DataStack } from './data-stack.js';
import type { NetworkStack } from './network-stack.js';
import { ServiceStack } from './service-stack.js';

export interface RecoveryAccessStackProps {
  readonly settings: Settings;
  readonly site: SiteSettings;
  /** The site that a recovery here would be from. */
  readonly other: SiteSettings;
  readonly network: NetworkStack;
  readonly data: DataStack;
  readonly serviceStackId: string;
  /** Host name of the database that the site is first deployed with, or `none`. A recovery writes another, which later deployments leave alone. */
  readonly databaseEndpoint: string;
}

/** What a recovery to this site finds here: what stands, what it must know of the other site, and what it works with. */
export class RecoveryAccessStack extends AltsiteStack {
  constructor(scope: Construct, id: string, props: RecoveryAccessStackProps) {
    const { settings, site, other, databaseEndpoint } = props;
    super(scope, id, { settings, site, region: site.region, description: `What a recovery to ${site.name} needs` });
    const names = siteNames(settings, site);
    const alerting = new SiteAlerting(this, 'Alerting', {
      topicName: names.alertTopic,
      queueName: names.alertQueue,
      siteName: site.name,
      region: site.region,
      account: settings.account,
      mail: settings.alerts.mail,
    });
    new ProbeAlarm(this, 'Probe', {
      alarmName: names.alarm,
      metricNamespace: names.metricNamespace,
      metricName: names.metricName,
      siteName: site.name,
      topic: alerting.topic,
    });
    new JsonParameter(this, 'Outputs', {
      parameterName: names.outputsParameter,
      description: `What stands in ${site.name}`,
      value: siteOutputs(props, alerting),
    });
    new JsonParameter(this, 'Facts', {
      parameterName: factsParameter(settings, other),
      description: `What a recovery must know of ${other.name} when it cannot be asked`,
      value: siteFacts(settings, other),
    });
    new JsonParameter(this, 'Global', {
      parameterName: globalOutputsParameter(settings),
      description: 'What belongs to no site',
      value: globalFacts(settings),
    });
    new JournalBucket(this, 'Journal', { bucketName: names.journalBucket });
    new CutOverSwitch(this, 'Switch', { bucketName: names.switchBucket, switchKey });
    new StringParameter(this, 'Endpoint', {
      parameterName: names.databaseEndpointParameter,
      description: 'Host name of the database the web application uses; written by a recovery',
      stringValue: databaseEndpoint,
    });
  }
}

const siteOutputs = (props: RecoveryAccessStackProps, alerting: SiteAlerting): SiteOutputs => {
  const { settings, site, network, data, serviceStackId } = props;
  const names = siteNames(settings, site);
  return {
    site: site.name,
    region: site.region,
    account: settings.account,
    originName: names.originName,
    loadBalancerName: network.origin.loadBalancer.loadBalancerDnsName,
    loadBalancerArn: network.origin.loadBalancer.loadBalancerArn,
    targetGroupArn: network.origin.targetGroup.targetGroupArn,
    listenerPort: settings.web.listenerPort,
    cluster: names.cluster,
    service: names.service,
    activeCount: settings.web.activeCount,
    serviceStack: stackName(settings, site, serviceStackId),
    capacityParameter: ServiceStack.capacityParameter,
    logGroup: names.logGroup,
    alarm: names.alarm,
    alertTopicArn: alerting.topic.topicArn,
    alertQueueUrl: alerting.queue.queueUrl,
    alertQueueArn: alerting.queue.queueArn,
    metricNamespace: names.metricNamespace,
    metricName: names.metricName,
    vault: names.vault,
    restoreRoleArn: data.protection.restoreRole.roleArn,
    keyArn: data.key.keyArn,
    secretArn: data.secret.secretArn,
    databaseEndpointParameter: names.databaseEndpointParameter,
    subnetGroup: data.home.subnetGroupName,
    databaseSecurityGroup: data.home.securityGroup.securityGroupId,
    databaseParameterGroup: data.home.parameterGroupName,
    switchBucket: names.switchBucket,
    journalBucket: names.journalBucket,
  };
};
