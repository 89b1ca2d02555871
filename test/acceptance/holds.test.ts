import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DescribeServicesCommand, ECSClient, UpdateServiceCommand } from '@aws-sdk/client-ecs';
import { ListRestoreJobsCommand, BackupClient } from '@aws-sdk/client-backup';
import { GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import {
  ElasticLoadBalancingV2Client,
  ModifyListenerCommand,
  DescribeTargetGroupsCommand,
  CreateTargetGroupCommand,
  DescribeListenersCommand,
  CreateListenerCommand,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { readdirSync, readFileSync } from 'node:fs';
import { altsite, startTwin, type Twin } from './support/altsite.js';
import { deployProduction } from './support/production.js';
import { customer } from './support/customer.js';
import { backUpAndCopy, configOf } from './support/protect.js';
import { ownClock } from './support/world-clock.js';

interface HeldReport {
  readonly run: string;
  readonly outcome: string;
  readonly hold: { readonly task: string; readonly reason: string; readonly choices: readonly string[] };
}

/** PostgreSQL and application processes among the given ones that still live, with what they are. */
const living = (family: ReadonlySet<string>, besides: number): string[] =>
  [...family]
    .filter((pid) => pid !== String(besides) && state(pid) !== 'Z')
    .map((pid) => `${pid} ${commandLine(pid)}`)
    .filter((each) => /postgres|node/.test(each));
const commandLine = (pid: string): string => {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'latin1').replaceAll('\0', ' ').trim();
  } catch {
    return '';
  }
};
const stat = (pid: string): string[] => {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'latin1')
      .replace(/^.*\) /s, '')
      .split(' ');
  } catch {
    return [];
  }
};
const state = (pid: string): string => stat(pid)[0] ?? 'Z';
const descendantsOf = (root: number): Set<string> => {
  const found = new Set([String(root)]);
  for (let grew = true; grew;) {
    grew = false;
    for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name)))
      if (!found.has(pid) && found.has(stat(pid)[1] ?? '')) {
        found.add(pid);
        grew = true;
      }
  }
  return found;
};

describe('what must not move DNS', () => {
  let twin: Twin;
  beforeAll(async () => {
    twin = await startTwin({ seed: 99 });
    await deployProduction(twin);
  }, 240_000);
  afterAll(() => twin.stop());

  it('a missing recovery point and a failing smoke test hold the run, a sick primary moves nothing, and a killed twin leaves no process', async () => {
    const www = customer(twin);
    const settle = async (seconds: number): Promise<void> => {
      const clock = await ownClock(twin.url);
      await clock.pass(seconds);
      await clock.release();
    };
    await settle(300);
    const home = await www.lookUp();
    const dnsIsUntouched = async (): Promise<void> => expect(await www.lookUp()).toEqual(home);

    // No backup was ever copied.
    const missing = await altsite(['run', '--twin', twin.url, '--json'], twin);
    expect({ code: missing.code, ...(missing.json() as HeldReport) }).toMatchObject({
      code: 3,
      outcome: 'held',
      hold: { task: 'choose-recovery-point' },
    });
    const first = (missing.json() as HeldReport).hold;
    expect(first.reason).toContain('ambassify-frankfurt-vault');
    expect(first.choices.map((choice) => choice.split(' ')[4])).toEqual(['retry', 'undo', 'abandon']);
    await dnsIsUntouched();

    const clock = await ownClock(twin.url);
    expect(await www.order('first')).toBe(true);
    await backUpAndCopy(twin, clock, async () => undefined);

    // The primary has no task left, and nobody runs anything.
    await new ECSClient(configOf(twin, 'eu-west-1')).send(
      new UpdateServiceCommand({ cluster: 'ambassify-dublin', service: 'ambassify-dublin-web', desiredCount: 0 }),
    );
    await clock.pass(1800);
    expect((await www.https('GET', '/info')).status).toBe(503);
    await dnsIsUntouched();
    await clock.release();

    await altsite(['twin', 'fault', 'region-outage', '--region', 'eu-west-1', '--twin', twin.url], twin);
    const mend = await breakLoadBalancer(twin);
    const failing = await altsite(
      ['decide', (missing.json() as HeldReport).run, 'choose-recovery-point', 'retry', '--by', 'cto', '--reason', 'copied now'],
      twin,
    ).then(() => altsite(['resume', (missing.json() as HeldReport).run, '--twin', twin.url, '--json'], twin));
    expect({ code: failing.code, ...(failing.json() as HeldReport) }).toMatchObject({
      code: 3,
      outcome: 'held',
      hold: { task: 'smoke-tests' },
    });
    await dnsIsUntouched();
    const again = await altsite(['resume', (missing.json() as HeldReport).run, '--twin', twin.url, '--json'], twin);
    expect(again.code).toBe(3);

    // A gate is not skipped; but all that was begun can be taken back, and the restored database stays where it is.
    const { run: undone } = missing.json() as HeldReport;
    const why = ['--by', 'cto', '--reason', 'listener is broken'];
    expect((await altsite(['decide', undone, 'smoke-tests', 'skip', ...why], twin)).code).toBe(2);
    expect((await altsite(['decide', undone, 'smoke-tests', 'undo', ...why], twin)).code).toBe(0);
    const back = await altsite(['resume', undone, '--twin', twin.url, '--json'], twin);
    expect({ code: back.code, ...(back.json() as object) }).toMatchObject({
      code: 4,
      outcome: 'undone',
      left: [expect.stringContaining('ambassify-frankfurt-db-')],
    });
    expect(await alternateCounts(twin)).toEqual({ desiredCount: 0, runningCount: 0 });
    await dnsIsUntouched();

    const planned = (await altsite(['plan', '--twin', twin.url, '--json'], twin)).json() as { plan: string; dns: object[] };
    expect(planned.dns).toContainEqual(expect.objectContaining({ tier: 'health-check switch', available: true }));
    // Nobody activates this one: all that can be undone is done all the same.
    const reversible = ['run', '--plan', planned.plan, '--until-irreversible', '--twin', twin.url, '--json'];
    const second = (await altsite(reversible, twin)).json() as HeldReport;
    expect(second).toMatchObject({ outcome: 'held', plan: planned.plan, hold: { task: 'smoke-tests' } });
    const status = await altsite(['status', second.run, '--json'], twin);
    expect(status.json()).toMatchObject({ outcome: 'held', beingCarriedOut: false, activatedAt: null, hold: { task: 'smoke-tests' } });
    expect((await altsite(['pause', second.run, ...why], twin)).code).toBe(2);

    await mend();
    // The same broken listener kept the canary from the application: both are tried again.
    for (const task of ['smoke-tests', 'test-logging']) {
      const decided = await altsite(['decide', second.run, task, 'retry', '--by', 'cto', '--reason', 'listener restored', '--json'], twin);
      expect(decided.code).toBe(0);
    }
    const ready = (await altsite(['resume', second.run, '--twin', twin.url, '--json'], twin)).json() as HeldReport;
    expect(ready).toMatchObject({
      outcome: 'held',
      hold: { task: 'raise-epoch', reason: expect.stringContaining('not activated') as unknown },
    });
    await dnsIsUntouched();
    const authority = ['--authority', 'cto', '--reason', 'the region stays away'];
    const recovered = await altsite(['resume', second.run, ...authority, '--twin', twin.url, '--json'], twin);
    expect({ code: recovered.code, stderr: recovered.code === 0 ? '' : recovered.stderr }).toEqual({ code: 0, stderr: '' });
    expect(await www.site()).toBe('frankfurt');
    expect((await new BackupClient(configOf(twin, 'eu-central-1')).send(new ListRestoreJobsCommand({}))).RestoreJobs).toHaveLength(2);

    const family = descendantsOf(twin.pid);
    expect(living(family, twin.pid).join('\n')).toMatch(/postgres[\s\S]*node|node[\s\S]*postgres/);
    process.kill(twin.pid, 'SIGKILL');
    await new Promise((resolve) => setTimeout(resolve, 5000));
    expect(living(family, twin.pid)).toEqual([]);
  }, 240_000);
});

/** What the alternate's service is to run, and runs. */
const alternateCounts = async (twin: Twin) => {
  const { services } = await new ECSClient(configOf(twin, 'eu-central-1')).send(
    new DescribeServicesCommand({ cluster: 'ambassify-frankfurt', services: ['ambassify-frankfurt-web'] }),
  );
  const [{ desiredCount, runningCount } = {}] = services ?? [];
  return { desiredCount, runningCount };
};

/** Sends the alternate's visitors to a target group without targets; gives back how to undo it. */
const breakLoadBalancer = async (twin: Twin): Promise<() => Promise<void>> => {
  const region = 'eu-central-1';
  const { Parameter } = await new SSMClient(configOf(twin, region)).send(
    new GetParameterCommand({ Name: '/altsite/ambassify-frankfurt/outputs' }),
  );
  const { loadBalancerArn, targetGroupArn } = JSON.parse(Parameter?.Value ?? '{}') as { loadBalancerArn: string; targetGroupArn: string };
  const elb = new ElasticLoadBalancingV2Client(configOf(twin, region));
  const { Listeners } = await elb.send(new DescribeListenersCommand({ LoadBalancerArn: loadBalancerArn }));
  const { TargetGroups } = await elb.send(new DescribeTargetGroupsCommand({ TargetGroupArns: [targetGroupArn] }));
  const empty = await elb.send(
    new CreateTargetGroupCommand({ Name: 'empty', TargetType: 'ip', Protocol: 'HTTP', Port: 8080, VpcId: TargetGroups?.[0]?.VpcId }),
  );
  const forwardTo = (arn: string | undefined) =>
    elb.send(
      new ModifyListenerCommand({ ListenerArn: Listeners?.[0]?.ListenerArn, DefaultActions: [{ Type: 'forward', TargetGroupArn: arn }] }),
    );
  // Its targets stay in use by another listener, or their health would not be looked at.
  await elb.send(
    new CreateListenerCommand({
      LoadBalancerArn: loadBalancerArn,
      Port: 8081,
      Protocol: 'HTTP',
      DefaultActions: [{ Type: 'forward', TargetGroupArn: targetGroupArn }],
    }),
  );
  await forwardTo(empty.TargetGroups?.[0]?.TargetGroupArn);
  return async () => void (await forwardTo(targetGroupArn));
};
