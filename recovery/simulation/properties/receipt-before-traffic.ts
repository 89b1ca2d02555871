import { hashOf } from '../../model/canonical.js';
import { instant } from '../../model/time.js';
import type { Property } from './property.js';
import { switchCalls } from './switch-calls.js';
import { toldAt } from './told.js';

export const receiptBeforeTraffic: Property = {
  name: 'receipt-before-traffic',
  claim: 'DNS points at a site only with a receipt of this run for that site, valid at that moment',
  judge: (seen) => {
    for (const { sequence, at, input, operation } of switchCalls(seen)) {
      const { receipt } = toldAt(seen.plan, seen.entries, sequence);
      const now = instant(at);
      if (!receipt) return 'traffic moved without a receipt';
      if (receipt.run !== seen.run || receipt.site !== seen.plan.to.name) return `traffic moved with the receipt of ${receipt.run}`;
      if (receipt.expiresAt <= now) return `traffic moved at ${now} with a receipt that expired at ${receipt.expiresAt}`;
      const [late] = receipt.waived.filter(({ expiresAt }) => expiresAt <= now);
      if (late) return `traffic moved at ${now}, and the waiver of ${late.task} expired at ${late.expiresAt}`;
      if (operation !== 'PutObject') continue;
      const said = JSON.parse(input['Body'] as string) as { receipt: string };
      if (said.receipt !== hashOf(receipt)) return 'the switch names another receipt than the journal';
    }
    return undefined;
  },
};
