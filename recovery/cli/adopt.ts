/**
 * Takes the database that a run restored into CloudFormation: as a stack of its own, by an IMPORT change set, without touching it.
 *
 * 1. It is compared with what it has to be first: an import changes nothing, and the next deployment would change what differs.
 * 2. Only a run that recovered has a database worth adopting.
 * 3. Afterwards the stack is guarded, has not drifted, and deploying it changes nothing: all three are seen, not taken for granted.
 */
import { CreateChangeSetCommand } from '@aws-sdk/client-cloudformation';
import { resourcesOf } from '../../lib/portability/walk.js';
import { readAssembly, type AssemblyStack } from '../adapters/cloud-assembly.js';
import { systemClock } from '../adapters/system-clock.js';
import { differencesOf } from '../kit/database-attributes.js';
import { databaseInstances } from '../kit/looks/database-instances.js';
import type { Plan } from '../model/plan.js';
import { RecoveryError } from '../model/recovery-error.js';
import type { RunState } from '../model/run-state.js';
import type { Aws } from '../ports/aws.js';
import { assemblyFolder } from './assembly-folder.js';
import { withCdk } from './cdk.js';
import type { Console, Ended } from './command.js';
import { documentsOf } from './compose.js';
import { deployStack } from './deploy-stack.js';
import { driftOf } from './drift-of.js';
import { protect, stackNow } from './protect-stack.js';
import { readRun } from './read-run.js';
import { storeOf } from './store-of.js';
import type { StoreOptions } from './store-options.js';
import { worldPlace } from './world-place.js';

type Client = ReturnType<Aws['cloudformation']>;

export const adopt = async (console: Console, run: string, options: StoreOptions): Promise<Ended> => {
  const { settings } = documentsOf(console, options);
  const { plan, state } = await readRun(await storeOf(console, options), run);
  const instance = restoredBy(plan, state);
  const event = instance.slice(`${plan.targets.site.cluster}-db-`.length);
  const place = await worldPlace(console, options, settings);
  const aws = place.aws;
  await mustBeAsWritten(aws, plan, instance);

  return withCdk(console, place.twin?.environment ?? null, async (cdk) => {
    const folder = await assemblyFolder(console, cdk, options, `event=${event}`);
    const stack = stackOf((await readAssembly(folder)).stacks, event);
    const client = aws.cloudformation(stack.region);
    if (!(await exists(client, stack.name))) {
      console.err(`import ${instance} as stack ${stack.name}\n`);
      await client.send(importOf(stack, instance));
      await deployStack(stack, importName, client, systemClock);
    }
    await protect(stack, client);
    const drift = await driftOf(client, stack.name);
    const changeSet = `altsite-${stack.digest.slice(0, 16)}`;
    const prepare = ['deploy', stack.path, '--app', folder, '--exclusively', '--require-approval', 'never'];
    await cdk.run([...prepare, '--method', 'prepare-change-set', '--change-set-name', changeSet]);
    const redeployed = await deployStack(stack, changeSet, client, systemClock);
    const adopted = drift.length === 0 && redeployed.is === 'unchanged';
    const json = { adopted, run, event, instance, stack: stack.name, region: stack.region, drift, redeployed: redeployed.is };
    return { exitCode: adopted ? 0 : 6, text: text(json), json };
  });
};

const importName = 'altsite-import';

/** Of our own, not by `cdk import`: that leaves out description and tags, which the next deployment would then change. */
const importOf = (stack: AssemblyStack, instance: string): CreateChangeSetCommand =>
  new CreateChangeSetCommand({
    StackName: stack.name,
    ChangeSetName: importName,
    ChangeSetType: 'IMPORT',
    TemplateBody: JSON.stringify(stack.template),
    Tags: Object.entries(stack.tags).map(([Key, Value]) => ({ Key, Value })),
    ResourcesToImport: resourcesOf(stack).map(({ id, resource }) => ({
      ...{ LogicalResourceId: id, ResourceType: resource.Type },
      ResourceIdentifier: { DBInstanceIdentifier: instance },
    })),
  });

/** The database that the run restored. @throws RecoveryError `invalid` for a run that did not recover. */
const restoredBy = (plan: Plan, state: RunState): string => {
  const prefix = `${plan.targets.site.cluster}-db-`;
  const outputs = plan.tasks.flatMap(({ id, ...task }) => {
    const output = state.tasks.get(id)?.output as { instance?: unknown } | null | undefined;
    return task.does === 'step' && typeof output?.instance === 'string' ? [output.instance] : [];
  });
  const [instance] = outputs.filter((name) => name.startsWith(prefix));
  if (state.outcome === 'recovered' && instance !== undefined) return instance;
  const why = state.outcome === 'recovered' ? 'restored no database of the site' : `ended ${state.outcome ?? 'nowhere yet'}`;
  throw new RecoveryError('invalid', 'nothing-to-adopt', `run ${state.run} ${why}; only what a run recovered with can be adopted`);
};

/** @throws RecoveryError `rejected` naming every attribute in which the database is not what its template will say. */
const mustBeAsWritten = async (aws: Aws, { targets, to }: Plan, instance: string): Promise<void> => {
  const found = (await databaseInstances.ask([instance], to.region, aws)).get(instance);
  if (!found) throw new RecoveryError('rejected', 'no-database', `there is no database ${instance} in ${to.region}`);
  const differences = differencesOf(targets, found).map(
    ({ attribute, expected, observed }) => `${attribute} is ${observed}, not ${expected}`,
  );
  if (differences.length === 0) return;
  throw new RecoveryError(
    'rejected',
    'differs',
    `${instance} was not adopted, since the next deployment would change it: ${differences.join('; ')}. Make it so, or change the settings, then adopt it`,
  );
};

const stackOf = (stacks: readonly AssemblyStack[], event: string): AssemblyStack => {
  const found = stacks.find(({ tags }) => tags['altsite:event'] === event);
  if (!found) throw new RecoveryError('bug', 'no-event-stack', `synthesis with -c event=${event} made no stack of that event`);
  return found;
};

const exists = async (client: Client, name: string): Promise<boolean> => {
  try {
    return (await stackNow(client, name)).StackStatus !== 'REVIEW_IN_PROGRESS';
  } catch (error) {
    if (error instanceof RecoveryError && /does not exist/.test(error.message)) return false;
    throw error;
  }
};

interface Adoption {
  readonly adopted: boolean;
  readonly instance: string;
  readonly stack: string;
  readonly region: string;
  readonly event: string;
  readonly drift: readonly string[];
  readonly redeployed: string;
}
const text = ({ adopted, instance, stack, region, event, drift, redeployed }: Adoption): string =>
  [
    `${instance} is ${adopted ? '' : 'NOT soundly '}adopted as stack ${stack} in ${region}`,
    `  drift       ${drift.length ? drift.join('; ') : 'none'}`,
    `  deployed    again with -c event=${event}: ${redeployed}`,
    '  guarded     stack policy and termination protection',
    '',
  ].join('\n');
