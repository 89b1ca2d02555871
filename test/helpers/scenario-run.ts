import { scenarioPeople } from '../../recovery/adapters/scenario-people.js';
import type { Scenario } from '../../recovery/cli/scenarios/index.js';
import { fold } from '../../recovery/engine/fold.js';
import { runPlan } from '../../recovery/engine/run-plan.js';
import { instant } from '../../recovery/model/time.js';
import { runReport, type RunReport } from '../../recovery/report/run-report.js';
import { memoryJournal } from './memory-journal.js';
import { ambassifyPlan, productionStands, runWorldOver } from './recovery-line.js';
import type { RecoveryWorld } from './recovery-world.js';

const regions = { primary: 'eu-west-1', alternate: 'eu-central-1', 'us-east-1': 'us-east-1' } as const;
/** From disruption to activation. */
const untilActivatedSeconds = 900;

/** One scenario over the twin's services in this process: its faults, its people, the real plan, steps and checks. */
export const scenarioRun = async (scenario: Scenario): Promise<{ report: RunReport; world: RecoveryWorld }> => {
  const world = await productionStands();
  const disruptedAt = { at: instant(world.now()), source: 'scenario' };
  const inject = async (since: 'planned' | undefined): Promise<void> => {
    for (const { name, where, afterSeconds: inSeconds, forSeconds, with: given } of scenario.faults.filter((one) => one.since === since))
      await world.inject(name, { region: regions[where], inSeconds, forSeconds, with: given });
  };
  await inject(undefined);
  await world.pass(untilActivatedSeconds);
  const plan = ambassifyPlan(world);
  await inject('planned');
  const journal = memoryJournal();
  const activation = { by: scenario.authority, reason: scenario.authorityReason, source: `scenario ${scenario.name}` };
  const opened = { run: 'run-1', planHash: 'plan', mode: plan.mode, world: plan.world, scenario: scenario.name, seed: 1 };
  await journal.append([{ kind: 'opened', ...opened, disruptedAt, detectedAt: disruptedAt }], instant(world.now()), 0);
  await journal.append([{ kind: 'activated', ...activation, callsBefore: null }], instant(world.now()), 1);
  await runPlan(plan, journal, {
    ...runWorldOver(world),
    people: scenarioPeople(scenario.name, scenario.answersAfterSeconds),
    authority: { authorise: async () => activation },
  });
  return { report: runReport(plan, fold(journal.entries), 'journal.jsonl'), world };
};
