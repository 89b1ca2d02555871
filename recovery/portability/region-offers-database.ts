import { DescribeDBEngineVersionsCommand, DescribeOrderableDBInstanceOptionsCommand } from '@aws-sdk/client-rds';
import type { JudgedStack } from '../../lib/portability/judged.js';
import { resourcesOfType } from '../../lib/portability/walk.js';
import type { Probe, Wanted } from './probe.js';

/** `postgres 18.4 db.t4g.medium` */
const databases = (stack: JudgedStack, part: (properties: Readonly<Record<string, unknown>>) => string): Wanted[] =>
  resourcesOfType(stack, 'AWS::RDS::DBInstance').map(({ path, resource: { Properties = {} } }) => ({ path, name: part(Properties) }));
const text = (value: unknown): string => (typeof value === 'string' ? value : '?');

export const regionOffersEngineVersion: Probe = {
  id: 'region-offers-engine-version',
  summary: 'the database engine is to be had in the region, in that version',
  wants: (stack) => databases(stack, ({ Engine, EngineVersion }) => `${text(Engine)} ${text(EngineVersion)}`),
  lacks: async ({ name }, region, aws) => {
    const [Engine, EngineVersion] = name.split(' ');
    const { DBEngineVersions = [] } = await aws.rds(region).send(new DescribeDBEngineVersionsCommand({ Engine, EngineVersion }));
    return DBEngineVersions.length > 0 ? undefined : `${region} does not offer ${name}`;
  },
};

export const regionOffersInstanceClass: Probe = {
  id: 'region-offers-instance-class',
  summary: 'the database can be ordered in the region in that instance class',
  wants: (stack) =>
    databases(stack, ({ Engine, EngineVersion, DBInstanceClass }) => [Engine, EngineVersion, DBInstanceClass].map(text).join(' ')),
  lacks: async ({ name }, region, aws) => {
    const [Engine, EngineVersion, DBInstanceClass] = name.split(' ');
    const asked = new DescribeOrderableDBInstanceOptionsCommand({ Engine, EngineVersion, DBInstanceClass });
    const { OrderableDBInstanceOptions = [] } = await aws.rds(region).send(asked);
    return OrderableDBInstanceOptions.length > 0 ? undefined : `${region} does not offer ${name}`;
  },
};
