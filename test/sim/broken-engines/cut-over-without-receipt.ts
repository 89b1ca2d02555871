import { done } from '../../../recovery/kit/define-step.js';
import type { BrokenEngine } from './broken-engine.js';
import { withStep } from './tampered-steps.js';

/** The receipt is never issued, and the cut-over brings one of its own. */
export const cutOverWithoutReceipt: BrokenEngine = {
  name: 'cut-over-without-receipt',
  how: 'no receipt is issued, and the cut-over asks for none',
  breaks: 'receipt-before-traffic',
  tampering: () => ({
    registries: (registries) => {
      const issued = withStep('receipt.issue-receipt', (step) => ({
        ...step,
        poll: async () => done({ receipt: null }),
        verify: async () => [],
      }));
      const moved = withStep('dns.cut-over', (step) => ({
        ...step,
        start: (input, ctx) => {
          const [issuedAt, expiresAt] = [ctx.at, '2999-01-01T00:00:00.000Z'];
          const about = { run: ctx.run, site: ctx.to.name, region: ctx.to.region, stackDigest: '', recoveryPointArn: '', suiteHash: '' };
          return step.start(input, { ...ctx, receipt: { ...about, gates: ['none'], waived: [], issuedAt, expiresAt } });
        },
      }));
      return moved(issued(registries));
    },
  }),
};
