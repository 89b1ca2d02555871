import type { Settings, SiteSettings } from './contract/settings.js';

/** Roles have names, so that policies in another region can speak of them without a reference. */
export const restoreRoleName = (settings: Settings, site: SiteSettings): string => `${settings.organisation}-${site.name}-restore`;
/** S3 replicates a site's uploads as this. */
export const replicationRoleName = (settings: Settings, site: SiteSettings): string => `${settings.organisation}-${site.name}-replication`;
/** AWS Backup copies a site's recovery points to a separate account as this. */
export const onwardCopyRoleName = (settings: Settings, site: SiteSettings): string => `${settings.organisation}-${site.name}-onward-copy`;
export const roleArn = (settings: Settings, name: string): string => `arn:aws:iam::${settings.account}:role/${name}`;
