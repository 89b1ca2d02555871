import { statefulTypes } from '../../lib/contract/stateful-types.js';

/**
 * What every stack is told: whatever an update asks for, nothing that holds data is replaced or deleted by it. By type, so that it
 * covers what is added later ("Prevent updates to stack resources", CloudFormation user guide).
 */
export const stackPolicy: string = JSON.stringify({
  Statement: [
    { Effect: 'Allow', Action: 'Update:*', Principal: '*', Resource: '*' },
    {
      Effect: 'Deny',
      Action: ['Update:Replace', 'Update:Delete'],
      Principal: '*',
      Resource: '*',
      Condition: { StringEquals: { ResourceType: statefulTypes } },
    },
  ],
});
