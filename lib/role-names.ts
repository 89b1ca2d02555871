import type { Settings, SiteSettings } from './contract/settings.js';

/** Roles have names, so that policies in another region can speak of them without a reference. */
export const restoreRoleName = (settings: Settings, site: SiteSettings): string => `${settings.organisation}-${site.name}-restore`;
/** S3 replicates a site's uploads as this. */
export const replicationRoleName = (settings: Settings, site: SiteSettings): string => `${settings.organisation}-${site.name}-replication`;
/** What a recovery runs as. */
export const orchestratorRoleName = (settings: Settings): string => `${settings.organisation}-orchestrator`;
export const roleArn = (settings: Settings, name: string): string => `arn:aws:iam::${settings.account}:role/${name}`;
