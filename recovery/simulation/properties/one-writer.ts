import type { Property } from './property.js';

export const oneWriter: Property = {
  name: 'one-writer',
  claim: 'of two orchestrators one goes on, and the other stops before its next effect',
  judge: ({ writers, lives, calls, disaster }) => {
    const processes = writers.filter((one) => one !== 0);
    const back = processes.find((one, at) => processes.slice(0, at).some((earlier) => earlier > one));
    if (back !== undefined) return `orchestrator ${back} wrote to the journal after a later one had`;
    for (const { orchestrator, is, calls: had } of lives) {
      const late = calls.find((call) => call.orchestrator === orchestrator && call.changes && call.nth > had);
      if (late) return `orchestrator ${orchestrator}, ${is}, went on to ${late.operation} of ${late.task}`;
    }
    if (disaster.rivalAtCall === null || calls.length < disaster.rivalAtCall) return undefined;
    return lives.some(({ is }) => is === 'fenced' || is === 'killed') ? undefined : 'two orchestrators ran, and neither was fenced';
  },
};
