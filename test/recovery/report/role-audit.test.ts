import { describe, expect, it } from '@jest/globals';
import { roleAudit, roleAuditInWords } from '../../../recovery/report/role-audit.js';

const called = (role: string, action: string, region = 'eu-central-1') => ({ role, action, region });
const declared = { 'dev-ops': ['iam:PassRole', 'rds:DescribeDBInstances', 'rds:ModifyDBInstance'], orchestrator: ['ssm:GetParameter'] };
const everything = [
  called('dev-ops', 'rds:DescribeDBInstances'),
  called('dev-ops', 'rds:ModifyDBInstance'),
  called('orchestrator', 'ssm:GetParameter'),
];

describe('an audit of what roles called', () => {
  it('has nothing to say where each called what it declares, and declares what it called', () => {
    expect(roleAuditInWords(roleAudit(declared, everything))).toEqual([]);
  });

  it('names role, action, region and how often, where a role called what it does not declare, though another does', () => {
    const calls = [...everything, called('orchestrator', 'rds:ModifyDBInstance'), called('orchestrator', 'rds:ModifyDBInstance')];
    expect(roleAudit(declared, calls).undeclared).toEqual([
      { role: 'orchestrator', action: 'rds:ModifyDBInstance', region: 'eu-central-1', count: 2 },
    ]);
  });

  it('names a role of which nothing is declared at all', () => {
    expect(roleAudit(declared, [called('web-services', 'ecs:UpdateService')]).undeclared).toMatchObject([
      { role: 'web-services', count: 1 },
    ]);
  });

  it('names what was declared and not called, but not what goes along with a call', () => {
    const { unused } = roleAudit(declared, everything.slice(0, 1));
    expect(unused).toEqual({ 'dev-ops': ['rds:ModifyDBInstance'], orchestrator: ['ssm:GetParameter'] });
  });

  it('does not miss what only other commands than the one that was given would call', () => {
    const { undeclared, unused } = roleAudit(declared, everything.slice(0, 1), { 'dev-ops': ['rds:DescribeDBInstances'] });
    expect({ undeclared, unused }).toEqual({ undeclared: [], unused: { 'dev-ops': [] } });
  });
});
