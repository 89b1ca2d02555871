import type { App } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import type { Settings } from './contract/settings.js';
import { EventStage } from './event-stage.js';
import { GlobalStage } from './global-stage.js';
import { BackupAccountStack } from './stacks/backup-account-stack.js';
import { SiteStage } from './site-stage.js';

/** All of production: what belongs to no site, each site with the role it has when nothing is wrong, and what an event added to the alternate. */
export const production = (app: App, settings: Settings, event?: string) => {
  const global = new GlobalStage(app, 'Global', { settings });
  const { primary, alternate } = settings.sites;
  const sites = {
    primary: new SiteStage(app, 'Primary', { settings, site: primary, other: alternate, role: 'primary', domain: global.domain }),
    alternate: new SiteStage(app, 'Alternate', { settings, site: alternate, other: primary, role: 'alternate', domain: global.domain }),
  };
  sites.primary.data.addStackDependency(sites.alternate.data, 'copies of its data go into that vault and bucket, under that key');
  sites.primary.images.addStackDependency(sites.alternate.images, 'ECR would make the repository there itself, with none of its settings');
  const { account } = settings.backup;
  if (account) new BackupAccountStack(new Construct(app, 'Backup'), 'BackupAccount', { settings, account, site: alternate });
  if (event !== undefined) new EventStage(app, 'Event', { settings, site: alternate, standing: sites.alternate, event });
  return { global, ...sites };
};
