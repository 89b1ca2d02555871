import {
  BackupClient,
  DescribeBackupJobCommand,
  DescribeCopyJobCommand,
  StartBackupJobCommand,
  StartCopyJobCommand,
} from '@aws-sdk/client-backup';
import { DescribeDBInstancesCommand, RDSClient } from '@aws-sdk/client-rds';
import { GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import type { Twin } from './altsite.js';
import type { ownClock } from './world-clock.js';

/** An SDK client against the twin and nothing else. */
export const configOf = (twin: Pick<Twin, 'url'>, region: string) => ({
  region,
  endpoint: twin.url,
  credentials: { accessKeyId: 'AKIA111122223333TWIN', secretAccessKey: 'twin' },
});

type Clock = Awaited<ReturnType<typeof ownClock>>;

/** Takes a backup of production's database and copies it to the alternate's vault; `meanwhile` runs at every look. */
export const backUpAndCopy = async (twin: Twin, clock: Clock, meanwhile: () => Promise<void>): Promise<{ startedAt: number }> => {
  const backup = new BackupClient(configOf(twin, 'eu-west-1'));
  const { DBInstances } = await new RDSClient(configOf(twin, 'eu-west-1')).send(new DescribeDBInstancesCommand({}));
  const { Parameter } = await new SSMClient(configOf(twin, 'eu-west-1')).send(
    new GetParameterCommand({ Name: '/altsite/ambassify-dublin/outputs' }),
  );
  const role = (JSON.parse(Parameter?.Value ?? '{}') as { restoreRoleArn: string }).restoreRoleArn;
  const startedAt = await clock.pass(1);
  const { BackupJobId } = await backup.send(
    new StartBackupJobCommand({
      BackupVaultName: 'ambassify-dublin-vault',
      ResourceArn: DBInstances?.[0]?.DBInstanceArn,
      IamRoleArn: role,
    }),
  );
  const point = await settled(clock, meanwhile, async () => {
    const job = await backup.send(new DescribeBackupJobCommand({ BackupJobId }));
    return [job.State, job.RecoveryPointArn];
  });
  const { CopyJobId } = await backup.send(
    new StartCopyJobCommand({
      RecoveryPointArn: point,
      SourceBackupVaultName: 'ambassify-dublin-vault',
      DestinationBackupVaultArn: 'arn:aws:backup:eu-central-1:111122223333:backup-vault:ambassify-frankfurt-vault',
      IamRoleArn: role,
    }),
  );
  await settled(clock, meanwhile, async () => {
    const { CopyJob } = await backup.send(new DescribeCopyJobCommand({ CopyJobId }));
    return [CopyJob?.State, CopyJob?.DestinationRecoveryPointArn];
  });
  return { startedAt };
};

const settled = async (
  clock: Clock,
  meanwhile: () => Promise<void>,
  look: () => Promise<[string | undefined, string | undefined]>,
): Promise<string> => {
  for (let looks = 0; looks < 500; looks++) {
    await clock.pass(30);
    await meanwhile();
    const [state, result] = await look();
    if (state === 'COMPLETED' && result) return result;
    if (!['CREATED', 'PENDING', 'RUNNING'].includes(state ?? '')) throw new Error(`the job is ${state}`);
  }
  throw new Error('the job did not end');
};
