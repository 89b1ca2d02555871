import { DescribeKeyCommand } from '@aws-sdk/client-kms';
import { DescribeDBParameterGroupsCommand, DescribeOptionGroupsCommand } from '@aws-sdk/client-rds';
import { DescribeSecretCommand } from '@aws-sdk/client-secrets-manager';
import { GetParameterCommand } from '@aws-sdk/client-ssm';
import type { JudgedStack } from '../../lib/portability/judged.js';
import { resourcesOfType } from '../../lib/portability/walk.js';
import { RecoveryError } from '../model/recovery-error.js';
import type { RegionAws } from '../ports/region-aws.js';
import type { Probe, Wanted } from './probe.js';

/** What a recovery needs by its name, and finds only if it was made beforehand. */
const named = (
  id: string,
  [type, property]: readonly [type: string, property: string],
  what: string,
  look: (name: string, region: string, aws: RegionAws) => Promise<string | undefined>,
): Probe => ({
  id,
  summary: `every ${what} that the site's stacks name is there`,
  wants: (stack) => namesIn(stack, type, property),
  lacks: async ({ name }, region, aws) => {
    try {
      const state = await look(name, region, aws);
      return state === undefined ? undefined : `the ${what} ${name} in ${region} is ${state}`;
    } catch (error) {
      if (!(error instanceof RecoveryError) || !/NotFound/.test(error.code)) throw error;
      return `${region} has no ${what} ${name}`;
    }
  },
});

const namesIn = (stack: JudgedStack, type: string, property: string): Wanted[] =>
  resourcesOfType(stack, type).flatMap(({ path, resource }) => {
    const name = resource.Properties?.[property];
    return typeof name === 'string' ? [{ path, name }] : [];
  });

export const siteHasKey = named('site-has-key', ['AWS::KMS::Alias', 'AliasName'], 'key', async (name, region, aws) => {
  const { KeyMetadata } = await aws.kms(region).send(new DescribeKeyCommand({ KeyId: name }));
  return KeyMetadata?.KeyState === 'Enabled' ? undefined : (KeyMetadata?.KeyState ?? 'in no state');
});

export const siteHasSecret = named('site-has-secret', ['AWS::SecretsManager::Secret', 'Name'], 'secret', async (name, region, aws) => {
  const { DeletedDate } = await aws.secrets(region).send(new DescribeSecretCommand({ SecretId: name }));
  return DeletedDate ? 'about to be deleted' : undefined;
});

export const siteHasParameter = named('site-has-parameter', ['AWS::SSM::Parameter', 'Name'], 'parameter', async (name, region, aws) => {
  const { Parameter } = await aws.ssm(region).send(new GetParameterCommand({ Name: name }));
  return Parameter?.Value === undefined ? 'empty' : undefined;
});

export const siteHasParameterGroup = named(
  'site-has-parameter-group',
  ['AWS::RDS::DBParameterGroup', 'DBParameterGroupName'],
  'parameter group',
  async (name, region, aws) => {
    const { DBParameterGroups = [] } = await aws.rds(region).send(new DescribeDBParameterGroupsCommand({ DBParameterGroupName: name }));
    return DBParameterGroups.length > 0 ? undefined : 'not there';
  },
);

/** RDS makes the default groups by itself. */
export const siteHasOptionGroup = named(
  'site-has-option-group',
  ['AWS::RDS::DBInstance', 'OptionGroupName'],
  'option group',
  async (name, region, aws) => {
    if (name.startsWith('default:')) return undefined;
    const { OptionGroupsList = [] } = await aws.rds(region).send(new DescribeOptionGroupsCommand({ OptionGroupName: name }));
    return OptionGroupsList.length > 0 ? undefined : 'not there';
  },
);
