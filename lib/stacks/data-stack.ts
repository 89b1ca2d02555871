import { AccountPrincipal } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { DatabaseHome } from '../constructs/database-home.js';
import { DatabaseSecret } from '../constructs/database-secret.js';
import { NetworkRecord } from '../constructs/network-record.js';
import { OnwardCopy } from '../constructs/onward-copy.js';
import { RecoveryPointAgeAlarm } from '../constructs/recovery-point-age-alarm.js';
import { ScheduledBackup } from '../constructs/scheduled-backup.js';
import { SiteKey } from '../constructs/site-key.js';
import type { SiteNetwork } from '../constructs/site-network.js';
import { SiteVault } from '../constructs/site-vault.js';
import { ThirdPartySecret } from '../constructs/third-party-secret.js';
import { UploadsBucket } from '../constructs/uploads-bucket.js';
import { siteNames, thirdPartySecret } from '../contract/names.js';
import type { Settings, SiteSettings } from '../contract/settings.js';
import { databaseShape, parameterGroupFamily } from '../database-shape.js';
import { hoursWithoutRecoveryPoint } from '../recovery-point-age.js';
import { onwardCopyRoleName, replicationRoleName, restoreRoleName } from '../role-names.js';
import { alertTopicArn, siteKeyArn, siteVaultArn } from '../site-arns.js';
import { AltsiteStack } from './altsite-stack.js';

export interface DataStackProps {
  readonly settings: Settings;
  readonly site: SiteSettings;
  readonly network: SiteNetwork;
  /** Site that gets a copy of everything; absent where nothing is copied from. Its own data stack has to be there before. */
  readonly copyTo?: SiteSettings;
  /** Account that gets, from here, a copy of every recovery point that was copied here. */
  readonly copyOnTo?: string;
}

/** Everything a site needs to hold data, except a database: key, login, vault, uploads, the network's record, and where a database would go. */
export class DataStack extends AltsiteStack {
  readonly key: SiteKey;
  readonly secret: DatabaseSecret;
  readonly home: DatabaseHome;
  readonly protection: SiteVault;

  constructor(scope: Construct, id: string, { settings, site, network, copyTo, copyOnTo }: DataStackProps) {
    super(scope, id, { settings, site, region: site.region, description: `Key, login and vault of ${site.name}`, holdsData: true });
    const names = siteNames(settings, site);
    const shape = databaseShape(settings, site);
    this.key = new SiteKey(this, 'Key', { alias: names.keyAlias, siteName: site.name, logGroupsUnder: names.logGroupsUnder });
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
      lock: settings.backup.lock,
    });
    new RecoveryPointAgeAlarm(this, 'RecoveryPointAge', {
      alarmName: names.recoveryPointAgeAlarm,
      vaultName: names.vault,
      hours: hoursWithoutRecoveryPoint(settings),
      topicArn: alertTopicArn(settings, site),
    });
    new UploadsBucket(this, 'Uploads', {
      bucketName: names.uploadsBucket,
      key: this.key,
      ...(copyTo ? { replicateTo: uploadsOf(settings, site, copyTo) } : {}),
    });
    new NetworkRecord(this, 'NetworkRecord', {
      name: names.prefix,
      vpc: network.vpc,
      logGroupName: names.networkLogGroup,
      key: this.key,
    });
    if (copyTo) this.copyEverything(settings, site, copyTo);
    if (copyOnTo) this.copyOn(settings, site, copyOnTo);
  }

  private copyOn(settings: Settings, site: SiteSettings, account: string): void {
    const { vault, separateVault } = siteNames(settings, site);
    new OnwardCopy(this, 'OnwardCopy', {
      vaultName: vault,
      toVaultArn: `arn:aws:backup:${site.region}:${account}:backup-vault:${separateVault}`,
      retentionDays: settings.backup.retentionDays,
      roleName: onwardCopyRoleName(settings, site),
    });
    // A copy into another account is decrypted by that account (AWS Backup developer guide, "Creating backup copies across AWS accounts").
    this.key.grant(new AccountPrincipal(account), 'kms:Decrypt', 'kms:DescribeKey', 'kms:CreateGrant');
  }

  private copyEverything(settings: Settings, site: SiteSettings, copyTo: SiteSettings): void {
    const { schedule, retentionDays } = settings.backup;
    new ScheduledBackup(this, 'Backup', {
      vault: this.protection.vault,
      copyToVaultArn: siteVaultArn(settings, copyTo),
      resources: [`arn:aws:rds:${site.region}:${settings.account}:db:${databaseShape(settings, site).identifier}`],
      schedule,
      retentionDays,
    });
    const replicaIn = { region: copyTo.region, keyArn: siteKeyArn(settings, copyTo) };
    for (const name of settings.secrets)
      new ThirdPartySecret(this, `Secret-${name}`, { secretName: thirdPartySecret(settings, name), key: this.key, replicaIn });
  }
}

const uploadsOf = (settings: Settings, site: SiteSettings, to: SiteSettings) => ({
  bucketArn: `arn:aws:s3:::${siteNames(settings, to).uploadsBucket}`,
  keyArn: siteKeyArn(settings, to),
  roleName: replicationRoleName(settings, site),
});
