import type { Step } from '../kit/define-step.js';
import { backupChooseRecoveryPoint } from './backup-choose-recovery-point.js';
import { backupRestoreDatabase } from './backup-restore-database.js';
import { cloudformationDeployStack } from './cloudformation-deploy-stack.js';
import { dnsCutOver } from './dns-cut-over.js';
import { ecsScaleService } from './ecs-scale-service.js';
import { fenceOpenWrites } from './fence-open-writes.js';
import { fenceOutwaitLease } from './fence-outwait-lease.js';
import { fenceRaiseEpoch } from './fence-raise-epoch.js';
import { rdsConformInstance } from './rds-conform-instance.js';
import { rdsSetMasterPassword } from './rds-set-master-password.js';
import { receiptIssueReceipt } from './receipt-issue-receipt.js';
import { ssmPointApplication } from './ssm-point-application.js';

/** Every kind of work a runbook can ask for. */
export const steps: readonly Step[] = [
  backupChooseRecoveryPoint,
  backupRestoreDatabase,
  rdsSetMasterPassword,
  rdsConformInstance,
  ssmPointApplication,
  ecsScaleService,
  cloudformationDeployStack,
  receiptIssueReceipt,
  fenceRaiseEpoch,
  fenceOutwaitLease,
  fenceOpenWrites,
  dnsCutOver,
];
