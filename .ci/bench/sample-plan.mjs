// A plan of the given tasks between two sites; its targets are never looked into.
const site = { provider: 'aws', account: '111122223333' };

export const samplePlan = (tasks) => ({
  ...{ version: 1, organisation: 'bench', title: 'Bench', mode: 'failover', world: 'twin' },
  from: { ...site, name: 'here', region: 'eu-west-1' },
  to: { ...site, name: 'there', region: 'eu-central-1' },
  objective: { rtoSeconds: 86_400, rpoSeconds: 86_400, mtdSeconds: 172_800 },
  ...{ roles: ['cto'], succession: ['cto'], survey: [] },
  targets: { facts: {}, site: {}, global: { webName: 'www.example.com' } },
  tasks: tasks.map((task) => ({ ...sampleTask, title: task.id, ...task })),
});

const sampleTask = {
  ...{ team: 'dev-ops', phase: 'recovery', procedure: 'bench', planLine: 1, needs: [], system: null, critical: true, writes: [] },
  ...{ effect: 'reversible', iam: [], undo: 'nothing-to-undo', skippable: false, expectedSeconds: 0, limitSeconds: 86_400 },
  duration: { earliestSeconds: 0, expectedSeconds: 0, latestSeconds: 0, source: 'assumption', samples: 0 },
  ...{ does: 'step', with: {} },
};

/** What a run needs besides AWS, a clock and steps: nobody is asked, nobody watches. */
export const nobodyElse = {
  network: {},
  people: { ask: async () => undefined, answers: async () => [], pause: async () => null },
  authority: { authorise: async () => ({ by: 'cto', reason: 'bench', source: 'bench' }) },
  checks: [],
  watch: { entry: () => undefined, look: () => undefined },
  interrupted: () => false,
};
