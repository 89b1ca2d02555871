import { expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { checks } from '../../recovery/checks/index.js';
import { loadPlan } from '../../recovery/planning/load-plan.js';
import { plan } from '../../recovery/planning/plan.js';
import { steps } from '../../recovery/steps/index.js';
import { sampleTargets } from '../helpers/sample-targets.js';

const directory = 'plans/ambassify';
const documents = loadPlan(directory, 'failover', (file) => readFileSync(`${directory}/${file}`, 'utf8'), { steps, checks });
const made = plan(documents, { targets: sampleTargets(), facts: [], quotas: [] }, { steps, checks }, 'failover', 'twin').plan;

const before = (id: string): Set<string> =>
  new Set((made.tasks.find((task) => task.id === id)?.needs ?? []).flatMap((need) => [need, ...before(need)]));
const gates = made.tasks.filter(({ does }) => does === 'gate').map(({ id }) => id);

it('moves DNS after every gate, the receipt and the fence, and proves it last', () => {
  const earlier = before('cut-over');
  expect(
    [...gates.filter((gate) => gate !== 'prove-dns'), 'issue-receipt', 'raise-epoch', 'outwait-lease', 'open-writes'].filter(
      (id) => !earlier.has(id),
    ),
  ).toEqual([]);
  expect(before('prove-dns').has('cut-over')).toBe(true);
});

it('does nothing that cannot be undone before the receipt', () => {
  const irreversible = made.tasks.filter(({ effect }) => effect !== 'reversible').map(({ id }) => id);
  expect(irreversible).toEqual(['raise-epoch', 'open-writes', 'cut-over']);
  expect(irreversible.filter((id) => !before(id).has('issue-receipt'))).toEqual([]);
});

it('lets people be told at any time, and waits for nobody to do so before production is back', () => {
  const contact = made.tasks.find(({ id }) => id === 'contact-partners-and-customers');
  expect(contact).toMatchObject({ does: 'ask', needs: [] });
  expect(made.tasks.filter(({ needs }) => needs.includes('contact-partners-and-customers'))).toEqual([]);
});

it('runs the gates beside each other', () => {
  const together = ['smoke-tests', 'test-logging', 'test-security', 'test-alerting', 'patch-verdict'];
  expect(together.map((id) => made.tasks.find((task) => task.id === id)?.needs)).toEqual(together.map(() => ['start-application']));
});

it('uses every step and every check there is, but those that are asked of a site that stands by', () => {
  const used = made.tasks.flatMap((task) =>
    task.does === 'step' ? [task.uses] : task.does === 'gate' ? task.checks.map(({ uses }) => uses) : [],
  );
  const beforehand = ['backup.copy-is-fresh', 'stacks.are-protected'];
  expect([...steps, ...checks].map(({ uses }) => uses).filter((uses) => !used.includes(uses))).toEqual(beforehand);
});
