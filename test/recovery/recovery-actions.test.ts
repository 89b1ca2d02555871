import { expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { planFiles } from '../../recovery/adapters/plan-files.js';
import { checks } from '../../recovery/checks/index.js';
import { orchestratorActions } from '../../recovery/cli/orchestrator-actions.js';
import { loadPlan } from '../../recovery/planning/load-plan.js';
import { recoveryActions } from '../../recovery/planning/recovery-actions.js';
import { steps } from '../../recovery/steps/index.js';

const work = { steps, checks };
const documents = loadPlan('plans/ambassify', 'failover', planFiles('plans/ambassify'), work);

it('lib/contract/recovery-actions.json is what the steps and checks of each team declare (npm run schema)', () => {
  const text = `${JSON.stringify(recoveryActions(documents, work, orchestratorActions), null, 2)}\n`;
  expect(readFileSync('lib/contract/recovery-actions.json', 'utf8')).toBe(text);
});

it('who declares one action more may do one action more', () => {
  const more = steps.map((step) => (step.uses === 'ecs.scale-service' ? { ...step, iam: [...step.iam, 'ecs:ListTasks'] } : step));
  expect(recoveryActions(documents, { steps: more, checks }, [])['dev-ops']).toContain('ecs:ListTasks');
});
