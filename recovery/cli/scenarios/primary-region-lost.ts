import type { Scenario } from './scenario.js';

export const primaryRegionLost: Scenario = {
  name: 'primary-region-lost',
  summary: "the primary's region is gone, control plane and data plane; the newest copied recovery point is all there is",
  fault: 'region-outage',
  writesBeforeBackupSeconds: [900, 2700],
  secondsBetweenWrites: [5, 60],
  disasterAfterCopySeconds: [120, 3000],
  detectedAfterSeconds: [60, 300],
  activatedAfterSeconds: [300, 1200],
  answersAfterSeconds: 600,
  authority: 'cto',
  authorityReason: 'rehearsal: the scenario stands for whoever holds authority',
};
