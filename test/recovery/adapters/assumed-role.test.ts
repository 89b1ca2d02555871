import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { RecoveryError } from '../../../recovery/model/recovery-error.js';
import { rolesStand } from '../../../recovery/simulation/standing/roles.js';
import { frankfurt, recoveryWorld, type RecoveryWorld } from '../../helpers/recovery-world.js';

const minute = 60;
const assumptions = (world: RecoveryWorld) => world.ledger.since().filter(({ operation }) => operation === 'AssumeRole');
const identity = async (world: RecoveryWorld, team = 'dev-ops') => {
  const { Arn } = await world.awsOf(team).sts(frankfurt.region).send(new GetCallerIdentityCommand({}));
  return Arn;
};
const refusal = async (asked: Promise<unknown>): Promise<RecoveryError> => {
  const error = await asked.catch((thrown: unknown) => thrown);
  if (!(error instanceof RecoveryError)) throw new Error(`answered, or failed otherwise: ${String(error)}`);
  return error;
};

describe("a team's role", () => {
  let world: RecoveryWorld;
  beforeEach(async () => {
    world = recoveryWorld();
    await rolesStand(world, ['dev-ops', 'web-services']);
  });

  it('is whose credentials the clients of that team sign with, in a session named for the run', async () => {
    expect(await identity(world)).toBe('arn:aws:sts::111122223333:assumed-role/example-recovery-dev-ops/run-1');
    expect(await identity(world, 'web-services')).toBe('arn:aws:sts::111122223333:assumed-role/example-recovery-web-services/run-1');
  });

  it('is assumed once however many ask at once, by the region recovered to, though all others are lost', async () => {
    for (const region of ['eu-west-1', 'us-east-1']) await world.inject('region-outage', { region });
    await Promise.all([1, 2, 3].map(() => identity(world)));
    expect(assumptions(world)).toMatchObject([{ region: frankfurt.region, principal: 'arn:aws:iam::111122223333:user/twin' }]);
  });

  it('is assumed anew by the world’s clock, before an hour is over', async () => {
    await identity(world);
    await world.pass(54 * minute);
    await identity(world);
    expect(assumptions(world)).toHaveLength(1);
    await world.pass(2 * minute);
    await identity(world);
    expect(assumptions(world)).toHaveLength(2);
  });

  it('that is not there is refused by name, region, cause and what to do, and nothing is called instead', async () => {
    const { kind, code, message } = await refusal(identity(world, 'nobodys'));
    expect({ kind, code }).toEqual({ kind: 'rejected', code: 'role-not-assumed' });
    expect(message).toMatch(/^cannot act as arn:aws:iam::111122223333:role\/example-recovery-nobodys in eu-central-1: .*not authorized/);
    expect(message).toContain("cdk deploy 'Global/*'");
    expect(world.ledger.since().map(({ operation }) => operation)).not.toContain('GetCallerIdentity');
  });

  it('that STS could not give just now is asked for again by whoever needs it next', async () => {
    await world.inject('throttling', { region: frankfurt.region, with: { service: 'sts', rate: 1 }, forSeconds: minute });
    expect(await refusal(identity(world))).toMatchObject({ kind: 'transient', code: 'role-not-assumed' });
    await world.pass(2 * minute);
    expect(await identity(world)).toContain('example-recovery-dev-ops');
  });
});
