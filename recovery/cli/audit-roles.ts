import { isCalledIn } from '../../lib/contract/optional-actions.js';
import type { RecoveryActions } from '../../lib/contract/recovery-actions.js';
import { checks } from '../checks/index.js';
import type { PlanDocuments } from '../planning/load-plan.js';
import { recoveryActions } from '../planning/recovery-actions.js';
import type { CallAudit } from '../ports/call-audit.js';
import { roleAudit, type RoleAudit } from '../report/role-audit.js';
import { steps } from '../steps/index.js';
import { aroundRun, orchestratorActions } from './orchestrator-actions.js';

/** What one run called after `position`, its runs kept in files: by team, against what the steps and checks of each team declare. */
export const auditRoles = async (audit: CallAudit, position: number, documents: PlanDocuments): Promise<RoleAudit> =>
  roleAudit(declaredIn(documents, orchestratorActions), await audit.byRole(position), declaredIn(documents, aroundRun));

const declaredIn = (documents: PlanDocuments, around: readonly string[]): RecoveryActions =>
  Object.fromEntries(
    Object.entries(recoveryActions(documents, { steps, checks }, around)).map(([who, actions]) => [
      who,
      actions.filter(isCalledIn(documents.settings)),
    ]),
  );
