import type { IHostedZone } from 'aws-cdk-lib/aws-route53';
import type { Construct } from 'constructs';
import { FailoverPair, switchInterval } from '../constructs/failover-pair.js';
import { JsonParameter } from '../constructs/json-parameter.js';
import { OrchestratorRole } from '../constructs/orchestrator-role.js';
import { epochKey, globalOutputsParameter, siteNames, switchKey, witnessBucket } from '../contract/names.js';
import type { GlobalOutputs } from '../contract/outputs.js';
import type { Settings } from '../contract/settings.js';
import { AltsiteStack } from './altsite-stack.js';

export interface TrafficStackProps {
  readonly settings: Settings;
  readonly zone: IHostedZone;
}

/** The name customers use, what moves it, and the role that may. */
export class TrafficStack extends AltsiteStack {
  constructor(scope: Construct, id: string, { settings, zone }: TrafficStackProps) {
    const { primary, alternate } = settings.sites;
    super(scope, id, { settings, region: alternate.region, description: `Traffic of ${settings.webName}` });
    const pair = new FailoverPair(this, 'Web', {
      zone,
      webName: settings.webName,
      primary: { siteName: primary.name, originName: siteNames(settings, primary).originName },
      secondary: { siteName: alternate.name, originName: siteNames(settings, alternate).originName },
      cutOver: { bucket: siteNames(settings, alternate).switchBucket, region: alternate.region, key: switchKey },
    });
    new OrchestratorRole(this, 'Orchestrator', { settings, from: primary, to: alternate });
    new JsonParameter(this, 'Outputs', {
      parameterName: globalOutputsParameter(settings),
      description: 'What belongs to no site',
      value: globalOutputs(settings, zone.hostedZoneId, pair.healthCheckId),
    });
  }
}

const globalOutputs = (settings: Settings, zoneId: string, switchHealthCheckId: string): GlobalOutputs => ({
  zoneId,
  zoneName: settings.domain,
  webName: settings.webName,
  switchHealthCheckId,
  switchRegion: settings.sites.alternate.region,
  switchBucket: siteNames(settings, settings.sites.alternate).switchBucket,
  switchKey,
  healthCheckSeconds: switchInterval.seconds * switchInterval.threshold,
  answerTtlSeconds: settings.answerTtlSeconds,
  witnessRegion: settings.witnessRegion,
  witnessBucket: witnessBucket(settings),
  epochKey,
  leaseSeconds: settings.fence.leaseSeconds,
  clockSkewSeconds: settings.fence.clockSkewSeconds,
});
