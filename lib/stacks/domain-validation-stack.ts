import { Certificate, CertificateValidation } from 'aws-cdk-lib/aws-certificatemanager';
import type { IHostedZone } from 'aws-cdk-lib/aws-route53';
import type { Construct } from 'constructs';
import { siteNames } from '../contract/names.js';
import type { Settings } from '../contract/settings.js';
import { AltsiteStack } from './altsite-stack.js';

/**
 * Proves to ACM, in every region at once, that the names customers use are ours: CloudFormation writes the validation records of a
 * certificate beside its zone, and they depend on account and name alone (ACM user guide, "DNS validation"), so that each site's own
 * certificate finds them there (docs/decisions/0016). Its first deployment waits until the registrar has the zone's name servers.
 */
export class DomainValidationStack extends AltsiteStack {
  constructor(scope: Construct, id: string, { settings, zone }: { readonly settings: Settings; readonly zone: IHostedZone }) {
    super(scope, id, { settings, region: settings.witnessRegion, description: `Validation records of ${settings.domain}` });
    const { primary, alternate } = settings.sites;
    new Certificate(this, 'Records', {
      certificateName: `validates ${settings.domain}`,
      domainName: settings.webName,
      subjectAlternativeNames: [primary, alternate].map((site) => siteNames(settings, site).originName),
      validation: CertificateValidation.fromDns(zone),
    });
  }
}
