import type { Rule } from '../judged.js';
import { told, uses } from '../walk.js';

export const noStackOutput: Rule = {
  id: 'no-stack-output',
  summary: 'no stack reads an output of another with Fn::GetStackOutput',
  why: 'CloudFormation asks the other stack, in its own region, at every deployment: it fails when that region is lost',
  find: (stack) =>
    told(
      [...uses(stack, 'Fn::GetStackOutput')].map(({ path, given }) => ({
        path,
        reason: `reads an output of another stack: ${JSON.stringify(given)}`,
      })),
    ),
};
