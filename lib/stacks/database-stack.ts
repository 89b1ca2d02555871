import { StringParameter } from 'aws-cdk-lib/aws-ssm';
import type { Construct } from 'constructs';
import { ProtectedDatabase } from '../constructs/protected-database.js';
import type { SiteNetwork } from '../constructs/site-network.js';
import { siteNames } from '../contract/names.js';
import type { Settings, SiteSettings } from '../contract/settings.js';
import { databaseShape } from '../database-shape.js';
import { AltsiteStack } from './altsite-stack.js';
import type { DataStack } from './data-stack.js';

export interface DatabaseStackProps {
  readonly settings: Settings;
  readonly site: SiteSettings;
  readonly network: SiteNetwork;
  readonly data: DataStack;
}

/** The database and nothing else, except its address where the application looks it up. */
export class DatabaseStack extends AltsiteStack {
  constructor(scope: Construct, id: string, { settings, site, network, data }: DatabaseStackProps) {
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
    });
    new StringParameter(this, 'Endpoint', {
      parameterName: names.databaseEndpointParameter,
      description: 'Host name of the database the web application uses',
      stringValue: database.endpoint,
    });
  }
}
