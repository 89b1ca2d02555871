import { beforeAll, describe, expect, it } from '@jest/globals';
import { noAudit, roleCalls } from '../../../recovery/adapters/twin-audit.js';
import { checks } from '../../../recovery/checks/index.js';
import { auditRoles } from '../../../recovery/cli/audit-roles.js';
import { runPlan } from '../../../recovery/engine/run-plan.js';
import { recoveryActions } from '../../../recovery/planning/recovery-actions.js';
import type { RoleCall } from '../../../recovery/ports/call-audit.js';
import { roleAudit } from '../../../recovery/report/role-audit.js';
import { steps } from '../../../recovery/steps/index.js';
import { memoryJournal } from '../../helpers/memory-journal.js';
import { writtenControls } from '../../helpers/routing-controls.js';
import { ambassifyPlan, documents, opened, regionLost, runWorldOver } from '../../helpers/recovery-line.js';

const declaredBy = (without: string) => {
  const less = <Part extends { iam: readonly string[] }>(part: Part): Part => ({
    ...part,
    iam: part.iam.filter((action) => action !== without),
  });
  return recoveryActions(documents, { steps: steps.map(less), checks: checks.map(less) }, []);
};

describe("a whole recovery, each task's calls made as its team", () => {
  let calls: readonly RoleCall[];
  let byOperator: readonly string[];
  beforeAll(async () => {
    const world = await regionLost();
    const before = world.ledger.total;
    const journal = memoryJournal();
    await journal.append([opened], '2030-01-01T02:00:00.000Z', 0);
    const end = await runPlan(ambassifyPlan(world), journal, { ...runWorldOver(world), awsOf: world.awsOf });
    expect(end.outcome).toBe('recovered');
    const made = world.ledger.since(before);
    byOperator = made.filter(({ via, principal }) => via === 'client' && principal.includes(':user/')).map(({ operation }) => operation);
    calls = made.flatMap(roleCalls({ organisation: 'example' }));
  }, 60_000);

  it('is covered by what the steps and checks of each team declare', () => {
    expect(new Set(calls.map(({ role }) => role))).toEqual(new Set(['dev-ops', 'web-services']));
    expect(roleAudit(declaredBy('nothing'), calls).undeclared).toEqual([]);
  });

  it("is made with roles' credentials alone: whoever runs it assumes each role once, and calls nothing else", () => {
    expect(byOperator).toEqual(['AssumeRole', 'AssumeRole']);
  });

  it.each([
    ['backup:StartRestoreJob', 'dev-ops'],
    ['rds:DescribeDBInstances', 'dev-ops'],
    ['cloudformation:ExecuteChangeSet', 'web-services'],
  ])('with %s left out of what is declared, the audit names %s, action and region', (action, role) => {
    const { undeclared } = roleAudit(declaredBy(action), calls);
    expect(undeclared).toEqual([{ role, action, region: 'eu-central-1', count: expect.any(Number) as unknown }]);
  });
});

it('of what only routing controls would have called, nothing is said where the object moves traffic', async () => {
  const unusedIn = async (settings: typeof documents.settings) =>
    (await auditRoles({ ...noAudit, byRole: async () => [] }, 0, { ...documents, settings })).unused;
  const move = 'route53-recovery-cluster:UpdateRoutingControlStates';
  expect(Object.values(await unusedIn(documents.settings)).flat()).not.toContain(move);
  const known = await unusedIn({ ...documents.settings, routingControls: { known: writtenControls } });
  expect(known['dev-ops']).toContain(move);
});
