import type { ResourceType } from '../service.js';

/** The only types with nothing behind them: usage metadata of the CDK, and a handle to wait on that nobody waits on. */
export const resourceTypes: readonly ResourceType[] = [
  {
    type: 'AWS::CDK::Metadata',
    replacedOn: [],
    create: async (_properties, _ctx, names) => ({ physicalId: names.generated() }),
    update: async (physicalId) => ({ physicalId }),
    delete: async () => undefined,
  },
  {
    type: 'AWS::CloudFormation::WaitConditionHandle',
    replacedOn: [],
    create: async (_properties, ctx, names) => ({
      physicalId: `https://cloudformation-waitcondition-${ctx.region}.s3.${ctx.region}.amazonaws.com/${encodeURIComponent(names.stackId)}/${names.logicalId}`,
    }),
    update: async (physicalId) => ({ physicalId }),
    delete: async () => undefined,
  },
];
