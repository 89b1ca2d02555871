import type { Rule } from '../judged.js';

export const fixedEnvironment: Rule = {
  id: 'fixed-environment',
  summary: 'every stack says which account and region it is for',
  why: 'a stack without them goes wherever the shell of whoever deploys it points, at three in the morning',
  find: ({ path, account, region }) =>
    [account, region].some((one) => one === '' || one.startsWith('unknown-')) ? [{ path, reason: `is for ${account}/${region}` }] : [],
};
