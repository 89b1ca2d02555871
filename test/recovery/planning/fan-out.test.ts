import { describe, expect, it } from '@jest/globals';
import { checks } from '../../../recovery/checks/index.js';
import { ancestorsOf } from '../../../recovery/model/graph.js';
import type { Plan, Targets } from '../../../recovery/model/plan.js';
import { plan, unsurveyed } from '../../../recovery/planning/plan.js';
import { planOverview } from '../../../recovery/planning/plan-overview.js';
import { planText } from '../../../recovery/cli/plan-text.js';
import { steps } from '../../../recovery/steps/index.js';
import { sampleTargets } from '../../helpers/sample-targets.js';
import { changedIn, load, twoSystems } from '../../helpers/spoilt-plan.js';

const work = { steps, checks };
const planned = (targets: Targets = sampleTargets(), documents = twoSystems): Plan =>
  plan(load(documents), { targets, facts: [], quotas: [] }, work, 'failover', 'twin').plan;
const made = planned();
const taskOf = (id: string, from = made) => from.tasks.find((task) => task.id === id)!;
const needsOf = (id: string, from = made) => taskOf(id, from).needs;

describe('a procedure for systems', () => {
  it('is planned once for each, and what is for no system once and critical', () => {
    expect(
      made.tasks.filter(({ id }) => /^(choose|restore|start)/.test(id)).map(({ id, system, critical }) => [id, system, critical]),
    ).toEqual([
      ['choose-recovery-point', null, true],
      ['restore-database--archive', 'archive', false],
      ['restore-database--billing', 'billing', true],
      ['start-application', null, true],
    ]);
    expect(taskOf('restore-database--billing').title).toBe('Billing: Restore it');
    expect(taskOf('tell-owner--archive')).toMatchObject({ request: 'Archive: Tell its owner that the data is back' });
  });

  it('waits for its own system, for all that is done once, and for no other system', () => {
    expect(needsOf('restore-database--billing')).toEqual(['choose-recovery-point']);
    expect(needsOf('set-password--billing')).toEqual(['restore-database--billing']);
    expect(needsOf('database-is-safe--archive')).toEqual(['set-password--archive']);
    for (const { id, system } of made.tasks.filter((task) => task.phase === 'data' && task.system !== null))
      expect([...ancestorsOf(made.tasks, id)].filter((before) => before.includes('--') && !before.endsWith(`--${system}`))).toEqual([]);
  });

  it('is waited for, every system of it, by what is done once', () => {
    expect(needsOf('start-application')).toEqual(['point-application--archive', 'point-application--billing']);
  });

  it('takes the facts of its system, and the output of what was done for that system', () => {
    expect(taskOf('point-application--billing')).toMatchObject({ with: { endpoint: 'billing.example.com' } });
    expect(taskOf('set-password--archive')).toMatchObject({ with: { instance: '${restore-database--archive.instance}' } });
    expect(taskOf('restore-database--archive')).toMatchObject({ with: { recoveryPointArn: '${choose-recovery-point.recoveryPointArn}' } });
    expect(taskOf('engine-is-current--billing')).toMatchObject({
      checks: [{ with: { instance: '${restore-database--billing.instance}' } }],
    });
  });
});

describe('phases', () => {
  it('with a barrier come after everything of earlier ones, and others only after what they need', () => {
    const data = made.tasks.filter(({ phase }) => phase === 'data').map(({ id }) => id);
    const service = made.tasks.filter(({ phase }) => phase === 'service').map(({ id }) => id);
    for (const id of service) expect(data.filter((before) => !ancestorsOf(made.tasks, id).has(before))).toEqual([]);
    expect(needsOf('engine-is-current--archive')).toEqual(['tell-owner--archive']);
    expect(service.filter((before) => ancestorsOf(made.tasks, 'engine-is-current--archive').has(before))).toEqual([]);
  });

  it('of another mode are not in the plan', () => {
    expect([...new Set(made.tasks.map(({ phase }) => phase))]).toEqual(['data', 'service', 'afterwards']);
  });
});

describe('a condition', () => {
  it('that does not hold leaves its tasks out: what needed them needs what they needed, and the plan says why', () => {
    expect(made.leftOut).toEqual([
      { task: 'standby-is-safe--archive', does: 'gate', because: 'it is done only where facts.database.multiAz is true, and facts.database.multiAz is false' },
      { task: 'standby-is-safe--billing', does: 'gate', because: 'it is done only where facts.database.multiAz is true, and facts.database.multiAz is false' },
    ]); // prettier-ignore
    expect(needsOf('tell-owner--billing')).toEqual(['database-is-safe--billing', 'set-password--billing']);
  });

  it('that holds changes nothing', () => {
    const { facts, ...rest } = sampleTargets();
    const standing = planned({ ...rest, facts: { ...facts, database: { ...facts.database, multiAz: true } } });
    expect(standing.leftOut).toEqual([]);
    expect(needsOf('tell-owner--billing', standing)).toEqual(['database-is-safe--billing', 'standby-is-safe--billing']);
    expect(taskOf('standby-is-safe--archive', standing)).toMatchObject({ checks: [{ with: { instance: 'archive-standby' } }] });
  });

  it('leaves out chains of tasks, and nothing is left that needs them', () => {
    const { site, ...rest } = sampleTargets();
    const without = planned({ ...rest, site: { ...site, activeCount: 0 } });
    expect(without.leftOut.map(({ task }) => task)).toEqual(expect.arrayContaining(['start-application', 'smoke-tests']));
    const there = new Set(without.tasks.map(({ id }) => id));
    expect(without.tasks.flatMap(({ needs }) => needs.filter((need) => !there.has(need)))).toEqual([]);
  });

  it('on a fact that is not there makes no plan', () => {
    const documents = { ...twoSystems, 'service.yaml': changedIn(twoSystems, 'service.yaml', ['{ fact: site.activeCount, isNot: 0 }', '{ fact: facts.database.parameters.rds.force_ssl, is: "1" }']) }; // prettier-ignore
    expect(() => planned(sampleTargets(), documents)).toThrow('the survey found no facts.database.parameters.rds.force_ssl, which decides whether start-application is done');
    const { facts, ...rest } = sampleTargets();
    const found = { ...rest, facts: { ...facts, database: { ...facts.database, parameters: { 'rds.force_ssl': '1' } } } };
    expect(taskOf('start-application', planned(found, documents))).toBeDefined();
  }); // prettier-ignore

  it('is named in the plan that people read: as left out, and as undecided where nobody looked', () => {
    expect(planText(planOverview(made, '00', null)).replace(/\s+/g, ' ')).toContain(
      'left out standby-is-safe--archive, a gate: nothing of what it asks will be proven: it is done only where facts.database.multiAz is true',
    );
    const offline = planOverview(
      { ...unsurveyed(load(twoSystems), work, 'failover', 'twin'), targets: null, survey: [], quotas: [] },
      null,
      null,
    );
    expect(offline.undecided).toContainEqual({ task: 'smoke-tests', onlyWhere: 'site.activeCount is not 0' });
    expect(planText(offline)).toContain('smoke-tests: done only where site.activeCount is not 0');
    expect(offline.tasks.map(({ id }) => id)).toContain('standby-is-safe--archive');
  });
});

it('the same documents and survey make the same plan', () => {
  const hash = () => plan(load(twoSystems), { targets: sampleTargets(), facts: [], quotas: [] }, work, 'failover', 'twin').hash;
  expect(hash()).toBe(hash());
});
