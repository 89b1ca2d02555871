import { isCalledIn } from '../../lib/contract/optional-actions.js';
import { checks } from '../checks/index.js';
import type { PlanDocuments } from '../planning/load-plan.js';
import { recoveryActions, type RecoveryActions } from '../planning/recovery-actions.js';
import type { CallAudit } from '../ports/call-audit.js';
import { roleAudit, type RoleAudit } from '../report/role-audit.js';
import { steps } from '../steps/index.js';
import { orchestratorActions } from './orchestrator-actions.js';

/** What was called after `position`, by team, against what the steps and checks of each team declare. */
export const auditRoles = async (audit: CallAudit, position: number, documents: PlanDocuments): Promise<RoleAudit> =>
  roleAudit(declaredIn(documents), await audit.byRole(position));

const declaredIn = (documents: PlanDocuments): RecoveryActions =>
  Object.fromEntries(
    Object.entries(recoveryActions(documents, { steps, checks }, orchestratorActions)).map(([who, actions]) => [
      who,
      actions.filter(isCalledIn(documents.settings)),
    ]),
  );
