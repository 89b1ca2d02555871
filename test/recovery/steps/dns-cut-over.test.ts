import { describe, expect, it } from '@jest/globals';
import type { EpochRecord } from '../../../lib/contract/outputs.js';
import type { Receipt } from '../../../recovery/model/receipt.js';
import type { Step } from '../../../recovery/kit/define-step.js';
import { hashOf } from '../../../recovery/model/canonical.js';
import { instant } from '../../../recovery/model/time.js';
import { dnsCutOver } from '../../../recovery/steps/dns-cut-over.js';
import { recoveryWorld, type RecoveryWorld } from '../../helpers/recovery-world.js';
import { epochNow, fenceStands, switchNow, switchStands } from '../../../recovery/simulation/standing/traffic.js';
import { receiptFor } from '../../helpers/good-receipt.js';
import { carryOut, stepSuite } from '../../helpers/step-suite.js';

const ours: EpochRecord = { epoch: 2, writer: 'frankfurt', raisedBy: 'run-1' };
const fenced = async (record: EpochRecord | null = ours): Promise<RecoveryWorld> => {
  const world = recoveryWorld();
  await fenceStands(world, record);
  await switchStands(world);
  return world;
};
/** The step in a run whose receipt was issued as its world began. */
const withReceipt = (changes: Partial<Receipt> = {}): Step => ({
  ...dnsCutOver,
  start: (input, ctx) => dnsCutOver.start(input, { ...ctx, receipt: receiptFor(recoveryWorld(), changes) }),
});

const waivedUntil = (expiresAt: string) => ({
  task: 'test-alerting',
  checks: ['alerting.reaches-queue'],
  by: 'cto',
  reason: 'pager down',
  at: '2030-01-01T01:00:00.000Z',
  expiresAt,
});

stepSuite(withReceipt(), {
  world: () => fenced(),
  input: () => ({}),
  observe: async (world) => {
    // When it was thrown may differ by a look; that it was, for whom and by what right may not.
    const { at: _at, ...thrown } = (await switchNow(world)) as { at: string };
    return thrown;
  },
});

it('throws the switch once, with the run and the receipt it was thrown on', async () => {
  const world = await fenced();
  const thrownAt = instant(world.now());
  const { output } = await carryOut(withReceipt(), {}, world);
  const receipt = hashOf(receiptFor(recoveryWorld()));
  expect(await switchNow(world)).toEqual({ run: 'run-1', site: 'frankfurt', receipt, at: thrownAt, before: expect.any(Array) });
  expect(output).toEqual({ switchedAt: thrownAt, receipt, before: expect.any(Array) });
});

it('moves on a receipt with a waiver that has not expired', async () => {
  const world = await fenced();
  await carryOut(withReceipt({ waived: [waivedUntil('2030-01-01T12:00:00.000Z')] }), {}, world);
  expect(await switchNow(world)).toMatchObject({ site: 'frankfurt' });
});

it('asks S3 and nothing else: no record, no health check, no stack', async () => {
  const world = await fenced();
  world.troubled(undefined);
  await carryOut(withReceipt(), {}, world);
  expect([...new Set(world.asked.map(({ service }) => service))]).toEqual(['s3']);
});

describe('without the right to', () => {
  const refused = async (step: Step, record: EpochRecord | null = ours) => {
    const world = await fenced(record);
    const error: unknown = await carryOut(step, {}, world).catch((thrown: unknown) => thrown);
    expect(await switchNow(world)).toBeUndefined();
    return error;
  };

  it.each<[string, Partial<Receipt>]>([
    ['of another run', { run: 'run-2' }],
    ['for another site', { site: 'dublin' }],
    ['for another region', { region: 'eu-west-1' }],
    ['that has expired', { expiresAt: '2030-01-01T02:00:00.000Z' }],
    ['whose waiver has expired', { waived: [waivedUntil('2030-01-01T02:00:00.000Z')] }],
  ])('moves nothing on a receipt %s', async (_what, changes) => {
    expect(await refused(withReceipt(changes))).toMatchObject({ kind: 'rejected', code: 'no-receipt' });
  });

  it('moves nothing without a receipt', async () => {
    expect(await refused(dnsCutOver)).toMatchObject({ kind: 'rejected', code: 'no-receipt' });
  });

  it.each<[string, EpochRecord | null]>([
    ['nobody may write yet', { ...ours, writer: null }],
    ['another site may write', { ...ours, writer: 'dublin' }],
    ['another run holds the fence', { ...ours, raisedBy: 'run-2' }],
    ['there is no fence', null],
  ])('moves nothing while %s', async (_why, record) => {
    expect(await refused(withReceipt(), record)).toMatchObject({ kind: 'rejected', code: 'no-fence' });
  });
});

it('is not done when the switch is gone again', async () => {
  const world = await fenced();
  await withReceipt().start({}, world.context());
  const { switchRegion: region, switchBucket, switchKey } = world.targets.global;
  await world.call('s3', 'DeleteObject', { Bucket: switchBucket, Key: switchKey }, region);
  await expect(dnsCutOver.poll(null, {}, world.context())).rejects.toMatchObject({ kind: 'unexpected-status' });
  expect(await epochNow(world)).toEqual(ours);
});
