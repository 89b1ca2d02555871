import type { SiteFacts } from './contract/outputs.js';
import { siteNames } from './contract/names.js';
import type { Settings, SiteSettings } from './contract/settings.js';

export const databasePort = 5432;

/** Parameter group family of an engine version such as 18.4. */
export const parameterGroupFamily = (engineVersion: string): string => `postgres${majorVersion(engineVersion)}`;
export const majorVersion = (engineVersion: string): string => engineVersion.split('.')[0] ?? engineVersion;

/** What the site's database is or would be: the deployed instance and the facts a recovery restores by are both made from this. */
export const databaseShape = (settings: Settings, site: SiteSettings): SiteFacts['database'] => ({
  identifier: siteNames(settings, site).database(site.databaseGeneration),
  name: settings.database.name,
  username: settings.database.username,
  engine: 'postgres',
  engineVersion: settings.database.engineVersion,
  instanceClass: settings.database.instanceClass,
  allocatedStorageGiB: settings.database.allocatedStorageGiB,
  storageType: 'gp3',
  port: databasePort,
  multiAz: settings.database.multiAz,
  deletionProtection: true,
  backupRetentionDays: settings.database.backupRetentionDays,
  // Clear text is refused by the server, whatever a client asks for.
  parameters: { 'rds.force_ssl': '1', log_min_duration_statement: '1000' },
  logExports: ['postgresql', 'upgrade'],
});
