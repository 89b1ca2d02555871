import { expect, it } from '@jest/globals';
import { checks } from '../../../recovery/checks/index.js';
import { loadPlan } from '../../../recovery/planning/load-plan.js';
import { plan } from '../../../recovery/planning/plan.js';
import { planOverview } from '../../../recovery/planning/plan-overview.js';
import { steps } from '../../../recovery/steps/index.js';
import { sampleTargets } from '../../helpers/sample-targets.js';
import { changedIn, twoSystems } from '../../helpers/spoilt-plan.js';

const systems = 1_250;
const documents: Readonly<Record<string, string>> = {
  ...twoSystems,
  'contingency-plan.yaml': changedIn(twoSystems, 'contingency-plan.yaml', [
    'systems:\n',
    `systems:\n${Array.from({ length: systems - 2 }, (_, at) => `  - { id: s${at}, title: S${at}, critical: ${at % 2 === 0}, facts: { standby: s${at}-b, endpoint: s${at}, since: x } }\n`).join('')}`,
  ]),
  // A barrier with as many on both sides of it would be a plan of a million edges.
  'service.yaml': changedIn(twoSystems, 'service.yaml', ['    for: systems\n', ''], ['${system.endpoint}', 'db.example.com']),
  'data.yaml': changedIn(twoSystems, 'data.yaml', [', is: true', ', is: false']),
  'afterwards.yaml': changedIn(twoSystems, 'afterwards.yaml', ['    tasks:\n', '    tasks:\n      - { id: once-more, title: O, checks: [{ uses: site.stands-ready }] }\n      - { id: and-again, title: A, checks: [{ uses: site.stands-ready }] }\n']), // prettier-ignore
};

it('ten thousand tasks are read, planned and shown, quickly', () => {
  const began = performance.now();
  const read = loadPlan('plans', 'failover', (file) => documents[file] ?? null, { steps, checks });
  const { plan: made, hash } = plan(read, { targets: sampleTargets(), facts: [], quotas: [] }, { steps, checks }, 'failover', 'twin');
  const overview = planOverview(made, hash, null);
  const took = performance.now() - began;
  const edges = made.tasks.reduce((sum, { needs }) => sum + needs.length, 0);
  expect(made.tasks.length).toBe(8 * systems + 4);
  expect(edges).toBeGreaterThan(10_000);
  expect(edges).toBeLessThan(20_000);
  expect(overview.tasks.length).toBe(made.tasks.length);
  expect(overview.criticalPath.at(-1)).toMatch(/^(smoke-tests|engine-is-current--|once-more--)/);
  // A second at rest; what grows with the square of the size takes minutes.
  expect(took).toBeLessThan(15_000);
}, 60_000);
