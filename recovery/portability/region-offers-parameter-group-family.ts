import { DescribeDBEngineVersionsCommand } from '@aws-sdk/client-rds';
import { resourcesOfType } from '../../lib/portability/walk.js';
import type { Probe } from './probe.js';

export const regionOffersParameterGroupFamily: Probe = {
  id: 'region-offers-parameter-group-family',
  summary: 'some engine version in the region takes parameter groups of the family',
  wants: (stack) =>
    resourcesOfType(stack, 'AWS::RDS::DBParameterGroup').map(({ path, resource }) => ({
      path,
      name: String(resource.Properties?.['Family']),
    })),
  lacks: async ({ name }, region, aws) => {
    const asked = new DescribeDBEngineVersionsCommand({ DBParameterGroupFamily: name });
    const { DBEngineVersions = [] } = await aws.rds(region).send(asked);
    return DBEngineVersions.length > 0 ? undefined : `${region} does not offer parameter groups of family ${name}`;
  },
};
