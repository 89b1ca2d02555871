import type { Fault } from './fault.js';
import { regionOutage } from './region-outage.js';

/** Every fault that the twin can be given. */
export const faults: readonly Fault[] = [regionOutage];
