import { canonical } from '../../model/canonical.js';
import type { Property } from './property.js';

export const killedIsAsGood: Property = {
  name: 'killed-is-as-good',
  claim: 'killed and resumed, or started twice, the run ends as it would have and leaves the same behind',
  judge: ({ outcome, left, unharmed }) => {
    if (!unharmed) return undefined;
    if (outcome !== unharmed.outcome) return `it ended ${outcome}; left in peace it ends ${unharmed.outcome}`;
    const [now, then] = [canonical(left), canonical(unharmed.left)];
    return now === then ? undefined : `it left ${now}; left in peace it leaves ${then}`;
  },
};
