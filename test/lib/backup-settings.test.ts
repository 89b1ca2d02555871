import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { backupContradictions } from '../../lib/contract/backup-contradictions.js';
import { longestGap } from '../../lib/contract/cron-gap.js';
import { durationSeconds } from '../../recovery/planning/duration.js';

const hours = 60;
const days = 24 * hours;

describe('the longest time between two firings', () => {
  test.each([
    ['cron(0 * * * ? *)', hours],
    ['cron(0/15 * * * ? *)', 15],
    ['cron(0 0/12 * * ? *)', 12 * hours],
    ['cron(0 9-17 * * ? *)', 16 * hours],
    ['cron(0 5 ? * MON-FRI *)', 3 * days],
    ['cron(30 2 ? * SUN *)', 7 * days],
    ['cron(0 5 31 * ? *)', 61 * days],
    ['cron(0 5 29 2 ? *)', (8 * 365 + 1) * days],
    ['cron(0 5 1 JAN,JUL ? *)', 184 * days],
  ])('of %s is %d minutes', (expression, minutes) => {
    expect(longestGap(expression)).toEqual({ minutes });
  });

  test.each([
    ['cron(0 5 L * ? *)', 'L is not understood here'],
    ['cron(0 5 ? * MON#1 *)', '2#1 is not understood here'],
    ['cron(0 5 * * ? 2027)', 'a schedule that names years ends with the last of them'],
    ['cron(0 5 * * * *)', 'of day of month and day of week exactly one is ?'],
    ['cron(0 5 30 2 ? *)', 'it never fires'],
    ['cron(0 24 * * ? *)', '24 is not between 0 and 23'],
  ])('of %s cannot be told', (expression, unclear) => {
    expect(longestGap(expression)).toEqual({ unclear });
  });
});

describe('a backup', () => {
  const good = { schedule: 'cron(0 * * * ? *)', retentionDays: 35 };
  const told = (backup: object, rpoHours = 24) =>
    backupContradictions({ account: '111122223333', objectives: { rpoHours }, backup: { ...good, ...backup } }).map(
      ({ path, message }) => `${path.join('.')}: ${message}`,
    );

  test('that keeps the objective is not spoken of, to the minute', () => {
    expect(told({})).toEqual([]);
    expect(told({}, 4)).toEqual([]);
    expect(told({}, 3.99)).toHaveLength(1);
  });

  test('that cannot keep the objective is refused with the sum and what to change', () => {
    expect(told({ schedule: 'cron(0 3 * * ? *)' })).toEqual([
      'backup.schedule: cannot keep the RPO of 24 h: 1440 minutes between firings + 60 of backup + 120 of copy are 180 minutes more; ' +
        'let it fire at least every 1260 minutes, or have a longer objectives.rpoHours decided',
    ]);
    expect(told({}, 2)[0]).toMatch(/no schedule can: backup and copy alone take longer/);
  });

  test('whose schedule cannot be told is refused: what nobody can compute nobody has promised', () => {
    expect(told({ schedule: 'cron(0 5 L * ? *)' })).toEqual([expect.stringMatching(/^backup.schedule: how long it goes .* L is not/)]);
  });

  test('is judged by what was measured once somebody says so', () => {
    expect(told({ schedule: 'cron(0 3 * * ? *)', p95Minutes: { backup: 20, copy: 30, source: 'June' } }, 25)).toEqual([]);
  });

  test('is refused for everything at once', () => {
    const lock = { mode: 'governance', minRetentionDays: 60, maxRetentionDays: 30, changeableForDays: 3 };
    expect(told({ schedule: 'cron(0 3 * * ? *)', account: '111122223333', lock }).map((each) => each.split(':')[0])).toEqual([
      'backup.schedule',
      'backup.retentionDays',
      'backup.retentionDays',
      'backup.lock.maxRetentionDays',
      'backup.lock.changeableForDays',
      'backup.account',
    ]);
    expect(told({ lock: { mode: 'compliance' } })).toEqual([expect.stringMatching(/^backup.lock: .*changeableForDays/)]);
  });
});

test.each(['plans/ambassify', 'test/fixtures/two-systems'])('%s promises one RPO, in both of its files', (plan) => {
  const objectivesOf = <T>(file: string): T => (parse(readFileSync(`${plan}/${file}`, 'utf8')) as { objectives: T }).objectives;
  const { rpo } = objectivesOf<{ rpo: string }>('contingency-plan.yaml');
  expect(objectivesOf<{ rpoHours: number }>('settings.yaml').rpoHours * 3600).toBe(durationSeconds(rpo));
});
