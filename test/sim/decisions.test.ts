import { describe, expect, it } from '@jest/globals';
import { decisionOf, type Said } from '../../recovery/cli/decision.js';
import { runPlan } from '../../recovery/engine/run-plan.js';
import { fold } from '../../recovery/engine/fold.js';
import { instant } from '../../recovery/model/time.js';
import { runReport } from '../../recovery/report/run-report.js';
import { memoryJournal } from '../helpers/memory-journal.js';
import { ambassifyPlan, opened, regionLost, runWorldOver } from '../helpers/recovery-line.js';
import type { RecoveryWorld } from '../helpers/recovery-world.js';
import { epochNow, switchNow } from '../../recovery/simulation/standing/traffic.js';
import { serviceStackNow } from '../../recovery/simulation/standing/stack.js';
import { instancesNow } from '../../recovery/simulation/standing/data.js';
import { tasksNow } from '../../recovery/simulation/standing/service.js';

/** A run over the twin's services that people decide about as on the command line. */
const heldRun = async (world: RecoveryWorld) => {
  const plan = ambassifyPlan(world);
  const journal = memoryJournal();
  await journal.append([opened], instant(world.now()), 0);
  const proceed = () => runPlan(plan, journal, runWorldOver(world));
  const decide = async (said: Pick<Said, 'task' | 'decision'> & Partial<Said>) => {
    const now = instant(world.now());
    const decided = decisionOf(plan, fold(journal.entries), { by: 'cto', reason: 'said so', ...said }, now);
    await journal.append([decided], now, journal.sequence);
  };
  const report = () => runReport(plan, fold(journal.entries), 'journal');
  return { plan, journal, proceed, decide, report };
};
const withoutAlarm = async (): Promise<RecoveryWorld> => {
  const world = await regionLost();
  await world.call('cloudwatch', 'DeleteAlarms', { AlarmNames: [world.targets.site.alarm] });
  return world;
};
const brokenSql = async (): Promise<RecoveryWorld> => {
  const world = await regionLost();
  world.website.set('/sql-check', () => ({ body: { read: true, write: false, rows: 3, engineVersion: '18.4' } }));
  return world;
};
const endpoint = async (world: RecoveryWorld) =>
  (await world.call<{ Parameter: { Value: string } }>('ssm', 'GetParameter', { Name: world.targets.site.databaseEndpointParameter }))
    .Parameter.Value;

describe('a waived gate', () => {
  it('lets the run recover, named in receipt, report and what was not proven', async () => {
    const run = await heldRun(await withoutAlarm());
    expect((await run.proceed()).state.hold?.task).toBe('test-alerting');
    await run.decide({ task: 'test-alerting', decision: 'waive', for: 'PT4H' });
    expect((await run.proceed()).outcome).toBe('recovered');
    const { receipt, gates, notProven, decisions } = run.report();
    expect(receipt?.waived).toMatchObject([{ task: 'test-alerting', by: 'cto', reason: 'said so' }]);
    expect(gates.find(({ task }) => task === 'test-alerting')).toMatchObject({ holds: false, waived: { by: 'cto', reason: 'said so' } });
    expect(notProven.join('\n')).toMatch(/test-alerting: .*waived by cto until/);
    expect(decisions).toMatchObject([{ task: 'test-alerting', decision: 'waive', by: 'cto' }]);
  });

  it('counts no more once it expired before the receipt; a new waiver makes a new receipt', async () => {
    const world = await withoutAlarm();
    const run = await heldRun(world);
    await run.proceed();
    await run.decide({ task: 'test-alerting', decision: 'waive', for: 'PT1S' });
    await world.pass(2);
    const { state } = await run.proceed();
    expect(state.hold).toMatchObject({ task: 'test-alerting', reason: expect.stringContaining('the waiver by cto expired at') as unknown });
    expect(await switchNow(world)).toBeUndefined();
    await run.decide({ task: 'test-alerting', decision: 'waive', for: 'PT4H' });
    expect((await run.proceed()).outcome).toBe('recovered');
  });

  it('that expires between receipt and cut-over moves nothing until it is waived again', async () => {
    const world = await withoutAlarm();
    const run = await heldRun(world);
    await run.proceed();
    await run.decide({ task: 'test-alerting', decision: 'waive', for: 'PT30S' });
    const { state } = await run.proceed();
    expect(state.receipt).not.toBeNull();
    expect(state.hold).toMatchObject({ task: 'test-alerting', reason: expect.stringContaining('expired') as unknown });
    expect(await switchNow(world)).toBeUndefined();
    await run.decide({ task: 'test-alerting', decision: 'waive', for: 'PT4H' });
    expect((await run.proceed()).outcome).toBe('recovered');
    expect(run.journal.entries.filter(({ kind }) => kind === 'receipted')).toHaveLength(2);
    expect((await epochNow(world)) as object).toMatchObject({ epoch: 2, writer: 'frankfurt' });
  });
});

describe('a decision that cannot be had', () => {
  it.each<[string, Partial<Said>, string, RegExp]>([
    [
      'skip a gate',
      { decision: 'skip' },
      'not-to-be-decided',
      /a gate is never skipped.*what can be decided now: smoke-tests retry, undo, abandon/,
    ],
    ['waive the data', { decision: 'waive', for: 'PT1H' }, 'not-to-be-decided', /sql.answers-through-application cannot be waived/],
    [
      'a finished task',
      { task: 'restore-database', decision: 'retry' },
      'not-to-be-decided',
      /restore-database is verified; what stands still is smoke-tests/,
    ],
    ['an unknown task', { task: 'nonsense', decision: 'retry' }, 'unknown-task', /no task nonsense/],
    ['no decision', { decision: 'wait' }, 'unknown-decision', /retry, skip, waive, undo, abandon/],
    ['a stranger', { decision: 'retry', by: 'janitor' }, 'unknown-role', /its roles are cto, ceo/],
    ['an expiry of nothing', { decision: 'retry', for: 'PT1H' }, 'expiry-of-nothing', /only a waiver expires/],
    ['no reason', { decision: 'retry', reason: ' ' }, 'no-reason', /say why/],
  ])('is refused, saying what can: %s', async (_what, said, code, message) => {
    const world = await brokenSql();
    const run = await heldRun(world);
    await run.proceed();
    await expect(run.decide({ task: 'smoke-tests', decision: 'retry', ...said })).rejects.toMatchObject({
      kind: 'invalid',
      code,
      message: expect.stringMatching(message) as unknown,
    });
  });

  it.each<[string, Partial<Said>, string]>([
    ['by nobody with authority', { by: 'customer-success', for: 'PT1H' }, 'no-authority'],
    ['without an end', {}, 'no-expiry'],
    ['with two ends', { for: 'PT1H', expires: '2030-01-02T00:00:00Z' }, 'no-expiry'],
    ['that is over already', { expires: '2029-01-01T00:00:00Z' }, 'expired'],
    ['until no moment', { expires: 'soon' }, 'invalid-instant'],
    ['for no duration', { for: '4 hours' }, 'invalid-duration'],
  ])('is refused: a waiver %s', async (_what, said, code) => {
    const run = await heldRun(await withoutAlarm());
    await run.proceed();
    await expect(run.decide({ task: 'test-alerting', decision: 'waive', ...said })).rejects.toMatchObject({ kind: 'invalid', code });
  });

  it('is refused of a run that is not held', async () => {
    const run = await heldRun(await regionLost());
    await expect(run.decide({ task: 'smoke-tests', decision: 'abandon' })).rejects.toMatchObject({ code: 'not-held' });
  });
});

describe('an undone run', () => {
  it('leaves the site as it stood by, but for the database, which it names; fence and DNS are untouched', async () => {
    const world = await brokenSql();
    const run = await heldRun(world);
    await run.proceed();
    expect((await tasksNow(world)).filter(({ lastStatus }) => lastStatus === 'RUNNING')).toHaveLength(2);
    await run.decide({ task: 'smoke-tests', decision: 'undo' });
    expect((await run.proceed()).outcome).toBe('undone');
    expect((await tasksNow(world)).filter(({ lastStatus }) => lastStatus === 'RUNNING')).toEqual([]);
    expect(await endpoint(world)).toBe('none');
    expect((await serviceStackNow(world)).Parameters).toContainEqual({ ParameterKey: 'Capacity', ParameterValue: 'standby' });
    const [instance] = await instancesNow(world);
    expect(run.report()).toMatchObject({
      outcome: 'undone',
      receipt: null,
      left: [`database ${instance?.DBInstanceIdentifier} in eu-central-1`],
    });
    expect(await epochNow(world)).toMatchObject({ epoch: 1, writer: 'dublin' });
    expect(await switchNow(world)).toBeUndefined();
  });

  it('goes back past the receipt too, while nothing irreversible has begun', async () => {
    const world = await regionLost();
    const run = await heldRun(world);
    const silent = { ...runWorldOver(world), authority: { authorise: async () => null } };
    const { state } = await runPlan(run.plan, run.journal, silent);
    expect(state.hold?.task).toBe('raise-epoch');
    await run.decide({ task: 'raise-epoch', decision: 'undo' });
    expect((await run.proceed()).outcome).toBe('undone');
    expect((await serviceStackNow(world)).Parameters).toContainEqual({ ParameterKey: 'Capacity', ParameterValue: 'standby' });
    expect(run.journal.entries.flatMap((entry) => (entry.kind === 'undone' ? [entry.task] : []))).toEqual([
      ...['keep-active', 'start-application', 'point-application', 'restore-database'],
    ]);
  });

  it('is not to be had after the fence was raised', async () => {
    const world = await regionLost();
    const run = await heldRun(world);
    world.website.set('/info', () => ({ body: { site: 'frankfurt', epoch: 1, writable: false, database: 'reachable' } }));
    const { state } = await run.proceed();
    expect(state.hold?.task).toBe('open-writes');
    await expect(run.decide({ task: 'open-writes', decision: 'undo' })).rejects.toMatchObject({
      message: expect.stringContaining('raise-epoch cannot be undone and was started at') as unknown,
    });
  });
});
