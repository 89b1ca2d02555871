import { ACMClient } from '@aws-sdk/client-acm';
import { EC2Client } from '@aws-sdk/client-ec2';
import { ECRClient } from '@aws-sdk/client-ecr';
import { ServiceQuotasClient } from '@aws-sdk/client-service-quotas';
import type { RegionAws } from '../ports/region-aws.js';
import { awsClients, clientsOf, type ClientSettings } from './aws-clients.js';

/** AWS as portability asks it. In a file of its own: EC2's client takes longer to load than all others together. */
export const regionClients = (settings: ClientSettings): RegionAws => {
  const client = clientsOf(settings);
  return {
    ...awsClients(settings),
    acm: client(ACMClient),
    ec2: client(EC2Client),
    ecr: client(ECRClient),
    serviceQuotas: client(ServiceQuotasClient),
  };
};
