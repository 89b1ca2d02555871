import { switchInterval } from './constructs/failover-pair.js';
import { epochKey, siteNames, switchKey, witnessBucket } from './contract/names.js';
import type { GlobalOutputs } from './contract/outputs.js';
import type { Settings } from './contract/settings.js';

/** What a recovery must know of what belongs to no site; known from the settings alone, so that each site can have it in its own region. */
export const globalFacts = (settings: Settings): GlobalOutputs => ({
  zoneName: settings.domain,
  webName: settings.webName,
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
  ...(settings.routingControls?.known ? { routingControls: settings.routingControls.known } : {}),
});
