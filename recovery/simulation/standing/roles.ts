import { recoveryRoleArn } from '../../../lib/contract/names.js';
import type { Targets } from '../../model/plan.js';
import type { StandingWorld } from './standing-world.js';

/** What the tasks of a team run as, by the names that the targets have of the organisation. */
export const roleOfTeam = ({ site: { account, cluster, site } }: Pick<Targets, 'site'>, team: string): string =>
  recoveryRoleArn({ organisation: cluster.slice(0, -`-${site}`.length), account }, team);

/** A role for each team, as `Global/Traffic` makes them. */
export const rolesStand = async (world: StandingWorld, teams: Iterable<string>): Promise<void> => {
  const Statement = [{ Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${world.targets.site.account}:root` }, Action: 'sts:AssumeRole' }];
  const AssumeRolePolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement });
  for (const team of teams) {
    const RoleName = roleOfTeam(world.targets, team).split('/').at(-1);
    await world.call('iam', 'CreateRole', { RoleName, AssumeRolePolicyDocument, MaxSessionDuration: 43_200 });
  }
};
