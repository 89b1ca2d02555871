import { describe, expect, it } from '@jest/globals';
import { asDocumented } from '../../recovery/cli/as-documented.js';
import { scenarios } from '../../recovery/cli/scenarios/index.js';
import { textReport } from '../../recovery/report/text-report.js';
import { faults } from '../../twin/faults/index.js';
import { expectGolden } from '../helpers/golden.js';
import { scenarioRun } from '../helpers/scenario-run.js';
import { switchNow } from '../../recovery/simulation/standing/traffic.js';

describe('every scenario, over the twin’s services in process', () => {
  it.each(scenarios.map((scenario) => [scenario.name, scenario] as const))('%s goes as documented', async (name, scenario) => {
    const { report, world } = await scenarioRun(scenario);
    expect(asDocumented(scenario, report)).toMatchObject({ differs: [] });
    expectGolden(`scenarios/${name}.txt`, textReport(report));
    // What is held has moved nothing.
    expect((await switchNow(world)) === undefined).toBe(report.outcome === 'held');
  });

  it('has each fault that the twin can be given', () => {
    const used = new Set(scenarios.flatMap((scenario) => scenario.faults.map(({ name }) => name)));
    expect(faults.map(({ name }) => name).filter((name) => !used.has(name))).toEqual([]);
  });
});
