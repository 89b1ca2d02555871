import { describe, expect, it } from '@jest/globals';
import { readQuotas } from '../../../recovery/adapters/read-quotas.js';
import { demandsOf, mustBeFeasible } from '../../../recovery/planning/feasibility.js';
import type { Quota } from '../../../recovery/model/plan.js';
import { RecoveryError } from '../../../recovery/model/recovery-error.js';
import { ambassifyPlan } from '../../helpers/recovery-line.js';
import { recoveryWorld } from '../../helpers/recovery-world.js';
import { samplePlan } from '../../helpers/sample-plan.js';

const quota = (used: number, limit = 40): Quota => ({ name: 'rds:DBInstances', region: 'eu-central-1', used, limit, source: 'test' });
const fleet = (size: number, quotas: readonly Quota[]) => ({
  ...samplePlan(Array.from({ length: size }, (_, at) => ({ id: `restore--${at + 1}`, consumes: { 'rds:DBInstances': 1 } }))),
  quotas,
});

describe('a plan and the account’s quotas', () => {
  it('goes through when what is left is just enough', () => {
    expect(() => mustBeFeasible(fleet(3, [quota(37)]))).not.toThrow();
  });

  it('is refused when one more is needed than is left, naming quota, used, limit, needed and what to do', () => {
    const message =
      'the plan cannot be carried out: quota rds:DBInstances in eu-central-1: 37 of 40 used, so 3 left, and 4 needed by restore--1, restore--2, restore--3, restore--4; ' +
      'request an increase in Service Quotas, free what is not needed there, or recover fewer systems';
    expect(() => mustBeFeasible(fleet(4, [quota(37)]))).toThrow(new RecoveryError('invalid', 'quota-too-small', message));
  });

  it('is refused when there is more than there may be already', () => {
    expect(() => mustBeFeasible(fleet(1, [quota(41)]))).toThrow('so 0 left, and 1 needed by restore--1');
  });

  it('does not name a thousand tasks', () => {
    expect(() => mustBeFeasible(fleet(1_000, [quota(0)]))).toThrow('restore--5 and 995 more');
  });

  it('is refused when nobody read a quota that it needs', () => {
    expect(() => mustBeFeasible(fleet(1, []))).toThrow('the quota rds:DBInstances was not read');
  });

  it('asks for no quota when it consumes nothing', () => {
    expect(() => mustBeFeasible(samplePlan([{ id: 'tell' }]))).not.toThrow();
  });

  it('that is Ambassify’s needs one instance and its storage, which AWS says whether it has', async () => {
    const world = recoveryWorld();
    const plan = async () => ({ ...ambassifyPlan(world), quotas: await readQuotas(world.aws, world.to.region) });
    expect(demandsOf(await plan()).map(({ name, needed, tasks, quota }) => ({ name, needed, tasks, used: quota?.used }))).toEqual([
      { name: 'rds:AllocatedStorage', needed: 20, tasks: ['restore-database'], used: 0 },
      { name: 'rds:DBInstances', needed: 1, tasks: ['restore-database'], used: 0 },
    ]);
    mustBeFeasible(await plan());
    await world.inject('quota-exceeded', { region: world.to.region });
    const exceeded = await plan();
    expect(() => mustBeFeasible(exceeded)).toThrow('quota rds:DBInstances in eu-central-1: 40 of 40 used');
  });
});
