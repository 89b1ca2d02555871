import { ModifyDBInstanceCommand } from '@aws-sdk/client-rds';
import { GetSecretValueCommand } from '@aws-sdk/client-secrets-manager';
import { z } from 'zod';
import { databaseWritten, isUsable, laterIfBusy, theInstance } from '../kit/database-instance.js';
import { evidence } from '../kit/define-check.js';
import { defineStep, done, pending, type StepContext } from '../kit/define-step.js';
import { parseJson } from '../kit/parse-json.js';
import { RecoveryError } from '../model/recovery-error.js';

interface Input {
  readonly instance: string;
}

const login = z.object({ username: z.string(), password: z.string().min(8) });

/** Gives a restored instance the password of the site's own secret. The password goes from one call to the next and nowhere else. */
export const rdsSetMasterPassword = defineStep<Input, null, Input>({
  uses: 'rds.set-master-password',
  summary: "set the database's master password to the one in this site's own secret",
  input: z.strictObject({ instance: z.string() }),
  produces: { instance: 'name of the database' },
  effect: 'reversible',
  iam: ['secretsmanager:GetSecretValue', 'kms:Decrypt', 'rds:DescribeDBInstances', 'rds:ModifyDBInstance'],
  writes: databaseWritten,
  // Most of it is waiting for the new instance's first backup, during which RDS accepts no change.
  expectedSeconds: 300,
  limitSeconds: 14_400,
  paceSeconds: 10,
  // That the application can log in is proven by sql.answers-through-application, whoever set the password.
  skippable: true,
  // The lost site's password is nowhere to be had, and the copy belongs to this run alone.
  undo: 'nothing-to-undo',
  // Asked again, it sets the same password again: nobody can look at a password first.
  start: async ({ instance }, ctx) => {
    await theInstance(ctx, instance);
    const MasterUserPassword = await passwordOf(ctx);
    await ctx.aws
      .rds(ctx.to.region)
      .send(new ModifyDBInstanceCommand({ DBInstanceIdentifier: instance, ApplyImmediately: true, MasterUserPassword }))
      .catch(laterIfBusy);
    return null;
  },
  poll: async (_handle, { instance }, ctx) => {
    const found = await theInstance(ctx, instance);
    const waits = found.PendingModifiedValues?.MasterUserPassword !== undefined;
    return isUsable(found) && !waits ? done({ instance }) : pending(`${instance} is ${found.DBInstanceStatus}`);
  },
  verify: async (_output, { instance }, ctx) => {
    const found = await theInstance(ctx, instance);
    return [
      evidence(ctx, 'rds.set-master-password', `no password change of ${instance} is pending`, {
        holds: isUsable(found) && found.PendingModifiedValues?.MasterUserPassword === undefined,
        expected: 'usable, nothing pending',
        observed: `${found.DBInstanceStatus}; the application proves the password itself`,
        source: `rds:DescribeDBInstances ${instance}`,
      }),
    ];
  },
});

/** @throws RecoveryError `rejected`; its message and cause never carry the secret's text. */
const passwordOf = async (ctx: StepContext): Promise<string> => {
  const { secretArn } = ctx.targets.site;
  const { SecretString = '' } = await ctx.aws.secrets(ctx.to.region).send(new GetSecretValueCommand({ SecretId: secretArn }));
  const found = login.safeParse(parseJson(SecretString));
  if (!found.success)
    throw new RecoveryError(
      'rejected',
      'secret-unreadable',
      `${secretArn} is not JSON with a username and a password of 8 characters or more`,
    );
  const expected = ctx.targets.facts.database.username;
  if (found.data.username !== expected)
    throw new RecoveryError(
      'rejected',
      'secret-of-another-user',
      `${secretArn} is not for ${expected}, the master user of the restored database`,
    );
  return found.data.password;
};
