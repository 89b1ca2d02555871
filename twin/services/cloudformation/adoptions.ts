import type { ResourceToImport } from '@aws-sdk/client-cloudformation';
import { AwsError } from '../../wire/aws-error.js';
import type { Context } from '../../world/context.js';
import { backing, type Catalog } from './catalog.js';
import type { Deployment } from './deployment.js';
import { notModelled, validationError } from './errors.js';
import { readBack } from './read-back.js';
import { allStacks, type StackRecord } from './records.js';
import { plainScope, type Place } from './scopes.js';
import { evaluate } from './template/evaluate.js';
import { isUnknown, knownAfterApply, type Scope } from './template/scope.js';

/** Physical ids of existing resources that a stack is to take over, by logical id. */
export type Adoptions = ReadonlyMap<string, string>;

/**
 * What a change set of type IMPORT names.
 * @throws AwsError ValidationError as CloudFormation words it, NotModelled for a type that the twin cannot read back.
 */
export const namedAdoptions = (
  named: readonly ResourceToImport[],
  deployment: Deployment,
  stack: StackRecord,
  catalog: Catalog,
  ctx: Context,
): Adoptions => {
  if (named.length === 0) throw validationError('ResourcesToImport must be specified for a change set of type IMPORT.');
  const names = named.map(({ LogicalResourceId }) => LogicalResourceId ?? '');
  refuse(
    names,
    (name) => !deployment.resources.has(name),
    (list) => `Resources [${list}] do not exist in the template.`,
  );
  const added = [...deployment.resources.keys()].filter((name) => !stack.resources.has(name));
  refuse(
    added,
    (name) => !names.includes(name),
    (list) => `Resources [${list}] is missing from ResourceToImport list`,
  );
  refuse(
    names,
    (name) => deployment.resources.get(name)!.DeletionPolicy === undefined,
    (list) => `The following resources to import [${list}] must have DeletionPolicy attribute specified in the template.`,
  );
  const adoptions = new Map(named.map((one) => [one.LogicalResourceId ?? '', identifierIn(one, deployment, catalog)]));
  const isTaken = (name: string): boolean =>
    stack.resources.has(name) || ownerOf(deployment.resources.get(name)!.Type, adoptions.get(name)!, ctx) !== undefined;
  refuse(names, isTaken, (list) => `Resources [${list}] passed in ResourceToImport are already in a stack and cannot be imported.`);
  return adoptions;
};

const refuse = (names: readonly string[], wrong: (name: string) => boolean, message: (list: string) => string): void => {
  const found = names.filter(wrong);
  if (found.length > 0) throw validationError(message(found.join(', ')));
};

const identifierIn = (named: ResourceToImport, deployment: Deployment, catalog: Catalog): string => {
  const { LogicalResourceId: name = '', ResourceType: type, ResourceIdentifier: given = {} } = named;
  const declared = deployment.resources.get(name)!.Type;
  if (declared !== type) throw validationError(`Resource ${name} is of type ${declared} in the template, not ${type}`);
  const { existing } = backing(catalog, declared);
  if (!existing) throw notModelled(`import of ${declared}`);
  const { [existing.identifiedBy]: identifier = '', ...others } = given;
  if (identifier === '' || Object.keys(others).length > 0) {
    throw validationError(`Invalid ResourceIdentifier of ${name}: ${declared} is identified by [${existing.identifiedBy}]`);
  }
  return identifier;
};

/** The stack that has a physical resource. */
const ownerOf = (type: string, physicalId: string, ctx: Context): StackRecord | undefined =>
  allStacks(ctx).find(
    ({ status, resources }) =>
      status !== 'DELETE_COMPLETE' && [...resources.values()].some((one) => one.type === type && one.physicalId === physicalId),
  );

/**
 * What a change set with `ImportExistingResources` finds: resources new to the stack that have a custom name, under which one exists
 * that belongs to no stack.
 * @throws AwsError ValidationError when one found may be deleted with the stack.
 */
export const foundAdoptions = async (
  deployment: Deployment,
  stack: StackRecord,
  place: Place,
  catalog: Catalog,
  ctx: Context,
): Promise<Adoptions> => {
  const plain = plainScope(place, deployment, ctx);
  const scope: Scope = {
    ...plain,
    ref: (name) => (name in deployment.template.Resources ? knownAfterApply : plain.ref(name)),
    attribute: () => knownAfterApply,
  };
  const found = new Map<string, string>();
  const deletable: string[] = [];
  for (const [name, declared] of deployment.resources) {
    const { existing } = backing(catalog, declared.Type);
    const given = existing && declared.Properties?.[existing.identifiedBy];
    if (stack.resources.has(name) || given === undefined) continue;
    const identifier = await evaluate(given, scope);
    if (typeof identifier !== 'string' || isUnknown(identifier) || ownerOf(declared.Type, identifier, ctx)) continue;
    if (!(await readBack({ existing: existing! }, identifier, ctx))) continue;
    found.set(name, identifier);
    if (!/^Retain/.test(declared.DeletionPolicy ?? '')) deletable.push(`${name} ({${existing!.identifiedBy}=${identifier}})`);
  }
  if (deletable.length > 0) {
    throw new AwsError(
      'ValidationError',
      "CloudFormation is attempting to import some resources because they already exist in your account. The resources must have the DeletionPolicy attribute set to 'Retain' or 'RetainExceptOnCreate' in the template for successful import. " +
        `The affected resources are ${deletable.join(', ')}`,
    );
  }
  return found;
};
