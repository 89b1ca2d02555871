import { DescribeDBParametersCommand, ModifyDBInstanceCommand, RebootDBInstanceCommand, type DBInstance } from '@aws-sdk/client-rds';
import { z } from 'zod';
import { changesTowards, differencesOf, hasPendingChanges, wantedAttributes } from '../kit/database-attributes.js';
import { databaseWritten, isUsable, laterIfBusy, theInstance } from '../kit/database-instance.js';
import { evidence } from '../kit/define-check.js';
import { defineStep, done, pending, type StepContext } from '../kit/define-step.js';
import { everyPage } from '../kit/every-page.js';
import type { Evidence } from '../model/evidence.js';
import { RecoveryError } from '../model/recovery-error.js';

interface Input {
  readonly instance: string;
}

/** Makes a restored instance what the lost one was, and compares every attribute that was written down about it. */
export const rdsConformInstance = defineStep<Input, { readonly asked: readonly string[] }, Input>({
  uses: 'rds.conform-instance',
  summary: 'set what a restore does not accept, then compare every attribute with the lost instance',
  input: z.strictObject({ instance: z.string() }),
  produces: { instance: 'name of the database' },
  effect: 'reversible',
  iam: ['rds:DescribeDBInstances', 'rds:DescribeDBParameters', 'rds:ModifyDBInstance', 'rds:RebootDBInstance'],
  writes: databaseWritten,
  expectedSeconds: 180,
  limitSeconds: 3600,
  paceSeconds: 10,
  // What makes the copy unsafe to serve is asked again by the database gates; the rest can be set later.
  skippable: true,
  // The copy belongs to this run alone; what it was set to goes with it.
  undo: 'nothing-to-undo',
  start: async ({ instance }, ctx) => {
    const found = await theInstance(ctx, instance);
    const changes = changesTowards(ctx.targets, found);
    const asked = Object.keys(changes);
    if (hasPendingChanges(found)) throw new RecoveryError('transient', 'busy', `${instance} is still changing`);
    if (asked.length === 0) return { asked };
    await ctx.aws
      .rds(ctx.to.region)
      .send(new ModifyDBInstanceCommand({ DBInstanceIdentifier: instance, ApplyImmediately: true, ...changes }))
      .catch(laterIfBusy);
    return { asked };
  },
  poll: async (_handle, { instance }, ctx) => {
    const found = await theInstance(ctx, instance);
    if (!isUsable(found) || hasPendingChanges(found)) return pending(`${instance} is ${found.DBInstanceStatus}`);
    const waiting = Object.keys(changesTowards(ctx.targets, found));
    if (waiting.length) return pending(`${waiting.join(', ')} of ${instance} not there yet`);
    if (await parametersTakeEffect(ctx, found)) return done({ instance });
    return pending(`${instance} restarts with its parameters`);
  },
  verify: async (_output, { instance }, ctx) => {
    const differences = new Map(differencesOf(ctx.targets, await theInstance(ctx, instance)).map((one) => [one.attribute, one]));
    const attributes = wantedAttributes(ctx.targets).map(({ attribute, expected }) =>
      evidence(ctx, 'rds.conform-instance', `${attribute} of ${instance} is as in production`, {
        holds: !differences.has(attribute),
        expected,
        observed: differences.get(attribute)?.observed ?? expected,
        source: `rds:DescribeDBInstances ${instance}`,
      }),
    );
    return [...attributes, ...(await parameterEvidence(ctx))];
  },
});

/** The parameters that production was given, against those of the group that the instance uses here. */
const parameterEvidence = async (ctx: StepContext): Promise<Evidence[]> => {
  const { site, facts } = ctx.targets;
  const parameters = await everyPage(async (Marker) => {
    const asked = new DescribeDBParametersCommand({ DBParameterGroupName: site.databaseParameterGroup, Source: 'user', Marker });
    const page = await ctx.aws.rds(ctx.to.region).send(asked);
    return { items: page.Parameters, next: page.Marker };
  });
  const values = new Map(parameters.map(({ ParameterName, ParameterValue }) => [ParameterName, ParameterValue]));
  return Object.entries(facts.database.parameters).map(([name, expected]) =>
    evidence(ctx, 'rds.conform-instance', `parameter ${name} is as in production`, {
      holds: values.get(name) === expected,
      expected,
      observed: values.get(name) ?? 'not set',
      source: `rds:DescribeDBParameters ${site.databaseParameterGroup}`,
    }),
  );
};

/** Static parameters of a new group wait for a restart, which RDS never does by itself. Restarts once: then the group is in-sync. */
const parametersTakeEffect = async (ctx: StepContext, { DBInstanceIdentifier, DBParameterGroups }: DBInstance): Promise<boolean> => {
  const statuses = (DBParameterGroups ?? []).map(({ ParameterApplyStatus }) => ParameterApplyStatus);
  if (statuses.every((status) => status === 'in-sync')) return true;
  if (statuses.includes('pending-reboot'))
    await ctx.aws.rds(ctx.to.region).send(new RebootDBInstanceCommand({ DBInstanceIdentifier })).catch(laterIfBusy);
  return false;
};
