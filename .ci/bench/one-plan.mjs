// Plans, lints and carries out one plan of a given shape and size in this process, with steps that take no time, and prints what that cost as JSON.
// node .ci/bench/one-plan.mjs SHAPE TASKS
import { performance } from 'node:perf_hooks';
import { z } from 'zod';
import { runPlan } from '../../dist/recovery/engine/run-plan.js';
import { indexOf } from '../../dist/recovery/engine/plan-index.js';
import { evidence } from '../../dist/recovery/kit/define-check.js';
import { done } from '../../dist/recovery/kit/define-step.js';
import { criticalPath } from '../../dist/recovery/planning/critical-path.js';
import { lintPlan } from '../../dist/recovery/planning/lint-plan.js';
import { plan } from '../../dist/recovery/planning/plan.js';
import { seededChance } from '../../dist/twin/world/chance.js';
import { memoryJournal, virtualClock } from './memory-journal.mjs';
import { nobodyElse, samplePlan } from './sample-plan.mjs';

/** As many edges as tasks, or nearly; by what a task of that place needs. */
const shapes = {
  // Any two tasks, the later one needs the earlier.
  random: (_at, count, chance) => {
    const later = chance.whole(1, count - 1);
    return { later, earlier: chance.whole(0, later - 1) };
  },
  chain: (at, count) => ({ later: Math.min(at + 1, count - 1), earlier: Math.min(at, count - 2) }),
  // One that all need, one that needs all.
  wide: (at, count) => (at % 2 === 0 ? { later: Math.max(1, at), earlier: 0 } : { later: count - 1, earlier: Math.min(at, count - 2) }),
};

const step = {
  ...{ uses: 'bench.work', summary: 'bench', input: z.strictObject({ name: z.string() }), produces: {}, effect: 'reversible', iam: [] },
  ...{ expectedSeconds: 0, limitSeconds: 600, paceSeconds: 5, undo: 'nothing-to-undo', skippable: false },
  start: async ({ name }) => ({ name }),
  poll: async ({ name }) => done({ name }),
  verify: async ({ name }, _input, ctx) => [
    evidence(ctx, 'bench', `${name} is there`, { holds: true, expected: 'there', observed: 'there', source: 'bench' }),
  ],
};

const documentsOf = (shape, count) => {
  const chance = seededChance(`bench/${shape}/${count}`);
  const needs = Array.from({ length: count }, () => new Set());
  for (let at = 0; at < count; at++) {
    const { later, earlier } = shapes[shape](at, count, chance);
    needs[later].add(`task-${earlier}`);
  }
  const tasks = needs.map((of, at) => ({
    id: `task-${at}`,
    title: `task ${at}`,
    uses: step.uses,
    with: { name: `thing-${at}` },
    needs: [...of],
  }));
  const { organisation, from, to, roles, succession } = samplePlan([]);
  return {
    settings: { organisation, account: from.account, sites: { primary: from, alternate: to } },
    contingencyPlan: {
      ...{
        title: 'Bench',
        objectives: { rto: 'PT24H', rpo: 'PT24H', mtd: 'PT48H' },
        roles: Object.fromEntries(roles.map((role) => [role, {}])),
      },
      ...{ succession, systems: [], teams: [{ id: 'dev-ops', leader: roles[0] }] },
    },
    phases: [
      {
        barrier: false,
        runbook: { phase: 'recovery', procedures: [{ id: 'all', title: 'All', team: 'dev-ops', planLine: 1, needs: [], tasks }] },
      },
    ],
  };
};

const [shape, tasks] = process.argv.slice(2);
const count = Number(tasks);
const surveyed = { targets: samplePlan([]).targets, facts: [], quotas: [] };

/** Everything done to documents before they are carried out. */
const prepared = (documents) => {
  const { plan: made } = plan(documents, surveyed, { steps: [step], checks: [] }, 'failover', 'twin');
  indexOf(made);
  criticalPath(made.tasks);
  lintPlan(made);
  return made;
};

const small = prepared(documentsOf(shape, 100));
const documents = documentsOf(shape, count);
const began = performance.now();
const made = prepared(documents);
const planned = (performance.now() - began) / 1000;

const edges = made.tasks.reduce((sum, { needs }) => sum + needs.length, 0);
const run = async (made) => {
  const journal = memoryJournal();
  const clock = virtualClock(Date.parse('2030-01-01T02:00:00Z'));
  const { outcome } = await runPlan(made, journal, { ...nobodyElse, clock, aws: {}, steps: [step] });
  if (outcome !== 'recovered') throw new Error(`${shape} ended ${outcome}`);
  return journal.sequence;
};
// Small plans are run over and over: what is measured is the engine, not how soon Node compiles it.
const events = 40_000;
for (let warm = 0; warm < events;) warm += await run(small);
const started = process.cpuUsage();
let entries = 0;
while (entries < events) entries += await run(made);
const { user, system } = process.cpuUsage(started);
console.log(
  JSON.stringify({
    ...{ edges, planned, entries, cpuSeconds: (user + system) / 1e6, runs: entries / (4 * count + 1) },
    megabytes: process.resourceUsage().maxRSS / 1024,
  }),
);
