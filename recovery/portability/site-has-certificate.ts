import { ListCertificatesCommand } from '@aws-sdk/client-acm';
import { resourcesOfType } from '../../lib/portability/walk.js';
import { everyPage } from '../kit/every-page.js';
import type { Probe } from './probe.js';

export const siteHasCertificate: Probe = {
  id: 'site-has-certificate',
  summary: 'the certificate of the name that customers use is issued in the region',
  wants: (stack) =>
    resourcesOfType(stack, 'AWS::CertificateManager::Certificate').map(({ path, resource }) => ({
      path,
      name: String(resource.Properties?.['DomainName']),
    })),
  lacks: async ({ name }, region, aws) => {
    const issued = await everyPage(async (NextToken) => {
      const page = await aws.acm(region).send(new ListCertificatesCommand({ CertificateStatuses: ['ISSUED'], NextToken }));
      return { items: page.CertificateSummaryList, next: page.NextToken };
    });
    return issued.some(({ DomainName }) => DomainName === name) ? undefined : `${region} has no certificate of ${name} that is issued`;
  },
};
