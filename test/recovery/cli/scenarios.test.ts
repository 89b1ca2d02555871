import { describe, expect, it } from '@jest/globals';
import { asDocumented, documentedInWords } from '../../../recovery/cli/as-documented.js';
import { scenarioNamed, scenarios } from '../../../recovery/cli/scenarios/index.js';

const stuck = scenarioNamed('restore-stuck');
const held = (task: string, reason: string) => ({ outcome: 'held' as const, hold: { task, reason, choices: [] } });

describe('scenarios', () => {
  it('have names of their own, begin with a disruption, and say what has to come of them', () => {
    expect(new Set(scenarios.map(({ name }) => name)).size).toBe(scenarios.length);
    for (const { expected, faults } of scenarios) {
      expect(faults[0].afterSeconds).toBeUndefined();
      expect(expected.because.length).toBeGreaterThan(20);
      expect(expected.heldAt === undefined).toBe(expected.outcome === 'recovered');
    }
  });

  it('went as documented when the run held where and why it should', () => {
    expect(asDocumented(stuck, held('restore-database', 'restore-database was awaited for 7300 s; its limit is 7200 s')).differs).toEqual(
      [],
    );
  });

  it.each([
    ['recovered instead', { outcome: 'recovered' as const }, 'it recovered'],
    ['held elsewhere', held('smoke-tests', 'its limit is near'), 'held at smoke-tests'],
    ['held for another reason', held('restore-database', 'the key is gone'), 'does not say "its limit is": the key is gone'],
  ])('did not go as documented: %s', (_how, report, why) => {
    expect(documentedInWords(stuck, asDocumented(stuck, report))).toMatch(/^NOT as documented: restore-stuck should have been held at/);
    expect(asDocumented(stuck, report).differs.join()).toContain(why);
  });
});
