import { expect, it } from '@jest/globals';
import { fenceRaiseEpoch } from '../../../recovery/steps/fence-raise-epoch.js';
import { recoveryWorld, type RecoveryWorld } from '../../helpers/recovery-world.js';
import { epochNow, fenceStands, writeEpochAs } from '../../../recovery/simulation/standing/traffic.js';
import { carryOut, stepSuite } from '../../helpers/step-suite.js';

const underDublin = async (): Promise<RecoveryWorld> => {
  const world = recoveryWorld();
  await fenceStands(world, { epoch: 1, writer: 'dublin', raisedBy: 'deploy' });
  return world;
};

stepSuite(fenceRaiseEpoch, { world: underDublin, input: () => ({}), observe: epochNow });

it('takes the writer away and says when, not before the write was answered', async () => {
  const world = await underDublin();
  const { output } = await carryOut(fenceRaiseEpoch, {}, world);
  expect(await epochNow(world)).toEqual({ epoch: 2, writer: null, raisedBy: 'run-1' });
  expect(output).toEqual({ epoch: 2, raisedAt: new Date(world.now()).toISOString() });
});

it('sets epoch 2 where there is none at all', async () => {
  const world = recoveryWorld();
  await fenceStands(world, null);
  await carryOut(fenceRaiseEpoch, {}, world);
  expect(await epochNow(world)).toMatchObject({ epoch: 2, writer: null });
});

it('stops at once when another run raises the epoch above its own', async () => {
  const world = await underDublin();
  const handle = await fenceRaiseEpoch.start({}, world.context());
  await writeEpochAs(world, { epoch: 3, writer: null, raisedBy: 'run-2' });
  await expect(fenceRaiseEpoch.poll(handle, {}, world.context())).rejects.toMatchObject({ kind: 'fenced' });
});

it('looks again instead of overwriting what somebody wrote in between', async () => {
  const world = await underDublin();
  const send = world.aws.s3(world.targets.global.witnessRegion).send as (command: object) => Promise<unknown>;
  const racing = async (command: object): Promise<unknown> => {
    if (command.constructor.name === 'PutObjectCommand') await writeEpochAs(world, { epoch: 7, writer: 'dublin', raisedBy: 'run-2' });
    return send(command);
  };
  const ctx = world.context({ aws: { ...world.aws, s3: () => ({ send: racing }) as never } });
  await expect(fenceRaiseEpoch.start({}, ctx)).rejects.toMatchObject({ kind: 'transient', code: 'PreconditionFailed' });
  expect(await epochNow(world)).toEqual({ epoch: 7, writer: 'dublin', raisedBy: 'run-2' });
});

it('refuses to guess about an epoch it cannot read', async () => {
  const world = await underDublin();
  await writeEpochAs(world, { epoch: 'two' } as never);
  await expect(carryOut(fenceRaiseEpoch, {}, world)).rejects.toMatchObject({ kind: 'rejected', code: 'epoch-unreadable' });
});
