import { Duration } from 'aws-cdk-lib';
import { AccountPrincipal, PolicyStatement, Role } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import type { ActionScope, Recovered } from '../action-scope.js';
import { actionScopes } from '../action-scopes.js';
import { orchestrator, recoveryRoleName } from '../contract/names.js';
import { isCalledIn } from '../contract/optional-actions.js';
import type { RecoveryActions } from '../contract/recovery-actions.js';
import { acknowledgeWildcards } from './recovery-wildcards.js';

export interface RecoveryRolesProps extends Recovered {
  readonly actions: RecoveryActions;
}

/**
 * What the tasks of each team run as in a recovery from one site to another, and the recovery around them: each may do what is declared
 * and no more, in the region recovered to and on the fence's epoch. None can delete anything or write a record or role.
 * Throws for a declared action of which nobody said on what.
 */
export class RecoveryRoles extends Construct {
  constructor(scope: Construct, id: string, props: RecoveryRolesProps) {
    super(scope, id);
    const { settings, from, to, actions } = props;
    const scopes = actionScopes(props);
    for (const [of, declared] of Object.entries(actions)) {
      const role = new Role(this, of, {
        roleName: recoveryRoleName(settings, of),
        description: `Recovers ${from.name} in ${to.name}: ${of}`,
        assumedBy: new AccountPrincipal(settings.account),
        maxSessionDuration: Duration.hours(12),
      });
      for (const statement of statementsFor(of, declared.filter(isCalledIn(settings)), scopes)) role.addToPolicy(statement);
      acknowledgeWildcards(role, props);
    }
  }
}

const statementsFor = (of: string, declared: readonly string[], scopes: readonly ActionScope[]): PolicyStatement[] => {
  const own = scopes.filter(({ by }) => by === undefined || by === (of === orchestrator ? 'orchestrator' : 'task'));
  const unscoped = declared.filter((action) => !own.some(({ actions }) => actions.includes(action)));
  if (unscoped.length) throw new Error(`${of} declares ${unscoped.join(', ')}, and lib/action-scopes.ts does not say on what`);
  return own.flatMap(({ sid, actions, resources, conditions }) => {
    const granted = actions.filter((action) => declared.includes(action));
    return granted.length
      ? [new PolicyStatement({ sid, actions: granted, resources: [...resources], ...(conditions ? { conditions } : {}) })]
      : [];
  });
};
