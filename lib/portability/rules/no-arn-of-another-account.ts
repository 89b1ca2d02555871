import type { Rule } from '../judged.js';
import { told } from '../walk.js';
import { writtenArns } from './arns.js';

export const noArnOfAnotherAccount: Rule = {
  id: 'no-arn-of-another-account',
  summary: 'nothing is named by an ARN of an account that production has no stack in',
  why: 'production built anew, elsewhere or for a drill, would hang on what belongs to somebody else',
  find: (stack, { stacks }) => {
    // A separate backup account is one of production's own.
    const own = new Set(['', 'aws', ...stacks.map(({ account }) => account)]);
    return told(
      writtenArns(stack).flatMap(({ placed: { path }, trail, arn, account }) =>
        own.has(account) ? [] : [{ path, reason: `names ${arn} in ${trail.join('.')}` }],
      ),
    );
  },
};
