import { PutObjectCommand } from '@aws-sdk/client-s3';
import type { BrokenEngine } from './broken-engine.js';
import { withStep } from './tampered-steps.js';

export const trafficBeforeFence: BrokenEngine = {
  name: 'traffic-before-fence',
  how: 'traffic is moved as soon as there is a receipt, before the fence is raised',
  breaks: 'fence-before-traffic',
  tampering: () => ({
    registries: withStep('fence.raise-epoch', (step) => ({
      ...step,
      start: async (input, ctx) => {
        const { switchRegion, switchBucket: Bucket, switchKey: Key } = ctx.targets.global;
        const Body = JSON.stringify({ run: ctx.run, site: ctx.to.name, receipt: '', at: ctx.at, before: [] });
        await ctx.aws.s3(switchRegion).send(new PutObjectCommand({ Bucket, Key, Body }));
        return step.start(input, ctx);
      },
    })),
  }),
};
