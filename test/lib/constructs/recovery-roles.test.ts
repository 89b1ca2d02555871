import { describe, expect, test } from '@jest/globals';
import { actionScopes } from '../../../lib/action-scopes.js';
import { RecoveryRoles } from '../../../lib/constructs/recovery-roles.js';
import { isCalledIn } from '../../../lib/contract/optional-actions.js';
import type { RecoveryActions } from '../../../lib/contract/recovery-actions.js';
import { recoveryActions } from '../../../lib/recovery-actions.js';
import { ambassify, bench, resourcesOf, type TemplateJson } from '../production-templates.js';

interface Statement {
  readonly Action: string | string[];
  readonly Resource: string | string[];
  readonly Condition?: { readonly StringEquals?: Readonly<Record<string, string>> };
}

const { primary, alternate } = ambassify.sites;
const recovered = { settings: ambassify, from: primary, to: alternate };

/** Policy documents by the team whose role has them. */
const rolesFor = (actions: RecoveryActions) => {
  const { stack, template } = bench();
  new RecoveryRoles(stack, 'Recovery', { ...recovered, actions });
  const json = template().toJSON() as TemplateJson;
  const roles = resourcesOf(json, 'AWS::IAM::Role').map(([, { Properties }]) => Properties ?? {});
  const policies = resourcesOf(json, 'AWS::IAM::Policy').map(
    ([, { Properties }]) => Properties?.['PolicyDocument'] as { Statement: Statement[] },
  );
  return { roles, policies, statements: policies.flatMap(({ Statement }) => Statement) };
};

const list = (one: string | readonly string[]): readonly string[] => (typeof one === 'string' ? [one] : one);
const everything = recoveryActions();

describe('recovery roles', () => {
  test('nothing declared: a role that may be assumed for twelve hours, and may do nothing', () => {
    const { roles, policies } = rolesFor({ 'dev-ops': [] });
    expect(roles).toEqual([expect.objectContaining({ RoleName: 'ambassify-recovery-dev-ops', MaxSessionDuration: 12 * 3600 })]);
    expect(policies).toEqual([]);
  });

  test('everything declared: each team may do what its tasks declare, and nothing more', () => {
    for (const [of, declared] of Object.entries(everything)) {
      const granted = rolesFor({ [of]: declared }).statements.flatMap(({ Action }) => list(Action));
      expect({ of, may: [...new Set(granted)].sort() }).toEqual({ of, may: declared.filter(isCalledIn(ambassify)) });
    }
  });

  test('an action of which nobody said on what is refused by name', () => {
    expect(() => rolesFor({ 'dev-ops': ['rds:DescribeDBInstances', 'rds:CreateDBInstance'] })).toThrow(
      'dev-ops declares rds:CreateDBInstance, and lib/action-scopes.ts does not say on what',
    );
  });

  test('what a scope lets do is declared by somebody whom it is for', () => {
    const declaredFor = (by: string | undefined) =>
      Object.entries(everything).flatMap(([of, actions]) =>
        by === undefined || (by === 'orchestrator') === (of === 'orchestrator') ? actions : [],
      );
    const idle = actionScopes(recovered).flatMap(({ sid, actions, by }) =>
      actions.filter((action) => !declaredFor(by).includes(action)).map((action) => `${sid}: ${action}`),
    );
    expect(idle).toEqual([]);
  });

  test('nothing is deleted, no record is written, and of IAM a role is passed on, to AWS Backup alone', () => {
    const { statements } = rolesFor(everything);
    expect(
      statements.flatMap(({ Action }) => list(Action)).filter((action) => /\*|Delete|Remove|^route53|^iam:(?!PassRole)/.test(action)),
    ).toEqual([]);
    const passing = statements.filter(({ Action }) => list(Action).includes('iam:PassRole'));
    expect(passing).toEqual([
      expect.objectContaining({
        Resource: `arn:aws:iam::${ambassify.account}:role/ambassify-frankfurt-restore`,
        Condition: { StringEquals: { 'iam:PassedToService': 'backup.amazonaws.com' } },
      }),
    ]);
  });

  test('all of it is in the region recovered to, but for the epoch in the witness region', () => {
    const elsewhere = rolesFor(everything).statements.flatMap(({ Resource, Condition }) =>
      list(Resource).filter(
        (arn) =>
          !arn.includes(`:${alternate.region}:`) &&
          !/^arn:aws:s3:::(ambassify-frankfurt-|ambassify-witness-|cdk-hnb659fds-assets-\d+-eu-central-1)/.test(arn) &&
          !arn.endsWith(':role/ambassify-frankfurt-restore') &&
          Condition?.StringEquals?.['aws:RequestedRegion'] !== alternate.region,
      ),
    );
    expect(elsewhere).toEqual([]);
  });

  test("each role's policy fits what IAM lets a role carry: 10,240 characters", () => {
    const { policies } = rolesFor(everything);
    expect(policies.map((policy) => JSON.stringify(policy).length).filter((length) => length < 300 || length > 10_240)).toEqual([]);
  });
});
