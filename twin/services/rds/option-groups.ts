import type * as RDS from '@aws-sdk/client-rds';
import { AwsError } from '../../wire/aws-error.js';
import { accept } from '../members.js';
import type { Operations } from '../service.js';
import { majorOf, runningVersion } from './engines.js';

/** PostgreSQL has no options to group, so an account has the default group only. */
const theOnly = `default:postgres-${majorOf(runningVersion)}`;

/** @throws AwsError OptionGroupNotFoundFault */
export const checkOptionGroup = (name: string | undefined): void => {
  if (name === undefined || name === theOnly) return;
  throw new AwsError('OptionGroupNotFoundFault', `Specified OptionGroupName: ${name} not found.`, { status: 404 });
};

export const optionGroups = {
  DescribeOptionGroups: (input, ctx) => {
    accept('rds.DescribeOptionGroups', input, ['OptionGroupName', 'MaxRecords']);
    checkOptionGroup(input.OptionGroupName);
    return {
      OptionGroupsList: [
        {
          OptionGroupName: theOnly,
          OptionGroupDescription: `Default option group for postgres ${majorOf(runningVersion)}`,
          EngineName: 'postgres',
          MajorEngineVersion: majorOf(runningVersion),
          Options: [],
          AllowsVpcAndNonVpcInstanceMemberships: true,
          OptionGroupArn: `arn:aws:rds:${ctx.region}:${ctx.account}:og:${theOnly}`,
        },
      ],
    };
  },
} satisfies Operations<typeof RDS>;
