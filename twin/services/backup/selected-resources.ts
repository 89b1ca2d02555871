import type { BackupSelection, ConditionParameter } from '@aws-sdk/client-backup';
import type { DBInstance, DescribeDBInstancesCommandOutput } from '@aws-sdk/client-rds';
import type { Context } from '../../world/context.js';

/** ARNs of the DB instances a selection means now: by ARN pattern, less the excluded ones, with one of `ListOfTags` and all of `Conditions`. */
export const selectedResources = async (ctx: Context, selection: BackupSelection): Promise<string[]> =>
  (await databases(ctx)).filter((database) => isSelected(selection, database)).map(({ DBInstanceArn }) => DBInstanceArn!);

const databases = async (ctx: Context): Promise<DBInstance[]> => {
  const found: DBInstance[] = [];
  for (let marker: string | undefined, more = true; more; more = marker !== undefined) {
    const answer: DescribeDBInstancesCommandOutput = await ctx.onBehalf('backup').call('rds', 'DescribeDBInstances', { Marker: marker });
    found.push(...(answer.DBInstances ?? []));
    marker = answer.Marker;
  }
  return found;
};

const isSelected = (selection: BackupSelection, { DBInstanceArn: arn, TagList = [] }: DBInstance): boolean => {
  const tag = (key: string | undefined): string | undefined =>
    TagList.find(({ Key }) => Key === key?.replace(/^aws:ResourceTag\//, ''))?.Value;
  const { Resources = [], NotResources = [], ListOfTags = [], Conditions } = selection;
  const every = (list: readonly ConditionParameter[] | undefined, holds: (held: string | undefined, wanted: string) => boolean): boolean =>
    (list ?? []).every(({ ConditionKey, ConditionValue = '' }) => holds(tag(ConditionKey), ConditionValue));
  return (
    (Resources.length === 0 || Resources.some((pattern) => matches(arn!, pattern))) &&
    !NotResources.some((pattern) => matches(arn!, pattern)) &&
    (ListOfTags.length === 0 || ListOfTags.some(({ ConditionKey, ConditionValue }) => tag(ConditionKey) === ConditionValue)) &&
    every(Conditions?.StringEquals, (held, wanted) => held === wanted) &&
    every(Conditions?.StringNotEquals, (held, wanted) => held !== wanted) &&
    every(Conditions?.StringLike, (held, wanted) => held !== undefined && matches(held, wanted)) &&
    every(Conditions?.StringNotLike, (held, wanted) => held === undefined || !matches(held, wanted))
  );
};

const matches = (text: string, pattern: string): boolean =>
  new RegExp(
    `^${pattern
      .split('*')
      .map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'))
      .join('.*')}$`,
  ).test(text);
