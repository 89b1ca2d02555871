import type { Rule } from '../judged.js';
import { told } from '../walk.js';
import { writtenArns } from './arns.js';

export const noArnOfAnotherAccount: Rule = {
  id: 'no-arn-of-another-account',
  summary: 'nothing is named by an ARN of another account',
  why: 'production built anew, elsewhere or for a drill, would hang on what belongs to somebody else',
  find: (stack) =>
    told(
      writtenArns(stack).flatMap(({ placed: { path }, trail, arn, account }) =>
        account === '' || account === 'aws' || account === stack.account ? [] : [{ path, reason: `names ${arn} in ${trail.join('.')}` }],
      ),
    ),
};
