import type { Lint } from './lint.js';

/** One role that leads all the work that counts. */
export const singleOwner: Lint = {
  name: 'single-owner',
  severity: 'warns',
  why: 'a recovery that one person leads in every part stops when that person cannot be reached',
  find: ({ tasks, succession }) => {
    const needed = new Set(tasks.flatMap(({ needs }) => needs));
    // People who are merely told recover nothing.
    const counting = tasks.filter(({ critical, does, id }) => critical && (does !== 'ask' || needed.has(id)));
    const owners = new Set(counting.map((task) => (task.does === 'ask' ? task.owner : task.leader)));
    const [owner] = owners;
    if (owner === undefined || owners.size > 1 || counting.length < 2) return [];
    const teams = [...new Set(counting.map(({ team }) => team))].join(', ');
    const decides = succession[0] !== owner ? '' : `, who also has authority ${succession.length === 1 ? 'alone' : 'before all others'}`;
    const message = `every critical task is led by ${owner} (teams: ${teams})${decides}; have another role lead a team, or name a deputy as its leader`;
    return [{ tasks: counting.map(({ id }) => id), message }];
  },
};
