import type * as CloudFormation from '@aws-sdk/client-cloudformation';
import { accept } from '../../members.js';
import type { Operations } from '../../service.js';
import { theStack } from '../records.js';
import { checkStackPolicy } from '../stack-policy.js';

/** What keeps a stack from being deleted, and its resources from being updated. */
export const protection = {
  UpdateTerminationProtection: (input, ctx) => {
    accept('cloudformation.UpdateTerminationProtection', input, ['StackName', 'EnableTerminationProtection']);
    const stack = theStack(input.StackName, ctx);
    stack.terminationProtection = input.EnableTerminationProtection ?? false;
    return { StackId: stack.id };
  },

  SetStackPolicy: (input, ctx) => {
    accept('cloudformation.SetStackPolicy', input, ['StackName', 'StackPolicyBody']);
    const stack = theStack(input.StackName, ctx);
    if (input.StackPolicyBody !== undefined) checkStackPolicy(input.StackPolicyBody);
    stack.policy = input.StackPolicyBody;
    return {};
  },

  GetStackPolicy: (input, ctx) => {
    accept('cloudformation.GetStackPolicy', input, ['StackName']);
    return { StackPolicyBody: theStack(input.StackName, ctx).policy };
  },
} satisfies Operations<typeof CloudFormation>;
