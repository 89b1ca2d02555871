import { describe, expect, it } from '@jest/globals';
import { checks } from '../../../recovery/checks/index.js';
import { unsurveyed } from '../../../recovery/planning/plan.js';
import { steps } from '../../../recovery/steps/index.js';
import { loadChanged, spoilt, toldOf } from '../../helpers/spoilt-plan.js';

const file = 'recovery.yaml';
const tasksOf = (...changes: readonly (readonly [string, string])[]) =>
  unsurveyed(loadChanged({ [file]: spoilt(file, ...changes) }), { steps, checks }, 'failover', 'twin').tasks;
const reasonsOf = (tasks: ReturnType<typeof tasksOf>, id: string) => tasks.find((task) => task.id === id)?.because;

describe('a need with its reason', () => {
  it('is a need as any other, and the plan keeps the reason', () => {
    const start = tasksOf().find(({ id }) => id === 'start-application');
    expect(start?.needs).toEqual(['conform-database', 'point-application']);
    expect(start?.because).toEqual({
      'conform-database': 'conforming may reboot the database under it',
      'point-application': 'its tasks read where the database is when they start',
    });
  });

  it('of a procedure is the reason of its first tasks, for each last task of the other', () => {
    const tasks = tasksOf(['needs: [assess-damage]', 'needs: [{ procedure: assess-damage, because: nothing is built on ruins }]']);
    expect(reasonsOf(tasks, 'choose-recovery-point')).toEqual({ 'assess-alternate-site': 'nothing is built on ruins' });
    expect(reasonsOf(tasks, 'start-application')).not.toHaveProperty('assess-alternate-site');
  });

  it.each([
    ['{ task: restore-databse, because: why }', 'did you mean restore-database?'],
    ['{ task: restore-database, becuase: why }', 'did you mean because?'],
    ['{ task: restore-database }', 'missing; add it (why it must be finished first)'],
    ['7', 'write it in quotes'],
  ])('is told what is wrong with it: %s', (need, fix) => {
    const told = toldOf(file, spoilt(file, ['needs: [restore-database]', `needs: [${need}]`]));
    expect(told.join('\n')).toContain(fix);
  });

  it('may not close a circle', () => {
    const circle = '{ task: set-database-password, because: why }';
    expect(
      toldOf(file, spoilt(file, ['needs: [choose-recovery-point]', `needs: [choose-recovery-point, ${circle}]`])).join('\n'),
    ).toContain('circle');
  });
});
