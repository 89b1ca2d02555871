import { StringParameter } from 'aws-cdk-lib/aws-ssm';
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
  readonly site: SiteSettings;
  readonly network: SiteNetwork;
  readonly data: DataStack;
  /** Site that automated backups are replicated to. */
  readonly other: SiteSettings;
}

/** The database and nothing else, except its address where the application looks it up. */
export class DatabaseStack extends AltsiteStack {
  constructor(scope: Construct, id: string, { settings, site, network, data, other }: DatabaseStackProps) {
    super(scope, id, { settings, site, region: site.region, description: `Database of ${site.name}`, holdsData: true });
    const names = siteNames(settings, site);
    const database = new ProtectedDatabase(this, 'Database', {
      shape: databaseShape(settings, site),
      vpc: network.vpc,
      securityGroup: data.home.securityGroup,
      subnetGroupName: data.home.subnetGroupName,
      parameterGroupName: data.home.parameterGroupName,
      key: data.key,
      secretName: names.secret,
      ...(settings.database.replicateAutomatedBackups
        ? { replicateTo: { region: other.region, keyArn: siteKeyArn(settings, other) } }
        : {}),
    });
    new StringParameter(this, 'Endpoint', {
      parameterName: names.databaseEndpointParameter,
      description: 'Host name of the database the web application uses',
      stringValue: database.endpoint,
    });
  }
}
