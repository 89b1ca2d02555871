import type { Receipt } from '../../recovery/model/receipt.js';
import { instant, later } from '../../recovery/model/time.js';
import type { RecoveryWorld } from './recovery-world.js';

/** A receipt that is good now. */
export const receiptFor = (world: RecoveryWorld, changes: Partial<Receipt> = {}): Receipt => ({
  run: 'run-1',
  site: world.to.name,
  region: world.to.region,
  stackDigest: '0'.repeat(64),
  recoveryPointArn: 'arn:aws:rds:eu-central-1:111122223333:snapshot:awsbackup:copyjob-1',
  suiteHash: '1'.repeat(64),
  gates: ['web.answers-from-site'],
  waived: [],
  issuedAt: instant(world.now()),
  expiresAt: later(instant(world.now()), 7200),
  ...changes,
});
