import type { Construct } from 'constructs';
import { DatabaseHome } from '../constructs/database-home.js';
import { DatabaseSecret } from '../constructs/database-secret.js';
import { ScheduledBackup } from '../constructs/scheduled-backup.js';
import { SiteKey } from '../constructs/site-key.js';
import type { SiteNetwork } from '../constructs/site-network.js';
import { SiteVault } from '../constructs/site-vault.js';
import { siteNames } from '../contract/names.js';
import type { Settings, SiteSettings } from '../contract/settings.js';
import { databaseShape, parameterGroupFamily } from '../database-shape.js';
import { restoreRoleName } from '../role-names.js';
import { AltsiteStack } from './altsite-stack.js';

export interface DataStackProps {
  readonly settings: Settings;
  readonly site: SiteSettings;
  readonly network: SiteNetwork;
  /** Site whose vault gets a copy of every recovery point; absent where nothing is backed up. */
  readonly copyTo?: SiteSettings;
}

/** Everything a site needs to hold data, except a database: key, login, vault, and where a database would go. */
export class DataStack extends AltsiteStack {
  readonly key: SiteKey;
  readonly secret: DatabaseSecret;
  readonly home: DatabaseHome;
  readonly protection: SiteVault;

  constructor(scope: Construct, id: string, { settings, site, network, copyTo }: DataStackProps) {
    super(scope, id, { settings, site, region: site.region, description: `Key, login and vault of ${site.name}`, holdsData: true });
    const names = siteNames(settings, site);
    const shape = databaseShape(settings, site);
    this.key = new SiteKey(this, 'Key', { alias: names.keyAlias, siteName: site.name });
    this.secret = new DatabaseSecret(this, 'DatabaseSecret', { secretName: names.secret, username: shape.username, key: this.key });
    this.home = new DatabaseHome(this, 'DatabaseHome', {
      vpc: network.vpc,
      securityGroup: network.databaseGroup,
      siteName: site.name,
      family: parameterGroupFamily(shape.engineVersion),
      parameters: shape.parameters,
    });
    this.protection = new SiteVault(this, 'Protection', {
      vaultName: names.vault,
      key: this.key,
      restoreRoleName: restoreRoleName(settings, site),
    });
    if (!copyTo) return;
    new ScheduledBackup(this, 'Backup', {
      vault: this.protection.vault,
      copyToVaultArn: `arn:aws:backup:${copyTo.region}:${settings.account}:backup-vault:${siteNames(settings, copyTo).vault}`,
      resources: [`arn:aws:rds:${site.region}:${settings.account}:db:${shape.identifier}`],
      ...settings.backup,
    });
  }
}
