import { siteNames } from './contract/names.js';
import type { Settings, SiteSettings } from './contract/settings.js';

/** What one site may say of the other without a reference to its stacks: ARNs made of names. */
export const siteKeyArn = (settings: Settings, site: SiteSettings): string =>
  `arn:aws:kms:${site.region}:${settings.account}:${siteNames(settings, site).keyAlias}`;
export const siteVaultArn = (settings: Settings, site: SiteSettings): string =>
  `arn:aws:backup:${site.region}:${settings.account}:backup-vault:${siteNames(settings, site).vault}`;
export const alertTopicArn = (settings: Settings, site: SiteSettings): string =>
  `arn:aws:sns:${site.region}:${settings.account}:${siteNames(settings, site).alertTopic}`;
