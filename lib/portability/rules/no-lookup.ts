import type { Rule } from '../judged.js';

export const noLookup: Rule = {
  id: 'no-lookup',
  summary: 'synthesis looks nothing up in an account',
  why: 'an assembly with a lookup is made of what was seen in one region at one time, and cannot be made without it',
  find: (stack, { missing, stacks }) =>
    stacks[0] === stack ? missing.map((what) => ({ path: stack.path, reason: `needs a lookup of ${what}` })) : [],
};
