/**
 * A cut-over that something it rests on does not come before, on every path.
 *
 * What can go wrong, as the engine has it (`engine/next-move.ts`, `engine/standing.ts`):
 * 1. A task starts when everything before it is finished, directly or through others: what comes before on the graph comes before on every path,
 *    and a task between that is skipped, or a gate that is waived, carries what comes before it all the same.
 * 2. What the graph does not put before the cut-over is not waited for at all: a gate beside it may still be asked, and fail, when traffic has moved.
 * 3. A gate is never skipped, whatever the plan says; anything else that is `skippable`, and whose output nobody takes, counts as finished
 *    without its work. So neither the receipt nor the fence may be.
 * 4. A gate decided anew has what rests on it done again, so a receipt that comes after every gate speaks of their last answers; one that does not,
 *    was issued without them.
 * 5. What is for another system than the cut-over does not concern it.
 * 6. Undoing starts nothing, and a resumed run has the same graph.
 */
import type { Task } from '../../model/plan.js';
import { named } from './kit/named.js';
import { takenBy } from './kit/taken.js';
import type { Finding, Lint, Linted } from './lint.js';

export const cutoverNotDominated: Lint = {
  name: 'cutover-not-dominated',
  severity: 'refuses',
  why: 'traffic moves only after every gate, the receipt and the fence, whatever is skipped, waived, undone or resumed',
  find: (plan) => {
    const cutOvers = plan.graph.order.filter(({ part }) => part === 'cut-over');
    if (cutOvers.length === 0) return [];
    const taken = new Set(plan.tasks.flatMap((task) => [...takenBy(task)]));
    const watched = plan.graph.order.filter(({ does, part }) => does === 'gate' || part === 'receipt' || part === 'fence');
    return cutOvers.flatMap((cutOver) => {
      const concerned = watched.filter(({ system }) => system === null || cutOver.system === null || system === cutOver.system);
      return [...unordered(plan, cutOver, concerned), ...ofParts(plan, cutOver, concerned, taken)];
    });
  },
};

/** What may still be going on when traffic has moved. */
const unordered = ({ graph }: Linted, { id: cutOver }: Task, concerned: readonly Task[]): Finding[] => {
  const before = graph.before([cutOver]);
  const beside = concerned.filter(({ id }) => !before(id) && !graph.before([id])(cutOver)).map(({ id }) => id);
  if (beside.length === 0) return [];
  const message = `${cutOver} does not wait for ${named(beside)}; have it need ${those(beside)}, or put after it what can only be asked then`;
  return [{ tasks: [cutOver, ...beside], message }];
};

const ofParts = ({ graph }: Linted, { id: cutOver }: Task, concerned: readonly Task[], taken: ReadonlySet<string>): Finding[] => {
  const before = graph.before([cutOver]);
  const earlier = concerned.filter(({ id }) => before(id));
  const gates = earlier.filter(({ does }) => does === 'gate');
  return (['receipt', 'fence'] as const).flatMap((part): Finding[] => {
    const made = earlier.filter((task) => task.part === part);
    if (made.length === 0)
      return [{ tasks: [cutOver], message: `no ${part} comes before ${cutOver}; add the step that makes it, and need that` }];
    const spoken = part === 'receipt' ? made.flatMap(({ id }) => unspoken(graph, id, gates, cutOver)) : [];
    const skippable = made.filter(({ id, skippable: may }) => may && !taken.has(id)).map(({ id }) => id);
    if (skippable.length === 0) return spoken;
    const message = `${named(skippable)} may be skipped, and ${cutOver} would go on without the ${part}; declare the step as not skippable`;
    return [{ tasks: [...skippable, cutOver], message }, ...spoken];
  });
};

/** Gates whose answer a receipt cannot know. */
const unspoken = (graph: Linted['graph'], receipt: string, gates: readonly Task[], cutOver: string): Finding[] => {
  const before = graph.before([receipt]);
  const missed = gates.filter(({ id }) => !before(id)).map(({ id }) => id);
  if (missed.length === 0) return [];
  const message = `${receipt}, with which ${cutOver} moves traffic, does not wait for ${named(missed)}; have it need ${those(missed)}`;
  return [{ tasks: [receipt, ...missed], message }];
};

const those = (ids: readonly string[]): string => (ids.length === 1 ? 'that' : 'those');
