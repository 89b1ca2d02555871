import type { Construct } from 'constructs';
import { ProtectedDatabase } from '../constructs/protected-database.js';
import type { SiteNetwork } from '../constructs/site-network.js';
import { siteNames } from '../contract/names.js';
import type { Settings, SiteSettings } from '../contract/settings.js';
import { databaseShape } from '../database-shape.js';
import { siteKeyArn } from '../site-arns.js';
import { AltsiteStack } from './altsite-stack.js';
import type { DataStack } from './data-stack.js';

export interface DatabaseStackProps {
  readonly settings: Settings;
  /** Its `databaseGeneration` says which database. */
  readonly site: SiteSettings;
  readonly network: SiteNetwork;
  readonly data: DataStack;
  /** Site that automated backups are replicated to; absent where there is none, as in a recovery. */
  readonly replicateTo?: SiteSettings;
  /** Recovery that restored it, and has it adopted. */
  readonly event?: string;
}

/**
 * One generation of a site's database and nothing else. Named as the database is, so that a restored one is the same stack whether a
 * recovery adopted it or it has become the primary's since.
 */
export class DatabaseStack extends AltsiteStack {
  readonly endpoint: string;

  constructor(scope: Construct, id: string, { settings, site, network, data, replicateTo, event }: DatabaseStackProps) {
    const names = siteNames(settings, site);
    super(scope, id, {
      ...{ settings, site, region: site.region, holdsData: true, named: names.database(site.databaseGeneration) },
      description: `Database of ${site.name}, generation ${site.databaseGeneration}`,
      ...(event === undefined ? {} : { event }),
    });
    this.endpoint = new ProtectedDatabase(this, 'Database', {
      shape: databaseShape(settings, site),
      vpc: network.vpc,
      securityGroup: data.home.securityGroup,
      subnetGroupName: data.home.subnetGroupName,
      parameterGroupName: data.home.parameterGroupName,
      key: data.key,
      secretName: names.secret,
      ...(replicateTo && settings.database.replicateAutomatedBackups
        ? { replicateTo: { region: replicateTo.region, keyArn: siteKeyArn(settings, replicateTo) } }
        : {}),
    }).endpoint;
  }
}
