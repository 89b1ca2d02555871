import type { Capability, Parameter, Tag } from '@aws-sdk/client-cloudformation';
import type { Context } from '../../world/context.js';
import { capabilitiesNeeded, checkCapabilities } from './capabilities.js';
import type { Catalog } from './catalog.js';
import { validationError } from './errors.js';
import { checkRules, evaluateConditions } from './template/conditions.js';
import { dependencyOrder, type Dependencies } from './template/dependency-order.js';
import { resolveParameters, type ParameterValue } from './template/parameters.js';
import { checkReferences, referencesIn } from './template/references.js';
import { readTemplate, type ResourceDeclaration, type Template } from './template/template.js';
import { plainScope, type Place } from './scopes.js';
import { canSnapshot } from './engine/final-snapshot.js';

/** What a stack is asked to be: a template with every parameter and condition decided. */
export interface Deployment {
  readonly body: string;
  readonly template: Template;
  readonly parameters: ReadonlyMap<string, ParameterValue>;
  readonly conditions: ReadonlyMap<string, boolean>;
  /** The resources whose condition holds. */
  readonly resources: ReadonlyMap<string, ResourceDeclaration>;
  readonly dependencies: Dependencies;
  readonly capabilities: readonly Capability[];
  readonly tags: readonly Tag[];
  readonly roleArn: string | undefined;
}

export interface DeploymentRequest {
  readonly body: string;
  readonly parameters: readonly Parameter[];
  readonly capabilities: readonly Capability[];
  readonly tags: readonly Tag[];
  readonly roleArn: string | undefined;
}

/**
 * Decides everything about a template that can be decided before anything is provisioned.
 * @throws AwsError as CreateStack and CreateChangeSet would refuse it, naming resource types that nothing backs.
 */
export const planDeployment = async (
  request: DeploymentRequest,
  previous: Deployment | undefined,
  place: Place,
  catalog: Catalog,
  ctx: Context,
): Promise<Deployment> => {
  const template = readTemplate(request.body);
  checkReferences(template);
  checkTypes(template, catalog);
  checkCapabilities(capabilitiesNeeded(template).capabilities, request.capabilities);
  const parameters = await resolveParameters(template, request.parameters, previous?.parameters, ctx);
  const undecided = plainScope(place, { template, parameters, conditions: new Map() }, ctx);
  const conditions = await evaluateConditions(template, undecided);
  await checkRules(template, plainScope(place, { template, parameters, conditions }, ctx));
  const holds = (condition: string | undefined): boolean => condition === undefined || conditions.get(condition) === true;
  const resources = new Map(Object.entries(template.Resources).filter(([, resource]) => holds(resource.Condition)));
  const dependencies = dependenciesOf(resources, template, holds);
  dependencyOrder(dependencies);
  return { ...request, template, parameters, conditions, resources, dependencies };
};

/** @throws AwsError ValidationError in AWS's words for types without backing, and for policies that a type cannot honour. */
export const checkTypes = (template: Template, catalog: Catalog): void => {
  const types = [...new Set(Object.values(template.Resources).map((resource) => resource.Type))];
  const unknown = types.filter((type) => !catalog(type));
  if (unknown.length > 0) throw validationError(`Template format error: Unrecognized resource types: [${unknown.join(', ')}]`);
  for (const { Type, DeletionPolicy, UpdateReplacePolicy } of Object.values(template.Resources)) {
    if ((DeletionPolicy === 'Snapshot' || UpdateReplacePolicy === 'Snapshot') && !canSnapshot(Type)) {
      throw validationError(`Template error: resource type ${Type} does not support deletion policy Snapshot`);
    }
  }
};

const dependenciesOf = (
  resources: ReadonlyMap<string, ResourceDeclaration>,
  template: Template,
  holds: (condition: string | undefined) => boolean,
): Dependencies => {
  const absent = new Set<string>();
  const dependencies = new Map<string, ReadonlySet<string>>();
  for (const [name, resource] of resources) {
    const referred = referencesIn(resource.Properties ?? {}, holds)
      .map((reference) => reference.name)
      .filter((other) => other in template.Resources);
    for (const other of referred) if (!resources.has(other)) absent.add(other);
    // AWS passes over a DependsOn whose target's condition is false.
    const explicit = [resource.DependsOn ?? []].flat().filter((other) => resources.has(other));
    dependencies.set(name, new Set([...referred, ...explicit]));
  }
  if (absent.size > 0) {
    throw validationError(
      `Template format error: Unresolved resource dependencies [${[...absent].join(', ')}] in the Resources block of the template`,
    );
  }
  return dependencies;
};
