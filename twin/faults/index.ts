import type { Fault } from './fault.js';
import { controlPlaneOutage } from './control-plane-outage.js';
import { corruptRecoveryPoint } from './corrupt-recovery-point.js';
import { insufficientCapacity } from './insufficient-capacity.js';
import { jobFailed } from './job-failed.js';
import { kmsDenied } from './kms-denied.js';
import { quotaExceeded } from './quota-exceeded.js';
import { regionOutage } from './region-outage.js';
import { regionReturns } from './region-returns.js';
import { slowApi } from './slow-api.js';
import { staleRead } from './stale-read.js';
import { stuckStatus } from './stuck-status.js';
import { throttling } from './throttling.js';

/** Every fault that the twin can be given. */
export const faults: readonly Fault[] = [
  regionOutage,
  controlPlaneOutage,
  throttling,
  quotaExceeded,
  insufficientCapacity,
  stuckStatus,
  staleRead,
  slowApi,
  jobFailed,
  corruptRecoveryPoint,
  kmsDenied,
  regionReturns,
];
