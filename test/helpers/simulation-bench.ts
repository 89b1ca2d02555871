import type { Settings } from '../../lib/contract/settings.js';
import { checks } from '../../recovery/checks/index.js';
import { unsurveyed } from '../../recovery/planning/plan.js';
import { benchFor } from '../../recovery/simulation/bench.js';
import type { DisasterOptions } from '../../recovery/simulation/disaster.js';
import { targetsOf } from '../../recovery/simulation/standing/targets.js';
import { steps } from '../../recovery/steps/index.js';
import { faultNames } from '../../twin/doors/in-process.js';
import { documents } from './recovery-line.js';

/** Ambassify's plan on one set of clients, as `altsite simulate` has it; with other settings where they are given. */
export const ambassifyBench = (settings: Partial<Settings> = {}) =>
  benchFor({
    ...unsurveyed(documents, { steps, checks }, 'failover', 'twin'),
    targets: targetsOf({ ...documents.settings, ...settings }),
    survey: [],
    quotas: [],
  });

export const mixed: DisasterOptions = { faults: faultNames, atLeastOne: false, crashes: true };
