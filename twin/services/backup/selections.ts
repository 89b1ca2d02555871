import type * as Backup from '@aws-sdk/client-backup';
import { AwsError } from '../../wire/aws-error.js';
import { freshUuid } from '../fresh-id.js';
import { accept } from '../members.js';
import type { Operations } from '../service.js';
import { paged, invalidValue, notFound, planWithId } from './records.js';

export const selections = {
  CreateBackupSelection: (input, ctx) => {
    const plan = planWithId(ctx, input.BackupPlanId);
    const given = input.BackupSelection;
    if (!given?.SelectionName || !given.IamRoleArn) throw invalidValue('SelectionName and IamRoleArn are required.');
    accept('backup selection', given, ['SelectionName', 'IamRoleArn', 'Resources', 'NotResources', 'ListOfTags', 'Conditions']);
    if ([...plan.selections.values()].some(({ SelectionName }) => SelectionName === given.SelectionName)) {
      throw new AwsError('AlreadyExistsException', `A selection with the name ${given.SelectionName} already exists.`);
    }
    for (const arn of [...(given.Resources ?? []), ...(given.NotResources ?? [])]) {
      if (!/^(\*|arn:aws:(\*|rds):)/.test(arn)) {
        throw new AwsError('NotModelled', `NotModelled: backup selection of ${arn}: the twin backs up RDS DB instances only`, {
          status: 501,
        });
      }
    }
    const id = freshUuid(ctx, 'backup.selection');
    plan.selections.set(id, {
      ...structuredClone(given),
      SelectionName: given.SelectionName,
      IamRoleArn: given.IamRoleArn,
      created: ctx.date(),
    });
    return { SelectionId: id, BackupPlanId: plan.id, CreationDate: ctx.date() };
  },

  GetBackupSelection: (input, ctx) => {
    const plan = planWithId(ctx, input.BackupPlanId);
    const found = plan.selections.get(input.SelectionId ?? '');
    if (!found) throw notFound(`Backup selection ${input.SelectionId} does not exist.`);
    const { created, ...selection } = structuredClone(found);
    return { BackupSelection: selection, SelectionId: input.SelectionId, BackupPlanId: plan.id, CreationDate: created };
  },

  ListBackupSelections: (input, ctx) => {
    const plan = planWithId(ctx, input.BackupPlanId);
    const { items, next } = paged([...plan.selections], input);
    return {
      BackupSelectionsList: items.map(([id, { SelectionName, IamRoleArn, created }]) => ({
        SelectionId: id,
        SelectionName,
        IamRoleArn,
        BackupPlanId: plan.id,
        CreationDate: created,
      })),
      NextToken: next,
    };
  },

  DeleteBackupSelection: (input, ctx) => {
    if (!planWithId(ctx, input.BackupPlanId).selections.delete(input.SelectionId ?? '')) {
      throw notFound(`Backup selection ${input.SelectionId} does not exist.`);
    }
    return {};
  },
} satisfies Operations<typeof Backup>;
