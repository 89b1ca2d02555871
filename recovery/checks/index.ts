import type { Check } from '../kit/define-check.js';
import { alertingReachesQueue } from './alerting-reaches-queue.js';
import { backupCopyIsFresh } from './backup-copy-is-fresh.js';
import { dataRowsAreReadable } from './data-rows-are-readable.js';
import { databaseEngineAtBaseline } from './database-engine-at-baseline.js';
import { databaseIsEncryptedWithSiteKey } from './database-is-encrypted-with-site-key.js';
import { databaseIsPrivate } from './database-is-private.js';
import { databaseNoPendingMaintenance } from './database-no-pending-maintenance.js';
import { dnsAnswersFromSite } from './dns-answers-from-site.js';
import { logsCanaryArrives } from './logs-canary-arrives.js';
import { siteStandsReady } from './site-stands-ready.js';
import { sqlAnswersThroughApplication } from './sql-answers-through-application.js';
import { stacksAreProtected } from './stacks-are-protected.js';
import { webAnswersFromSite } from './web-answers-from-site.js';

/** Every claim a runbook can ask to be checked. */
export const checks: readonly Check[] = [
  siteStandsReady,
  backupCopyIsFresh,
  stacksAreProtected,
  webAnswersFromSite,
  sqlAnswersThroughApplication,
  dataRowsAreReadable,
  logsCanaryArrives,
  alertingReachesQueue,
  databaseIsPrivate,
  databaseIsEncryptedWithSiteKey,
  databaseEngineAtBaseline,
  databaseNoPendingMaintenance,
  dnsAnswersFromSite,
];
