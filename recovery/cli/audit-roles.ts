import { checks } from '../checks/index.js';
import type { PlanDocuments } from '../planning/load-plan.js';
import { recoveryActions } from '../planning/recovery-actions.js';
import type { CallAudit } from '../ports/call-audit.js';
import { roleAudit, type RoleAudit } from '../report/role-audit.js';
import { steps } from '../steps/index.js';
import { orchestratorActions } from './orchestrator-actions.js';

/** What was called after `position`, by team, against what the steps and checks of each team declare. */
export const auditRoles = async (audit: CallAudit, position: number, documents: PlanDocuments): Promise<RoleAudit> =>
  roleAudit(recoveryActions(documents, { steps, checks }, orchestratorActions), await audit.byRole(position));
