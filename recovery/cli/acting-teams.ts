import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { RecoveryError } from '../model/recovery-error.js';
import type { Plan } from '../model/plan.js';
import type { Aws } from '../ports/aws.js';

type Acting = Pick<Plan, 'tasks' | 'to'>;

/** Teams whose tasks call AWS, and so act as a role. */
export const actingTeams = ({ tasks }: Pick<Plan, 'tasks'>): readonly string[] =>
  [...new Set(tasks.filter(({ iam }) => iam.length > 0).map(({ team }) => team))].sort();

/** What each team that cannot act as its role says of it. A role that could not be asked for just now is one that the run will ask for again. */
export const cannotAct = async (plan: Acting, awsOf: (team: string) => Aws): Promise<readonly string[]> => {
  const refused = async (team: string): Promise<string[]> => {
    try {
      await awsOf(team).sts(plan.to.region).send(new GetCallerIdentityCommand({}));
      return [];
    } catch (error) {
      if (!(error instanceof RecoveryError) || error.kind === 'bug') throw error;
      return error.kind === 'transient' ? [] : [error.message];
    }
  };
  return (await Promise.all(actingTeams(plan).map(refused))).flat();
};

/** @throws RecoveryError `invalid` naming every role that a team of the plan cannot act as. */
export const mustAct = async (plan: Acting, awsOf: (team: string) => Aws): Promise<void> => {
  const refused = await cannotAct(plan, awsOf);
  if (refused.length) throw new RecoveryError('invalid', 'role-not-assumed', `${refused.join('; ')}; nothing was started`);
};
