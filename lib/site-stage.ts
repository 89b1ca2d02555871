import type { Stack } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import type { Settings, SiteSettings } from './contract/settings.js';
import type { SiteRole } from './site-role.js';
import { DataStack } from './stacks/data-stack.js';
import { DatabaseStack } from './stacks/database-stack.js';
import { ImagesStack } from './stacks/images-stack.js';
import { NetworkStack } from './stacks/network-stack.js';
import { RecoveryAccessStack } from './stacks/recovery-access-stack.js';
import { ServiceStack } from './stacks/service-stack.js';

export interface SiteStageProps {
  readonly settings: Settings;
  readonly site: SiteSettings;
  readonly other: SiteSettings;
  readonly role: SiteRole;
  /** Zone of the site's origin record and what proves to ACM that its names are ours; deployed along with the site if they are not there. */
  readonly domain: readonly Stack[];
}

/** All stacks of one site, for any region. Both sites are the same, except that only the primary has a database, and backs it up. */
export class SiteStage extends Construct {
  readonly network: NetworkStack;
  readonly data: DataStack;
  readonly images: ImagesStack;

  constructor(scope: Construct, id: string, { settings, site, other, role, domain }: SiteStageProps) {
    super(scope, id);
    const network = (this.network = new NetworkStack(this, 'Network', { settings, site }));
    for (const stack of domain)
      network.addStackDependency(stack, 'the origin record and those that validate its certificate are in this zone');

    this.images = new ImagesStack(this, 'Images', { settings, site, other });
    const data = new DataStack(this, 'Data', {
      settings,
      site,
      network: network.network,
      ...(role === 'primary' ? { copyTo: other } : {}),
      ...(role === 'alternate' && settings.backup.account ? { copyOnTo: settings.backup.account } : {}),
    });
    this.data = data;
    const database =
      role === 'primary'
        ? new DatabaseStack(this, 'Database', { settings, site, network: network.network, data, replicateTo: other })
        : null;
    database?.addStackDependency(data, 'the master password is read from its secret');
    const access = new RecoveryAccessStack(this, 'RecoveryAccess', {
      ...{ settings, site, other, network, data },
      serviceStackId: 'Service',
      databaseEndpoint: database?.endpoint ?? 'none',
    });
    const service = new ServiceStack(this, 'Service', {
      settings,
      site,
      role,
      network: network.network,
      origin: network.origin,
      data,
    });
    service.addStackDependency(access, 'tasks read the database endpoint from its parameter');
    service.addStackDependency(this.images, 'tasks pull their image from its repository');
  }
}
