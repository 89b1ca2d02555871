import { DescribeBackupJobCommand, DescribeCopyJobCommand, StartBackupJobCommand, StartCopyJobCommand } from '@aws-sdk/client-backup';
import { DescribeDBInstancesCommand } from '@aws-sdk/client-rds';
import { GetParameterCommand } from '@aws-sdk/client-ssm';
import { siteNames } from '../../lib/contract/names.js';
import { siteOutputsSchema } from '../../lib/contract/outputs.js';
import type { Settings } from '../../lib/contract/settings.js';
import type { Draws } from '../adapters/seeded-draws.js';
import type { Ledger } from '../model/ledger.js';
import { RecoveryError } from '../model/recovery-error.js';
import { later, type Instant } from '../model/time.js';
import { byHand } from './by-hand.js';
import type { Composed } from './compose.js';
import type { Scenario } from './scenarios/index.js';

/** A ledger while it is being written. */
interface OpenLedger extends Ledger {
  readonly acknowledged: { readonly id: string; readonly at: Instant }[];
}

/**
 * Writes through the front door at seeded intervals, takes a backup and copies it, and goes on writing until disaster is due: not before the
 * image has been copied, too, since nothing that a rehearsal documents holds for a production that was never protected.
 */
export const protectAndWrite = async (
  world: Composed,
  settings: Settings,
  scenario: Scenario,
  draws: Draws,
  say: (text: string) => void,
  imageIsCopied: () => Promise<boolean>,
): Promise<Ledger> => {
  const ledger: OpenLedger = { acknowledged: [] };
  await untilServing(world, settings);
  const writeUntil = async (until: Instant): Promise<void> => {
    for (
      let next = later(world.clock.now(), draws.whole(...scenario.secondsBetweenWrites));
      next <= until;
      next = later(next, draws.whole(...scenario.secondsBetweenWrites))
    ) {
      await world.clock.sleepUntil(next);
      await write(world, settings, ledger);
    }
    await world.clock.sleepUntil(until);
  };
  await writeUntil(later(world.clock.now(), draws.whole(...scenario.writesBeforeBackupSeconds)));
  say(`write  ${ledger.acknowledged.length} orders acknowledged at https://${settings.webName}`);
  await backUpAndCopy(world, settings, writeUntil, say);
  const image = async () => ({ state: (await imageIsCopied()) ? 'COMPLETED' : 'RUNNING', message: undefined, result: settings.web.image });
  if (!(await imageIsCopied())) await finished('copy of the image', writeUntil, world, image);
  await writeUntil(later(world.clock.now(), draws.whole(...scenario.disasterAfterCopySeconds)));
  say(`write  ${ledger.acknowledged.length} orders acknowledged in all`);
  return ledger;
};

/** Deployed means running: waits until the name answers and takes its first write. */
const untilServing = async (world: Composed, settings: Settings): Promise<void> => {
  let last = '';
  for (let attempt = 0; attempt < 60; attempt++) {
    await world.clock.sleepUntil(later(world.clock.now(), 10));
    const answer = await world.network
      .https({ host: settings.webName, port: settings.web.listenerPort, path: '/info' })
      .catch((error: Error) => ({ status: 0, body: error.message }));
    if (answer.status === 200) return;
    last = `${answer.status} ${answer.body}`;
  }
  throw new RecoveryError(
    'rejected',
    'not-serving',
    `production does not answer at https://${settings.webName} ten minutes after its deployment (${last}); ${byHand}`,
  );
};

const write = async (world: Composed, settings: Settings, ledger: OpenLedger): Promise<void> => {
  const id = `order-${String(ledger.acknowledged.length + 1).padStart(6, '0')}`;
  const { status, body } = await world.network.https({
    host: settings.webName,
    port: settings.web.listenerPort,
    path: '/orders',
    method: 'POST',
    body: { id },
  });
  if (status !== 201) throw new RecoveryError('rejected', 'write-refused', `POST /orders was answered ${status} (${body}); ${byHand}`);
  ledger.acknowledged.push({ id, at: world.clock.now() });
};

const backUpAndCopy = async (
  world: Composed,
  settings: Settings,
  writeUntil: (until: Instant) => Promise<void>,
  say: (text: string) => void,
): Promise<void> => {
  const { primary, alternate } = settings.sites;
  const backup = world.ownAws.backup(primary.region);
  const names = siteNames(settings, primary);
  const { Parameter } = await world.ownAws.ssm(primary.region).send(new GetParameterCommand({ Name: names.outputsParameter }));
  const outputs = siteOutputsSchema.parse(JSON.parse(Parameter?.Value ?? 'null'));
  const { DBInstances } = await world.ownAws
    .rds(primary.region)
    .send(new DescribeDBInstancesCommand({ DBInstanceIdentifier: names.database('1') }));
  const ResourceArn = DBInstances?.[0]?.DBInstanceArn;
  const { BackupJobId } = await backup.send(
    new StartBackupJobCommand({ BackupVaultName: names.vault, ResourceArn, IamRoleArn: outputs.restoreRoleArn }),
  );
  const point = await finished('backup job', writeUntil, world, async () => {
    const job = await backup.send(new DescribeBackupJobCommand({ BackupJobId }));
    return { state: job.State, message: job.StatusMessage, result: job.RecoveryPointArn };
  });
  say(`backup ${point}`);
  const { CopyJobId } = await backup.send(
    new StartCopyJobCommand({
      RecoveryPointArn: point,
      SourceBackupVaultName: names.vault,
      DestinationBackupVaultArn: `arn:aws:backup:${alternate.region}:${settings.account}:backup-vault:${siteNames(settings, alternate).vault}`,
      IamRoleArn: outputs.restoreRoleArn,
    }),
  );
  const copy = await finished('copy job', writeUntil, world, async () => {
    const { CopyJob } = await backup.send(new DescribeCopyJobCommand({ CopyJobId }));
    return { state: CopyJob?.State, message: CopyJob?.StatusMessage, result: CopyJob?.DestinationRecoveryPointArn };
  });
  say(`copy   ${copy}`);
};

/** Writes on while a job runs. @throws RecoveryError when it ends any other way than completed. */
const finished = async (
  what: string,
  writeUntil: (until: Instant) => Promise<void>,
  world: Composed,
  look: () => Promise<{ state: string | undefined; message: string | undefined; result: string | undefined }>,
): Promise<string> => {
  for (let looks = 0; looks < 1000; looks++) {
    await writeUntil(later(world.clock.now(), 30));
    const { state, message, result } = await look();
    if (state === 'COMPLETED' && result !== undefined) return result;
    if (!['CREATED', 'PENDING', 'RUNNING'].includes(state ?? ''))
      throw new RecoveryError('rejected', 'job-failed', `the ${what} is ${state} (${message}); ${byHand}`);
  }
  throw new RecoveryError('timed-out', 'job-slow', `the ${what} did not end; ${byHand}`);
};
