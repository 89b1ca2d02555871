import { epochKey, siteNames, switchKey, witnessBucket } from '../../../lib/contract/names.js';
import type { Settings } from '../../../lib/contract/settings.js';
import type { Targets } from '../../model/plan.js';

/** What a survey of the standing stacks would find, by the names that settings give; what AWS names by itself comes when it stands. */
export const targetsOf = (settings: Settings): Targets => {
  const { account, database, web } = settings;
  const { primary, alternate } = settings.sites;
  const lost = siteNames(settings, primary);
  const site = siteNames(settings, alternate);
  const prefix = `${settings.organisation}-${alternate.name}`;
  return {
    facts: {
      site: primary.name,
      region: primary.region,
      account,
      originName: lost.originName,
      vault: lost.vault,
      database: {
        identifier: lost.database(1),
        name: database.name,
        username: database.username,
        engine: 'postgres',
        engineVersion: database.engineVersion,
        instanceClass: database.instanceClass,
        allocatedStorageGiB: database.allocatedStorageGiB,
        storageType: 'gp3',
        port: 5432,
        multiAz: database.multiAz,
        deletionProtection: true,
        backupRetentionDays: database.backupRetentionDays,
        parameters: {},
        logExports: ['postgresql', 'upgrade'],
      },
      web: { activeCount: web.activeCount, image: web.image, healthPath: web.healthPath },
    },
    site: {
      site: alternate.name,
      region: alternate.region,
      account,
      originName: site.originName,
      loadBalancerName: `${prefix}.${alternate.region}.elb.amazonaws.com`,
      loadBalancerArn: '',
      targetGroupArn: '',
      listenerPort: web.listenerPort,
      cluster: site.cluster,
      service: site.service,
      activeCount: web.activeCount,
      serviceStack: `${prefix}-service`,
      capacityParameter: 'Capacity',
      logGroup: site.logGroup,
      alarm: site.alarm,
      alertTopicArn: `arn:aws:sns:${alternate.region}:${account}:${site.alertTopic}`,
      alertQueueUrl: `http://127.0.0.1:0/${alternate.region}/${account}/${site.alertQueue}`,
      alertQueueArn: `arn:aws:sqs:${alternate.region}:${account}:${site.alertQueue}`,
      metricNamespace: site.metricNamespace,
      metricName: site.metricName,
      vault: site.vault,
      restoreRoleArn: `arn:aws:iam::${account}:role/${prefix}-restore`,
      keyArn: '',
      secretArn: '',
      databaseEndpointParameter: site.databaseEndpointParameter,
      subnetGroup: `${prefix}-databases`,
      databaseSecurityGroup: '',
      databaseParameterGroup: `${prefix}-parameters`,
      switchBucket: site.switchBucket,
      journalBucket: site.journalBucket,
    },
    global: {
      zoneName: settings.domain,
      webName: settings.webName,
      switchRegion: alternate.region,
      switchBucket: site.switchBucket,
      switchKey,
      healthCheckSeconds: 30,
      answerTtlSeconds: settings.answerTtlSeconds,
      witnessRegion: settings.witnessRegion,
      witnessBucket: witnessBucket(settings),
      epochKey,
      leaseSeconds: settings.fence.leaseSeconds,
      clockSkewSeconds: settings.fence.clockSkewSeconds,
      ...(settings.routingControls?.known ? { routingControls: settings.routingControls.known } : {}),
    },
  };
};
