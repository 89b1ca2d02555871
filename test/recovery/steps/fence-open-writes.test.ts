import { expect, it } from '@jest/globals';
import type { EpochRecord } from '../../../lib/contract/outputs.js';
import { instant } from '../../../recovery/model/time.js';
import { fenceOpenWrites } from '../../../recovery/steps/fence-open-writes.js';
import { recoveryWorld, type RecoveryWorld } from '../../helpers/recovery-world.js';
import { epochNow, fenceStands, writeEpochAs } from '../../../recovery/simulation/standing/traffic.js';
import { carryOut, stepSuite } from '../../helpers/step-suite.js';

/** The application answers as it does: writable under an epoch whose writer is its own site. */
const raisedByUs = async (): Promise<RecoveryWorld> => {
  const world = recoveryWorld();
  await fenceStands(world, { epoch: 2, writer: null, raisedBy: 'run-1' });
  world.website.set('/info', async () => {
    const { epoch, writer } = (await epochNow(world)) as EpochRecord;
    const writable = writer === 'frankfurt';
    return { body: { site: 'frankfurt', epoch, writable, database: 'reachable', ...(writable ? {} : { reason: 'belongs to nobody' }) } };
  });
  return world;
};
const input = (world: RecoveryWorld) => ({ epoch: 2, outwaitedAt: instant(world.now()) });

stepSuite(fenceOpenWrites, { world: raisedByUs, input, observe: epochNow });

it('names this site as the writer of the epoch', async () => {
  const world = await raisedByUs();
  await carryOut(fenceOpenWrites, input(world), world);
  expect(await epochNow(world)).toEqual({ epoch: 2, writer: 'frankfurt', raisedBy: 'run-1' });
});

it('is not done before the application itself says that it writes', async () => {
  const world = await raisedByUs();
  const readOnly = { site: 'frankfurt', epoch: 2, writable: false, reason: 'the witness cannot be read', database: 'reachable' };
  world.website.set('/info', () => ({ body: readOnly }));
  await expect(carryOut(fenceOpenWrites, input(world), world)).rejects.toMatchObject({ kind: 'timed-out' });
});

it.each<[string, EpochRecord]>([
  ['another run raised the epoch', { epoch: 3, writer: null, raisedBy: 'run-2' }],
  ['another site was named as writer', { epoch: 2, writer: 'dublin', raisedBy: 'run-1' }],
])('stops at once, writing nothing, when %s', async (_why, record) => {
  const world = await raisedByUs();
  await writeEpochAs(world, record);
  await expect(carryOut(fenceOpenWrites, input(world), world)).rejects.toMatchObject({ kind: 'fenced' });
  expect(await epochNow(world)).toEqual(record);
});

it('refuses while the lost site may still hold a lease', async () => {
  const world = await raisedByUs();
  const early = { epoch: 2, outwaitedAt: instant(world.now() + 1000) };
  await expect(carryOut(fenceOpenWrites, early, world)).rejects.toMatchObject({ kind: 'rejected', code: 'lease-runs' });
  expect(await epochNow(world)).toMatchObject({ writer: null });
});
