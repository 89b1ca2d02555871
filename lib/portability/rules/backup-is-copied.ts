import { isSiteStack, type Rule } from '../judged.js';
import { isObject, resourcesOfType, walk } from '../walk.js';

export const backupIsCopied: Rule = {
  id: 'backup-is-copied',
  summary: 'whatever is backed up is copied to another region',
  why: 'nothing can be copied out of a region that is lost',
  find: (stack) =>
    isSiteStack(stack)
      ? resourcesOfType(stack, 'AWS::Backup::BackupPlan').flatMap(({ path, resource: { Properties } }) =>
          [...walk(Properties)]
            .filter(({ trail }) => trail.at(-2) === 'BackupPlanRule')
            .flatMap(({ value }) => {
              if (!isObject(value)) return [];
              const vaults = [...walk(value['CopyActions'])].flatMap(({ value: text, trail }) =>
                trail.at(-1) === 'DestinationBackupVaultArn' ? [text] : [],
              );
              const elsewhere = vaults.some((arn) => typeof arn !== 'string' || arn.split(':')[3] !== stack.region);
              return elsewhere ? [] : [{ path, reason: `rule ${String(value['RuleName'])} copies nothing to another region` }];
            }),
        )
      : [],
};
