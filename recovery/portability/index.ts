import type { Probe } from './probe.js';
import { regionHasDatabaseQuota } from './region-has-database-quota.js';
import { regionHasFargateQuota } from './region-has-fargate-quota.js';
import { regionHasImage } from './region-has-image.js';
import { regionHasQuotas } from './region-has-quotas.js';
import { regionHasZones } from './region-has-zones.js';
import { regionOffersEngineVersion, regionOffersInstanceClass } from './region-offers-database.js';
import { regionOffersParameterGroupFamily } from './region-offers-parameter-group-family.js';
import { regionOffersResourceTypes } from './region-offers-resource-types.js';
import { siteHasCertificate } from './site-has-certificate.js';
import { siteHasKey, siteHasOptionGroup, siteHasParameter, siteHasParameterGroup, siteHasSecret } from './site-has-names.js';

/** What the alternate's region must offer for any stack of a site, whichever site it is of now. */
export const regionProbes: readonly Probe[] = [
  regionOffersResourceTypes,
  regionOffersEngineVersion,
  regionOffersInstanceClass,
  regionOffersParameterGroupFamily,
  regionHasDatabaseQuota,
  regionHasQuotas,
  regionHasFargateQuota,
  regionHasZones,
  regionHasImage,
];

/** What the alternate's own stacks must have left there, because no recovery can wait for it to be made. */
export const siteProbes: readonly Probe[] = [
  siteHasCertificate,
  siteHasKey,
  siteHasSecret,
  siteHasParameter,
  siteHasParameterGroup,
  siteHasOptionGroup,
];
