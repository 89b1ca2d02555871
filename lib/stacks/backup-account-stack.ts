import { BackupVault } from 'aws-cdk-lib/aws-backup';
import { AccountPrincipal, PolicyDocument, PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Subscription, SubscriptionProtocol, Topic } from 'aws-cdk-lib/aws-sns';
import { RemovalPolicy } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { RecoveryPointAgeAlarm } from '../constructs/recovery-point-age-alarm.js';
import { SiteKey } from '../constructs/site-key.js';
import { nobodyDeletes, vaultLock } from '../constructs/site-vault.js';
import { siteNames } from '../contract/names.js';
import type { Settings, SiteSettings } from '../contract/settings.js';
import { hoursWithoutRecoveryPoint } from '../recovery-point-age.js';
import { AltsiteStack } from './altsite-stack.js';

export interface BackupAccountStackProps {
  readonly settings: Settings;
  /** The separate account; whoever holds production's own has no rights in it. */
  readonly account: string;
  /** Site whose vault recovery points come from; the stack is in its region. */
  readonly site: SiteSettings;
}

/** A vault under another authority: production may put into it and do nothing else. Not proven: nobody has such an account here. */
export class BackupAccountStack extends AltsiteStack {
  constructor(scope: Construct, id: string, { settings, account, site }: BackupAccountStackProps) {
    const description = `Copies of ${site.name}'s recovery points under a separate account`;
    super(scope, id, { settings, site, account, region: site.region, description, holdsData: true });
    const names = siteNames(settings, site);
    const production = new AccountPrincipal(settings.account);
    new BackupVault(this, 'Vault', {
      backupVaultName: names.separateVault,
      encryptionKey: new SiteKey(this, 'Key', { alias: `${names.keyAlias}-separate`, siteName: site.name }),
      lockConfiguration: vaultLock(settings.backup.lock),
      accessPolicy: new PolicyDocument({
        statements: [
          nobodyDeletes(),
          new PolicyStatement({
            sid: 'ProductionCopiesHere',
            principals: [production],
            actions: ['backup:CopyIntoBackupVault'],
            resources: ['*'],
          }),
        ],
      }),
      removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
    });
    const topic = new Topic(this, 'Alerts', { topicName: `${names.alertTopic}-separate`, enforceSSL: true });
    topic.grantPublish(new ServicePrincipal('cloudwatch.amazonaws.com'));
    settings.alerts.mail.forEach(
      (endpoint, index) => new Subscription(this, `Mail${index}`, { topic, protocol: SubscriptionProtocol.EMAIL, endpoint }),
    );
    new RecoveryPointAgeAlarm(this, 'RecoveryPointAge', {
      alarmName: `${names.recoveryPointAgeAlarm}-separate`,
      vaultName: names.separateVault,
      hours: hoursWithoutRecoveryPoint(settings, 2),
      topicArn: topic.topicArn,
    });
  }
}
