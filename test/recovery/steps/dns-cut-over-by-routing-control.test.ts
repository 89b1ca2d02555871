import { beforeEach, describe, expect, it } from '@jest/globals';
import type { EpochRecord } from '../../../lib/contract/outputs.js';
import type { Step } from '../../../recovery/kit/define-step.js';
import { followedSwitch } from '../../../recovery/kit/followed-switch.js';
import { hashOf } from '../../../recovery/model/canonical.js';
import { instant } from '../../../recovery/model/time.js';
import { fenceStands, switchNow, switchStands } from '../../../recovery/simulation/standing/traffic.js';
import { dnsCutOver } from '../../../recovery/steps/dns-cut-over.js';
import { receiptFor } from '../../helpers/good-receipt.js';
import { recoveryWorld, type RecoveryWorld } from '../../helpers/recovery-world.js';
import { knownControls, routingControlsStand } from '../../helpers/routing-controls.js';
import { carryOut, stepSuite } from '../../helpers/step-suite.js';

const ours: EpochRecord = { epoch: 2, writer: 'frankfurt', raisedBy: 'run-1' };

type ControlledWorld = RecoveryWorld & {
  readonly rule: string;
  readonly states: () => Promise<string>;
  readonly turn: (dublin: string, frankfurt: string, more?: object) => Promise<unknown>;
};

/** Fenced for this run, dublin's routing control on. */
const controlled = async (record: EpochRecord | null = ours): Promise<ControlledWorld> => {
  const world = recoveryWorld();
  await fenceStands(world, record);
  await switchStands(world);
  const arns = await routingControlsStand(world, ['dublin', 'frankfurt']);
  const [dublin, frankfurt] = [arns['One']!, arns['Other']!];
  world.targets.global = { ...world.targets.global, routingControls: knownControls({ dublin, frankfurt }) };
  const cluster = <Output>(operation: string, input: object) =>
    world.call<Output>('route53-recovery-cluster', operation, input, 'ap-southeast-2');
  const turn = (one: string, other: string, more: object = {}) =>
    cluster('UpdateRoutingControlStates', {
      UpdateRoutingControlStateEntries: [
        { RoutingControlArn: dublin, RoutingControlState: one },
        { RoutingControlArn: frankfurt, RoutingControlState: other },
      ],
      ...more,
    });
  const stateOf = async (RoutingControlArn: string) =>
    (await cluster<{ RoutingControlState: string }>('GetRoutingControlState', { RoutingControlArn })).RoutingControlState;
  await turn('On', 'Off');
  await world.pass(60);
  return { ...world, rule: arns['Rule']!, turn, states: async () => `${await stateOf(dublin)} ${await stateOf(frankfurt)}` };
};
/** The step in a run whose receipt is good. */
const withReceipt = (): Step => ({
  ...dnsCutOver,
  start: (input, ctx) => {
    const { at: issuedAt } = ctx;
    return dnsCutOver.start(input, { ...ctx, receipt: receiptFor(recoveryWorld(), { issuedAt, expiresAt: '2030-01-01T12:00:00.000Z' }) });
  },
});

stepSuite(withReceipt(), {
  world: () => controlled(),
  input: () => ({}),
  observe: async (world) => {
    const { at: _at, receipt: _receipt, ...noted } = (await switchNow(world)) as Record<string, unknown>;
    return { noted, states: await (world as ControlledWorld).states() };
  },
});

describe('a cut-over by routing control', () => {
  let world: ControlledWorld;
  beforeEach(async () => {
    world = await controlled();
  });
  const asked = () => world.asked.filter(({ service }) => service === 'route53-recovery-cluster');

  it('turns the site recovered to on and the other off, and notes who did it with what receipt', async () => {
    const movedAt = instant(world.now());
    const { output, evidence } = await carryOut(withReceipt(), {}, world);
    const receipt = hashOf(receiptFor(recoveryWorld(), { issuedAt: movedAt, expiresAt: '2030-01-01T12:00:00.000Z' }));
    expect(await world.states()).toBe('Off On');
    expect(await switchNow(world)).toEqual({ run: 'run-1', site: 'frankfurt', receipt, at: movedAt, before: [] });
    expect(output).toEqual({ switchedAt: movedAt, receipt, before: [] });
    expect(evidence[0]?.observed).toBe('frankfurt by run-1; dublin Off, frankfurt On, as the endpoint in us-east-1 says');
  });

  it('is made with two of the five endpoints lost, of which that in the region of the lost site is not even asked', async () => {
    await world.loseDublin();
    await world.inject('region-outage', { region: 'us-east-1' });
    await carryOut(withReceipt(), {}, world);
    expect(await world.states()).toBe('Off On');
    const moves = asked().filter(({ operation }) => operation === 'UpdateRoutingControlStates');
    expect(moves.map(({ region }) => region)).toEqual(['us-east-1', 'us-west-2']);
    expect(asked().map(({ region }) => region)).not.toContain('eu-west-1');
  });

  it('waits, and has moved nothing, while no endpoint answers; each is named', async () => {
    await world.loseDublin();
    for (const region of ['us-east-1', 'us-west-2']) await world.inject('region-outage', { region });
    const error: unknown = await withReceipt()
      .start({}, world.context())
      .catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ kind: 'transient', code: 'no-endpoint' });
    expect((error as Error).message).toMatch(/us-east-1: .*us-west-2: .*ap-northeast-1: .*temporarily unavailable.*ap-southeast-2: /);
    expect(await switchNow(world)).toBeUndefined();
  });

  it('is refused by the safety rule when something else is wrong with it, and overrides none', async () => {
    // Somebody turned a control within the rule's wait period.
    await world.turn('Off', 'Off', { SafetyRulesToOverride: [world.rule] });
    await expect(carryOut(withReceipt(), {}, world)).rejects.toMatchObject({ kind: 'rejected', code: 'ConflictException' });
    expect(await world.states()).toBe('Off Off');
    await world.pass(10);
    await carryOut(withReceipt(), {}, world, world.attempt(2));
    expect(await world.states()).toBe('Off On');
  });

  it('taken up by a run that died after it had noted its move, moves', async () => {
    world.troubled({ at: 5, kind: 'killed' });
    await expect(withReceipt().start({}, world.context())).rejects.toMatchObject({ code: 'killed' });
    expect(asked().at(-1)?.operation).not.toBe('UpdateRoutingControlStates');
    expect({ noted: await switchNow(world), states: await world.states() }).toMatchObject({ noted: { run: 'run-1' }, states: 'On Off' });
    world.troubled(undefined);
    await carryOut(withReceipt(), {}, world);
    expect(await world.states()).toBe('Off On');
  });

  it('is not done when somebody turned the other site on again', async () => {
    await withReceipt().start({}, world.context());
    await world.pass(10);
    await world.turn('On', 'Off');
    await expect(dnsCutOver.poll(null, {}, world.context())).rejects.toMatchObject({
      kind: 'unexpected-status',
      message: expect.stringContaining('not in effect (frankfurt by run-1; dublin On, frankfurt Off') as unknown,
    });
  });

  it('asks the data planes of S3 and of the cluster, and nothing else', async () => {
    world.troubled(undefined);
    await carryOut(withReceipt(), {}, world);
    expect([...new Set(world.asked.map(({ service }) => service))].sort()).toEqual(['route53-recovery-cluster', 's3']);
  });

  it.each<[string, Step, EpochRecord | null, string]>([
    ['no receipt', dnsCutOver, ours, 'no-receipt'],
    ['no fence', withReceipt(), null, 'no-fence'],
    ['the fence of another run', withReceipt(), { ...ours, raisedBy: 'run-2' }, 'no-fence'],
  ])('with %s, is refused, and neither notes nor moves anything', async (_what, step, record, code) => {
    world = await controlled(record);
    await expect(carryOut(step, {}, world)).rejects.toMatchObject({ kind: 'rejected', code });
    expect({ noted: await switchNow(world), states: await world.states() }).toEqual({ noted: undefined, states: 'On Off' });
  });
});

describe('whether traffic could be moved by routing control', () => {
  const look = (world: RecoveryWorld) => followedSwitch(world.context()).couldMove();

  it('is yes while the endpoints answer and nobody moved it, no afterwards, and unknown while none answers', async () => {
    const world = await controlled();
    expect(await look(world)).toEqual({
      holds: true,
      observed: 'can be asked, and are not moved: dublin On, frankfurt Off, as the endpoint in us-east-1 says',
    });
    await carryOut(withReceipt(), {}, world);
    expect(await look(world)).toMatchObject({ holds: false, observed: expect.stringContaining('moved already: dublin Off, frankfurt On') });
    for (const region of ['us-east-1', 'us-west-2', 'ap-northeast-1']) await world.inject('region-outage', { region });
    expect(await look(world)).toMatchObject({ holds: 'unknown', observed: expect.stringContaining('no endpoint of the cluster answered') });
  });

  it('is no for a control that was never made, or a site that settings know none of', async () => {
    const world = await controlled();
    const { routingControls: known } = world.targets.global;
    const controls = { ...known!.controls, frankfurt: `${known!.controls['frankfurt']}0` };
    world.targets.global = { ...world.targets.global, routingControls: { ...known!, controls } };
    expect(await look(world)).toMatchObject({ holds: false, observed: expect.stringContaining('There is no routing control') });
    world.targets.global = { ...world.targets.global, routingControls: { ...known!, controls: { dublin: known!.controls['dublin']! } } };
    expect(() => followedSwitch(world.context())).toThrow('frankfurt has no routing control; settings know those of dublin');
  });
});
